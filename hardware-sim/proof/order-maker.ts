/**
 * Orders as a session would hand them to the settlement: invented people, amounts that add up.
 */
import { closeOrder, type OpenOrder } from '../../firmware/settlement/order-body.ts';
import type { SettlementOrder } from '../../firmware/settlement/settlements.ts';

/** `mdtrtarea_admvs` of the invented hospital and of a city elsewhere. */
export const AREA = '990100';
export const ELSEWHERE = '980100';

export interface OrderWish {
  readonly billId: string;
  readonly version: string;
  readonly plan: 'payThenSettle' | 'settleThenPay';
  readonly totalFen: number;
  readonly ownFen: number;
  readonly isOffSite: boolean;
  readonly payOrderLifeMs: number;
}

const NOTHING = {
  outOfScopeFen: 0,
  overLimitFen: 0,
  preSelfPayFen: 0,
  deductibleFen: 0,
  civilServantFen: 0,
  enterpriseFen: 0,
  seriousIllnessFen: 0,
  largeAmountFen: 0,
  assistanceFen: 0,
  otherFundFen: 0,
  hospitalFen: 0,
  mutualAidFen: 0,
};

export function orderFor(wish: OrderWish): SettlementOrder {
  const { billId, version, plan, totalFen, ownFen, isOffSite, payOrderLifeMs } = wish;
  const fundFen = Math.floor((totalFen - ownFen) / 2);
  const personFen = totalFen - fundFen;
  const open: OpenOrder = {
    sessionId: `ses_${billId}`,
    billId,
    billVersion: version,
    question: {
      visitId: `V${billId}`,
      personNumber: `P${billId}`,
      insuredArea: isOffSite ? ELSEWHERE : AREA,
      medicalType: '11',
      insuranceType: '310',
      chargeBatch: '1',
      totalFen,
      useAccount: true,
      credential: { type: '02', number: '990000199001010017', name: '测试甲' },
    },
    agreed: {
      ...NOTHING,
      totalFen,
      inScopeFen: totalFen,
      basicFundFen: fundFen,
      fundFen,
      personFen,
      accountFen: personFen - ownFen,
      ownFen,
      balanceAfterFen: undefined,
    },
    consentId: undefined,
    plan,
    payOrderLifeMs,
    quarantineMs: 120_000,
  };
  return closeOrder(open);
}
