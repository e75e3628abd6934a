import { expect, test } from 'vitest';
import { askJson, HOSPITAL_TOKEN, onBench } from './parties-bench.ts';

function atHospital(options: Parameters<typeof onBench>[0] = {}) {
  const bench = onBench({ bill: 'example', ...options });
  const ask = (path: string, body: unknown) =>
    askJson(bench.parties.hospital, HOSPITAL_TOKEN, 'POST', `/v1/bills/${path}`, body);
  const find = (key = 'zhang') => {
    const { identityNumber, personNumber } = bench.parties.patient(key);
    return ask('search', { certificateNumber: identityNumber, personNumber });
  };
  const lock = (settlementNumber = 'set_1', version = '1') =>
    ask('B000001/lock', { version, settlementNumber, ttlSeconds: 300 });
  const confirmation = {
    settlementNumber: 'set_1',
    kind: 'outpatient',
    centreSettlementId: 'S1',
    totalFen: 55_740,
    fundFen: 19_680,
    accountFen: 17_035,
    ownFen: 19_025,
    depositFen: 0,
    paidBy: 'code',
    payOrderNumber: 'P1',
    returns: [],
    owed: [],
  };
  const confirm = (change: object = {}) => ask('B000001/confirm', { ...confirmation, ...change });
  return { ...bench, ask, find, lock, confirm };
}

test('a bill comes with its visit when the hospital drives, and without it when the kiosk does', () => {
  const driven = atHospital().find().body.bills[0];
  expect(driven).toMatchObject({ billId: 'B000001', totalFen: 55_740, institutionCode: 'H99000100001' });
  expect(driven.uploaded.splits.map((split: { inScopeFen: number }) => split.inScopeFen)).toEqual([
    5_000, 7_300, 10_800, 24_700, 0,
  ]);
  expect(atHospital({ visitDrivenBy: 'kiosk' }).find().body.bills[0].uploaded).toBeNull();
});

test('looking twice uploads once', () => {
  const { find, parties } = atHospital();
  const first = find().body.bills[0].uploaded;
  expect(find().body.bills[0].uploaded).toEqual(first);
  expect(parties.insurance.visits.visits.size).toBe(1);
});

test('the lines of a bill add up to its total, and quantity times price to each line', () => {
  const [bill] = atHospital().find().body.bills;
  const sum = bill.lines.reduce((total: number, line: { amountFen: number }) => total + line.amountFen, 0);
  expect(sum).toBe(bill.totalFen);
  for (const line of bill.lines) {
    expect(line.amountFen).toBe(Math.round(Number(line.unitPrice) * 100) * Number(line.quantity));
  }
});

test('somebody who is not registered, or with another person number, is an unknown patient', () => {
  const { ask, parties } = atHospital();
  expect(ask('search', { certificateNumber: '110105194912310029', personNumber: 'x' })).toMatchObject({
    status: 404,
    body: { reason: 'unknownPatient' },
  });
  const { identityNumber } = parties.patient('zhang');
  expect(ask('search', { certificateNumber: identityNumber, personNumber: 'other' }).status).toBe(404);
});

test('one settlement holds a bill, may hold it again, and its time runs out', () => {
  const { lock, clock } = atHospital();
  expect(lock()).toEqual({ status: 200, body: {} });
  expect(lock().status).toBe(200);
  expect(lock('set_2').body.reason).toBe('lockedElsewhere');
  clock.pass(300_000);
  expect(lock('set_2').status).toBe(200);
  expect(lock().body.reason).toBe('lockedElsewhere');
});

test('unlocking frees the own lock and leaves others alone', () => {
  const { ask, lock } = atHospital();
  lock();
  expect(ask('B000001/unlock', { settlementNumber: 'set_2' }).status).toBe(200);
  expect(lock('set_2').status).toBe(409);
  expect(ask('B000001/unlock', { settlementNumber: 'set_1' }).status).toBe(200);
  expect(lock('set_2').status).toBe(200);
  expect(ask('B999999/unlock', { settlementNumber: 'set_1' }).status).toBe(404);
});

test('confirming twice is one receipt; another settlement hears alreadySettled', () => {
  const { lock, confirm, find, parties } = atHospital();
  lock();
  const first = confirm();
  expect(first.status).toBe(200);
  expect(confirm()).toEqual(first);
  expect(confirm({ settlementNumber: 'set_2' }).body.reason).toBe('alreadySettled');
  expect(lock('set_3').body.reason).toBe('alreadySettled');
  expect(find().body.bills).toEqual([]);
  expect(parties.ledger.confirmedBills()).toMatchObject([
    { billId: 'B000001', settlementNumber: 'set_1', ownFen: 19_025 },
  ]);
});

