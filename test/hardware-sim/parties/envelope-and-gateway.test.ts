import { expect, test } from 'vitest';
import { tifSignature } from '../../../hardware-sim/parties/insurance/gateway-headers.ts';
import { onBench, post, textIn } from './parties-bench.ts';

test('without a valid sign-in a transaction is refused, and so it is on the next day', () => {
  const { clock, kiosk } = onBench();
  const asked = { medinsinfo: { fixmedins_type: '1', fixmedins_code: 'H99000100001' } };
  expect(kiosk.ask('1201', asked)).toMatchObject({ infcode: '-1', output: null });
  kiosk.signIn();
  expect(kiosk.ask('1201', asked).infcode).toBe(0);
  clock.pass(16 * 3_600_000);
  expect(kiosk.ask('1201', asked).err_msg).toContain('签到');
});

test('a message id of another institution, form or time is refused', () => {
  const { kiosk } = onBench();
  kiosk.signIn();
  const good = kiosk.messageId();
  const ask = (messageId: string) => kiosk.ask('5101', {}, messageId).infcode;
  expect(ask(good)).toBe(0);
  expect(ask(`H99000200002${good.slice(12)}`)).toBe('-1');
  expect(ask(good.slice(0, 29))).toBe('-1');
  expect(ask(`${good.slice(0, 12)}20260302084959${good.slice(26)}`)).toBe('-1');
  expect(ask(`${good.slice(0, 12)}20260302085001${good.slice(26)}`)).toBe(0);
});

test('every mandatory field of the envelope is missed', () => {
  const { parties, kiosk } = onBench();
  kiosk.signIn();
  const mandatory = [
    'infno',
    'msgid',
    'mdtrtarea_admvs',
    'recer_sys_code',
    'infver',
    'opter_type',
    'opter',
    'opter_name',
  ];
  for (const name of [...mandatory, 'inf_time', 'fixmedins_code', 'fixmedins_name']) {
    const envelope = kiosk.envelope('5101', {});
    delete envelope[name];
    const answer = JSON.parse(textIn(parties.insurance.handle(post('/mss/web/api/fsi/callService', envelope))));
    expect(answer.infcode, name).toBe('-1');
  }
});

test('a person number without the insured area is refused', () => {
  const { parties, kiosk } = onBench();
  kiosk.signIn();
  kiosk.insuredArea = '';
  const { personNumber } = parties.patient('zhang');
  const data = { psn_no: personNumber, insutype: '310', med_type: '11', begntime: '2026-03-02 09:00:00' };
  expect(kiosk.ask('2001', { data }).err_msg).toContain('参保地');
});

test('a transaction sent to the path of another one is refused; the single entry takes all', () => {
  const { parties, kiosk } = onBench();
  kiosk.signIn();
  const envelope = kiosk.envelope('5101', {});
  const to = (path: string) => JSON.parse(textIn(parties.insurance.handle(post(path, envelope)))).infcode;
  expect(to('/fsi/api/reverseService/revsMethod')).toBe('-1');
  expect(to('/mss/web/api/fsi/callService')).toBe(0);
  expect(parties.insurance.handle(post('/elsewhere', envelope)).status).toBe(404);
});

test('the gateway takes a good signature within ten minutes and a nonce once', () => {
  const { clock, parties, kiosk } = onBench({ caller: { id: 'kiosk', token: 'secret' } });
  const path = '/fsi/api/signInSignOutService/signIn';
  const body = kiosk.envelope('9001', { signIn: { opter_no: 'K01', mac: '', ip: '10.0.0.9' } });
  const status = (headers: Record<string, string>) => parties.insurance.handle(post(path, body, headers)).status;
  const headers = kiosk.tifHeaders('secret', 'n1');
  expect(status(headers)).toBe(200);
  expect(status(headers)).toBe(401);
  expect(status(kiosk.tifHeaders('wrong', 'n2'))).toBe(401);
  expect(status({})).toBe(401);
  const early = kiosk.tifHeaders('secret', 'n3');
  const late = kiosk.tifHeaders('secret', 'n4');
  clock.pass(600_000);
  expect(status(early)).toBe(200);
  clock.pass(1_000);
  expect(status(late)).toBe(401);
});

test('the signature equals the public test vector', () => {
  expect(tifSignature('1700000000', 'TESTTOKEN', 'n1')).toBe(
    '4c69f333ffbecd84b907a4e30352f4d4dde4f77b0fcc3389cf7877754604a31d',
  );
});

test('nonsense gets an answer of the interface, never a crash', () => {
  const { parties } = onBench();
  for (const body of ['', '{', '[]', '"x"', '{"infno":{}}', '{"infno":"2207","input":[]}', '\u0000']) {
    const answer = parties.insurance.handle(post('/fsi/api/outpatientSettleService/saveSettletmentV2', body));
    expect(JSON.parse(textIn(answer)).infcode, body).toBe('-1');
  }
});
