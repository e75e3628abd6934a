/**
 * The contract of a face check (XFS4IoT Biometric, compare mode `verify`), whoever does the looking.
 *
 * Three forms stand behind it: the kiosk itself (`onDevice`), a face module
 * (`module`), the insurance platform's terminal (`platform`). One to one only;
 * there is no search among many, and nothing is kept. Its promise: it never
 * looks without consent, and it is never the only way: every end but `accept`
 * says what else the person can do.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { WipeableBytes } from '../wipeable.ts';
import type { FaceConsent } from './consent.ts';

export type MatchLocation = 'onDevice' | 'module' | 'platform';

/**
 * What stands behind the word "live": nothing, a filter on ordinary pictures,
 * a second kind of sensor, or a laboratory's report (GB/T 41987, ISO/IEC 30107-3).
 * Never claim more than the evidence that was configured.
 */
export type PadLevel = 'none' | 'rgbHeuristic' | 'nirOr3d' | 'labEvaluated';

/** The photo to match with. It is wiped by the check, however that ends. */
export type FaceReference =
  | { readonly kind: 'jpeg'; readonly photo: WipeableBytes }
  /** A decoded chip photo, 102 × 126 on today's ID cards; three bytes a pixel. */
  | { readonly kind: 'rgb24'; readonly width: number; readonly height: number; readonly photo: WipeableBytes }
  /** As it lies on an ID chip: only a licensed decoder can open it. Refused with `formatNotSupported` without one. */
  | { readonly kind: 'wlt'; readonly photo: WipeableBytes }
  /** Platform only: it has its own photo of who this is. */
  | { readonly kind: 'platformSubject'; readonly subject: Secret<string> };

export interface VerifyRequest {
  readonly sessionId: string;
  readonly consent: FaceConsent;
  readonly reference: FaceReference;
  /** For who can't turn the head: no action is asked for; the verdict's `turns` says that none was made. */
  readonly noAction?: boolean;
}

/** What is wrong with the picture, in the order in which it is told. `good` = nothing. */
export type QualityWord =
  | 'covered'
  | 'noFace'
  | 'twoFaces'
  | 'tooFar'
  | 'tooDark'
  | 'tooBright'
  | 'turnedAway'
  | 'blurred'
  | 'good';

export type FaceReason =
  | QualityWord
  | 'notTheSamePerson'
  | 'closeCall'
  | 'notLive'
  | 'challengeNotMet'
  | 'personChanged';

export interface FaceVerdict {
  readonly decision: 'accept' | 'retry' | 'reject';
  readonly reasons: readonly FaceReason[];
  readonly liveness: 'passed' | 'failed' | 'notChecked';
  /** How many turns of the head were asked for and followed; 0 where none was asked for. */
  readonly turns: number;
  readonly padLevel: PadLevel;
  readonly decidedBy: MatchLocation;
  /** Which thresholds and which weights decided; no score leaves the check. */
  readonly policyId: string;
  readonly modelManifestId?: string;
  /** The platform's or module's own number of this check. */
  readonly externalSerial?: string;
  /** What the person is offered: a face is never the only way. */
  readonly next: 'goOn' | 'tryAgain' | 'useAnotherWay';
}

/** XFS4IoT's words, and `authorisationRequired` for a consent that is missing. */
export type FaceFault = 'authorisationRequired' | 'formatNotSupported' | 'readFailed' | 'modeNotSupported';

export type FaceEvent =
  | { readonly event: 'presentSubject' }
  | { readonly event: 'subjectDetected' }
  /** Told when it changes. */
  | { readonly event: 'guidance'; readonly word: QualityWord }
  | { readonly event: 'challenge'; readonly turn: 'left' | 'right' | 'straight' }
  | { readonly event: 'removeSubject' }
  /** Pictures, templates and the reference are wiped. */
  | { readonly event: 'dataCleared' };

export interface Biometric extends Device {
  readonly deviceClass: 'biometric';
  readonly matchLocation: MatchLocation;
  readonly padLevel: PadLevel;
  /**
   * Looks, checks that it is alive, matches, wipes. A fault is never an accept:
   * whoever gets one offers another way.
   */
  verify(request: VerifyRequest, options: CommandOptions): Promise<Completion<FaceVerdict, FaceFault>>;
  /** Whether it would work, without anybody being looked at; absent where that can't be known. */
  selfTest?(options: CommandOptions): Promise<Completion<void, FaceFault>>;
  /** Somebody may be looked at soon (the consent is being read): what has to be loaded is loaded now. */
  prepare?(): void;
  onFaceEvent(listener: (event: FaceEvent) => void): Unsubscribe;
}
