import { expect, test } from 'vitest';
import type { InpatientStay } from '../../../firmware/hospital/inpatient.ts';
import { atHospital, ok } from './hospital-bench.ts';

function inWard(kind: Parameters<ReturnType<typeof atHospital>['parties']['hospital']['admit']>[1]) {
  const bench = atHospital();
  const stayId = bench.parties.hospital.admit('zhang', kind);
  return { ...bench, stayId, stay: () => ok<InpatientStay>(bench.gateway.inpatientStay(bench.person('zhang'))) };
}

test('a stay is told with its bed, its balance and its deposits; who is not in hospital is told so', async () => {
  const { stay, gateway, person, everyExchangeFits } = inWard('ready');
  const { deposits, balanceFen, feesFen, discharge } = await stay();
  expect(deposits).toMatchObject([{ amountFen: 200_000, refundableFen: 200_000, paidBy: 'code', giveBack: 'route' }]);
  expect(balanceFen).toBe(200_000 - feesFen);
  expect(discharge).toMatchObject({ ordered: true, feesPosted: true, disputed: false, coded: true, registered: true });
  expect(await gateway.inpatientStay(person('li'))).toMatchObject({ outcome: 'refused', reason: 'notInpatient' });
  everyExchangeFits();
});

test('[part of Z-8.4.5] a deposit is a bill of its own and counts once it is confirmed, and once only', async () => {
  const { stay, stayId, gateway, confirm, everyExchangeFits } = inWard('noDeposit');
  const asked = { stayId, amountFen: 200_000, requestId: 'req_1' };
  const bill = await ok(gateway.openDeposit(asked));
  expect(bill).toMatchObject({ flow: 'deposit', totalFen: 200_000, lines: [], deposit: { stayId, minFen: 10_000 } });
  expect(await ok(gateway.openDeposit(asked))).toEqual(bill);
  expect((await stay()).deposits).toEqual([]);
  const first = await ok(confirm(bill, 'set_1'));
  expect(await ok(confirm(bill, 'set_1'))).toEqual(first);
  expect((await stay()).deposits).toMatchObject([{ orderNumber: 'ord_set_1', amountFen: 200_000, paidBy: 'code' }]);
  expect(await gateway.openDeposit({ ...asked, amountFen: 100_000 })).toMatchObject({ reason: 'amount' });
  expect(await gateway.openDeposit({ ...asked, amountFen: 9_999, requestId: 'req_2' })).toMatchObject({
    reason: 'amount',
  });
  expect(await gateway.openDeposit({ ...asked, stayId: 'Z9' })).toMatchObject({ reason: 'unknownStay' });
  everyExchangeFits();
});

test('[part of Z-8.4.3] a discharge bill is refused by the first thing that is missing, and opens when it is there', async () => {
  const { stayId, gateway, parties, everyExchangeFits } = inWard('noDischargeOrder');
  const { ward } = parties.hospital;
  const refusal = async () => {
    const answer = await gateway.openDischarge(stayId);
    return answer.outcome === 'refused' ? answer.reason : answer.outcome;
  };
  ward.change(stayId, { feesPosted: false, coded: false, disputed: true });
  expect(await refusal()).toBe('noDischargeOrder');
  ward.change(stayId, { orderedMs: 0 });
  expect(await refusal()).toBe('feesMissing');
  ward.change(stayId, { feesPosted: true });
  expect(await refusal()).toBe('codingMissing');
  ward.change(stayId, { coded: true });
  expect(await refusal()).toBe('disputed');
  ward.change(stayId, { disputed: false });
  expect(await refusal()).toBe('ok');
  expect(await gateway.openDischarge('Z9')).toMatchObject({ reason: 'unknownStay' });
  everyExchangeFits();
});

test('deposits of several payers and routes are listed, and the routes that are too old go to the cashier', async () => {
  const { stayId, gateway, everyExchangeFits } = inWard('severalPayers');
  const { discharge } = await ok(gateway.openDischarge(stayId));
  expect(
    discharge.deposits.map(({ paidBy, route, refundableFen, giveBack }) => [paidBy, route, refundableFen, giveBack]),
  ).toEqual([
    ['code', 'unionPay', 30_000, 'cashier'],
    ['code', 'wechat', 100_000, 'route'],
    ['cash', undefined, 50_000, 'cashier'],
    ['code', 'alipay', 80_000, 'route'],
    ['card', 'card', 20_000, 'route'],
  ]);
  expect(discharge.depositFen).toBe(280_000);
  everyExchangeFits();
});

