/** The bills of the walk's patients, who are invented. */
import { closeOrder } from '../../../../firmware/settlement/order-body.ts';
import { ownExpense } from '../../../../firmware/settlement/own-expense.ts';
import type { SettlementOrder } from '../../../../firmware/settlement/settlements.ts';

/** Money numbers two messages a second at most here, so that a second that comes again is noticed. */
export const facts = {
  institutionCode: 'H99000000001',
  areaCode: '990100',
  messageSequence: { first: 100, last: 101 },
};

export const FORMER = 'S-former';
const TOTAL_FEN = 30_000;

export function insured(ownFen: number): SettlementOrder['agreed'] {
  const fundFen = TOTAL_FEN - ownFen - 1_000;
  return {
    ...ownExpense(TOTAL_FEN),
    ...{ outOfScopeFen: 0, inScopeFen: TOTAL_FEN, basicFundFen: fundFen, fundFen },
    ...{ personFen: ownFen + 1_000, accountFen: 1_000, ownFen },
  };
}

export function bill(ownFen: number, more: Partial<SettlementOrder> = {}, nth = 1): SettlementOrder {
  const number = '990000199001010017';
  const order = closeOrder({
    ...{ flow: 'outpatient', collect: 'code', paidBeforeFen: 0, former: null, anew: false, kept: null, returns: [] },
    ...{ sessionId: `ses_${nth}`, billId: `bil_${nth}`, billVersion: 'v1', consentId: undefined },
    question: {
      ...{ visitId: `M-990000-${nth}`, personNumber: `PSN9900000000000000${nth}`, insuredArea: '990100' },
      credential: { type: '02', number, name: '测试甲', certificateNumber: number },
      ...{ medicalType: '11', insuranceType: '310', chargeBatch: `B${nth}`, totalFen: TOTAL_FEN, useAccount: true },
    },
    ...{ agreed: insured(ownFen), plan: 'payThenSettle', payOrderLifeMs: 8_000, quarantineMs: 120_000 },
    owed: [{ kind: 'settlementList', on: 'settled', facts: {}, person: '{}' }],
  });
  return { ...order, ...more };
}

export function ownBill(flow: 'deposit' | 'selfPay', more: Partial<SettlementOrder> = {}): SettlementOrder {
  const order = bill(0, { flow, agreed: ownExpense(5_000), ...more });
  const [owed] = order.owed ?? [];
  return owed && flow === 'selfPay' ? { ...order, owed: [{ ...owed, kind: 'selfPayVisit' }] } : { ...order, owed: [] };
}

export function leg(amountFen: number, nth = 1): SettlementOrder['returns'][number] {
  return { orderNumber: `before-${nth}`, refundNumber: `back-${nth}`, amountFen, mostFen: amountFen, by: 'code' };
}

export function refund(more: Partial<SettlementOrder> = {}): SettlementOrder {
  return bill(1_500, {
    ...{ flow: 'refund', paidBeforeFen: 4_000, anew: true, returns: [leg(2_500)] },
    former: { settlementNumber: 'set_former', settlementId: FORMER },
    ...more,
  });
}
