/**
 * The insurance platform's own terminal (医保业务综合服务终端), spoken to over any byte link.
 *
 * Its SDK is one call, `NationEcTrans`, that takes JSON and gives JSON (insurance
 * interface D.1); here each goes as one line to the agent that holds the SDK.
 * One promise: an answer that is late, doubled, cut or about another check is
 * nobody's; who gives up waits for nothing, and the line is made anew.
 * The way of the JSON over a line is ours (GUESS): the SDK is closed.
 */
import type { DeviceState, LastFault } from '../device.ts';
import { type ByteLink, type Clock, type DeviceBus, LinkLostError, type Unsubscribe } from '../ports.ts';
import { Secret } from '../secret.ts';
import { Supervisor } from '../supervisor.ts';
import type { PlatformFaceTerminal } from './platform-biometric.ts';
import { AnswerLines } from './terminal-lines.ts';

export interface LineFaceTerminalOptions {
  /** The device map's address, e.g. `tcp://127.0.0.1:9300`. */
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  /** 定点医药机构编号, `orgId` of every call. */
  readonly institutionCode: string;
  /** 用码业务类型, five digits. Default: 01301 结算. */
  readonly businessType?: string;
}

interface Waiter {
  take(answer: Readonly<Record<string, unknown>>): void;
  fail(error: Error): void;
}

export class LineFaceTerminal implements PlatformFaceTerminal {
  readonly #options: LineFaceTerminalOptions;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #lines = new AnswerLines();
  readonly #releases: Unsubscribe[] = [];
  #waiter: Waiter | undefined;

  constructor(options: LineFaceTerminalOptions) {
    this.#options = options;
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: async (signal) => {
        const link = await options.bus.openByteLink(options.address, signal);
        return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
      },
      ready: (link) => {
        this.#releases.push(link.onData((bytes) => this.#hear(bytes)));
        return Promise.resolve();
      },
      lost: () => this.#lost(),
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  async authenticate(outBizNo: string, signal: AbortSignal): Promise<Secret<string> | undefined> {
    const data = await this.#ask('cn.nhsa.ec.auth', { outBizNo }, signal);
    return secretIn(data, 'authNo');
  }

  async check(authNo: Secret<string>, outBizNo: string, signal: AbortSignal): Promise<Secret<string> | undefined> {
    const data = await this.#ask('cn.nhsa.auth.check', { outBizNo, authNo: authNo.reveal() }, signal);
    // 01: the number of an ID card. Another document's number is no match for one.
    return data?.['idType'] === '01' ? secretIn(data, 'idNo') : undefined;
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  /** `data` of a good answer about this very check; `undefined` when the terminal says no. */
  async #ask(
    transType: string,
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const link = this.#supervisor.link;
    if (!link) throw new LinkLostError('the platform’s terminal is not there');
    const { institutionCode: orgId, businessType = '01301' } = this.#options;
    const data = { orgId, businessType, deviceType: 'SelfService', ...fields };
    const line = Buffer.from(`${JSON.stringify({ orgId, transType, data, extra: '' })}\n`, 'utf8');
    try {
      const answer = await this.#answerTo(link, line, transType, fields['outBizNo'] ?? '', signal);
      return answer['code'] === 0 || answer['code'] === '0'
        ? (answer['data'] as Readonly<Record<string, unknown>>)
        : undefined;
    } catch (error) {
      // It may still be looking, and its answer may still come: only a new line is a clean start.
      if (signal.aborted) this.#supervisor.restart('a face check was given up').catch(() => undefined);
      throw error;
    }
  }

  #answerTo(link: ByteLink, line: Uint8Array, transType: string, outBizNo: string, signal: AbortSignal) {
    return new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const end = (settle: () => void): void => {
        signal.removeEventListener('abort', onAbort);
        if (this.#waiter === waiter) this.#waiter = undefined;
        settle();
      };
      const onAbort = (): void => end(() => reject(signal.reason));
      const waiter: Waiter = {
        take: (answer) => {
          const mine = answer['transType'] === transType && outBizNoOf(answer) === outBizNo;
          if (mine) end(() => resolve(answer));
        },
        fail: (error) => end(() => reject(error)),
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiter = waiter;
      link.write(line, signal).then(
        () => void line.fill(0),
        (error: Error) => waiter.fail(error),
      );
    });
  }

  #hear(bytes: Uint8Array): void {
    for (const answer of this.#lines.push(bytes)) this.#waiter?.take(answer);
  }

  #lost(): void {
    for (const release of this.#releases.splice(0)) release();
    this.#lines.clear();
    this.#waiter?.fail(new LinkLostError('the platform’s terminal is gone'));
  }
}

/** A refusal carries no data: its number of the check stands beside the code. */
function outBizNoOf(answer: Readonly<Record<string, unknown>>): unknown {
  const data = answer['data'] as Readonly<Record<string, unknown>> | undefined;
  return data?.['outBizNo'] ?? answer['outBizNo'];
}

function secretIn(data: Readonly<Record<string, unknown>> | undefined, field: string): Secret<string> | undefined {
  const value = data?.[field];
  return typeof value === 'string' && value.length > 0 && value.length <= 64 ? new Secret(value) : undefined;
}
