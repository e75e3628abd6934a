/**
 * The figures by which a face check decides: one profile a region or hospital.
 *
 * Calibrated on ten pairs of people only; a site calibrates again and ships its
 * own, signed (docs/face.md). One promise: a profile that would accept what no
 * measurement supports is refused, not obeyed.
 */

export interface FacePolicy {
  readonly id: string;
  /** Cosine from which a match is accepted, and from which it is worth another try. */
  readonly acceptFrom: number;
  readonly retryFrom: number;
  /** Good frames that are matched; their median decides. */
  readonly frames: number;
  /** Least share that the passive filter calls live, and how many of the frames must be. */
  readonly liveFrom: number;
  readonly livePart: number;
  /** Turns of the head that are asked for, in random order; 0 = none. */
  readonly challenges: number;
  /** Degrees from which a head counts as turned. */
  readonly turnedFrom: number;
  /** Cosine that the same person keeps between two frames of one check. */
  readonly samePersonFrom: number;
  readonly attemptsPerSession: number;
  readonly quality: QualityPolicy;
}

export interface QualityPolicy {
  readonly leastScore: number;
  readonly leastHeightPx: number;
  readonly leastEyeDistancePx: number;
  readonly mostYawDegrees: number;
  readonly mostRollDegrees: number;
  readonly mostSecondFaceShare: number;
  readonly leastLuma: number;
  readonly mostLuma: number;
  readonly mostClippedShare: number;
  readonly leastSharpness: number;
}

/** Under this no measurement has seen a match of one person that was not also near one of two. */
export const ACCEPT_FLOOR = 0.4;

export const usualFacePolicy: FacePolicy = {
  id: 'national-default-1',
  acceptFrom: 0.45,
  retryFrom: 0.4,
  frames: 3,
  liveFrom: 0.8,
  livePart: 2 / 3,
  challenges: 1,
  turnedFrom: 18,
  samePersonFrom: 0.6,
  attemptsPerSession: 3,
  quality: {
    leastScore: 0.9,
    leastHeightPx: 160,
    leastEyeDistancePx: 60,
    mostYawDegrees: 15,
    mostRollDegrees: 20,
    mostSecondFaceShare: 0.25,
    leastLuma: 60,
    mostLuma: 200,
    mostClippedShare: 0.05,
    leastSharpness: 40,
  },
};

/** @throws RangeError for a policy that no measurement supports: a mistake of whoever signed it. */
export function checkedPolicy(policy: FacePolicy): FacePolicy {
  const { acceptFrom, retryFrom, frames, liveFrom, livePart, samePersonFrom, attemptsPerSession } = policy;
  const { challenges, turnedFrom } = policy;
  const share = (value: number): boolean => value > 0 && value <= 1;
  const sound =
    acceptFrom >= ACCEPT_FLOOR &&
    acceptFrom < 1 &&
    retryFrom <= acceptFrom &&
    Number.isInteger(frames) &&
    frames >= 1 &&
    frames <= 9 &&
    [liveFrom, livePart, samePersonFrom].every(share) &&
    Number.isInteger(challenges) &&
    challenges >= 0 &&
    challenges <= 5 &&
    // As straight as a good frame has to be is not turned.
    turnedFrom > policy.quality.mostYawDegrees &&
    Object.values(policy.quality).every((figure) => Number.isFinite(figure)) &&
    Number.isInteger(attemptsPerSession) &&
    attemptsPerSession >= 1 &&
    attemptsPerSession <= 9;
  if (!sound) throw new RangeError(`The face policy ${policy.id} has figures that no measurement supports.`);
  return policy;
}
