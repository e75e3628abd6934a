/**
 * The lines of the day book that one settlement's journal makes.
 *
 * Pure: the production fold says where money, claim and bill stand, the entries say when and under which numbers. One
 * promise: whatever may have moved at another party has a line.
 */
import { foldAll } from '../settlement/core.ts';
import type { EffectStep, Entry, Found as Heard } from '../settlement/facts.ts';
import type { Moment } from '../settlement/moment.ts';
import { caseNumber, orderNumber, refundNumber } from '../settlement/saga.ts';
import { claimLines, heardIn, type Reading, reckoned } from './claims-of-settlement.ts';
import { type BookLine, keys, ownPart } from './day-book.ts';
import { negative, type Sums } from './sums.ts';

export function linesOf(
  number: string,
  entries: readonly Entry[],
  around: Pick<Reading, 'anchors' | 'claim'>,
): readonly BookLine[] {
  const saga = foldAll(number, entries);
  const reading: Reading = { saga, entries, ...around };
  return [
    ...claimLines(reading),
    ...moneyLines(reading),
    ...returnLines(reading),
    ...billLines(reading),
    ...unfinished(reading),
  ];
}

function moneyLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  const { payment, closing } = saga;
  if (!payment.touched) return [];
  if (saga.collect === 'cash') return cashLines(reading);
  const order = orderNumber(saga);
  const key = keys.order(order);
  const asked = firstIntent(['pay.create', 'pay.charge'], entries) ?? entries[0]?.at;
  if (!asked) return [];
  // What two people found out counts where the kiosk could not tell.
  const kept = payment.final === undefined && closing ? closing.keptFen : 0;
  if (payment.final !== 'paid' && kept === 0) {
    const fate = payment.final === undefined && !closing ? 'open' : 'unpaid';
    return [{ kind: 'order', key, orderNumber: order, fate, ...reckoned(asked, reading) }];
  }
  const paidAt = entries.find(({ fact }) => saysPaid(heardIn(fact)))?.at ?? asked;
  const sums = ownPart(payment.final === 'paid' ? payment.paidFen : kept);
  const route = payment.route ?? (saga.collect === 'card' ? 'card' : undefined);
  const lines: BookLine[] = [{ kind: 'charge', key, orderNumber: order, sums, route, ...reckoned(paidAt, reading) }];
  const back = firstIntent(['pay.refund'], entries);
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

function cashLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  const { stackedFen } = saga.payment.cash;
  const stacked = firstIntent(['cash.stack'], entries);
  if (stackedFen === 0 || !stacked) return [];
  return [{ kind: 'cash', key: keys.cash(saga.number), sums: ownPart(stackedFen), ...reckoned(stacked, reading) }];
}

/** Legs by their original routes; what the cashier gives is no channel's. */
function returnLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  return saga.returns.flatMap((leg, place): readonly BookLine[] => {
    if (leg.by === 'cashier' || leg.amountFen === 0 || saga.legs[place]?.refund !== 'done') return [];
    const { orderNumber: order, refundNumber: refund, amountFen } = leg;
    const sent = entries.find(
      ({ fact }) => fact.phase === 'intent' && fact.step === 'pay.return' && fact.key === refund,
    );
    const at = sent?.at ?? entries.at(-1)?.at;
    if (!at) return [];
    const numbers = { orderNumber: order, refundNumber: refund };
    const sums = ownPart(0 - amountFen);
    return [{ kind: 'refund', key: keys.refund(refund), ...numbers, sums, ...reckoned(at, reading) }];
  });
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
  const cash = saga.collect === 'cash' && !saga.person ? ({ cash: true } as const) : {};
  return [
    { kind: 'unfinished', key: `open ${saga.number}`, caseNumber: handedOver, ...cash, ...reckoned(first.at, reading) },
  ];
}

function firstIntent(steps: readonly EffectStep[], entries: readonly Entry[]): Moment | undefined {
  return entries.find(({ fact }) => fact.phase === 'intent' && steps.includes(fact.step))?.at;
}

function saysPaid(heard: Heard | undefined): boolean {
  if (heard?.step !== 'pay.query' && heard?.step !== 'pay.charge') return false;
  return heard.finding.verdict === 'ok' && heard.finding.value.state === 'paid';
}
