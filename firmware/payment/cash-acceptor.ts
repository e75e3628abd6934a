/**
 * What the kiosk asks of a cash acceptor (纸币器), the device itself being optional hardware.
 *
 * A note lies in escrow until the kiosk says stack or give back. Money counts only when the device's own counter says
 * `stacked`, never when a command was sent; what it never does is pay out.
 */
import type { Unsubscribe } from '../../drivers/ports.ts';
import type { Fen } from '../money.ts';

/** The device's own counters, which no power cut touches; they only grow until the cash box is changed. */
export interface CashCounters {
  /** Grows by one at every change of the cash box. */
  readonly box: number;
  /** Notes in this box by face value in fen. */
  readonly notes: ReadonlyMap<Fen, number>;
}

export type CashEvent =
  /** A note was recognised and lies between the rollers. */
  | { readonly kind: 'escrow'; readonly noteFen: Fen }
  /** The note went back to the patient's hand. */
  | { readonly kind: 'returned' }
  | { readonly kind: 'fault'; readonly fault: 'jammed' | 'boxFull' | 'boxOut' | 'cheated' | 'lost' };

export type Stacked =
  /** The counters after the note fell into the box. */
  | { readonly outcome: 'stacked'; readonly counters: CashCounters }
  /** The note went back, or there was none. */
  | { readonly outcome: 'returned' }
  /** Nothing is known: only the counters say, and a mismatch is a person's matter. */
  | { readonly outcome: 'unknown'; readonly detail: string };

export interface CashAcceptor {
  /** Takes notes of these face values; any other goes back at once. */
  accept(faces: ReadonlySet<Fen>): Promise<'accepting' | 'outOfService'>;
  /** No more notes; one in escrow goes back. */
  stop(): Promise<void>;
  stack(): Promise<Stacked>;
  giveBack(): Promise<'returned' | 'unknown'>;
  counters(): Promise<
    | { readonly outcome: 'ok'; readonly counters: CashCounters; readonly escrow: boolean }
    | { readonly outcome: 'unknown'; readonly detail: string }
  >;
  onEvent(listener: (event: CashEvent) => void): Unsubscribe;
}