test('a confirmation of another total is refused', () => {
  const { lock, confirm } = atHospital();
  lock();
  expect(confirm({ totalFen: 60_000 })).toMatchObject({ status: 409, body: { reason: 'changed' } });
});

test('a window and a kiosk never both settle', () => {
  const { lock, confirm, parties } = atHospital();
  const desk = parties.hospital.openAtWindow('B000001');
  if (typeof desk === 'string') throw new Error(desk);
  expect(lock().body.reason).toBe('lockedElsewhere');
  desk.settle();
  expect(lock().body.reason).toBe('alreadySettled');
  expect(confirm().body.reason).toBe('alreadySettled');
  expect(parties.ledger.billsSettledAtWindow()).toEqual(['B000001']);
});

test('a kiosk that holds a bill keeps the window out', () => {
  const { lock, parties, clock } = atHospital();
  lock();
  expect(parties.hospital.openAtWindow('B000001')).toBe('lockedElsewhere');
  clock.pass(300_000);
  expect(parties.hospital.openAtWindow('B000001')).toHaveProperty('settle');
});

test('a changed bill has a new version, a new total and a visit of its own', () => {
  const { lock, find, parties } = atHospital();
  const before = find().body.bills[0];
  expect(parties.hospital.changeBill('B000001')).toBe('changed');
  expect(lock().body.reason).toBe('changed');
  const after = find().body.bills[0];
  expect(after.version).toBe('2');
  expect(after.totalFen).toBe(before.totalFen + 1_800);
  expect(after.uploaded.visitId).not.toBe(before.uploaded.visitId);
  expect(after.uploaded.splits).toHaveLength(6);
  lock('set_1', '2');
  expect(parties.hospital.changeBill('B000001')).toBe('lockedElsewhere');
});

test('a bill that the centre will not take comes without a visit', () => {
  for (const kind of ['noDiagnosis', 'foreignInstitution', 'pausedDoctor'] as const) {
    expect(atHospital({ bill: kind }).find().body.bills[0].uploaded, kind).toBeNull();
  }
  const paused = atHospital({ bill: 'small', whose: 'zhao' });
  expect(paused.find('zhao').body.bills[0].uploaded).toBeNull();
  expect(paused.find('zhao').body.bills[0].uploaded).toBeNull();
});

test('consent bills stand exactly around the mark', () => {
  const own = (kind: 'consent19999' | 'consent20000' | 'consent20001' | 'consentSum' | 'consentMany') =>
    atHospital({ bill: kind })
      .find()
      .body.bills[0].lines.filter((line: { level: string }) => line.level === '03')
      .map((line: { amountFen: number }) => line.amountFen);
  expect(own('consent19999')).toEqual([19_999]);
  expect(own('consent20000')).toEqual([20_000]);
  expect(own('consent20001')).toEqual([20_001]);
  expect(own('consentSum')).toEqual([12_000, 8_000]);
  expect(own('consentMany')).toEqual([21_000]);
});

test('two lines of one order share its id', () => {
  const { lines } = atHospital({ bill: 'duplicateOrder' }).find().body.bills[0];
  expect(lines[1].orderId).toBe(lines[2].orderId);
  expect(lines[0].orderId).not.toBe(lines[1].orderId);
});

test('a bad token, bad JSON and a bad path each have their answer', () => {
  const { parties, ask } = atHospital();
  expect(askJson(parties.hospital, 'wrong', 'POST', '/v1/bills/search', {}).status).toBe(401);
  expect(askJson(parties.hospital, HOSPITAL_TOKEN, 'POST', '/v1/bills/search').status).toBe(400);
  expect(askJson(parties.hospital, HOSPITAL_TOKEN, 'POST', '/v2/bills/search', {}).status).toBe(404);
  expect(askJson(parties.hospital, HOSPITAL_TOKEN, 'GET', '/v1/bills/search').status).toBe(405);
  expect(ask('%E0%A4%A/lock', {}).status).toBe(400);
  expect(ask('B000001/lock', { version: '1', settlementNumber: 's', ttlSeconds: 1.5 }).status).toBe(400);
  expect(ask('B999999/lock', { version: '1', settlementNumber: 's', ttlSeconds: 1 })).toMatchObject({
    status: 404,
    body: { reason: 'unknownBill' },
  });
});
