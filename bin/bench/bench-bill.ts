/**
 * One happy outpatient settlement for the benches: an invented patient, parties that answer at once.
 */
import { randomBytes } from 'node:crypto';
import { Secret } from '../../drivers/secret.ts';
import type { HospitalBills } from '../../firmware/hospital/hospital-gateway.ts';
import type {
  CentreSettlement,
  InsurancePlatform,
  SettlementAmounts,
} from '../../firmware/insurance/insurance-platform.ts';
import type { PaymentGateway } from '../../firmware/payment/payment-gateway.ts';
import type { Call } from '../../firmware/settlement/call.ts';
import type { Parties } from '../../firmware/settlement/effects.ts';
import type { Found } from '../../firmware/settlement/facts.ts';
import type { SettlementOrder } from '../../firmware/settlement/settlements.ts';

export const kiosk = {
  institutionCode: 'H99000000001',
  areaCode: '990100',
  messageSequence: { first: 0, last: 9_999 },
  kioskId: 'K-1',
};
export const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
export const sealingKey = new Uint8Array(32).fill(7);

/** What such a settlement changes at the parties: the lock, the order, the 2207, the confirmation. */
export const EFFECTS = 4;

const OWN_FEN = 4_000;
const amounts: SettlementAmounts = {
  ...{ totalFen: 30_000, outOfScopeFen: 0, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: 30_000, deductibleFen: 0 },
  ...{ basicFundFen: 25_000, civilServantFen: 0, enterpriseFen: 0, seriousIllnessFen: 0, largeAmountFen: 0 },
  ...{ assistanceFen: 0, otherFundFen: 0, fundFen: 25_000, hospitalFen: 0, personFen: 5_000 },
  ...{ accountFen: 1_000, mutualAidFen: 0, ownFen: OWN_FEN, balanceAfterFen: 80_000 },
};

export function benchOrder(bill: number): SettlementOrder {
  return {
    flow: 'outpatient',
    sessionId: 'ses_1',
    billId: `bil_${bill}`,
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
      totalFen: amounts.totalFen,
      useAccount: true,
    },
    agreed: amounts,
    consentId: undefined,
    plan: 'payThenSettle',
    collect: 'code',
    ...{ paidBeforeFen: 0, former: null, anew: false, kept: null, returns: [] },
    payOrderLifeMs: 120_000,
    quarantineMs: 120_000,
  };
}

const paid = { state: 'paid', paidFen: OWN_FEN, route: 'wechat' } as const;
const payCode = 'weixin://wxpay/bizpayurl?pr=bench';
const receipt = { receiptNumber: 'R-1', nextStep: '3 楼 5 号取药' };

function centre(messageId: string): CentreSettlement {
  return { settlementId: '990100G0000000000001', settledAt: '2026-11-22 09:00:00', messageId, amounts };
}

/** What the parties say to one call of this settlement. */
export function answerTo(call: Call): Found {
  const { attempt } = call;
  switch (call.step) {
    case 'hospital.lock':
      return { step: call.step, attempt, finding: { verdict: 'ok', value: null } };
    case 'pay.create':
      return { step: call.step, attempt, finding: { verdict: 'ok', value: { payCode } } };
    case 'pay.query':
      return { step: call.step, attempt, finding: { verdict: 'ok', value: paid } };
    case 'ins.settle':
      return { step: call.step, attempt, finding: { verdict: 'ok', value: centre(call.messageId) } };
    case 'hospital.confirm':
      return { step: call.step, attempt, finding: { verdict: 'ok', value: receipt } };
    default:
      throw new Error(`A happy settlement does not ask for ${call.step}.`);
  }
}

const ok = async <Value>(value: Value): Promise<{ readonly outcome: 'ok'; readonly value: Value }> => ({
  outcome: 'ok',
  value,
});

const hospital: Pick<HospitalBills, 'lockBill' | 'confirmBill'> = {
  lockBill: () => ok(undefined),
  confirmBill: () => ok(receipt),
};
const payment: Pick<PaymentGateway, 'createOrder' | 'query'> = {
  createOrder: () => ok({ payCode }),
  query: (orderNumber) => ok({ orderNumber, ...paid }),
};
const insurance: Pick<InsurancePlatform, 'settle'> = {
  settle: (messageId) => ok(centre(messageId)),
};

/** Only what this settlement needs; the rest is not there. */
export const instantParties: Parties = {
  hospital: hospital as HospitalBills,
  payment: payment as PaymentGateway,
  insurance: insurance as InsurancePlatform,
};
