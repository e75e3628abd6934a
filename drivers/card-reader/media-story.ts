/**
 * From what a slot says to what happened to a card.
 *
 * One promise: every card that is announced is also announced gone before
 * another one is, even when the slot was lost in between.
 */

import type { SlotMedia } from '../ports.ts';
import type { CardMedia, CardReaderEvent } from './card-reader.ts';

export class MediaStory {
  #said: SlotMedia | undefined;
  #blind = true;

  /** What the slot holds, as far as it is known. */
  get media(): CardMedia {
    if (this.#blind || !this.#said) return 'unknown';
    return this.#said.kind === 'mute' ? 'invalid' : this.#said.kind;
  }

  /** The slot is lost: nobody sees what hands do now. */
  lost(): void {
    this.#blind = true;
  }

  /** The slot says this; the events that follow, in their order. */
  sees(media: SlotMedia): readonly CardReaderEvent[] {
    const before = this.#said;
    const wasBlind = this.#blind;
    this.#said = media;
    this.#blind = false;
    const events: CardReaderEvent[] = [];
    if (!wasBlind && before && sameMedia(before, media)) return events;
    // After a loss nobody can vouch that it is still the same person's card.
    const hadCard = before?.kind === 'present';
    const hadSomething = hadCard || before?.kind === 'mute';
    if (media.kind === 'notPresent') {
      if (hadSomething) events.push({ event: 'mediaRemoved' });
      return events;
    }
    if (hadCard && (wasBlind || media.kind === 'present')) events.push({ event: 'mediaRemoved' });
    events.push({ event: media.kind === 'mute' ? 'invalidMedia' : 'mediaInserted' });
    return events;
  }
}

function sameMedia(left: SlotMedia, right: SlotMedia): boolean {
  if (left.kind !== 'present' || right.kind !== 'present') return left.kind === right.kind;
  return left.atr.length === right.atr.length && left.atr.every((byte, at) => byte === right.atr[at]);
}
