/**
 * What lies in the field of a SAM_A module, as far as its answers tell.
 *
 * A module finds a card once: after that the card must leave before it is found
 * again (E.2), so a card that was found is asked for its latest address to learn
 * whether it is still there. One promise: no card is announced that was not selected.
 */

import type { CardMedia, CardReaderEvent } from '../card-reader/card-reader.ts';
import { MediaStory } from '../card-reader/media-story.ts';
import type { Clock } from '../ports.ts';
import { type SamDialogue, SamSilenceError } from './sam-dialogue.ts';
import type { SamAnswer } from './sam-frame.ts';
import type { SamReaderProfile } from './sam-reader-profile.ts';
import { faultOfStatus, moduleIsUnfit, SAM_STATUS } from './sam-status.ts';

/** Found so often without being selected: it is a card, and no identity card. */
const STRANGE_AFTER = 3;
const NOT_A_CARD = new Uint8Array(0);

export interface CardFieldOptions {
  readonly clock: Clock;
  readonly profile: SamReaderProfile;
  readonly tell: (events: readonly CardReaderEvent[]) => void;
  /** The module said that it can not work (SW3 60 or 66). */
  readonly unfit: (status: number) => void;
}

export class CardField {
  readonly #options: CardFieldOptions;
  readonly #story = new MediaStory();
  #selected = false;
  #selectedAtMs = 0;
  #refusedSelections = 0;
  /** Learned per link: some modules know no latest address. */
  #asksPresence: boolean;

  constructor(options: CardFieldOptions) {
    this.#options = options;
    this.#asksPresence = options.profile.presence === 'latestAddress';
  }

  get media(): CardMedia {
    return this.#story.media;
  }

  get selected(): boolean {
    return this.#selected;
  }

  /** Whether the module tells when a card that was read has left. */
  get seesRemoval(): boolean {
    return this.#asksPresence;
  }

  /** A new link: nobody saw what hands did meanwhile. */
  lost(): void {
    this.#selected = false;
    this.#refusedSelections = 0;
    this.#asksPresence = this.#options.profile.presence === 'latestAddress';
    this.#story.lost();
  }

  /** One look, at most two questions. Rejects as `SamDialogue.ask` does. */
  async look(sam: SamDialogue, signal: AbortSignal): Promise<void> {
    if (this.#selected && !this.#asksPresence) {
      const sinceMs = this.#options.clock.monotonicMs() - this.#selectedAtMs;
      if (sinceMs < this.#options.profile.believedMs) return;
      this.#selected = false;
      this.#story.lost();
    }
    if (this.#selected) await this.#askPresence(sam, signal);
    else await this.findAndSelect(sam, signal);
  }

  /** → whether a card is selected now. Rejects as `SamDialogue.ask` does. */
  async findAndSelect(sam: SamDialogue, signal: AbortSignal): Promise<boolean> {
    const { answerMs } = this.#options.profile;
    this.#selected = false;
    const found = await sam.ask('find', answerMs, signal);
    if (found.status !== SAM_STATUS.found) {
      this.#refusedSelections = 0;
      if (found.status === SAM_STATUS.findFailed) this.#sees({ kind: 'notPresent' });
      else if (moduleIsUnfit(found.status)) this.#options.unfit(found.status);
      return false;
    }
    const chosen = await sam.ask('select', answerMs, signal);
    if (chosen.status !== SAM_STATUS.done) {
      if (moduleIsUnfit(chosen.status)) this.#options.unfit(chosen.status);
      this.#refusedSelections += 1;
      if (this.#refusedSelections >= STRANGE_AFTER) this.#sees({ kind: 'mute' });
      return false;
    }
    this.#refusedSelections = 0;
    this.#selected = true;
    this.#selectedAtMs = this.#options.clock.monotonicMs();
    this.#sees({ kind: 'present', atr: NOT_A_CARD });
    return true;
  }

  /** `undefined` = no card. A card that slipped out of the field and lies in it again is selected once more. */
  async read(sam: SamDialogue, signal: AbortSignal): Promise<SamAnswer | undefined> {
    const { readMs } = this.#options.profile;
    if (!this.#selected && !(await this.findAndSelect(sam, signal))) return undefined;
    const answer = await sam.ask('readTextAndPhoto', readMs, signal);
    if (answer.status !== SAM_STATUS.readFailed) return answer;
    // What lies there now may be somebody else's.
    this.left();
    if (!(await this.findAndSelect(sam, signal))) return undefined;
    return sam.ask('readTextAndPhoto', readMs, signal);
  }

  /** A read went well: without a way to ask, nobody knows from now on whether the card still lies there. */
  wasRead(): void {
    if (this.#asksPresence) return;
    this.#selected = false;
    this.#story.lost();
  }

  /** The card did not answer: it left. */
  left(): void {
    this.#selected = false;
    this.#sees({ kind: 'notPresent' });
  }

  async #askPresence(sam: SamDialogue, signal: AbortSignal): Promise<void> {
    const answer = await sam
      .ask('readLatestAddress', this.#options.profile.answerMs, signal)
      .catch((error: unknown) => {
        // A module that never answers this question must not look like a dead one whenever a card lies there.
        if (error instanceof SamSilenceError && !error.damaged) this.#asksPresence = false;
        throw error;
      });
    const { status, data } = answer;
    // An address of somebody: nobody asked for it.
    data.fill(0);
    if (status === SAM_STATUS.done || status === SAM_STATUS.itemAbsent) return;
    if (moduleIsUnfit(status)) this.#options.unfit(status);
    else if (isAboutTheCard(status)) this.left();
    else this.#asksPresence = false;
  }

  #sees(media: Parameters<MediaStory['sees']>[0]): void {
    this.#options.tell(this.#story.sees(media));
  }
}

function isAboutTheCard(status: number): boolean {
  const { fault } = faultOfStatus(status);
  return fault === 'noMedia' || fault === 'invalidMedia' || fault === 'securityFail';
}
