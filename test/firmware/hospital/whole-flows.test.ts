/**
 * Whole flows by hand, with the real clients at the virtual hospital, centre, broker and acquirer: when each ends, the
 * books of all parties agree to the fen.
 */
import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { Bill } from '../../../firmware/hospital/bill.ts';
import type { BillConfirmation, ReturnLeg } from '../../../firmware/hospital/hospital-gateway.ts';
import type { EarlierPayment } from '../../../firmware/hospital/settled-before.ts';
import type { CentreSettlement, SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import { TerminalCardGateway } from '../../../firmware/payment/card-gateway.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import type { PaymentRoute } from '../../../firmware/payment/payment-gateway.ts';
import { VirtualBankTerminal } from '../../../hardware-sim/devices/bank-terminal/virtual-bank-terminal.ts';
import type { BillKind } from '../../../hardware-sim/parties/bills/bills.ts';
import type { PartiesOptions } from '../../../hardware-sim/parties/virtual-world.ts';
import { terminalOver } from '../../support/money-devices.ts';
import { kioskAtCentre } from '../insurance/centre-bench.ts';
import { config, INSTITUTION } from '../kiosk-fixture.ts';
import { ok } from './hospital-bench.ts';

const message = (nth: number) => `${INSTITUTION}20261122090000000${nth}`;

function inHall(options: Partial<PartiesOptions> = {}) {
  const at = kioskAtCentre('hospital', {}, { bills: [], ...options });
  const { parties, hospital, platform, http } = at;
  const payment = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
  const card = new TerminalCardGateway(terminalOver(new VirtualBankTerminal(parties.acquirer)));
  const zhang = parties.patient('zhang');
  const person = {
    certificateNumber: new Secret(zhang.identityNumber),
    personNumber: new Secret(zhang.personNumber),
  };
  const credential = { type: '02' as const, number: new Secret(zhang.identityNumber) };
  const question = (visitId: string, chargeBatch: string, totalFen: number, medicalType: string): SettleQuestion => ({
    ...{ visitId, chargeBatch, totalFen, medicalType, credential },
    personNumber: person.personNumber,
    insuredArea: '990001',
    insuranceType: '310',
    useAccount: true,
  });
  const settle = async (nth: number, asked: SettleQuestion): Promise<CentreSettlement> =>
    ok(platform.settle(message(nth), asked, await ok(platform.preSettle(asked))));
  const pay = async (orderNumber: string, amountFen: number) => {
    const { payCode } = await ok(payment.createOrder({ orderNumber, amountFen, lifeMs: 120_000 }));
    expect(parties.payment.scanAndPay(payCode, parties.wallet('zhang'))).toBe('paid');
  };
  const confirm = (bill: Bill, settlementNumber: string, change: Partial<BillConfirmation>) =>
    ok(
      hospital.confirmBill(bill.billId, {
        settlementNumber,
        flow: bill.flow,
        totalFen: bill.totalFen,
        fundFen: 0,
        accountFen: 0,
        ownFen: 0,
        paidBy: 'none',
        payOrderNumber: undefined,
        returns: [],
        ...change,
      }),
    );
  /** How a settlement of the centre stands in a confirmation. */
  const told = ({ settlementId, messageId, amounts }: CentreSettlement, visitId: string) => {
    const { fundFen, accountFen, ownFen } = amounts;
    const centre = { centreSettlementId: settlementId, centreMessageId: messageId, centreVisitId: visitId };
    return { ...centre, fundFen, accountFen, ownFen };
  };
  const gateways: Readonly<Record<'code' | 'card', PaymentRoute>> = { code: payment, card };
  /** Gives each leg back by the route it came. */
  const giveBack = async (legs: readonly (ReturnLeg & { readonly by: 'code' | 'card' })[]) => {
    for (const { by, ...leg } of legs) expect(await ok(gateways[by].refund(leg))).toBe('refunded');
  };
  const outpatient = async (kind: BillKind) => {
    parties.hospital.addBill('zhang', kind);
    const [bill] = await ok(hospital.openBills(person));
    if (!bill?.uploaded) throw new Error('the hospital did not upload');
    const { visitId, chargeBatch } = bill.uploaded;
    const centre = await settle(1, question(visitId, chargeBatch, bill.totalFen, bill.medicalType));
    const { ownFen } = centre.amounts;
    await pay('ord_1', ownFen);
    await confirm(bill, 'set_1', { ...told(centre, visitId), paidBy: 'code', payOrderNumber: 'ord_1' });
    expect(parties.ledger.endViolations()).toEqual([]);
    return { bill, centre, visitId };
  };
  return { ...at, payment, card, person, question, settle, pay, confirm, told, giveBack, outpatient };
}

/** Splits what goes back over the payments, newest first; what has no route is the cashier's. */
function legsOf(payments: readonly EarlierPayment[], backFen: number) {
  let left = backFen;
  const legs: (ReturnLeg & { readonly by: 'code' | 'card' })[] = [];
  const owed: { taskNumber: string; amountFen: number }[] = [];
  for (const [index, { orderNumber, paidBy, refundableFen, giveBack }] of [...payments].reverse().entries()) {
    const amountFen = Math.min(left, refundableFen);
    if (amountFen === 0) continue;
    left -= amountFen;
    if (giveBack === 'route' && orderNumber !== undefined && paidBy !== 'cash') {
      legs.push({ orderNumber, refundNumber: `ref_${index}`, amountFen, by: paidBy });
    } else owed.push({ taskNumber: `task_${index}`, amountFen });
  }
  return { legs, owed, returns: legs.map(({ by: _by, ...leg }) => leg) };
}

test('[part of Z-8.4.5] a discharge takes the deposits off and sends the rest back by the routes of all who paid', async () => {
  const at = inHall({ stays: [{ patient: 'zhang', kind: 'severalPayers' }] });
  const { hospital, person, parties } = at;
  const stay = await ok(hospital.inpatientStay(person));
  const bill = await ok(hospital.openDischarge(stay.stayId));
  if (!bill.uploaded) throw new Error('the ward did not upload');
  const { visitId, chargeBatch, splits } = bill.uploaded;
  expect(splits.map(({ lineNumber }) => lineNumber)).toEqual(bill.lines.map(({ lineNumber }) => lineNumber));
  const asked = { ...at.question(visitId, chargeBatch, bill.totalFen, bill.medicalType), care: 'inpatient' as const };
  const centre = await at.settle(1, asked);
  const { ownFen } = centre.amounts;
  const { deposits, depositFen } = bill.discharge;
  expect(ownFen).toBeGreaterThan(0);
  expect(ownFen).toBeLessThan(depositFen);
  const { legs, owed, returns } = legsOf(deposits, depositFen - ownFen);
  expect(legs.map(({ by }) => by).sort()).toEqual(['card', 'code', 'code']);
  expect(owed).toHaveLength(2);
  const purse = (key: string) => parties.wallet(key).balanceFen + parties.bankCard(key).balanceFen;
  const before = { zhang: purse('zhang'), li: purse('li') };
  await at.confirm(bill, 'set_1', { ...at.told(centre, visitId), depositFen: ownFen, returns, owed });
  await at.giveBack(legs);
  expect(parties.ledger.endViolations()).toEqual([]);
  expect(purse('li') - before.li).toBe(80_000);
  expect(purse('zhang') - before.zhang).toBe(120_000);
});

test('a discharge that costs more than was paid in advance takes the rest, and sends nothing back', async () => {
  const at = inHall({ stays: [{ patient: 'zhang', kind: 'owes' }] });
  const { hospital, person, parties } = at;
  const bill = await ok(hospital.openDischarge((await ok(hospital.inpatientStay(person))).stayId));
  const { visitId = '', chargeBatch = '' } = bill.uploaded ?? {};
  const asked = { ...at.question(visitId, chargeBatch, bill.totalFen, bill.medicalType), care: 'inpatient' as const };
  const centre = await at.settle(1, asked);
  const { depositFen } = bill.discharge;
  await at.pay('ord_1', centre.amounts.ownFen - depositFen);
  await at.confirm(bill, 'set_1', { ...at.told(centre, visitId), depositFen, paidBy: 'code', payOrderNumber: 'ord_1' });
  expect(parties.ledger.endViolations()).toEqual([]);
});

test('[part of Z-6.2.3] a refund of one line voids the whole, settles the kept lines anew and sends the difference back', async () => {
  const at = inHall();
  const { hospital, platform, parties } = at;
  const { bill, centre, visitId } = await at.outpatient('severalLines');
  const line = bill.lines.find(({ name }) => name === '自费营养片')?.lineNumber ?? '';
  const request = { settlementNumber: 'set_1', lineNumbers: [line], reason: 'notDone' };
  const approval = await ok(hospital.requestRefund(request));
  if (approval.state !== 'approved') throw new Error(approval.state);
  const { bill: refund } = approval;
  const { former, keptBatch = '' } = refund.refund;
  expect(former.centre).toEqual({ settlementId: centre.settlementId, visitId, messageId: message(1) });
  await ok(
    hospital.lockBill({ billId: refund.billId, version: refund.version, settlementNumber: 'set_2', ttlSeconds: 300 }),
  );
  const asked = at.question(visitId, keptBatch, refund.totalFen, refund.medicalType);
  await ok(platform.voidSettlement(message(2), asked, former.centre?.settlementId ?? ''));
  expect(parties.ledger.endViolations()).not.toEqual([]);
  await ok(platform.cancelFees(asked, '0000'));
  const { departmentCode, departmentName, lines } = refund;
  const batch = { chargeBatch: keptBatch, occurredAt: refund.visitedAt, departmentCode, departmentName, lines };
  await ok(platform.uploadFees(asked, batch));
  const anew = await at.settle(3, asked);
  const backFen = former.ownFen - anew.amounts.ownFen;
  expect(backFen).toBe(4_560);
  const { legs, returns } = legsOf(former.payments, backFen);
  await at.confirm(refund, 'set_2', { ...at.told(anew, visitId), formerSettlementNumber: 'set_1', returns });
  await at.giveBack(legs);
  expect(parties.ledger.endViolations()).toEqual([]);
});

test('[part of Z-6.2.3] a refund of the whole leaves no claim and no fen', async () => {
  const at = inHall();
  const { hospital, platform, parties } = at;
  const { visitId } = await at.outpatient('nothingDone');
  const approval = await ok(
    hospital.requestRefund({ settlementNumber: 'set_1', lineNumbers: 'all', reason: 'notDone' }),
  );
  if (approval.state !== 'approved') throw new Error(approval.state);
  const { former } = approval.bill.refund;
  const asked = at.question(visitId, '', 0, approval.bill.medicalType);
  await ok(platform.voidSettlement(message(2), asked, former.centre?.settlementId ?? ''));
  const { legs, returns } = legsOf(former.payments, former.ownFen);
  await at.confirm(approval.bill, 'set_2', { formerSettlementNumber: 'set_1', returns });
  await at.giveBack(legs);
  expect(parties.ledger.endViolations()).toEqual([]);
  expect(parties.ledger.liveClaims()).toEqual([]);
  expect(parties.ledger.liveCharges()).toEqual([]);
});

test('[part of SZ-84] paid at own expense and converted costs to the fen what a direct settlement costs', async () => {
  const direct = inHall();
  const { centre: directly } = await direct.outpatient('severalLines');
  const at = inHall({ hospitalRules: { conversionApproval: 'automatic' } });
  const { hospital, person, parties } = at;
  parties.hospital.addBill('zhang', 'severalLines');
  const [bill] = await ok(hospital.openBills(person));
  if (!bill) throw new Error('no bill');
  await at.pay('ord_1', bill.totalFen);
  const alone = { flow: 'selfPay', ownFen: bill.totalFen, paidBy: 'code', payOrderNumber: 'ord_1' } as const;
  await at.confirm(bill, 'set_1', { ...alone, parkedNumber: 'park_1' });
  expect(parties.ledger.endViolations()).toEqual([]);
  const approval = await ok(hospital.requestConversion({ settlementNumber: 'set_1', reason: 'noCode' }));
  if (approval.state !== 'approved' || !approval.bill.uploaded) throw new Error(approval.state);
  const { visitId, chargeBatch } = approval.bill.uploaded;
  const centre = await at.settle(1, at.question(visitId, chargeBatch, bill.totalFen, bill.medicalType));
  expect(centre.amounts.ownFen).toBe(directly.amounts.ownFen);
  const { payments, ownFen } = approval.bill.conversion.former;
  const { legs, returns } = legsOf(payments, ownFen - centre.amounts.ownFen);
  await at.confirm(approval.bill, 'set_2', { ...at.told(centre, visitId), formerSettlementNumber: 'set_1', returns });
  await at.giveBack(legs);
  expect(parties.ledger.endViolations()).toEqual([]);
});

test('the ledger names a deposit that did not go back, and one that went twice', async () => {
  const at = inHall({ stays: [{ patient: 'zhang', kind: 'ready' }] });
  const { hospital, person, parties } = at;
  const bill = await ok(hospital.openDischarge((await ok(hospital.inpatientStay(person))).stayId));
  const { visitId = '', chargeBatch = '' } = bill.uploaded ?? {};
  const asked = { ...at.question(visitId, chargeBatch, bill.totalFen, bill.medicalType), care: 'inpatient' as const };
  const centre = await at.settle(1, asked);
  const { deposits, depositFen } = bill.discharge;
  const { ownFen } = centre.amounts;
  const { legs, returns } = legsOf(deposits, depositFen - ownFen);
  await at.confirm(bill, 'set_1', { ...at.told(centre, visitId), depositFen: ownFen, returns });
  expect(parties.ledger.endViolations()).toEqual([expect.stringContaining('to go back, 0 went')]);
  await at.giveBack(legs);
  expect(parties.ledger.endViolations()).toEqual([]);
  await at.giveBack(legs.map((leg) => ({ ...leg, refundNumber: 'ref_again', amountFen: 1 })));
  expect(parties.ledger.endViolations()).toEqual([expect.stringContaining('to go back')]);
});
