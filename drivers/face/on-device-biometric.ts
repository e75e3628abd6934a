/**
 * The face check that this kiosk makes itself: its camera, its models in a child process.
 *
 * One promise: whatever happens to camera or engine, a check ends with a fault
 * word and the kiosk goes on; the engine is back a moment later, empty.
 */
import type { Camera } from '../camera/camera.ts';
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import type { Clock, LinkLostError, RandomSource, Unsubscribe } from '../ports.ts';
import { Supervisor, UnfitDeviceError } from '../supervisor.ts';
import type { WipeableBytes } from '../wipeable.ts';
import type {
  Biometric,
  FaceEvent,
  FaceFault,
  FaceReference,
  FaceVerdict,
  PadLevel,
  VerifyRequest,
} from './biometric.ts';
import { FaceCheck } from './face-check.ts';
import type { FaceEngine } from './face-engine.ts';
import { Attempts, FaceListeners } from './face-listeners.ts';
import { checkedPolicy, type FacePolicy, usualFacePolicy } from './face-policy.ts';
import type { PhotoDecoder } from './photo-program.ts';

/** An engine that was started: the child process, or a test's own. */
export interface StartedEngine extends FaceEngine {
  /** Resolves with the manifest's id when it can examine. */
  started(signal: AbortSignal): Promise<string>;
  /** Somebody may be looked at soon: an engine that rests wakes now. */
  prepare?(): void;
  onLost(listener: (error: LinkLostError) => void): Unsubscribe;
  close(): Promise<void>;
}

export interface OnDeviceBiometricOptions {
  /** The device map's id. */
  readonly id: string;
  readonly camera: Camera;
  /** Starts one engine, e.g. `() => new EngineProcess({ clock })`. */
  readonly startEngine: () => StartedEngine;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly policy?: FacePolicy;
  /** Opens photos in the chip's own coding (WLT); without one they are refused with `formatNotSupported`. */
  readonly decodePhoto?: PhotoDecoder;
}

type OpenedPhoto = Extract<FaceReference, { kind: 'jpeg' | 'rgb24' }>;

/** Loading four models takes 0.2 s on a desk and some seconds on a small board. */
const START_MS = 20_000;
/** A spare may be waiting. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 60_000;
const WALL_PX = 240;

/** What the engine's child says of its own models and packages. */
const NEEDS_A_PERSON = /can't run: /;

function unfit(words: string): UnfitDeviceError {
  return new UnfitDeviceError(`${words}: npm ci with the optional packages, or another modelFolder in the device map`);
}

export class OnDeviceBiometric implements Biometric {
  readonly id: string;
  readonly deviceClass = 'biometric';
  readonly matchLocation = 'onDevice';
  /** An ordinary camera and a filter: no laboratory has seen it. */
  readonly padLevel: PadLevel = 'rgbHeuristic';
  readonly #options: OnDeviceBiometricOptions;
  readonly #policy: FacePolicy;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<StartedEngine>;
  readonly #listeners = new FaceListeners();
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  readonly #attempts: Attempts;
  readonly #leaveCamera: Unsubscribe;
  #manifestId: string | undefined;
  #told: DeviceState = 'starting';

