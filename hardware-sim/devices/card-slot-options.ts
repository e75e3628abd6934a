/**
 * What a virtual slot is built like: its contacts or its field, its motor, its speed.
 *
 * One promise: nothing here changes while the slot is used.
 */
import type { Clock } from '../../drivers/ports.ts';

/** `right` = chip on the contacts. A card put in the wrong way is in the slot, and mute; in a field both are right. */
export type CardFace = 'right' | 'wrong';

/** How the reader reaches a chip: by its contacts, or by the field over which a card is held. */
export type CardInterface = 'contacts' | 'field';

export interface SimCardSlotOptions {
  readonly clock: Clock;
  /** As the bus shows it. */
  readonly readerName?: string;
  /** Default: contacts. */
  readonly by?: CardInterface;
  /** How long the chip takes for one APDU, ms; 0 answers without a timer. */
  readonly apduMs?: number;
  /** Cards are pushed out by a motor, as far as the mouth, where only a hand takes them. Default: none. */
  readonly motor?: boolean;
}

/** What a motor takes, ms. */
export const EJECT_MS = 800;

export interface Pending {
  /** Ends the APDU that is under way; nothing happens if it has ended already. */
  fail(error: Error): void;
}
