/**
 * A face engine that sees what a test says, without models: templates are numbers on a line.
 *
 * A picture's first byte chooses what is seen in it, so the check, the camera and
 * the engine speak of the same frame.
 */
import type {
  Examined,
  ExamineWants,
  FaceFigures,
  PictureBytes,
  TemplateHandle,
} from '../../../drivers/face/face-engine.ts';
import type { StartedEngine } from '../../../drivers/face/on-device-biometric.ts';
import { LinkLostError } from '../../../drivers/ports.ts';

export interface SeenFace {
  readonly faces?: number;
  readonly figures?: Partial<FaceFigures>;
  /** Where the person stands on the line; two frames are alike by how near these are. */
  readonly who?: number;
}

export const A_GOOD_FACE: FaceFigures = {
  score: 0.99,
  heightPx: 240,
  eyeDistancePx: 90,
  yawDegrees: 0,
  rollDegrees: 0,
  secondFaceShare: 0,
  meanLuma: 120,
  clippedShare: 0,
  sharpness: 500,
  live: 0.95,
};

export class ScriptedEngine implements StartedEngine {
  /** What is seen now; a chip photo (rgb24 or a picture that begins with 1) shows `onChip`. */
  sees: SeenFace = { who: 0 };
  onChip: SeenFace = { who: 0 };
  readonly templates = new Map<TemplateHandle, number>();
  readonly pictures: Uint8Array[] = [];
  hung = false;
  #lastHandle = 0;
  #lost: ((error: LinkLostError) => void) | undefined;
  #waiting: ((error: unknown) => void)[] = [];
  /** Set while it is not running. */
  broken = false;

  started(): Promise<string> {
    return this.broken ? Promise.reject(new LinkLostError('no engine here')) : Promise.resolve('scripted-1');
  }

  onLost(listener: (error: LinkLostError) => void): () => void {
    this.#lost = listener;
    return () => {
      this.#lost = undefined;
    };
  }

  crash(): void {
    this.templates.clear();
    const error = new LinkLostError('the engine ended (SIGSEGV)');
    for (const reject of this.#waiting.splice(0)) reject(error);
    this.#lost?.(error);
  }

  async examine(picture: PictureBytes, _wants: ExamineWants, signal: AbortSignal): Promise<Examined> {
    this.pictures.push(picture.bytes);
    if (this.hung) await this.#never(signal);
    const seen = picture.encoding === 'rgb24' ? this.onChip : this.sees;
    const faces = seen.faces ?? 1;
    if (faces === 0) return { reading: { faces: 0, largest: undefined }, template: undefined };
    this.#lastHandle += 1;
    this.templates.set(this.#lastHandle, seen.who ?? 0);
    return { reading: { faces, largest: { ...A_GOOD_FACE, ...seen.figures } }, template: this.#lastHandle };
  }

  /** Somebody acts at the very moment of the match. */
  onCompare: () => void = () => undefined;

  compare(one: TemplateHandle, other: TemplateHandle): Promise<number> {
    this.onCompare();
    const [left, right] = [this.templates.get(one), this.templates.get(other)];
    if (left === undefined || right === undefined) return Promise.reject(new LinkLostError('forgotten'));
    return Promise.resolve(1 - Math.abs(left - right));
  }

  forget(handles: readonly TemplateHandle[] | 'all'): Promise<void> {
    for (const handle of handles === 'all' ? [...this.templates.keys()] : handles) this.templates.delete(handle);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.templates.clear();
    return Promise.resolve();
  }

  #never(signal: AbortSignal): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.#waiting.push(reject);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}
