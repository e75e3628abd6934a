/**
 * One check of one face on this kiosk: look, ask for a turn of the head, match, decide.
 *
 * One promise: it ends with a verdict or a fault, and whichever it is, every
 * picture, every template and the reference are wiped before anybody hears it.
 */
import type { Camera } from '../camera/camera.ts';
import { type Completion, completed, failed } from '../device.ts';
import type { Clock, RandomSource } from '../ports.ts';
import type { WipeableBytes } from '../wipeable.ts';
import type { FaceEvent, FaceFault, FaceReason, FaceReference, FaceVerdict, QualityWord } from './biometric.ts';
import {
  type Examined,
  type FaceEngine,
  type FaceFigures,
  type PictureBytes,
  type TemplateHandle,
  UnreadablePictureError,
} from './face-engine.ts';
import type { FacePolicy } from './face-policy.ts';
import { qualityOf } from './face-quality.ts';

export interface FaceCheckParts {
  readonly camera: Camera;
  readonly engine: FaceEngine;
  readonly policy: FacePolicy;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly tell: (event: FaceEvent) => void;
  /** Asked before every frame. */
  readonly mayLook: () => boolean;
}

/** What the check found; the driver turns it into a verdict with the session's attempts in view. */
export type Found = Pick<FaceVerdict, 'decision' | 'reasons' | 'liveness' | 'turns'>;

type Ended = Completion<Found, FaceFault>;
type PhotoReference = Exclude<FaceReference, { kind: 'platformSubject' }>;

const FRAME_TIMEOUT_MS = 3_000;
/** Frames in a row that no decoder reads. */
const MOST_UNREADABLE = 10;
/** How long somebody may take to follow one request to turn. */
const CHALLENGE_MS = 8_000;

interface Look {
  readonly word: QualityWord;
  readonly face: FaceFigures | undefined;
  readonly template: TemplateHandle | undefined;
}

export class FaceCheck {
  readonly #parts: FaceCheckParts;
  readonly #held: TemplateHandle[] = [];
  #word: QualityWord | undefined;
  #seen = false;

  constructor(parts: FaceCheckParts) {
    this.#parts = parts;
  }

  /** Throws `LinkLostError` when the engine is lost, `signal.reason` when stopped. */
  async run(reference: PhotoReference, noAction: boolean, signal: AbortSignal): Promise<Ended> {
    try {
      const known = await this.#import(reference, signal);
      if (!known.done) return known;
      this.#parts.tell({ event: 'presentSubject' });
      const good = await this.#gather(signal);
      if (!good.done) return good;
      const turned = noAction ? completed('followed' as const) : await this.#challenge(good.value, signal);
      if (!turned.done) return turned;
      if (turned.value !== 'followed') {
        return completed({ decision: 'retry', reasons: [turned.value], liveness: 'failed', turns: 0 });
      }
      const found = await this.#decide(known.value, good.value, signal);
      // Taken back after the last frame: there is no verdict about somebody who does not want one.
      if (!this.#parts.mayLook()) return failed('authorisationRequired', 'the consent ended');
      return completed({ ...found, turns: noAction ? 0 : this.#parts.policy.challenges });
    } finally {
      reference.photo.wipe();
      await this.#parts.engine.forget(this.#held);
      this.#parts.tell({ event: 'removeSubject' });
      this.#parts.tell({ event: 'dataCleared' });
    }
  }

  async #import(reference: PhotoReference, signal: AbortSignal): Promise<Completion<TemplateHandle, FaceFault>> {
    if (reference.kind === 'wlt') return failed('formatNotSupported', 'no decoder for this photo is installed');
    const examined = await this.#examine(reference.photo, pictureOf(reference), false, signal);
    if (examined?.reading.faces !== 1 || examined.template === undefined) {
      return failed('invalidData', 'the reference photo does not show exactly one face');
    }
    return completed(examined.template);
  }

  /** Good frames of one person, as many as the policy wants. */
  async #gather(signal: AbortSignal): Promise<Completion<readonly Required<Look>[], FaceFault>> {
    const { policy, engine } = this.#parts;
    const good: Required<Look>[] = [];
    while (good.length < policy.frames) {
      const look = await this.#look(false, signal);
      if (!look.done) return look;
      const { word, template } = look.value;
      if (word !== 'good' || template === undefined) continue;
      const first = good[0]?.template;
      const same = first === undefined || (await engine.compare(first, template, signal)) >= policy.samePersonFrom;
      // Somebody else stands there now: whoever was seen before does not count.
      if (!same) good.length = 0;
      good.push(look.value);
    }
    return completed(good);
  }

  async #challenge(
    good: readonly Look[],
    signal: AbortSignal,
  ): Promise<Completion<'followed' | 'challengeNotMet' | 'personChanged', FaceFault>> {
    const { policy, random, engine, tell, clock } = this.#parts;
    const first = good[0]?.template;
    for (const byte of random.bytes(policy.challenges)) {
      const turn = byte % 2 === 0 ? 'left' : 'right';
      tell({ event: 'challenge', turn });
      const untilMs = clock.monotonicMs() + CHALLENGE_MS;
      let followed = false;
      while (!followed && clock.monotonicMs() < untilMs) {
        const look = await this.#look(true, signal);
        if (!look.done) return look;
        const { face, template } = look.value;
        if (!face || template === undefined || first === undefined) continue;
        // The person's own left is the right side of the picture.
        const turnedBy = turn === 'left' ? face.yawDegrees : -face.yawDegrees;
        // Each of these is said as what must hold: a figure that is no number must not get through.
        if (!(turnedBy >= policy.turnedFrom)) continue;
        const same = (await engine.compare(first, template, signal)) >= policy.samePersonFrom;
        if (!same) return completed('personChanged');
        followed = true;
      }
      tell({ event: 'challenge', turn: 'straight' });
      if (!followed) return completed('challengeNotMet');
    }
    return completed('followed');
  }

