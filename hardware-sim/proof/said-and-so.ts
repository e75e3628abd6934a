/**
 * What a kiosk says of a settlement, held against the parties' ledgers: the view on its screen, and the answer to
 * "where is my money".
 */
import * as books from './books.ts';
import { flowOf } from './flow-table.ts';
import type { Ledgers } from './ledgers.ts';
import type { SettlementRecord } from './settlement-record.ts';

/** What is wrong with what is said of a settlement that goes on, or with where its money is said to be. */
export function wronglySaid(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const wrong = record.endedAtMs === undefined ? wrongView(record, ledgers) : undefined;
  return wrong ?? wrongPlace(record, ledgers);
}

/** "Where is my money": what the ledgers hold is never outside what is said. */
function wrongPlace(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const { money } = record;
  if (!money || money.word === 'closedByPerson') return undefined;
  const { least, most } = money.takenFen;
  const taken = books.keptFen(record, ledgers) - books.returnedFen(record, ledgers);
  if (taken < least || taken > most) return `says ${money.word}, ${least} to ${most} fen: it is ${taken}`;
  const claims = books.claimsOf(record, ledgers) + books.formerCounts(record, ledgers);
  const { claims: said } = money;
  return claims < said.least || claims > said.most
    ? `says ${money.word}, ${said.least} to ${said.most} claims: there are ${claims}`
    : undefined;
}

/** What is wrong with the screen's own word, or nothing. */
export function wrongView(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const view = record.said?.view;
  switch (view?.state) {
    case 'settled':
      return wronglySettled(record, ledgers);
    case 'notSettled': {
      const kept = books.keptFen(record, ledgers);
      const notes = books.notesFen(record, ledgers);
      const claims = books.claimsOf(record, ledgers);
      if (kept !== notes || claims > 0 || books.isConfirmed(record, ledgers)) {
        return `not settled with ${kept} fen, ${notes} in notes, ${claims} claims`;
      }
      const wasPaid = [...record.orders].some((number) => (ledgers.orderOf(number)?.paidFen ?? 0) > 0);
      const word = notes > 0 ? 'atCashier' : wasPaid ? 'refunded' : 'nothingTaken';
      if (view.refund !== word) return `says ${view.refund}, but it is ${word}`;
      const owedFen = (record.said?.owedFen ?? 0) + record.paidOutFen;
      return record.endedAtMs === undefined || owedFen === notes ? undefined : `owes ${owedFen} of ${notes} fen`;
    }
    case 'parked': {
      const touched = books.keptFen(record, ledgers) + books.claimsOf(record, ledgers);
      return touched === 0 && !books.isConfirmed(record, ledgers) ? undefined : 'parked with money or a claim';
    }
    case 'awaitingPayment': {
      if (books.isConfirmed(record, ledgers)) return 'asks for money of a confirmed bill';
      const order = ledgers.orderOf(view.payCode.slice('pay:'.length));
      if (!order || !record.orders.has(order.number)) return 'shows a code of no order';
      if (order.refunds.size > 0) return 'asks for money that went back';
      return wrongClaims(record, ledgers);
    }
    case 'awaitingCard':
    case 'awaitingCash':
      if (books.isConfirmed(record, ledgers)) return 'asks for money of a confirmed bill';
      return wrongClaims(record, ledgers);
    case 'preparing':
      if (books.isConfirmed(record, ledgers)) return 'prepares a confirmed bill';
      return books.claimsOf(record, ledgers) > 0 ? 'prepares a bill with a claim' : undefined;
    default:
      return undefined;
  }
}

/** Who is asked for money has a claim already, or none, as the order of money wants it. */
function wrongClaims(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const { plan, flow } = record.order;
  const wanted = plan === 'settleThenPay' && flowOf(flow).isInsured ? 1 : 0;
  const claims = books.claimsOf(record, ledgers);
  return claims === wanted ? undefined : `asks for money with ${claims} claims`;
}

/** Confirmed with this receipt, one claim or none as the flow wants it, paid and given back to the fen. */
function wronglySettled(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const { order, said, collectFen } = record;
  if (said?.view.state !== 'settled') return undefined;
  const { centre, receiptNumber, returns } = said.view;
  const confirmed = books.billOf(record, ledgers)?.confirmed;
  if (confirmed?.by !== record.number || confirmed.receiptNumber !== receiptNumber)
    return 'shows no receipt of the bill';
  const isInsured = flowOf(order.flow).isInsured && (order.flow !== 'refund' || order.anew);
  const claims = books.claimsOf(record, ledgers);
  if ((centre !== null) !== isInsured || claims !== (isInsured ? 1 : 0)) return `settled with ${claims} claims`;
  if (books.formerCounts(record, ledgers) > 0) return 'settled although the former one counts';
  const kept = books.keptFen(record, ledgers);
  const surplus = order.collect === 'cash' ? kept - collectFen : 0;
  if (kept - surplus !== collectFen || surplus < 0) return `settled with ${kept} of ${collectFen} fen`;
  // To the fen: what was paid before and now, less what goes back by every way, is the own part.
  const ownFen = centre?.amounts.ownFen ?? order.agreed.ownFen;
  const backFen = returns.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (order.paidBeforeFen + collectFen - backFen !== ownFen)
    return `${backFen} fen go back, which is not the remainder`;
  const doneFen = returns.reduce((sum, { state, amountFen }) => sum + (state === 'done' ? amountFen : 0), 0);
  const wentBack = books.returnedFen(record, ledgers);
  const open = returns.some(({ state }) => state === 'underWay' || state === 'refused');
  return wentBack === doneFen || (open && wentBack >= doneFen)
    ? undefined
    : `${doneFen} fen said to be back, ${wentBack} are`;
}
