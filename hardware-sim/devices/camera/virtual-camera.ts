/**
 * A camera on the bench: who stands before it and what is done to it, as frames.
 *
 * It sends a JPEG at its own pace while a host has it open, whether or not the
 * host is quick enough, as a real one does. One promise: a hung or unplugged
 * camera sends nothing more, not even the rest of a second.
 */
import { type Clock, type FrameSource, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';
import type { PersonId } from './invented-people-table.ts';
import { type PersonPose, type ScenePicture, scenePicture } from './scene-pictures.ts';

export interface SimCameraOptions {
  readonly clock: Clock;
  /** Frames a second. */
  readonly fps?: number;
}

/** What no hand can do. */
export class CameraFaults {
  readonly #frames: Uint8Array[] = [];

  /** Sent in place of the next frame: broken, cut short, anything. */
  nextFrame(bytes: Uint8Array): void {
    this.#frames.push(bytes);
  }

  take(): Uint8Array | undefined {
    return this.#frames.shift();
  }
}

export class SimCamera {
  readonly faults = new CameraFaults();
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #sceneListeners = new Set<() => void>();
  readonly #plugListeners = new Set<(plugged: boolean) => void>();
  #before: ScenePicture = 'hall';
  #covered = false;
  #plugged = true;
  #hung = false;
  #host: CameraLink | undefined;

  constructor({ clock, fps = 25 }: SimCameraOptions) {
    this.#clock = clock;
    this.#everyMs = 1_000 / fps;
  }

  get pluggedIn(): boolean {
    return this.#plugged;
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** What stands before the lens now. */
  get sees(): ScenePicture {
    return this.#covered ? 'covered' : this.#before;
  }

  /** Hands: somebody comes; `again` is the same person on another day, `far` one who stays back. */
  stepInFront(person: PersonId, how: 'front' | 'again' | 'far' = 'front'): void {
    this.#show(`${person}-${how}`);
  }

  /** Whoever stands there turns to their own left or right: the other side of the picture. */
  turn(side: 'left' | 'right'): void {
    this.#pose(side === 'left' ? 'right' : 'left');
  }

  faceCamera(): void {
    this.#pose('front');
  }

  /** A second person looks over the shoulder. */
  joinedBySomebody(): void {
    this.#show('two');
  }

  stepAway(): void {
    this.#show('hall');
  }

  /** Instead of a face: a phone with one, or a print of one (of `jia`). */
  holdUp(what: 'phone' | 'print'): void {
    this.#show(what);
  }

  dimLights(): void {
    this.#show('dim');
  }

  coverLens(): void {
    this.#covered = true;
    this.#tellScene();
  }

  uncoverLens(): void {
    this.#covered = false;
    this.#tellScene();
  }

  unplug(): void {
    this.#plugged = false;
    this.#tellPlug();
    this.#host?.lose('the camera was unplugged');
  }

  plugIn(): void {
    this.#plugged = true;
    this.#hung = false;
    this.#tellPlug();
  }

  /** Stays open and sends nothing. */
  hang(): void {
    this.#hung = true;
    this.#tellScene();
  }

  wake(): void {
    this.#hung = false;
    this.#tellScene();
  }

  onSceneChanged(listener: () => void): Unsubscribe {
    this.#sceneListeners.add(listener);
    return () => this.#sceneListeners.delete(listener);
  }

  onPluggedChanged(listener: (plugged: boolean) => void): Unsubscribe {
    this.#plugListeners.add(listener);
    return () => this.#plugListeners.delete(listener);
  }

  /** The frame of this moment. */
  frame(): Uint8Array {
    return this.faults.take() ?? scenePicture(this.sees);
  }

  /** One host at a time. Resolves with the first frame; a hung camera waits for the signal. */
  openFrameSource(signal: AbortSignal): Promise<FrameSource> {
    if (!this.#plugged) return Promise.reject(new LinkLostError('the camera is not plugged in'));
    if (this.#host) return Promise.reject(new LinkLostError('another host has the camera open'));
    return new Promise((resolve, reject) => {
      const link = new CameraLink(() => this.#close(link));
      this.#host = link;
      const onAbort = (): void => {
        this.#close(link);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      link.onLost((error) => {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      });
      this.#tick(link, () => {
        signal.removeEventListener('abort', onAbort);
        resolve(link);
      });
    });
  }

  #tick(link: CameraLink, sent: () => void): void {
    link.stopClock = this.#clock.timer(this.#everyMs, () => {
      if (this.#host !== link) return;
      if (!this.#hung) {
        link.send(this.frame());
        sent();
      }
      this.#tick(link, sent);
    });
  }

  #close(link: CameraLink): void {
    link.stopClock();
    if (this.#host === link) this.#host = undefined;
  }

  #pose(pose: PersonPose): void {
    const [person] = this.#before.split('-');
    if (person === 'jia' || person === 'yi' || person === 'bing' || person === 'ding') this.#show(`${person}-${pose}`);
  }

  #show(picture: ScenePicture): void {
    this.#before = picture;
    this.#tellScene();
  }

  #tellScene(): void {
    for (const listener of [...this.#sceneListeners]) listener();
  }

  #tellPlug(): void {
    for (const listener of [...this.#plugListeners]) listener(this.#plugged);
  }
}

class CameraLink implements FrameSource {
  readonly #forget: () => void;
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #listener: ((jpeg: Uint8Array) => void) | undefined;
  #newest: Uint8Array | undefined;
  stopClock: () => void = () => undefined;

  constructor(forget: () => void) {
    this.#forget = forget;
  }

  send(jpeg: Uint8Array): void {
    if (this.#listener) this.#listener(jpeg);
    else this.#newest = jpeg;
  }

  lose(why: string): void {
    this.#forget();
    for (const listener of [...this.#lost]) listener(new LinkLostError(why));
  }

  onFrame(listener: (jpeg: Uint8Array) => void): Unsubscribe {
    this.#listener = listener;
    if (this.#newest) listener(this.#newest);
    this.#newest = undefined;
    return () => {
      this.#listener = undefined;
    };
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#forget();
    this.#lost.clear();
    return Promise.resolve();
  }
}
