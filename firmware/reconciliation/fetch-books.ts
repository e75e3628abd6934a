/**
 * Brings the other parties' books of one day onto the shelf.
 *
 * One promise: what came whole stays until something whole takes its place; books that came and cannot be read are
 * noted as such, for they are not the same as books that did not come.
 */

import { askCentre, type CentreEnquiry } from './ask-centre.ts';
import type { BookStore } from './book-store.ts';
import type { ChannelFiles, HospitalDays } from './books-of-others.ts';
import { keysAtCentre } from './compare-centre.ts';
import { keyOf } from './compare-channel.ts';
import { type BusinessDate, type ClaimLine, keys, linesOfKind } from './day-book.ts';
import type { Counterparty } from './difference.ts';
import { brokenMark } from './look-at-day.ts';
import type { StatementStore } from './statement-store.ts';

interface Shelf {
  readonly book: BookStore;
  readonly statements: StatementStore;
}

export async function fetchCentre(
  date: BusinessDate,
  enquiry: (period: CentreEnquiry['period'], ours: readonly ClaimLine[]) => CentreEnquiry,
  shelf: Shelf,
): Promise<void> {
  const { book, statements } = shelf;
  const answer = await askCentre(enquiry({ from: date, to: date }, linesOfKind(book.ofDay(date), 'claim')));
  noteBroken('centre', date, answer, shelf);
  if (answer.outcome !== 'ok') return;
  const seen = keysAtCentre(answer.value, (by) => book.claim(by));
  statements.keep('centre', date, answer.value, seen);
}

export async function fetchHospital(date: BusinessDate, hospital: HospitalDays, shelf: Shelf): Promise<void> {
  const answer = await hospital.dayStatement(date);
  noteBroken('hospital', date, answer, shelf);
  if (answer.outcome !== 'ok' || answer.value.date !== date) return;
  const { rows } = answer.value;
  const seen = rows.map((row) => keys.bill(row.settlementNumber));
  shelf.statements.keep('hospital', date, rows, seen);
}

export async function fetchChannel(
  date: BusinessDate,
  channel: string,
  payment: ChannelFiles,
  shelf: Shelf,
): Promise<void> {
  const party = `channel ${channel}` as const;
  const answer = await payment.channelStatement(date, channel);
  noteBroken(party, date, answer, shelf);
  if (answer.outcome !== 'ok' || answer.value.date !== date || answer.value.channel !== channel) return;
  shelf.statements.keep(party, date, answer.value, answer.value.rows.map(keyOf));
}

function noteBroken(
  party: Counterparty,
  date: BusinessDate,
  answer: { readonly outcome: string; readonly detail?: string },
  { book }: Shelf,
): void {
  const why = answer.outcome === 'malformed' ? (answer.detail ?? 'not in form') : '';
  const mark = brokenMark(party, date);
  if ((book.mark(mark) ?? '') !== why) book.setMark(mark, why);
}
