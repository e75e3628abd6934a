/**
 * The lanes to the hospital: events in bunches, messages for the authority by the same allow-listed way, e-invoices.
 */
import type { HospitalBooks } from '../hospital/hospital-books.ts';
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { UploadKind } from '../settlement/outbox-rows.ts';
import { eventOf } from './hospital-events.ts';
import type { UploadAnswer, UploadDesk, UploadItem } from './upload-desk.ts';

/** A hospital of an older contract may have no use for these: that is no case for a person. */
const WELCOME: ReadonlySet<UploadKind> = new Set(['intentMirror', 'settledTotals']);

export function eventsDesk(hospital: Pick<HospitalBooks, 'postEvents'>, atOnce: number): UploadDesk {
  return {
    atOnce,
    deliver: (items) => post(hospital, items),
    answers: async () => (await hospital.postEvents([])).outcome === 'ok',
  };
}

async function post(
  hospital: Pick<HospitalBooks, 'postEvents'>,
  items: readonly UploadItem[],
): Promise<readonly UploadAnswer[]> {
  const events = items.flatMap((item) => eventOf(item) ?? []);
  const answer = await hospital.postEvents(events);
  if (answer.outcome !== 'ok') return items.map(() => failed(answer));
  const taken = new Set(answer.value.taken);
  return items.map(({ key, kind }) =>
    taken.has(key) || WELCOME.has(kind)
      ? { outcome: 'taken' }
      : { outcome: 'refused', reason: `the hospital does not take ${kind}` },
  );
}

export function invoiceDesk(hospital: Pick<HospitalBooks, 'issueInvoice' | 'redInvoice'>): UploadDesk {
  return { atOnce: 1, deliver: async ([item]) => (item ? [await invoice(hospital, item)] : []) };
}

async function invoice(
  hospital: Pick<HospitalBooks, 'issueInvoice' | 'redInvoice'>,
  { key, body }: UploadItem,
): Promise<UploadAnswer> {
  const { number, formerNumber, action } = JSON.parse(body) as Readonly<Record<string, string | undefined>>;
  const answer =
    action === 'red'
      ? await hospital.redInvoice(formerNumber ?? number ?? '', key)
      : await hospital.issueInvoice(number ?? '', key);
  if (answer.outcome === 'ok') return { outcome: 'taken' };
  if (answer.outcome !== 'refused') return failed(answer);
  // Nothing was due, or nothing was there to take back: then it is done.
  if (answer.reason === 'nothingToInvoice' || answer.reason === 'noInvoice') return { outcome: 'taken' };
  if (answer.reason === 'invoiceServiceDown') return { outcome: 'unreachable', reason: answer.reason };
  return { outcome: 'refused', reason: answer.reason };
}

function failed(answer: Exclude<PartyAnswer<unknown, string>, { readonly outcome: 'ok' }>): UploadAnswer {
  switch (answer.outcome) {
    case 'refused':
      return { outcome: 'refused', reason: `${answer.reason} ${answer.detail}` };
    case 'unreachable':
      return { outcome: 'unreachable', reason: answer.detail };
    case 'unknown':
    case 'malformed':
      return { outcome: 'unknown', reason: answer.detail };
  }
}
