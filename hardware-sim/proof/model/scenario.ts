/**
 * One bounded window: a bill of one kind, one order of money, one way of collecting, and what the patient means to do.
 *
 * Everything else that can happen is a choice that the explorer tries at every place where it can happen.
 */
import type { Collecting, Flow, FormerSettlement, MoneyOrder, ReturnLeg } from '../../../firmware/settlement/flows.ts';
import { closeOrder } from '../../../firmware/settlement/order-body.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';

/**
 * `pays` by phone, card or notes as asked; `shows` a payment code; `quits` in front of the demand (after the first
 * note); `waits` until the order is over.
 */
export type Patient = 'pays' | 'shows' | 'quits' | 'waits';

export interface Scenario {
  readonly name: string;
  /** Walked with the whole budget; what differs little from such a one, with one thing less going wrong. */
  readonly isWhole: boolean;
  readonly flow: Flow;
  readonly plan: MoneyOrder;
  readonly collect: Collecting;
  readonly patient: Patient;
  readonly isInsured: boolean;
  readonly isOffSite: boolean;
  readonly totalFen: number;
  readonly ownFen: number;
  readonly paidBeforeFen: number;
  /** What a refund undoes or a conversion takes over. */
  readonly former: 'insured' | 'selfPaid' | undefined;
  /** Ways by which money came before, and what came by each. */
  readonly ways: readonly { readonly by: Collecting; readonly fen: number }[];
}

/** `mdtrtarea_admvs` of the invented hospital and of a city elsewhere. */
export const AREA = '990100';
const ELSEWHERE = '980100';
export const BILL = 'B1';
export const FORMER_ID = 'S0';
/** Notes of a patient who pays in cash, fen: each bill that is collected in cash adds up to them. */
export const NOTES_FEN = [2_000, 1_000] as const;
export const COLLECTED_FEN = 3_000;
/** Three questions long: what a phone does in the meantime it can do between any two of them. */
const ORDER_LIFE_MS = 5_000;
export const QUARANTINE_MS = 120_000;

export function orderOf({ ways, ...scenario }: Scenario): SettlementOrder {
  const { flow, plan, collect, isInsured, isOffSite, totalFen, ownFen, paidBeforeFen } = scenario;
  const former: FormerSettlement | null = scenario.former
    ? { settlementNumber: 'set_earlier', settlementId: scenario.former === 'insured' ? FORMER_ID : null }
    : null;
  return closeOrder({
    flow,
    sessionId: 'ses_1',
    billId: BILL,
    billVersion: '1',
    question:
      isInsured || scenario.former === 'insured'
        ? {
            visitId: 'V1',
            personNumber: 'P1',
            insuredArea: isOffSite ? ELSEWHERE : AREA,
            medicalType: '11',
            insuranceType: '310',
            chargeBatch: '1',
            totalFen,
            useAccount: true,
            credential: { type: '02', number: '990000199001010017', name: '测试甲' },
          }
        : null,
    agreed: isInsured ? split(totalFen, ownFen) : ownExpense(flow === 'refund' ? 0 : totalFen),
    consentId: undefined,
    plan,
    collect,
    paidBeforeFen,
    former,
    anew: flow === 'refund' && isInsured,
    kept: null,
    returns: returnsOf(ways, Math.max(0, paidBeforeFen - ownFen)),
    payOrderLifeMs: ORDER_LIFE_MS,
    quarantineMs: QUARANTINE_MS,
    owed: [{ kind: 'settlementList', on: 'settled', facts: {}, person: '{}' }],
  });
}

export function earlierOrder(place: number): string {
  return `pay_earlier${place}`;
}

function returnsOf(ways: Scenario['ways'], backFen: number): readonly ReturnLeg[] {
  let leftFen = backFen;
  return ways.map(({ by, fen }, place) => {
    const amountFen = Math.min(leftFen, fen);
    leftFen -= amountFen;
    const leg = { orderNumber: earlierOrder(place), refundNumber: `ret_${place}`, amountFen, mostFen: fen };
    return { ...leg, by: by === 'cash' ? 'cashier' : by };
  });
}

/** Half of what is not the person's own part is the fund's. */
function split(totalFen: number, ownFen: number): SettlementOrder['agreed'] {
  const fundFen = Math.floor((totalFen - ownFen) / 2);
  const personFen = totalFen - fundFen;
  const inScope = { totalFen, inScopeFen: totalFen, basicFundFen: fundFen, fundFen };
  return { ...ownExpense(0), ...inScope, personFen, accountFen: personFen - ownFen, ownFen };
}
