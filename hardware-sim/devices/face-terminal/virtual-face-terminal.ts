/**
 * The insurance platform's terminal on the bench: its own lens, its own line to the platform, a cable to the kiosk.
 *
 * It looks until somebody is there or its patience is over, asks the platform's
 * desk, and says what that said; one line of JSON each way, from
 * docs/interfaces/face-module.md section 4. One check at a time, as its screen has one.
 */
import type { ByteLink, Clock, Unsubscribe } from '../../../drivers/ports.ts';
import type { FaceAuthDesk } from '../../parties/people/face-auth-desk.ts';
import type { Patient } from '../../parties/people/patients.ts';
import { SerialPlug } from '../serial-plug.ts';

export interface FaceTerminalOptions {
  readonly clock: Clock;
  readonly desk: FaceAuthDesk;
}

/** What hands cannot bring about. */
export class FaceTerminalFaults {
  /** Its line to the platform is cut: it says so. */
  platformDown = false;
  /** `data` as a text that holds JSON, as some versions of the SDK give it. */
  dataAsText = false;
}

const GLANCE_MS = 200;
const THINKS_MS = 600;
const PATIENCE_MS = 15_000;

type Data = Readonly<Record<string, string>>;

export class VirtualFaceTerminal {
  readonly plug: SerialPlug;
  readonly faults = new FaceTerminalFaults();
  /** Who stands before it; `spoof`: a picture of them. */
  before: { readonly patient: Patient; readonly spoof?: boolean } | undefined;
  readonly #options: FaceTerminalOptions;
  #line = '';
  #hung = false;
  #looking: Unsubscribe | undefined;

  constructor(options: FaceTerminalOptions) {
    this.#options = options;
    this.plug = new SerialPlug({
      clock: options.clock,
      hears: (bytes) => {
        if (!this.#hung) this.#hear(Buffer.from(bytes).toString('utf8'));
      },
      opened: () => this.#stop(),
    });
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** A check is on. */
  get looking(): boolean {
    return this.#looking !== undefined;
  }

  unplug(): void {
    this.#hung = false;
    this.#stop();
    this.#line = '';
    this.plug.pull();
  }

  plugIn(): void {
    this.plug.pushIn();
  }

  hang(): void {
    this.#hung = true;
    this.plug.silence();
  }

  noise(bytes: Uint8Array): void {
    this.plug.say(bytes);
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    return this.plug.openByteLink(signal);
  }

  #hear(text: string): void {
    this.#line += text;
    for (;;) {
      const end = this.#line.indexOf('\n');
      if (end < 0) {
        if (this.#line.length > 20_480) this.#line = '';
        return;
      }
      const line = this.#line.slice(0, end);
      this.#line = this.#line.slice(end + 1);
      this.#obey(line);
    }
  }

  #obey(line: string): void {
    let asked: { readonly transType?: string; readonly data?: Data };
    try {
      asked = JSON.parse(line) as typeof asked;
    } catch {
      return;
    }
    const { transType = '', data = {} } = asked;
    const outBizNo = data['outBizNo'] ?? '';
    if (transType === 'cn.nhsa.ec.auth') this.#look(outBizNo);
    else if (transType === 'cn.nhsa.auth.check') {
      const patient = this.#options.desk.check(data['authNo'] ?? '', outBizNo);
      if (!patient || this.faults.platformDown) this.#refuse(transType, outBizNo, '授权码无效');
      else {
        const { identityNumber, name } = patient;
        this.#answer(transType, {
          outBizNo,
          idNo: identityNumber,
          idType: '01',
          userName: name,
          ecToken: '',
          insuOrg: '',
        });
      }
    } else this.#refuse(transType, outBizNo, '不支持的交易');
  }

  #look(outBizNo: string): void {
    const transType = 'cn.nhsa.ec.auth';
    if (this.#looking) {
      this.#refuse(transType, outBizNo, '终端忙');
      return;
    }
    let passedMs = 0;
    let seenMs = 0;
    const glance = (): void => {
      this.#looking = this.#options.clock.timer(GLANCE_MS, () => {
        passedMs += GLANCE_MS;
        const { before } = this;
        seenMs = before ? seenMs + GLANCE_MS : 0;
        if (before && seenMs >= THINKS_MS) this.#end(outBizNo, before);
        else if (passedMs < PATIENCE_MS) glance();
        else {
          this.#looking = undefined;
          this.#refuse(transType, outBizNo, '用户取消');
        }
      });
    };
    glance();
  }

  #end(outBizNo: string, { patient, spoof }: { readonly patient: Patient; readonly spoof?: boolean }): void {
    this.#looking = undefined;
    if (spoof || this.faults.platformDown) {
      this.#refuse('cn.nhsa.ec.auth', outBizNo, spoof ? '活体检测未通过' : '网络异常');
      return;
    }
    this.#answer('cn.nhsa.ec.auth', {
      authNo: this.#options.desk.authenticate(patient, outBizNo),
      outBizNo,
      extData: '',
    });
  }

  #stop(): void {
    this.#looking?.();
    this.#looking = undefined;
  }

  #answer(transType: string, data: Data): void {
    this.#say({ code: 0, message: '', transType, data: this.faults.dataAsText ? JSON.stringify(data) : data });
  }

  #refuse(transType: string, outBizNo: string, message: string): void {
    this.#say({ code: -2, message, transType, outBizNo });
  }

  #say(answer: unknown): void {
    if (!this.#hung) this.plug.say(Buffer.from(`${JSON.stringify(answer)}\n`, 'utf8'));
  }
}
