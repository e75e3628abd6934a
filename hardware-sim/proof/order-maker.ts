/**
 * Orders as a session would hand them to the settlement: invented people, amounts that add up.
 */
import type { Collecting, Flow, FormerSettlement, MoneyOrder, ReturnLeg } from '../../firmware/settlement/flows.ts';
import { closeOrder, type OpenOrder } from '../../firmware/settlement/order-body.ts';
import { ownExpense } from '../../firmware/settlement/own-expense.ts';
import type { SettlementOrder } from '../../firmware/settlement/settlements.ts';

/** `mdtrtarea_admvs` of the invented hospital and of a city elsewhere. */
export const AREA = '990100';
export const ELSEWHERE = '980100';

export interface OrderWish {
  readonly flow: Flow;
  readonly billId: string;
  readonly visitId: string;
  readonly version: string;
  readonly plan: MoneyOrder;
  readonly collect: Collecting;
  /** Whether insurance settles it. */
  readonly isInsured: boolean;
  readonly totalFen: number;
  readonly ownFen: number;
  readonly isOffSite: boolean;
  readonly payOrderLifeMs: number;
  readonly paidBeforeFen: number;
  readonly former: FormerSettlement | null;
  readonly returns: readonly ReturnLeg[];
}

/** What went in by one way before, and may go back by it. */
export interface EarlierMoney {
  readonly orderNumber: string;
  readonly by: Collecting;
  readonly fen: number;
}

/** Cuts what goes back over the ways it came by, each part under a number of its own. */
export function returnsOf(billId: string, earlier: readonly EarlierMoney[], backFen: number): readonly ReturnLeg[] {
  let leftFen = backFen;
  return earlier.map(({ orderNumber, by, fen }, place) => {
    const amountFen = Math.min(leftFen, fen);
    leftFen -= amountFen;
    const way = by === 'cash' ? 'cashier' : by;
    return { orderNumber, refundNumber: `ret_${billId}_${place}`, amountFen, mostFen: fen, by: way };
  });
}

export function orderFor(wish: OrderWish): SettlementOrder {
  const { flow, billId, visitId, version, isInsured, isOffSite, totalFen, former } = wish;
  const asksInsurance = isInsured || former?.settlementId;
  const open: OpenOrder = {
    flow,
    sessionId: `ses_${billId}`,
    billId,
    billVersion: version,
    question: asksInsurance
      ? {
          visitId: `V${visitId}`,
          personNumber: `P${visitId}`,
          insuredArea: isOffSite ? ELSEWHERE : AREA,
          medicalType: '11',
          insuranceType: '310',
          chargeBatch: '1',
          totalFen,
          useAccount: true,
          credential: { type: '02', number: '990000199001010017', name: '测试甲' },
        }
      : null,
    agreed: isInsured ? split(totalFen, wish.ownFen) : ownExpense(totalFen),
    consentId: undefined,
    plan: wish.plan,
    collect: wish.collect,
    paidBeforeFen: wish.paidBeforeFen,
    former,
    anew: flow === 'refund' && isInsured,
    kept: null,
    returns: wish.returns,
    payOrderLifeMs: wish.payOrderLifeMs,
    quarantineMs: 120_000,
    // What every such visit owes the platform once it is settled.
    owed: [
      {
        kind: isInsured ? 'settlementList' : 'selfPayVisit',
        on: 'settled',
        facts: { visitId },
        person: '{"name":"测试甲"}',
      },
    ],
  };
  return closeOrder(open);
}

/** Half of what is not the person's own part is the fund's. */
function split(totalFen: number, ownFen: number): SettlementOrder['agreed'] {
  const fundFen = Math.floor((totalFen - ownFen) / 2);
  const personFen = totalFen - fundFen;
  return {
    ...ownExpense(0),
    totalFen,
    inScopeFen: totalFen,
    basicFundFen: fundFen,
    fundFen,
    personFen,
    accountFen: personFen - ownFen,
    ownFen,
    balanceAfterFen: undefined,
  };
}
