/**
 * The face check that the insurance platform makes (医保刷脸), on its own terminal.
 *
 * The kiosk's camera and models take no part: the terminal looks, the platform
 * matches with its own photo, and tells whose face it was (insurance interface
 * D.1: `cn.nhsa.ec.auth`, then `cn.nhsa.auth.check`). One promise: an answer
 * about somebody else, or none, is never an accept.
 */
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import type { Clock, RandomSource, Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { Biometric, FaceEvent, FaceFault, FaceVerdict, PadLevel, VerifyRequest } from './biometric.ts';
import { Attempts, FaceListeners } from './face-listeners.ts';

/**
 * What the platform's terminal is asked. The field mapping is not verified: the
 * terminal's SDK is closed, and its words are known from other people's clients.
 */
export interface PlatformFaceTerminal {
  readonly state: DeviceState;
  readonly lastFault: LastFault | undefined;
  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe;
  /**
   * `cn.nhsa.ec.auth`: the terminal looks at whoever stands there. Answers the one-time
   * authNo, or `undefined` when the person gave up. Rejects with `LinkLostError` or `signal.reason`.
   */
  authenticate(outBizNo: string, signal: AbortSignal): Promise<Secret<string> | undefined>;
  /** `cn.nhsa.auth.check`: whose face it was (idNo); `undefined` when the platform does not say. */
  check(authNo: Secret<string>, outBizNo: string, signal: AbortSignal): Promise<Secret<string> | undefined>;
  close?(): Promise<void>;
}

export interface PlatformBiometricOptions {
  readonly id: string;
  readonly terminal: PlatformFaceTerminal;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** What the terminal's laboratory report allows to say. Default: `none`, as no report was configured. */
  readonly padLevel?: PadLevel;
  readonly attemptsPerSession?: number;
}

const POLICY_ID = 'platform';

export class PlatformBiometric implements Biometric {
  readonly id: string;
  readonly deviceClass = 'biometric';
  readonly matchLocation = 'platform';
  readonly padLevel: PadLevel;
  readonly #options: PlatformBiometricOptions;
  readonly #queue: CommandQueue;
  readonly #listeners = new FaceListeners();
  readonly #attempts: Attempts;

  constructor(options: PlatformBiometricOptions) {
    this.id = options.id;
    this.padLevel = options.padLevel ?? 'none';
    this.#options = options;
    this.#queue = new CommandQueue(options.clock);
    this.#attempts = new Attempts(options.attemptsPerSession ?? 3);
  }

  get state(): DeviceState {
    return this.#options.terminal.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#options.terminal.lastFault;
  }

  get identity(): string | undefined {
    return undefined;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return {
      modality: 'face',
      matchLocation: this.matchLocation,
      matchSupported: 'none',
      compareMode: 'verify',
      persistence: 'clear',
      padLevel: this.padLevel,
      certifiedPad: this.padLevel === 'labEvaluated',
      needsNetwork: true,
      onlyWay: false,
    };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#options.terminal.onStateChanged(listener);
  }

  onFaceEvent(listener: (event: FaceEvent) => void): Unsubscribe {
    return this.#listeners.on(listener);
  }

  async verify(request: VerifyRequest, options: CommandOptions): Promise<Completion<FaceVerdict, FaceFault>> {
    try {
      return await this.#queue.run<Completion<FaceVerdict, FaceFault>, FaceFault>(options, (signal) =>
        this.#verify(request, signal),
      );
    } finally {
      if (request.reference.kind !== 'platformSubject') request.reference.photo.wipe();
    }
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.#options.terminal.close?.();
  }

  async #verify(request: VerifyRequest, signal: AbortSignal): Promise<Completion<FaceVerdict, FaceFault>> {
    const { sessionId, consent, reference } = request;
    const { terminal, clock, random } = this.#options;
    const covered = (): boolean => consent.covers(sessionId, 'platformFaceCheck', clock.monotonicMs());
    if (!covered()) return failed('authorisationRequired', 'no consent for this session and purpose');
    if (reference.kind !== 'platformSubject') return failed('modeNotSupported', 'the platform has photos of its own');
    if (!this.#attempts.begin(sessionId)) return failed('sequenceError', 'this session has no attempt left');
    // Our own number of this check: nothing about the person is in it.
    const outBizNo = Buffer.from(random.bytes(16)).toString('hex');
    this.#listeners.tell({ event: 'presentSubject' });
    let authNo: Secret<string> | undefined;
    let seen: Secret<string> | undefined;
    try {
      authNo = await terminal.authenticate(outBizNo, signal);
      if (!authNo) return failed('readFailed', 'the terminal gave no authentication');
      if (!covered()) return failed('authorisationRequired', 'the consent ended');
      seen = await terminal.check(authNo, outBizNo, signal);
      if (!seen) return failed('readFailed', 'the platform did not say whose face it was');
      const number = numberOf(seen);
      const same = number !== undefined && number === numberOf(reference.subject);
      const decision = same ? 'accept' : 'reject';
      return completed({
        decision,
        reasons: same ? [] : ['notTheSamePerson'],
        liveness: this.padLevel === 'none' ? 'notChecked' : 'passed',
        turns: 0,
        padLevel: this.padLevel,
        decidedBy: this.matchLocation,
        policyId: POLICY_ID,
        externalSerial: outBizNo,
        next: this.#attempts.nextAfter(decision),
      });
    } finally {
      authNo?.wipe();
      seen?.wipe();
      this.#listeners.tell({ event: 'dataCleared' });
    }
  }
}

/** The last digit of a number is an X at times, and an x as well. Nothing is not a number. */
function numberOf(value: Secret<string>): string | undefined {
  return value.reveal().trim().toUpperCase() || undefined;
}
