/**
 * A face module that looks and matches by itself, on any byte link (serial, USB-CDC, TCP).
 *
 * For each check the chip's photo is put in as the only person it knows, it
 * looks, and it is made to forget. One promise: an accept is the module's own
 * word about that very photo and about this very look; and when a check has
 * ended, however it ended, the module knows nobody, or its line is thrown away.
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
import { type ByteLink, type Clock, type DeviceBus, LinkLostError, type Unsubscribe } from '../ports.ts';
import { Supervisor } from '../supervisor.ts';
import type {
  Biometric,
  FaceEvent,
  FaceFault,
  FaceReason,
  FaceReference,
  FaceVerdict,
  PadLevel,
  VerifyRequest,
} from './biometric.ts';
import { Attempts, FaceListeners } from './face-listeners.ts';
import { ModuleCheck, makeForget } from './module-check.ts';
import { ModuleDialogue, ModuleSilenceError } from './module-dialogue.ts';
import { efAaModule, type ModuleProfile } from './module-profile-table.ts';
import type { PhotoDecoder } from './photo-program.ts';

export interface ModuleBiometricOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `serial:/dev/serial/by-id/…?baudRate=115200`. */
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  readonly profile?: ModuleProfile;
  /** What the module's laboratory report allows to say. Default: `none`, as no report was configured. */
  readonly padLevel?: PadLevel;
  readonly attemptsPerSession?: number;
  readonly decodePhoto?: PhotoDecoder;
}

type Ended = Completion<FaceVerdict, FaceFault>;

/** How often an idle module is asked whether it is there, ms. */
const WATCH_MS = 30_000;
const NOTHING = new Uint8Array(0);
const NEVER = new AbortController().signal;

export class ModuleBiometric implements Biometric {
  readonly id: string;
  readonly deviceClass = 'biometric';
  readonly matchLocation = 'module';
  readonly padLevel: PadLevel;
  readonly #options: ModuleBiometricOptions;
  readonly #profile: ModuleProfile;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #listeners = new FaceListeners();
  readonly #attempts: Attempts;
  #module: ModuleDialogue | undefined;
  #identity: string | undefined;
  #cancelWatch: Unsubscribe = () => undefined;

  constructor(options: ModuleBiometricOptions) {
    this.id = options.id;
    this.#options = options;
    this.#profile = options.profile ?? efAaModule;
    this.padLevel = options.padLevel ?? 'none';
    this.#queue = new CommandQueue(options.clock);
    this.#attempts = new Attempts(options.attemptsPerSession ?? 3);
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: async (signal) => {
        const link = await options.bus.openByteLink(options.address, signal);
        return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
      },
      ready: (link, signal) => this.#ready(link, signal),
      lost: () => this.#lost(),
      openTimeoutMs: 4 * this.#profile.answerMs,
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  /** The module's own version. */
  get identity(): string | undefined {
    return this.#identity;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return {
      modality: 'face',
      matchLocation: this.matchLocation,
      matchSupported: 'combinedMatch',
      compareMode: 'verify',
      persistence: 'clear',
      padLevel: this.padLevel,
      certifiedPad: this.padLevel === 'labEvaluated',
      profile: this.#profile.name,
      opensChipPhotos: this.#options.decodePhoto !== undefined,
      needsNetwork: false,
      onlyWay: false,
    };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onFaceEvent(listener: (event: FaceEvent) => void): Unsubscribe {
    return this.#listeners.on(listener);
  }

  async verify(request: VerifyRequest, options: CommandOptions): Promise<Ended> {
    try {
      return await this.#queue.run<Ended, FaceFault>(options, (signal) => this.#verify(request, signal));
    } finally {
      if (request.reference.kind !== 'platformSubject') request.reference.photo.wipe();
    }
  }

  /** Whether the module answers and is idle; its lens is not opened. */
  selfTest(options: CommandOptions): Promise<Completion<void, FaceFault>> {
    return this.#queue.run<Completion<void, FaceFault>, FaceFault>(options, async (signal) => {
      const module = this.#supervisor.link && this.#module;
      if (!module) return failed('deviceNotReady', 'the face module is not there');
      const { word, data } = await module.ask('status', NOTHING, this.#profile.answerMs, signal);
      const idle = word === 'done' && data[0] === 0;
      return idle ? completed(undefined) : failed('hardwareError', `the module says ${word} ${data[0] ?? ''}`);
    });
  }

  close(): Promise<void> {
    this.#queue.drop();
    return this.#supervisor.close();
  }