  async #decide(known: TemplateHandle, good: readonly Look[], signal: AbortSignal): Promise<Omit<Found, 'turns'>> {
    const { policy, engine } = this.#parts;
    const cosines: number[] = [];
    for (const { template } of good) {
      if (template !== undefined) cosines.push(await engine.compare(known, template, signal));
    }
    const sound = cosines.every((value) => Number.isFinite(value));
    const middle = (sound ? cosines.sort((one, other) => one - other)[cosines.length >> 1] : undefined) ?? -1;
    const live = good.filter(({ face }) => (face?.live ?? 0) >= policy.liveFrom).length / good.length;
    const liveness = live >= policy.livePart ? 'passed' : 'failed';
    const reasons: FaceReason[] = [];
    if (middle < policy.retryFrom) reasons.push('notTheSamePerson');
    else if (middle < policy.acceptFrom) reasons.push('closeCall');
    if (liveness === 'failed') reasons.push('notLive');
    const decision = middle < policy.retryFrom ? 'reject' : reasons.length > 0 ? 'retry' : 'accept';
    return { decision, reasons, liveness };
  }

  /** The next frame, judged. The picture is wiped; its template is held until the check ends. */
  async #look(turning: boolean, signal: AbortSignal): Promise<Completion<Look, FaceFault>> {
    const { camera, policy, mayLook } = this.#parts;
    for (let unreadable = 0; unreadable < MOST_UNREADABLE; unreadable += 1) {
      if (!mayLook()) return failed('authorisationRequired', 'the consent ended');
      const taken = await camera.takePicture({ timeoutMs: FRAME_TIMEOUT_MS, signal });
      if (signal.aborted && taken.done) taken.value.wipe();
      signal.throwIfAborted();
      if (!taken.done) return failed('readFailed', `the camera gave no picture (${taken.fault})`);
      const picture: PictureBytes = { encoding: 'jpeg', bytes: taken.value.reveal() };
      const examined = await this.#examine(taken.value, picture, true, signal);
      taken.value.wipe();
      if (!examined) continue;
      const covered = camera.lens === 'covered';
      const word = covered ? 'covered' : qualityOf(examined.reading, policy.quality, turning);
      this.#tellWord(word);
      const usable = word === 'good' ? examined : { ...examined, template: undefined };
      return completed({ word, face: usable.reading.largest, template: usable.template });
    }
    return failed('readFailed', 'the camera’s frames can’t be read');
  }

  /** `undefined`: no picture. */
  async #examine(
    owner: WipeableBytes,
    picture: PictureBytes,
    liveness: boolean,
    signal: AbortSignal,
  ): Promise<Examined | undefined> {
    try {
      const examined = await this.#parts.engine.examine(picture, { template: true, liveness }, signal);
      if (examined.template !== undefined) this.#held.push(examined.template);
      return examined;
    } catch (error) {
      if (error instanceof UnreadablePictureError) return undefined;
      throw error;
    } finally {
      owner.wipe();
    }
  }

  #tellWord(word: QualityWord): void {
    const { tell } = this.#parts;
    if (!this.#seen && word !== 'noFace' && word !== 'covered') {
      this.#seen = true;
      tell({ event: 'subjectDetected' });
    }
    if (word !== this.#word) tell({ event: 'guidance', word });
    this.#word = word;
  }
}

function pictureOf(reference: Exclude<PhotoReference, { kind: 'wlt' }>): PictureBytes {
  const bytes = reference.photo.reveal();
  if (reference.kind === 'jpeg') return { encoding: 'jpeg', bytes };
  return { encoding: 'rgb24', width: reference.width, height: reference.height, bytes };
}
