/**
 * What differs from one make of face module to the next, as data.
 *
 * `efAaModule` is the frame that modules of many makes speak on their serial or
 * USB-CDC port (EF AA; HLK-FM22x, SenseLock and their kin). Its numbers stand in
 * public programs (esphome `hlk_fm22x`, DFRobot_3DFace); docs/interfaces/
 * face-module.md says which, and what is a GUESS. Another make is another table.
 */
import type { QualityWord } from './biometric.ts';

export type ModuleCommand = 'reset' | 'status' | 'verify' | 'forgetAll' | 'users' | 'version' | 'photo';

/** What the result byte of a reply means. */
export type ModuleWord =
  | 'done'
  | 'refused'
  | 'aborted'
  | 'cameraBroken'
  | 'invalid'
  | 'full'
  | 'nobodyKnown'
  | 'notLive'
  | 'timeOut'
  | 'encryptionWanted'
  | 'failed';

export interface ModuleProfile {
  readonly name: string;
  readonly commands: Readonly<Record<ModuleCommand, number>>;
  readonly results: ReadonlyMap<number, ModuleWord>;
  /** First field of the face note (its state), as the word that helps. */
  readonly faceStates: ReadonlyMap<number, QualityWord>;
  /** How long any reply but a verdict may take, ms. */
  readonly answerMs: number;
  /** Most photo bytes in one frame. */
  readonly photoChunk: number;
  /** Longest photo that the module takes, bytes. */
  readonly longestPhoto: number;
}

export const efAaModule: ModuleProfile = {
  name: 'ef-aa',
  commands: { reset: 0x10, status: 0x11, verify: 0x12, forgetAll: 0x21, users: 0x24, version: 0x30, photo: 0xf7 },
  results: new Map<number, ModuleWord>([
    [0, 'done'],
    [1, 'refused'],
    [2, 'aborted'],
    [4, 'cameraBroken'],
    [6, 'invalid'],
    [7, 'full'],
    [8, 'nobodyKnown'],
    [9, 'full'],
    [12, 'notLive'],
    [13, 'timeOut'],
    [21, 'encryptionWanted'],
  ]),
  faceStates: new Map<number, QualityWord>([
    [0, 'good'],
    [1, 'noFace'],
    [2, 'turnedAway'],
    [3, 'turnedAway'],
    [4, 'turnedAway'],
    [5, 'turnedAway'],
    [6, 'tooFar'],
    [7, 'tooFar'],
    [8, 'covered'],
    [9, 'covered'],
    [10, 'covered'],
    [11, 'turnedAway'],
  ]),
  answerMs: 2_000,
  photoChunk: 246,
  longestPhoto: 65_535,
};
