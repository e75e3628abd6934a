/**
 * A chip as the contacts of a slot meet it: it answers a reset and APDUs.
 *
 * Slots of every depth (in memory, loopback TCP, our PC/SC daemon, vpcd) hold
 * the same card object, so a card behaves alike wherever it is put.
 */
export interface VirtualCard {
  /** For the workbench and scenarios, e.g. `card-zhang`. Never a number on the card. */
  readonly label: string;
  readonly atr: Uint8Array;
  /** What a contactless reader says of it (PC/SC part 3, 3.1.3.2.3); without it the card has no antenna. */
  readonly fieldAtr?: Uint8Array;
  /** Power-on reset: forgets the selected file and every authentication. */
  reset(): void;
  /** One command APDU in, answer with SW1 SW2 out. Never throws: nonsense gets a status word. */
  transmit(apdu: Uint8Array): Uint8Array;
}