test('a discharge is confirmed only when every fen of the deposits is accounted for; then the stay is over', async () => {
  const { stayId, gateway, confirm, person, everyExchangeFits } = inWard('severalPayers');
  const bill = await ok(gateway.openDischarge(stayId));
  const byRoute = bill.discharge.deposits.flatMap(({ orderNumber, refundableFen, giveBack }, index) =>
    giveBack === 'route' && orderNumber !== undefined
      ? [{ orderNumber, refundNumber: `ref_${index}`, amountFen: refundableFen }]
      : [],
  );
  const settled = {
    ownFen: 30_000,
    depositFen: 30_000,
    paidBy: 'none',
    payOrderNumber: undefined,
    centreSettlementId: 'S1',
    returns: byRoute,
  } as const;
  const short = await confirm(bill, 'set_1', { ...settled, owed: [{ taskNumber: 'task_1', amountFen: 49_999 }] });
  expect(short).toMatchObject({ outcome: 'malformed' });
  await ok(confirm(bill, 'set_1', { ...settled, owed: [{ taskNumber: 'task_1', amountFen: 50_000 }] }));
  expect(await gateway.inpatientStay(person('zhang'))).toMatchObject({ reason: 'notInpatient' });
  expect(await gateway.openDischarge(stayId)).toMatchObject({ reason: 'alreadySettled' });
  expect(await gateway.openDeposit({ stayId, amountFen: 20_000, requestId: 'r' })).toMatchObject({
    reason: 'notInpatient',
  });
  everyExchangeFits();
});

test('a deposit that arrives while a discharge bill is open makes a new version of it', async () => {
  const { stayId, gateway, confirm, everyExchangeFits } = inWard('ready');
  const before = await ok(gateway.openDischarge(stayId));
  await ok(confirm(await ok(gateway.openDeposit({ stayId, amountFen: 50_000, requestId: 'r' })), 'set_d'));
  const lock = { billId: before.billId, settlementNumber: 'set_1', ttlSeconds: 300 };
  const after = await ok(gateway.openDischarge(stayId));
  expect(after.discharge.depositFen).toBe(before.discharge.depositFen + 50_000);
  expect(await gateway.lockBill({ ...lock, version: before.version })).toMatchObject({ reason: 'changed' });
  await ok(gateway.lockBill({ ...lock, version: after.version }));
  everyExchangeFits();
});

test('a stay takes no deposit while it is being settled, and is not settled while a deposit is being paid', async () => {
  const { stayId, gateway, confirm } = inWard('ready');
  const deposit = await ok(gateway.openDeposit({ stayId, amountFen: 50_000, requestId: 'r' }));
  const bill = await ok(gateway.openDischarge(stayId));
  const holdDeposit = { billId: deposit.billId, version: '1', settlementNumber: 'set_d', ttlSeconds: 300 };
  const holdStay = { billId: bill.billId, version: bill.version, settlementNumber: 'set_1', ttlSeconds: 300 };
  await ok(gateway.lockBill(holdStay));
  expect(await gateway.lockBill(holdDeposit)).toMatchObject({ reason: 'lockedElsewhere' });
  await ok(gateway.unlockBill(bill.billId, 'set_1'));
  await ok(gateway.lockBill(holdDeposit));
  expect(await gateway.lockBill(holdStay)).toMatchObject({ reason: 'lockedElsewhere' });
  await ok(confirm(deposit, 'set_d'));
  expect(await gateway.lockBill(holdStay)).toMatchObject({ reason: 'changed' });
});

test('a deposit whose lock ran out finds the stay settled, and is refused so that it goes back', async () => {
  const { clock, stayId, gateway, confirm } = inWard('ready');
  const deposit = await ok(gateway.openDeposit({ stayId, amountFen: 50_000, requestId: 'r' }));
  await ok(gateway.lockBill({ billId: deposit.billId, version: '1', settlementNumber: 'set_d', ttlSeconds: 60 }));
  await clock.pass(60_000);
  const bill = await ok(gateway.openDischarge(stayId));
  const { orderNumber = '', refundableFen } = bill.discharge.deposits[0] ?? { refundableFen: 0 };
  const returns = [{ orderNumber, refundNumber: 'ref_1', amountFen: refundableFen }];
  const free = { ownFen: 0, centreSettlementId: 'S1', paidBy: 'none', payOrderNumber: undefined, returns } as const;
  await ok(confirm(bill, 'set_1', free));
  expect(await confirm(deposit, 'set_d')).toMatchObject({ outcome: 'refused', reason: 'changed' });
});
