/**
 * What people may say to a settlement, and when. Each check throws `NotAllowedError` with a sentence.
 */
import type { Fen } from '../money.ts';
import { owedFen } from './course.ts';
import type { CaseClosing } from './facts.ts';
import { NotAllowedError } from './ledger-errors.ts';
import type { Moment } from './moment.ts';
import type { Saga } from './saga.ts';
import type { LedgerNote } from './settlement-ledger.ts';
import { viewOf } from './view.ts';

export function checkNote(saga: Saga, { note }: LedgerNote): void {
  const { state } = viewOf(saga);
  if (note === 'codeShown' && (saga.collect !== 'code' || (state !== 'preparing' && state !== 'awaitingPayment'))) {
    throw new NotAllowedError('No payment is awaited.');
  }
  if (note === 'noteInserted' && (state !== 'awaitingCash' || saga.payment.cash.note)) {
    throw new NotAllowedError('No note is taken now.');
  }
}

export function checkClosing(saga: Saga, { by, keptFen, note }: CaseClosing, now: Moment): void {
  if (!saga.person) throw new NotAllowedError('No person was asked to look at this settlement.');
  if (saga.closing) throw new NotAllowedError('This case is closed.');
  if (mayStillBeTaken(saga, now)) {
    throw new NotAllowedError('The hospital was asked a moment ago and may still take it: look again in some minutes.');
  }
  if (by[0].trim() === '' || by[1].trim() === '' || by[0] === by[1]) {
    throw new NotAllowedError('A case is closed by two different people.');
  }
  if (!Number.isSafeInteger(keptFen) || keptFen < 0)
    throw new NotAllowedError('What is kept is a whole amount of fen.');
  if (note.trim() === '') throw new NotAllowedError('Say in a sentence what was done.');
}

/** A confirmation that is on its way may turn what people have just looked up into something else. */
function mayStillBeTaken({ confirm, inFlight, quarantineMs }: Saga, now: Moment): boolean {
  if (inFlight?.step === 'hospital.confirm') return true;
  if (confirm.at !== 'unsure') return false;
  const { unclearFrom } = confirm;
  // Of an earlier boot only the calendar tells how long ago it was.
  const ms = unclearFrom.boot === now.boot ? now.monoMs - unclearFrom.monoMs : now.wallMs - unclearFrom.wallMs;
  return ms >= 0 && ms < quarantineMs;
}

export function checkPaidOut(saga: Saga, amountFen: Fen, by: string): void {
  const leftFen = owedFen(saga) - saga.paidOutFen;
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > leftFen) {
    throw new NotAllowedError('No more than what is owed can be handed out.');
  }
  if (by.trim() === '') throw new NotAllowedError('Say who handed it out.');
}
