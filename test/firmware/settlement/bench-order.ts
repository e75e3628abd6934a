/** An order on the bench, the kiosk it belongs to, and its key and randomness. The patient is invented. */
import { Secret } from '../../../drivers/secret.ts';
import type { SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import type { RandomSource } from '../../../firmware/ports.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';

export const kiosk = {
  institutionCode: 'H99000000001',
  areaCode: '990100',
  messageSequence: { first: 100, last: 199 },
  kioskId: 'K-1',
};

export const sealingKey = new Uint8Array(32).fill(7);

/** Seeded and good enough to be told apart; xorshift32. */
export function seededRandom(seed: number): RandomSource {
  let state = seed | 1;
  return {
    bytes: (count) =>
      Uint8Array.from({ length: count }, () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state & 0xff;
      }),
  };
}

export type InsuredOrder = SettlementOrder & { readonly question: SettleQuestion };

export function orderFor(own: number, plan: SettlementOrder['plan'], more: Partial<InsuredOrder> = {}): InsuredOrder {
  const totalFen = 30_000;
  const fundFen = totalFen - own - 1_000;
  const zero = { outOfScopeFen: 0, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: totalFen, deductibleFen: 0 };
  const funds = {
    basicFundFen: fundFen,
    civilServantFen: 0,
    enterpriseFen: 0,
    seriousIllnessFen: 0,
    largeAmountFen: 0,
  };
  const rest = { assistanceFen: 0, otherFundFen: 0, fundFen, hospitalFen: 0, personFen: own + 1_000 };
  const person = { accountFen: 1_000, mutualAidFen: 0, ownFen: own, balanceAfterFen: undefined };
  return {
    flow: 'outpatient',
    collect: 'code',
    paidBeforeFen: 0,
    former: null,
    anew: false,
    kept: null,
    returns: [],
    sessionId: 'ses_1',
    billId: 'bil_1',
    billVersion: 'v1',
    question: {
      visitId: 'M-990000-1',
      personNumber: new Secret('PSN99000000000000001'),
      insuredArea: '990100',
      credential: {
        type: '02',
        number: new Secret('990000199001010017'),
        name: new Secret('测试甲'),
        certificateNumber: new Secret('990000199001010017'),
      },
      medicalType: '11',
      insuranceType: '310',
      chargeBatch: 'B1',
      totalFen,
      useAccount: true,
    },
    agreed: { totalFen, ...zero, ...funds, ...rest, ...person },
    consentId: undefined,
    plan,
    payOrderLifeMs: 120_000,
    quarantineMs: 120_000,
    ...more,
  };
}