  async #verify({ sessionId, consent, reference }: VerifyRequest, signal: AbortSignal): Promise<Ended> {
    const mayLook = (): boolean => consent.covers(sessionId, 'matchWithIdPhoto', this.#options.clock.monotonicMs());
    if (!mayLook()) return failed('authorisationRequired', 'no consent for this session and purpose');
    const module = this.#supervisor.link && this.#module;
    if (!module) return failed('deviceNotReady', 'the face module is not there');
    if (!this.#attempts.begin(sessionId)) return failed('sequenceError', 'this session has no attempt left');
    const photo = await this.#jpegOf(reference, signal);
    if (!photo) return failed('formatNotSupported', 'the module takes a JPEG, and none can be had of this photo');
    try {
      const check = new ModuleCheck({
        module,
        profile: this.#profile,
        tell: (event) => this.#listeners.tell(event),
        mayLook,
      });
      const found = await check.run(photo, signal);
      if (!found.done) return found;
      if (!mayLook()) return failed('authorisationRequired', 'the consent ended');
      return completed({
        ...found.value,
        liveness: this.#livenessOf(found.value.reasons),
        turns: 0,
        padLevel: this.padLevel,
        decidedBy: this.matchLocation,
        policyId: this.#profile.name,
        ...(this.#identity === undefined ? {} : { modelManifestId: this.#identity }),
        next: this.#attempts.nextAfter(found.value.decision),
      });
    } catch (error) {
      if (!(error instanceof ModuleSilenceError)) throw error;
      this.#restart(error.message);
      return failed('deviceNotReady', error.message);
    } finally {
      photo.fill(0);
      await this.#forget(module);
      this.#listeners.tell({ event: 'removeSubject' });
      this.#listeners.tell({ event: 'dataCleared' });
    }
  }

  async #jpegOf(reference: FaceReference, signal: AbortSignal): Promise<Uint8Array | undefined> {
    if (reference.kind === 'platformSubject') return undefined;
    const opened = reference.kind === 'wlt' ? await this.#options.decodePhoto?.(reference.photo, signal) : reference;
    if (opened?.kind === 'jpeg' && opened.photo.reveal().length <= this.#profile.longestPhoto)
      return opened.photo.reveal();
    if (opened && opened.kind !== 'platformSubject') opened.photo.wipe();
    return undefined;
  }

  /** Not by the check's own signal: that may have fired, and nobody may stay in the module all the same. */
  async #forget(module: ModuleDialogue): Promise<void> {
    try {
      await makeForget(module, this.#profile, NEVER);
    } catch (error) {
      if (error instanceof ModuleSilenceError) this.#restart(error.message);
      else if (!(error instanceof LinkLostError)) throw error;
    }
  }

  async #ready(link: ByteLink, signal: AbortSignal): Promise<void> {
    const module = new ModuleDialogue(link, this.#options.clock, this.#profile);
    this.#module = module;
    try {
      // Whoever an earlier check left in it goes first.
      await makeForget(module, this.#profile, signal);
      const { data } = await module.ask('version', NOTHING, this.#profile.answerMs, signal);
      const text = Buffer.from(data)
        .toString('latin1')
        .replace(/[^\x21-\x7e]/g, '');
      this.#identity = text.slice(0, 32) || undefined;
    } catch (error) {
      throw error instanceof ModuleSilenceError ? new LinkLostError(error.message) : error;
    }
    this.#watchLater(module);
  }

  #watchLater(module: ModuleDialogue): void {
    this.#cancelWatch = this.#options.clock.timer(WATCH_MS, () => {
      if (this.#module !== module) return;
      this.#watchLater(module);
      this.#queue
        .run({ timeoutMs: WATCH_MS }, async (signal) => {
          await module.ask('status', NOTHING, this.#profile.answerMs, signal);
          return completed(undefined);
        })
        .catch((error: unknown) => this.#restart(error instanceof Error ? error.message : 'no answer'));
    });
  }

  #lost(): void {
    this.#cancelWatch();
    this.#module?.end(new LinkLostError('the face module is gone'));
    this.#module = undefined;
    this.#queue.drop();
  }

  #restart(why: string): void {
    this.#supervisor.restart(why).catch(() => undefined);
  }

  /** No claim without a report: a module that says "live" says so by its own lights. */
  #livenessOf(reasons: readonly FaceReason[]): FaceVerdict['liveness'] {
    if (reasons.includes('notLive')) return 'failed';
    return this.padLevel === 'none' ? 'notChecked' : 'passed';
  }
}
