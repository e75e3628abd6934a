/**
 * What an answer to a mark means, and which marks are owed.
 *
 * One promise: a refusal is an answer (asking again would not change it); a mark
 * without one is owed.
 */
import { type Completion, completed, failed } from '../device.ts';
import type { MarkAcknowledgement, MarkFault } from './recorder.ts';
import type { RecorderSays } from './recorder-line.ts';

export type Answer = Extract<RecorderSays, { says: 'ACK' | 'NAK' }>;

/** Opaque ids only: no run of digits that could be a telephone, card or identity number. */
const INTERVAL = /^[a-z]{2,8}_(?!.*\d{11})[A-Za-z0-9]{6,32}$/;

export function isIntervalId(text: string): boolean {
  return INTERVAL.test(text);
}

export function meaningOf(
  answer: Answer,
  clockOffsetMs: number | undefined,
): Completion<MarkAcknowledgement, MarkFault> {
  if (answer.says === 'ACK') {
    if (!answer.recording) return failed('cameraInoperable', 'the camera does not record');
    return completed({ recorderWallMs: answer.recorderWallMs, clockOffsetMs });
  }
  switch (answer.reason) {
    case 'unknownCamera':
      return failed('cameraNotSupported', 'the recorder has no such camera');
    case 'full':
      return failed('mediaFull', 'the recorder is full');
    case 'refused':
      return failed('cameraInoperable', 'the recorder refused the mark');
  }
}

/** `canceled` counts as answered: the caller took the mark back. */
export function wasAnswered(completion: Completion<MarkAcknowledgement, MarkFault>): boolean {
  if (completion.done) return true;
  return ['cameraNotSupported', 'cameraInoperable', 'mediaFull', 'canceled'].includes(completion.fault);
}
