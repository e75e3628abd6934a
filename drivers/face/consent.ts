/**
 * A person's consent to have the face looked at (人脸信息单独同意), as a value.
 *
 * One promise: no frame is asked for a face without one that was given for this
 * session and purpose, is not too old and was not taken back. Who shows the text
 * and hears the yes is the firmware's affair; what it was is only counted here.
 */

/** What the person agreed to; another use needs another consent. */
export type FacePurpose = 'matchWithIdPhoto' | 'platformFaceCheck';

export interface ConsentFacts {
  /** The session in which it was given; it is worth nothing in another one. */
  readonly sessionId: string;
  readonly purpose: FacePurpose;
  /** `Clock.monotonicMs` when the person agreed. */
  readonly givenAtMs: number;
  /** How long it holds, ms. Default: five minutes. */
  readonly holdsMs?: number;
}

const USUAL_LIFE_MS = 300_000;

export class FaceConsent {
  readonly #facts: ConsentFacts;
  #takenBack = false;

  constructor(facts: ConsentFacts) {
    this.#facts = facts;
  }

  /** The person changed their mind, or the session ended. */
  takeBack(): void {
    this.#takenBack = true;
  }

  covers(sessionId: string, purpose: FacePurpose, nowMs: number): boolean {
    const { givenAtMs, holdsMs = USUAL_LIFE_MS } = this.#facts;
    const ageMs = nowMs - givenAtMs;
    const same = this.#facts.sessionId === sessionId && this.#facts.purpose === purpose;
    return !this.#takenBack && same && ageMs >= 0 && ageMs <= holdsMs;
  }
}
