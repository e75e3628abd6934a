/**
 * One check in a face module: the photo in, one look, the module's word.
 *
 * One promise: an accept is about the very photo that was put in, by the only
 * person the module then knew; anything else it says is a reason or a fault.
 */
import { type Completion, completed, failed } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { FaceEvent, FaceFault, FaceVerdict } from './biometric.ts';
import { type ModuleDialogue, type ModuleReply, ModuleSilenceError } from './module-dialogue.ts';
import type { ModuleProfile } from './module-profile-table.ts';

export interface ModuleCheckParts {
  readonly module: ModuleDialogue;
  readonly profile: ModuleProfile;
  readonly tell: (event: FaceEvent) => void;
  /** Asked before the look and at each of the module's notes. */
  readonly mayLook: () => boolean;
}

type Found = Completion<Pick<FaceVerdict, 'decision' | 'reasons'>, FaceFault>;

/** How long the module itself looks for a face, s. */
const LOOK_S = 10;
/** It ends a look by itself; one that does not is ended so much later, ms. */
const AFTER_LOOK_MS = 2_000;
const NOTHING = new Uint8Array(0);

export class ModuleCheck {
  readonly #parts: ModuleCheckParts;

  constructor(parts: ModuleCheckParts) {
    this.#parts = parts;
  }

  /** Rejects with `ModuleSilenceError`, `LinkLostError` or `signal.reason`. */
  async run(photo: Uint8Array, signal: AbortSignal): Promise<Found> {
    const { module, profile, tell, mayLook } = this.#parts;
    const known = await this.#putIn(photo, signal);
    if (known.word !== 'done') {
      if (known.word === 'encryptionWanted') return failed('hardwareError', 'the module wants an encrypted line');
      return failed('invalidData', `the module makes nothing of the reference photo (${known.word})`);
    }
    // Whom it will know is the one it was given, and nobody else: its own count says so.
    const users = await module.ask('users', NOTHING, profile.answerMs, signal);
    if (users.word !== 'done' || users.data[0] !== 1) return failed('hardwareError', 'the module knows other people');
    const taken = [users.data[1], users.data[2]];
    tell({ event: 'presentSubject' });
    const looking = new AbortController();
    const stopNotes = this.#followNotes(() => {
      if (!mayLook()) looking.abort(new Error('the consent ended'));
    });
    try {
      const both = AbortSignal.any([signal, looking.signal]);
      const ask = Uint8Array.of(0, LOOK_S);
      const verdict = await module.ask('verify', ask, LOOK_S * 1_000 + AFTER_LOOK_MS, both);
      const same = verdict.data[0] === taken[0] && verdict.data[1] === taken[1];
      if (verdict.word === 'done' && !same)
        return failed('hardwareError', 'the module recognised somebody it was not given');
      return foundIn(verdict);
    } catch (error) {
      if (looking.signal.aborted && !signal.aborted) return failed('authorisationRequired', 'the consent ended');
      throw error;
    } finally {
      stopNotes();
    }
  }

  /** The photo in pieces, each acknowledged; the last reply says whether a face was in it. */
  async #putIn(photo: Uint8Array, signal: AbortSignal): Promise<ModuleReply> {
    const { module, profile } = this.#parts;
    const { answerMs, photoChunk } = profile;
    const head = Buffer.alloc(7);
    head.writeUInt32BE(photo.length, 2);
    let reply = await module.ask('photo', head, answerMs, signal);
    for (let at = 0, piece = 1; at < photo.length && reply.word === 'done'; at += photoChunk, piece += 1) {
      const bytes = photo.subarray(at, at + photoChunk);
      const data = new Uint8Array(2 + bytes.length);
      data.set([piece >> 8, piece & 0xff]);
      data.set(bytes, 2);
      reply = await module.ask('photo', data, answerMs, signal).finally(() => data.fill(0));
    }
    return reply;
  }

  #followNotes(onNote: () => void): Unsubscribe {
    const { module, profile, tell } = this.#parts;
    let told: string | undefined;
    let seen = false;
    return module.listenToFace((state) => {
      onNote();
      const word = profile.faceStates.get(state);
      if (word === undefined || word === told) return;
      told = word;
      if (!seen && word !== 'noFace' && word !== 'covered') {
        seen = true;
        tell({ event: 'subjectDetected' });
      }
      tell({ event: 'guidance', word });
    });
  }
}

/** Still, then empty. What it does not confirm is not believed. */
export async function makeForget(module: ModuleDialogue, profile: ModuleProfile, signal: AbortSignal): Promise<void> {
  const { answerMs } = profile;
  await module.ask('reset', NOTHING, answerMs, signal);
  const { word } = await module.ask('forgetAll', NOTHING, answerMs, signal);
  // A module that knows nobody may say so instead.
  if (word !== 'done' && word !== 'nobodyKnown') throw new ModuleSilenceError('the module did not forget');
  const users = await module.ask('users', NOTHING, answerMs, signal);
  const empty = users.word === 'nobodyKnown' || (users.word === 'done' && users.data[0] === 0);
  if (!empty) throw new ModuleSilenceError('the module says that it forgot, and knows people');
}

function foundIn({ word }: ModuleReply): Found {
  switch (word) {
    case 'done':
      return completed({ decision: 'accept', reasons: [] });
    case 'nobodyKnown':
      return completed({ decision: 'reject', reasons: ['notTheSamePerson'] });
    case 'notLive':
      return completed({ decision: 'retry', reasons: ['notLive'] });
    case 'timeOut':
      return completed({ decision: 'retry', reasons: ['noFace'] });
    case 'cameraBroken':
      return failed('hardwareError', 'the module’s camera does not work');
    default:
      return failed('readFailed', `the module says ${word}`);
  }
}
