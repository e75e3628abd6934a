/**
 * The lines of the day book that one settlement's journal makes.
 *
 * Pure: the production fold says where money and claim stand, the entries say when and under which numbers. One
 * promise: whatever may have moved at another party has a line, if only one that says that nothing of it may count.
 */
import type { CentreSettlement } from '../insurance/insurance-platform.ts';
import { foldAll, type Saga } from '../settlement/core.ts';
import type { Entry, Fact, Found as Heard } from '../settlement/facts.ts';
import type { Moment } from '../settlement/moment.ts';
import { caseNumber, orderNumber, refundNumber } from '../settlement/saga.ts';
import { type Anchor, anchorAt, businessMs, dateOf, timeText } from './business-time.ts';
import { voidOf } from './compare-centre.ts';
import { type BookLine, keys, ownPart } from './day-book.ts';
import { negative, type Sums } from './sums.ts';

/** Times that the centre told, tied to the moments of the journal. */
export function anchorsOf(entries: readonly Entry[]): readonly Anchor[] {
  return entries.flatMap((entry) => {
    const heard = heardIn(entry.fact);
    // What is found out later was settled earlier: only an answer that came at once ties two clocks together.
    if (heard?.step !== 'ins.settle' || entry.fact.phase !== 'outcome' || heard.finding.verdict !== 'ok') return [];
    return anchorAt(entry.at, heard.finding.value.settledAt) ?? [];
  });
}

export function linesOf(number: string, entries: readonly Entry[], anchors: readonly Anchor[]): readonly BookLine[] {
  const saga = foldAll(number, entries);
  const reading: Reading = { saga, entries, anchors };
  return [...claimLines(reading), ...moneyLines(reading), ...billLines(reading), ...unfinished(reading)];
}

interface Reading {
  readonly saga: Saga;
  readonly entries: readonly Entry[];
  readonly anchors: readonly Anchor[];
}

function claimLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  const lines: BookLine[] = [];
  for (const { fact, at } of entries) {
    if (fact.phase !== 'intent' || fact.step !== 'ins.settle') continue;
    const messageId = fact.key;
    const centre = centreOf(messageId, entries);
    const last = saga.insurance.at !== 'none' && saga.insurance.messageId === messageId ? saga.insurance : undefined;
    const voided = last?.at === 'gone' && last.how === 'voided';
    if (centre && (last?.at === 'settled' || voided)) lines.push(...counting(centre, voided, reading));
    else {
      const fate = last === undefined || last.at === 'gone' ? 'gone' : 'open';
      const message = { messageId, transaction: '2207', fate, offSite: saga.offSite } as const;
      lines.push({ kind: 'message', key: keys.message(messageId), ...message, ...reckoned(at, reading) });
    }
  }
  return lines;
}

/** A settlement that the centre counts, and the void that takes it back. */
function counting(centre: CentreSettlement, voided: boolean, reading: Reading): readonly BookLine[] {
  const { totalFen, fundFen, accountFen, ownFen } = centre.amounts;
  const sums: Sums = { totalFen, fundFen, accountFen, ownFen };
  const { messageId, settlementId, settledAt: at, clearing: group } = centre;
  const { number: settlement } = reading.saga;
  const place = { settlement, date: dateOf(at), at, exact: true };
  const claim = { messageId, settlementId, reversal: false, sums, group };
  const made: BookLine = { kind: 'claim', key: keys.message(messageId), ...claim, ...place };
  if (!voided) return [made];
  const back = voidIn(reading.entries);
  const time = reckoned(back.at, reading, back.told);
  const taken = {
    messageId: back.messageId,
    settlementId: back.settlementId,
    reversal: true,
    sums: negative(sums),
    group,
  };
  return [made, { kind: 'claim', key: voidOf(messageId), ...taken, ...time }];
}

function moneyLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  const { payment } = saga;
  if (!payment.touched) return [];
  const order = orderNumber(saga);
  const key = keys.order(order);
  if (payment.final !== 'paid') {
    const at = firstIntent('pay.create', entries) ?? firstIntent('pay.charge', entries) ?? entries[0]?.at;
    if (!at) return [];
    const fate = payment.final === 'unpaid' ? 'unpaid' : 'open';
    return [{ kind: 'order', key, orderNumber: order, fate, ...reckoned(at, reading) }];
  }
  const paid = entries.find(({ fact }) => saysPaid(heardIn(fact)))?.at ?? entries[0]?.at;
  if (!paid) return [];
  const sums = ownPart(payment.paidFen);
  const lines: BookLine[] = [
    { kind: 'charge', key, orderNumber: order, sums, route: payment.route, ...reckoned(paid, reading) },
  ];
  const back = firstIntent('pay.refund', entries);
  if (payment.refund === 'done' && back) {
    const refund = refundNumber(saga);
    const numbers = { orderNumber: order, refundNumber: refund };
    lines.push({
      kind: 'refund',
      key: keys.refund(refund),
      ...numbers,
      sums: negative(sums),
      ...reckoned(back, reading),
    });
  }
  return lines;
}

function billLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  if (saga.confirm.at !== 'done') return [];
  const done = entries.find(({ fact }) => {
    const heard = heardIn(fact);
    return heard?.step === 'hospital.confirm' && heard.finding.verdict === 'ok';
  });
  if (!done) return [];
  const centre = saga.insurance.at === 'settled' ? saga.insurance.centre : undefined;
  const { totalFen, fundFen, accountFen, ownFen } = centre?.amounts ?? saga.agreed;
  const sums: Sums = { totalFen, fundFen, accountFen, ownFen };
  const payOrderNumber = saga.payment.final === 'paid' ? orderNumber(saga) : undefined;
  const names = { payOrderNumber, centreSettlementId: centre?.settlementId };
  return [{ kind: 'bill', key: keys.bill(saga.number), sums, ...names, ...reckoned(done.at, reading) }];
}

function unfinished(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  const [first] = entries;
  if (saga.end || !first) return [];
  const handedOver = saga.person ? caseNumber(saga) : undefined;
  return [{ kind: 'unfinished', key: `open ${saga.number}`, caseNumber: handedOver, ...reckoned(first.at, reading) }];
}

function reckoned(at: Moment, { saga, anchors }: Reading, told?: string) {
  const time = told ?? timeText(businessMs(at, anchors));
  return { settlement: saga.number, date: dateOf(time), at: time, exact: told !== undefined };
}

function heardIn(fact: Fact): Heard | undefined {
  if (fact.phase === 'outcome') return fact.found;
  return fact.phase === 'note' && (fact.step === 'answer' || fact.step === 'late') ? fact.found : undefined;
}

/** Whatever was heard last of the settlement that a message made. */
function centreOf(messageId: string, entries: readonly Entry[]): CentreSettlement | undefined {
  const heard = entries.flatMap(({ fact }) => {
    const found = heardIn(fact);
    if (found?.step === 'ins.settle' && found.finding.verdict === 'ok') return found.finding.value;
    if (found?.step === 'ins.find' && found.finding.verdict === 'ok') return found.finding.value.centre ?? [];
    return [];
  });
  return heard.findLast((centre) => centre.messageId === messageId);
}

function voidIn(entries: readonly Entry[]) {
  const intent = entries.findLast(({ fact }) => fact.phase === 'intent' && fact.step === 'ins.void');
  const answers = entries.flatMap(({ fact, at }) => {
    const found = heardIn(fact);
    return found?.step === 'ins.void' && found.finding.verdict === 'ok' ? [{ ...found.finding.value, at }] : [];
  });
  const answer = answers.findLast(({ settlementId }) => settlementId !== '');
  const at = answer?.at ?? intent?.at ?? entries.at(-1)?.at;
  if (!at) throw new Error('A settlement without entries has no void.');
  const messageId = intent?.fact.phase === 'intent' ? intent.fact.key : '';
  return { at, messageId, settlementId: answer?.settlementId, told: answer?.settledAt };
}

function firstIntent(step: 'pay.create' | 'pay.charge' | 'pay.refund', entries: readonly Entry[]): Moment | undefined {
  return entries.find(({ fact }) => fact.phase === 'intent' && fact.step === step)?.at;
}

function saysPaid(heard: Heard | undefined): boolean {
  if (heard?.step !== 'pay.query' && heard?.step !== 'pay.charge') return false;
  return heard.finding.verdict === 'ok' && heard.finding.value.state === 'paid';
}