  /** @throws RangeError for a policy that no measurement supports */
  constructor(options: OnDeviceBiometricOptions) {
    this.id = options.id;
    this.#options = options;
    this.#policy = checkedPolicy(options.policy ?? usualFacePolicy);
    this.#attempts = new Attempts(this.#policy.attemptsPerSession);
    this.#queue = new CommandQueue(options.clock);
    this.#supervisor = new Supervisor<StartedEngine>({
      clock: options.clock,
      open: async (signal) => {
        const link = options.startEngine();
        try {
          this.#manifestId = await link.started(signal);
        } catch (error) {
          await link.close();
          // What is missing stays missing until somebody puts it there.
          throw error instanceof Error && NEEDS_A_PERSON.test(error.message) ? unfit(error.message) : error;
        }
        return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
      },
      ready: () => Promise.resolve(),
      lost: () => this.#queue.drop(),
      openTimeoutMs: START_MS,
      firstRetryMs: FIRST_RETRY_MS,
      // Each attempt is a process: one that can't start is not started again and again.
      longestRetryMs: LONGEST_RETRY_MS,
    });
    this.#supervisor.onStateChanged(() => this.#tellState());
    this.#leaveCamera = options.camera.onStateChanged(() => this.#tellState());
    this.#supervisor.start();
  }

  /** The engine's, or the camera's when the engine is well. */
  get state(): DeviceState {
    const own = this.#supervisor.state;
    return own === 'online' ? this.#options.camera.state : own;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault ?? this.#options.camera.lastFault;
  }

  /** The weights that are loaded. */
  get identity(): string | undefined {
    return this.#manifestId;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return {
      modality: 'face',
      matchLocation: this.matchLocation,
      matchSupported: 'storedMatch',
      compareMode: 'verify',
      persistence: 'clear',
      padLevel: this.padLevel,
      certifiedPad: false,
      challenges: this.#policy.challenges,
      policyId: this.#policy.id,
      opensChipPhotos: this.#options.decodePhoto !== undefined,
      needsNetwork: false,
      onlyWay: false,
    };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
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
      // Also where the check never began.
      if (request.reference.kind !== 'platformSubject') request.reference.photo.wipe();
    }
  }

  /** The engine looks at a grey wall of its own: every model it would need first is loaded and says "no face". */
  selfTest(options: CommandOptions): Promise<Completion<void, FaceFault>> {
    return this.#queue.run<Completion<void, FaceFault>, FaceFault>(options, async (signal) => {
      const engine = this.#supervisor.link;
      if (!engine) return failed('deviceNotReady', 'the face engine is not running');
      const bytes = new Uint8Array(WALL_PX * WALL_PX * 3).fill(128);
      const wall = { encoding: 'rgb24', width: WALL_PX, height: WALL_PX, bytes } as const;
      const { reading } = await engine.examine(wall, { template: false, liveness: false }, signal);
      return reading.faces === 0
        ? completed(undefined)
        : failed('hardwareError', 'the engine sees a face in a grey wall');
    });
  }

  prepare(): void {
    this.#supervisor.link?.prepare?.();
  }

  async close(): Promise<void> {
    this.#leaveCamera();
    await this.#supervisor.close();
  }

  async #verify(request: VerifyRequest, signal: AbortSignal): Promise<Completion<FaceVerdict, FaceFault>> {
    const { sessionId, consent, reference } = request;
    const { camera, clock, random } = this.#options;
    const mayLook = (): boolean => consent.covers(sessionId, 'matchWithIdPhoto', clock.monotonicMs());
    if (!mayLook()) return failed('authorisationRequired', 'no consent for this session and purpose');
    if (reference.kind === 'platformSubject')
      return failed('modeNotSupported', 'this kiosk keeps no photos of its own');
    const engine = this.#supervisor.link;
    if (!engine) return failed('deviceNotReady', 'the face engine is not running');
    if (!this.#attempts.begin(sessionId)) return failed('sequenceError', 'this session has no attempt left');
    const known = reference.kind === 'wlt' ? await this.#opened(reference.photo, signal) : reference;
    if (!known) return failed('formatNotSupported', 'no decoder for this photo is installed, or it gave none');
    const check = new FaceCheck({
      camera,
      engine,
      clock,
      random,
      policy: this.#policy,
      mayLook,
      tell: (event) => this.#listeners.tell(event),
    });
    const found = await check.run(known, request.noAction ?? false, signal);
    if (!found.done) return found;
    return completed({
      ...found.value,
      padLevel: this.padLevel,
      decidedBy: this.matchLocation,
      policyId: this.#policy.id,
      ...(this.#manifestId === undefined ? {} : { modelManifestId: this.#manifestId }),
      next: this.#attempts.nextAfter(found.value.decision),
    });
  }

  /** The chip's own coding, opened by the site's decoder. */
  async #opened(photo: WipeableBytes, signal: AbortSignal): Promise<OpenedPhoto | undefined> {
    const opened = await this.#options.decodePhoto?.(photo, signal);
    return opened?.kind === 'jpeg' || opened?.kind === 'rgb24' ? opened : undefined;
  }

  #tellState(): void {
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    for (const listener of [...this.#stateListeners]) listener(state);
  }
}
