import { expect, test } from 'vitest';
import { onBench, readyToSettle } from './parties-bench.ts';

function settled(options: Parameters<typeof onBench>[0] = {}) {
  const bench = onBench({ bill: 'example', ...options });
  const ready = readyToSettle(bench, options.whose);
  const data = ready.copied();
  const messageId = bench.kiosk.messageId();
  const info = bench.kiosk.done('2207', { data }, messageId).setlinfo;
  const reverse = (omsgid = messageId, oinfno = '2207') =>
    bench.kiosk.ask('2601', { data: { psn_no: ready.patient.personNumber, omsgid, oinfno } });
  const account = () =>
    bench.parties.insurance.people.account(ready.patient.personNumber, ready.question.insutype ?? '');
  return { ...bench, ...ready, data, messageId, info, reverse, account };
}

test('the same message again is the same settlement', () => {
  const { kiosk, parties, data, messageId, info } = settled();
  expect(kiosk.done('2207', { data }, messageId).setlinfo.setl_id).toBe(info.setl_id);
  expect(parties.ledger.liveClaims()).toHaveLength(1);
  expect(parties.ledger.violations()).toEqual([]);
});

test('another message id settles the same visit twice, and the ledger says so', () => {
  const { kiosk, parties, copied } = settled();
  kiosk.done('2207', { data: copied() });
  expect(parties.ledger.liveClaims('B000001')).toHaveLength(2);
  expect(parties.ledger.violations()).toEqual(['bill B000001: 2 live claims']);
});

test('a stricter platform refuses the second settlement', () => {
  const { kiosk, parties, copied } = settled({ insurance: { secondSettle: 'refused' } });
  expect(kiosk.ask('2207', { data: copied() }).err_msg).toContain('已结算');
  expect(parties.ledger.liveClaims()).toHaveLength(1);
});

test('2601 gives every sum back, may be repeated, and its message is dead', () => {
  const { kiosk, parties, reverse, account, data, messageId } = settled();
  expect(account().balanceFen).toBe(0);
  expect(reverse().infcode).toBe(0);
  expect(account()).toMatchObject({ balanceFen: 12_035, familyBalanceFen: 5_000 });
  expect(account().sums).toMatchObject({ deductibleFen: 45_000, poolPaidFen: 0, eligibleFen: 0 });
  expect(reverse().infcode).toBe(0);
  expect(account().balanceFen).toBe(12_035);
  expect(kiosk.ask('2207', { data }, messageId).infcode).toBe('-1');
  expect(parties.ledger.liveClaims()).toEqual([]);
});

test('a reversal of an unknown message leaves no tombstone: the late 2207 still settles', () => {
  const bench = onBench({ bill: 'example' });
  const { copied, patient } = readyToSettle(bench);
  const data = copied();
  const late = bench.kiosk.messageId();
  const reversal = { data: { psn_no: patient.personNumber, omsgid: late, oinfno: '2207' } };
  expect(bench.kiosk.ask('2601', reversal).err_msg).toContain('未查询到原交易');
  expect(bench.kiosk.ask('2207', { data }, late).infcode).toBe(0);
  expect(bench.kiosk.ask('2601', reversal).infcode).toBe(0);
});

test('a reversal of somebody else’s message is not found', () => {
  const { kiosk, messageId, parties } = settled();
  const { personNumber } = parties.patient('li');
  expect(kiosk.ask('2601', { data: { psn_no: personNumber, omsgid: messageId, oinfno: '2207' } }).infcode).toBe('-1');
  expect(parties.ledger.liveClaims()).toHaveLength(1);
});

test('2208 answers a new, negative settlement and the account is whole again', () => {
  const { kiosk, info, patient, account, parties } = settled();
  const ids = { setl_id: info.setl_id, mdtrt_id: info.mdtrt_id, psn_no: patient.personNumber };
  const messageId = kiosk.messageId();
  const mirror = kiosk.done('2208', { data: ids }, messageId).setlinfo;
  expect(mirror).toMatchObject({ medfee_sumamt: -557.4, acct_pay: -170.35, balc: 120.35, psn_part_amt: null });
  expect(mirror.setl_id).not.toBe(info.setl_id);
  expect(account().balanceFen).toBe(12_035);
  expect(kiosk.done('2208', { data: ids }, messageId).setlinfo.setl_id).toBe(mirror.setl_id);
  expect(kiosk.ask('2208', { data: ids }).err_msg).toContain('已撤销');
  expect(parties.ledger.liveClaims()).toEqual([]);
});

