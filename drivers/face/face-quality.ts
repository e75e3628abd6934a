/**
 * Which word a reading earns: what the person should change, or `good`.
 *
 * One promise: one word at a time, the one that helps most; nobody is told a figure.
 */
import type { QualityWord } from './biometric.ts';
import type { FaceReading } from './face-engine.ts';
import type { QualityPolicy } from './face-policy.ts';

/** @param turning a turn of the head is being asked for, so it is not held against anybody */
export function qualityOf(reading: FaceReading, policy: QualityPolicy, turning = false): QualityWord {
  const face = reading.largest;
  if (!face || face.score < policy.leastScore) return 'noFace';
  if (reading.faces > 1 && face.secondFaceShare >= policy.mostSecondFaceShare) return 'twoFaces';
  if (face.heightPx < policy.leastHeightPx) return 'tooFar';
  if (face.meanLuma < policy.leastLuma) return 'tooDark';
  if (face.meanLuma > policy.mostLuma || face.clippedShare > policy.mostClippedShare) return 'tooBright';
  if (!turning) {
    if (Math.abs(face.yawDegrees) > policy.mostYawDegrees) return 'turnedAway';
    if (Math.abs(face.rollDegrees) > policy.mostRollDegrees) return 'turnedAway';
    if (face.eyeDistancePx < policy.leastEyeDistancePx) return 'tooFar';
  }
  if (face.sharpness < policy.leastSharpness) return 'blurred';
  return 'good';
}
