/**
 * What patients come with: bills of every kind, and what follows from one that was settled.
 */
import type { Collecting, FormerSettlement, MoneyOrder, ReturnLeg } from '../../firmware/settlement/flows.ts';
import type { SeededStream } from '../parties/seeded-stream.ts';
import { FLOWS, type FlowRow } from './flow-table.ts';
import { type EarlierMoney, returnsOf } from './order-maker.ts';
import type { SettlementRecord } from './settlement-record.ts';

export interface Visit {
  readonly billId: string;
  readonly visitId: string;
  readonly flowRow: FlowRow;
  readonly plan: MoneyOrder;
  readonly collect: Collecting;
  readonly isInsured: boolean;
  readonly totalFen: number;
  readonly ownFen: number;
  readonly isOffSite: boolean;
  readonly payOrderLifeMs: number;
  readonly differsByFen: number;
  readonly cutsAnewFen: number;
  readonly paidBeforeFen: number;
  readonly former: FormerSettlement | null;
  readonly returns: readonly ReturnLeg[];
  /** How often it was tried. */
  tries: number;
}

/** Notes are put in one by one: nobody pays a fortune with them. */
const MOST_CASH_FEN = 30_000;
/** Most bills for cash take few notes; the others take many and leave some fen of change. */
const ROUND_FEN = 1_000;

const roundedUp = (fen: number, stepFen: number): number => Math.ceil(fen / stepFen) * stepFen;

function pick<Value>(stream: SeededStream, values: readonly Value[]): Value {
  return values[stream.below(values.length)] as Value;
}

export function firstVisit(stream: SeededStream, visitId: string): Visit {
  let roll = stream.below(1_000);
  const flowRow = FLOWS.find(({ share }) => {
    roll -= share;
    return roll < 0;
  });
  if (!flowRow) throw new Error('The shares of the flows do not make a thousand.');
  const collect = pick(stream, flowRow.collects);
  const mostFen = collect === 'cash' ? MOST_CASH_FEN : 90_000;
  const roundFen = collect === 'cash' && stream.chance(750) ? ROUND_FEN : 1;
  const totalFen = roundedUp(1_000 + stream.below(mostFen), roundFen);
  const isFree = flowRow.isInsured && stream.chance(120);
  return {
    ...plainly(stream, visitId, visitId, flowRow, collect),
    totalFen,
    ownFen: !flowRow.isInsured ? totalFen : isFree ? 0 : roundedUp(1 + stream.below(totalFen - 1), roundFen),
  };
}

function plainly(stream: SeededStream, billId: string, visitId: string, flowRow: FlowRow, collect: Collecting) {
  return {
    billId,
    visitId,
    flowRow,
    collect,
    plan: pick(stream, flowRow.plans),
    isInsured: flowRow.isInsured,
    isOffSite: stream.chance(60),
    payOrderLifeMs: stream.chance(100) ? 60_000 : 180_000,
    differsByFen: stream.chance(6) ? 1 : 0,
    cutsAnewFen: 0,
    paidBeforeFen: 0,
    former: null,
    returns: [],
    tries: 0,
  };
}

/** What went in for a settled one, and by which way. */
function moneyOf({ number, collectFen, order }: SettlementRecord): EarlierMoney {
  return { orderNumber: number.replace('set_', 'pay_'), by: order.collect, fen: collectFen };
}

/** What follows from settled ones; `former` is the newest, deposits may be several. */
export function nextVisit(
  stream: SeededStream,
  flowRow: FlowRow,
  former: SettlementRecord,
  others: readonly SettlementRecord[] = [],
): Visit {
  const isNewVisit = flowRow.kind === 'discharge';
  const billId = `${former.visitId}_${flowRow.kind}`;
  const plain = plainly(stream, billId, isNewVisit ? billId : former.visitId, flowRow, pick(stream, flowRow.collects));
  const earlier = [former, ...others].map(moneyOf).filter(({ fen }) => fen > 0);
  const paidBeforeFen = earlier.reduce((sum, { fen }) => sum + fen, 0);
  const cut = (parts: Pick<Visit, 'totalFen' | 'ownFen' | 'isInsured' | 'former'>): Visit => {
    const returns = returnsOf(billId, earlier, Math.max(0, paidBeforeFen - parts.ownFen));
    return { ...plain, ...parts, paidBeforeFen, returns };
  };
  switch (flowRow.kind) {
    case 'discharge': {
      const totalFen = 2_000 + stream.below(90_000);
      const mostOwnFen = plain.collect === 'cash' ? Math.min(totalFen, paidBeforeFen + MOST_CASH_FEN) : totalFen;
      return cut({ totalFen, ownFen: stream.below(mostOwnFen), isInsured: true, former: null });
    }
    case 'conversion': {
      const totalFen = former.order.agreed.totalFen;
      const undone = { settlementNumber: former.number, settlementId: null };
      return cut({ totalFen, ownFen: stream.below(totalFen), isInsured: true, former: undone });
    }
    default:
      return refundOf(stream, former, paidBeforeFen, cut);
  }
}

function refundOf(
  stream: SeededStream,
  { number, said, order }: SettlementRecord,
  paidBeforeFen: number,
  cut: (parts: Pick<Visit, 'totalFen' | 'ownFen' | 'isInsured' | 'former'>) => Visit,
): Visit {
  const centre = said?.view.state === 'settled' ? said.view.centre : null;
  const former = { settlementNumber: number, settlementId: centre?.settlementId ?? null };
  const keeps = centre !== null && stream.chance(650);
  if (!keeps) return cut({ totalFen: 0, ownFen: 0, isInsured: false, former });
  const totalFen = 1 + stream.below(order.agreed.totalFen);
  const mostFen = Math.min(totalFen, paidBeforeFen);
  const ownFen = stream.below(mostFen + 1);
  const visit = cut({ totalFen, ownFen, isInsured: true, former });
  // The centre knows what undoing frees; the rehearsal did not.
  const cutsAnewFen = !stream.chance(150) ? 0 : ownFen > 0 ? 1 : mostFen > ownFen ? -1 : 0;
  return { ...visit, cutsAnewFen };
}