test('reversing a 2208 restores the settlement; the voided 2207 itself cannot be reversed', () => {
  const { kiosk, info, patient, parties, reverse, account } = settled();
  const messageId = kiosk.messageId();
  kiosk.done(
    '2208',
    { data: { setl_id: info.setl_id, mdtrt_id: info.mdtrt_id, psn_no: patient.personNumber } },
    messageId,
  );
  expect(reverse().infcode).toBe('-1');
  expect(reverse(messageId, '2208').infcode).toBe(0);
  expect(parties.ledger.liveClaims()).toHaveLength(1);
  expect(account().balanceFen).toBe(0);
});

test('an off-site settlement is not reversed but can be asked for', () => {
  const { kiosk, reverse, info, patient } = settled({ bill: 'small', whose: 'chen' });
  expect(reverse().err_msg).toContain('不支持冲正');
  const found = kiosk.done('5203', {
    data: { psn_no: patient.personNumber, setl_id: info.setl_id, mdtrt_id: info.mdtrt_id },
  });
  expect(found.setlinfo.setl_id).toBe(info.setl_id);
});

test('5201 names live settlements only; 5203 spells two amounts its own way', () => {
  const { kiosk, reverse, info, patient, messageId } = settled();
  const range = { begntime: '2026-03-01 00:00:00', endtime: '2026-03-03 00:00:00', med_type: '11' };
  const rows = () =>
    kiosk.done('5201', { data: { psn_no: patient.personNumber, ...range, mdtrt_id: info.mdtrt_id } }).mdtrtinfo;
  const query = () => kiosk.done('5203', { data: { psn_no: patient.personNumber, mdtrt_id: info.mdtrt_id } }).setlinfo;
  expect(rows()).toMatchObject([{ mdtrt_id: info.mdtrt_id, setl_id: info.setl_id }]);
  expect(query()).toMatchObject({
    medins_setl_id: messageId,
    psn_pay: 360.6,
    cash_payamt: 190.25,
    refd_setl_flag: '0',
  });
  expect(query()).not.toHaveProperty('psn_cash_pay');
  reverse();
  expect(rows()).toMatchObject([{ mdtrt_id: info.mdtrt_id, setl_id: null }]);
  expect(query()).toBeNull();
});

test('2207 with a wrong total, wrong parts or another person’s credential is refused and books nothing', () => {
  const bench = onBench({ bill: 'example' });
  const { copied } = readyToSettle(bench);
  const data = copied();
  const other = bench.parties.patient('li');
  for (const change of [
    { medfee_sumamt: '557.39' },
    { inscp_scp_amt: '478.01' },
    { mdtrt_cert_type: '02', mdtrt_cert_no: other.identityNumber },
    { insutype: '390' },
    { chrg_bchno: 'C-none' },
    { medfee_sumamt: '5.574e2' },
    { acct_used_flag: '2' },
  ]) {
    expect(bench.kiosk.ask('2207', { data: { ...data, ...change } }).infcode, JSON.stringify(change)).toBe('-1');
  }
  expect(bench.parties.ledger.claims()).toEqual([]);
});

test('2207 after the token has run out asks for the code again', () => {
  const bench = onBench({ bill: 'example' });
  const { copied } = readyToSettle(bench);
  const data = copied();
  const shown = bench.parties.showECredential('zhang');
  const decode = bench.parties.insurance.handle({
    method: 'POST',
    path: '/localcfc/api/hsecfc/localQrCodeQuery',
    headers: {},
    body: new TextEncoder().encode(
      JSON.stringify({
        orgId: 'H99000100001',
        transType: 'ec.query',
        data: { businessType: '01301', ecQrCode: shown },
      }),
    ),
  });
  const token = JSON.parse(new TextDecoder().decode(decode.body)).data.ecToken;
  const byToken = { ...data, mdtrt_cert_type: '01', mdtrt_cert_no: token };
  expect(bench.kiosk.ask('2206', { data: byToken }).infcode).toBe(0);
  bench.clock.pass(30 * 60_000);
  expect(bench.kiosk.ask('2207', { data: byToken }).err_msg).toContain('过期');
});

test('a suspended agreement stops the settlement in the middle', () => {
  const bench = onBench({ bill: 'example' });
  const { copied } = readyToSettle(bench);
  const data = copied();
  bench.parties.insurance.suspendInstitution();
  expect(bench.kiosk.ask('2207', { data }).err_msg).toContain('协议已暂停');
});

test('a new calendar year starts its deductible anew', () => {
  const { clock, account } = settled();
  expect(account().sums.deductibleFen).toBe(60_000);
  clock.pass(310 * 86_400_000);
  expect(account().sums.deductibleFen).toBe(0);
});
