/** The orders of a recorded run, its kiosk, its key and its clock. The patients are invented. */
import type { Clock } from '../../../firmware/ports.ts';
import { closeOrder } from '../../../firmware/settlement/order-body.ts';
import type { LedgerFacts } from '../../../firmware/settlement/settlement-ledger.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';

export const kiosk: LedgerFacts = {
  institutionCode: 'H99000000001',
  areaCode: '990100',
  messageSequence: { first: 100, last: 499 },
};

export const sealingKey = new Uint8Array(32).fill(7);

/** 2026-11-22 09:00 in Beijing, Unix ms. */
const START_WALL_MS = 1_795_309_200_000;

/** Moves only when it is told to. */
export class StepClock implements Clock {
  #nowMs: number;

  /** `startMs`: virtual ms since the run began; a machine that starts again goes on from where it was cut. */
  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return START_WALL_MS + this.#nowMs;
  }

  timer(): () => void {
    throw new Error('The ledger waits by its answers, not by timers.');
  }

  moveTo(atMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }
}

export function recordedOrder(bill: number, ownFen: number, plan: SettlementOrder['plan']): SettlementOrder {
  const totalFen = 30_000;
  const fundFen = totalFen - ownFen - 1_000;
  const scope = { outOfScopeFen: 0, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: totalFen, deductibleFen: 0 };
  const funds = {
    basicFundFen: fundFen,
    civilServantFen: 0,
    enterpriseFen: 0,
    seriousIllnessFen: 0,
    largeAmountFen: 0,
  };
  const rest = { assistanceFen: 0, otherFundFen: 0, fundFen, hospitalFen: 0, personFen: ownFen + 1_000 };
  const person = { accountFen: 1_000, mutualAidFen: 0, ownFen, balanceAfterFen: undefined };
  return closeOrder({
    flow: 'outpatient',
    collect: 'code',
    paidBeforeFen: 0,
    former: null,
    anew: false,
    kept: null,
    returns: [],
    sessionId: `ses_${bill}`,
    billId: `bil_${bill}`,
    billVersion: 'v1',
    question: {
      visitId: `M-990000-${bill}`,
      personNumber: 'PSN99000000000000001',
      insuredArea: '990100',
      credential: {
        type: '02',
        number: '990000199001010017',
        name: '测试甲',
        certificateNumber: '990000199001010017',
      },
      medicalType: '11',
      insuranceType: '310',
      chargeBatch: `B${bill}`,
      totalFen,
      useAccount: true,
    },
    agreed: { totalFen, ...scope, ...funds, ...rest, ...person },
    consentId: undefined,
    plan,
    payOrderLifeMs: 20_000,
    quarantineMs: 120_000,
  });
}
