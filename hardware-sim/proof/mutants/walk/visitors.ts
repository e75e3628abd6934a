/** What people at the kiosk do besides paying: take slips, ask for one too early, bring a bill that is under way. */
import { BillUnderWayError, NotAllowedError } from '../../../../firmware/settlement/ledger-errors.ts';
import type { Ledger, LedgerNote } from '../../../../firmware/settlement/settlement-ledger.ts';
import type { NoteBox } from './note-box.ts';
import type { Trip } from './trip.ts';

type Say = (invariant: string, detail: string) => void;

/** A slip; between its intent and the paper the power may go. */
export function print(ledger: Ledger, trip: Trip, mayCut: () => void): void {
  const { copies } = ledger.beginCopy(trip.number);
  mayCut();
  trip.slips.push({ isMarked: copies > 1 });
  ledger.endCopy(trip.number, copies, 'unconfirmed');
  if (trip.said) trip.said = { ...trip.said, copies };
}

/** Of what is not settled no slip begins, whoever asks. */
export function tryToPrint(ledger: Ledger, { number }: Trip, say: Say): void {
  try {
    ledger.beginCopy(number);
    say('I7 oneUnmarkedSlip', 'printed before confirm');
  } catch (error) {
    if (!(error instanceof NotAllowedError)) throw error;
  }
}

/** Somebody else brings the same bill to the same kiosk. */
export function bringTwice(ledger: Ledger, { order }: Trip, say: Say): void {
  try {
    ledger.begin(order);
    say('W1 oneLiveSettlement', order.billId);
  } catch (error) {
    if (!(error instanceof BillUnderWayError)) throw error;
  }
}

/** The next note of a patient who still has some; given back when the kiosk does not take it. */
export function putIn(trip: Trip, notesLeft: number[], box: NoteBox, tell: (note: LedgerNote) => boolean): () => void {
  return () => {
    const [note] = notesLeft;
    if (trip.said?.view.state !== 'awaitingCash' || note === undefined || box.escrowFen > 0) return;
    box.insert(note);
    if (tell({ note: 'noteInserted', amountFen: note, counterFen: box.counterFen })) notesLeft.shift();
    else box.giveBack();
  };
}
