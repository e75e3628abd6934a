/**
 * A camera that delivers JPEG frames: a V4L2 camera through ffmpeg, or one over TCP.
 *
 * Open is not streaming: a camera that stalls without a word is thrown away and
 * opened anew. One promise: at most one frame is in hand at any time, and it is
 * zero as soon as nobody needs it.
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
import type { Clock, DeviceBus, FrameSource, Unsubscribe } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import { WipeableBytes } from '../wipeable.ts';
import type { Camera, CameraEvent, CameraFault, LensWord } from './camera.ts';
import { lumaOf } from './jpeg-luma.ts';
import { type LensProfile, LensWatch, usualLens } from './lens-watch.ts';

export interface FrameCameraOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `v4l2:/dev/v4l/by-id/…-video-index0`. */
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openFrameSource'>;
  readonly clock: Clock;
  readonly lens?: LensProfile;
  /** No frame for this long = a stalled camera, ms. */
  readonly silenceMs?: number;
}

const USUAL_SILENCE_MS = 1_500;
/** Stalls in a row after which opening anew is no cure and a person has to look. */
const HOPELESS_STALLS = 3;
/** Frames for this long end a row of stalls, ms. */
const SOUND_MS = 5_000;

export class FrameCamera implements Camera {
  readonly id: string;
  readonly deviceClass = 'camera';
  readonly #clock: Clock;
  readonly #supervisor: Supervisor<FrameSource>;
  readonly #queue: CommandQueue;
  readonly #lens: LensWatch;
  readonly #silenceMs: number;
  readonly #listeners = new Set<(event: CameraEvent) => void>();
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  #told: DeviceState = 'starting';
  #wanted: ((jpeg: Uint8Array) => void) | undefined;
  #stopReading: Unsubscribe | undefined;
  #stopWatching: Unsubscribe | undefined;
  #openedMs = 0;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #stalls = 0;
  #unreadable = 0;
  #frames = 0;

  constructor(options: FrameCameraOptions) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#queue = new CommandQueue(options.clock);
    this.#lens = new LensWatch(options.lens ?? usualLens);
    this.#silenceMs = options.silenceMs ?? USUAL_SILENCE_MS;
    this.#supervisor = new Supervisor<FrameSource>({
      clock: options.clock,
      open: (signal) => openSource(options, signal),
      ready: (source) => this.#ready(source),
      lost: () => this.#lost(),
    });
    this.#supervisor.onStateChanged(() => this.#tellState());
    this.#supervisor.start();
  }

  /** `hardwareError` when it was opened again and again and always stalled. */
  get state(): DeviceState {
    const state = this.#supervisor.state;
    const hopeless = this.#stalls >= HOPELESS_STALLS && state !== 'offline';
    return hopeless ? 'hardwareError' : state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  /** The pipe does not say which camera it is. */
  get identity(): string | undefined {
    return undefined;
  }

  get lens(): LensWord {
    return this.#lens.word;
  }

  /** Whole frames since the start, wanted or not. */
  get frames(): number {
    return this.#frames;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { position: 'person', picture: 'jpeg', lensWatch: true, stores: false };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onCameraEvent(listener: (event: CameraEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  takePicture(options: CommandOptions): Promise<Completion<WipeableBytes, CameraFault>> {
    return this.#queue.run(options, async (signal) => {
      if (!this.#supervisor.link) return failed('deviceNotReady', 'the camera is not there');
      if (this.#unreadable >= HOPELESS_STALLS) return failed('cameraInoperable', 'its frames are no pictures');
      return completed(new WipeableBytes(await this.#nextFrame(signal)));
    });
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  #nextFrame(signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#wanted = undefined;
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#wanted = (jpeg) => {
        signal.removeEventListener('abort', onAbort);
        this.#wanted = undefined;
        resolve(jpeg);
      };
    });
  }

  #ready(source: FrameSource): Promise<void> {
    this.#openedMs = this.#clock.monotonicMs();
    this.#watchSilence();
    this.#stopReading = source.onFrame((jpeg) => this.#take(jpeg));
    return Promise.resolve();
  }

  #lost(): void {
    this.#stopReading?.();
    this.#stopWatching?.();
    this.#stopReading = undefined;
    this.#stopWatching = undefined;
    this.#lookedMs = Number.NEGATIVE_INFINITY;
    this.#queue.drop();
    if (this.#lens.forget()) this.#tell({ event: 'lensChanged', lens: 'unknown' });
  }

  #take(jpeg: Uint8Array): void {
    this.#frames += 1;
    this.#watchSilence();
    const nowMs = this.#clock.monotonicMs();
    if (this.#stalls > 0 && nowMs - this.#openedMs >= SOUND_MS) {
      this.#stalls = 0;
      this.#tellState();
    }
    if (nowMs - this.#lookedMs >= this.#lens.nextLookMs(this.#unreadable === 0)) {
      this.#lookedMs = nowMs;
      this.#look(jpeg);
    }
    if (this.#wanted) this.#wanted(jpeg);
    else jpeg.fill(0);
  }

  #look(jpeg: Uint8Array): void {
    const reading = lumaOf(jpeg);
    this.#unreadable = reading ? 0 : this.#unreadable + 1;
    if (reading && this.#lens.look(reading)) this.#tell({ event: 'lensChanged', lens: this.#lens.word });
  }

  #watchSilence(): void {
    this.#stopWatching?.();
    this.#stopWatching = this.#clock.timer(this.#silenceMs, () => {
      this.#stalls += 1;
      this.#tell({ event: 'frozen', stalls: this.#stalls });
      this.#supervisor.restart('no frame for too long').catch(() => undefined);
      this.#tellState();
    });
  }

  #tellState(): void {
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    for (const listener of [...this.#stateListeners]) listener(state);
  }

  #tell(event: CameraEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

async function openSource(options: FrameCameraOptions, signal: AbortSignal): Promise<Opened<FrameSource>> {
  const link = await options.bus.openFrameSource(options.address, signal);
  return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
}
