import { beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import { type HttpAnswer, HttpFailure } from '../../../firmware/ports.ts';
import { AnsweringHttp, answered } from '../../support/answering-http.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { contract } from '../contract-document.ts';
import { bill, config, line } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';

const nobody = { certificateNumber: new Secret('990001190001010000'), personNumber: new Secret('P0') };
const confirmation = {
  settlementNumber: 'set_1',
  centreSettlementId: 'S1',
  totalFen: 55_740,
  fundFen: 19_680,
  accountFen: 17_035,
  ownFen: 19_025,
  flow: 'outpatient' as const,
  paidBy: 'code' as const,
  returns: [],
  payOrderNumber: 'P1',
};

function gatewayThat(answer: HttpAnswer | HttpFailure) {
  const http = new AnsweringHttp(() => answer);
  return { http, gateway: new HttpHospitalGateway({ http, gateway: config.hospitalGateway }) };
}

const onWire = (change: object = {}) => ({
  ...bill([line()]),
  kind: 'outpatient',
  uploaded: null,
  lines: [{ ...line(), consentId: null }],
  ...change,
});

describe('the hospital gateway', () => {
  test('reads a bill whole, absent parts as absent', async () => {
    const { gateway } = gatewayThat(answered({ bills: [onWire()] }));
    expect(await gateway.openBills(nobody)).toEqual({ outcome: 'ok', value: [bill([line()])] });
  });

  test('one broken bill makes the list malformed and says where', async () => {
    const broken: [object, string][] = [
      [{ totalFen: 12.5 }, 'bills[1].totalFen is not a whole number'],
      [{ totalFen: '5000' }, 'bills[1].totalFen is not a whole number'],
      [{ totalFen: -1 }, 'totalFen is negative'],
      [{ visitedAt: '2026-11-22T08:00:00Z' }, 'visitedAt is not'],
      [{ lines: null }, 'missing node bills[1].lines'],
      [{ lines: [{ ...line(), level: '04' }] }, 'bills[1].lines[0].level is none of'],
      [{ lines: [{ ...line(), unitPrice: '1e3' }] }, 'unitPrice is not decimal'],
      [{ emergency: 'no' }, 'not true or false'],
    ];
    for (const [change, detail] of broken) {
      const { gateway } = gatewayThat(answered({ bills: [onWire(), onWire(change)] }));
      expect(await gateway.openBills(nobody)).toEqual({
        outcome: 'malformed',
        detail: expect.stringContaining(detail),
      });
    }
  });

  test('is refused only by a reason word that the call has', async () => {
    const confirm = (answer: HttpAnswer) => gatewayThat(answer).gateway.confirmBill('B1', confirmation);
    expect(await confirm(answered({ reason: 'alreadySettled', detail: 'x' }, 409))).toEqual({
      outcome: 'refused',
      reason: 'alreadySettled',
      detail: 'x',
    });
    for (const answer of [
      answered({ reason: 'notPaid', detail: '' }, 409),
      answered({ reason: 'unauthorized', detail: '' }, 401),
      answered({}, 404),
      answered({ reason: 'changed' }, 302),
      answered({ receiptNumber: null, nextStep: '' }),
    ]) {
      expect((await confirm(answer)).outcome).toBe('malformed');
    }
  });

  test('silence, 5xx, HTML and half an answer may have been done; no connection was not', async () => {
    const confirm = (answer: HttpAnswer | HttpFailure) => gatewayThat(answer).gateway.confirmBill('B1', confirmation);
    const doubts = [
      new HttpFailure('unknown', 'timeOut', ''),
      answered('', 503),
      answered('<html>'),
      answered('{"receipt'),
    ];
    for (const doubt of doubts) expect((await confirm(doubt)).outcome).toBe('unknown');
    expect(await confirm(new HttpFailure('notSent', 'refused', ''))).toEqual({
      outcome: 'unreachable',
      detail: 'http refused',
    });
  });

  test('a bill id with strange characters stays one part of the path', async () => {
    const { gateway, http } = gatewayThat(answered({}));
    await gateway.unlockBill('../a b/c?d', 'set_1');
    expect(http.sent[0]?.path).toBe('/v1/bills/..%2Fa%20b%2Fc%3Fd/unlock');
  });
});

describe('against the virtual hospital, every exchange fits the OpenAPI document', () => {
  const document = contract('hospital');
  let clock: ManualClock;
  beforeEach(() => {
    clock = new ManualClock();
  });

  test('search, lock, unlock, confirm, and each of their refusals', async () => {
    const { parties, http } = virtualParties(clock);
    const hospital = new HttpHospitalGateway({ http, gateway: config.hospitalGateway });
    const zhang = parties.patient('zhang');
    const person = {
      certificateNumber: new Secret(zhang.identityNumber),
      personNumber: new Secret(zhang.personNumber),
    };
    expect(await hospital.openBills(nobody)).toMatchObject({ outcome: 'refused', reason: 'unknownPatient' });
    const bills = await hospital.openBills(person);
    if (bills.outcome !== 'ok' || !bills.value[0]) throw new Error(bills.outcome);
    const { billId, version, totalFen } = bills.value[0];
    const lock = { billId, version, settlementNumber: 'set_1', ttlSeconds: 300 };
    expect(await hospital.lockBill(lock)).toMatchObject({ outcome: 'ok' });
    expect(await hospital.lockBill(lock)).toMatchObject({ outcome: 'ok' });
    expect(await hospital.lockBill({ ...lock, settlementNumber: 'set_2' })).toMatchObject({
      reason: 'lockedElsewhere',
    });
    expect(await hospital.unlockBill(billId, 'set_1')).toMatchObject({ outcome: 'ok' });
    expect(await hospital.lockBill({ ...lock, version: 'other' })).toMatchObject({ reason: 'changed' });
    expect(await hospital.lockBill({ ...lock, billId: 'none' })).toMatchObject({ reason: 'unknownBill' });
    await hospital.lockBill(lock);
    const confirmed = await hospital.confirmBill(billId, { ...confirmation, totalFen });
    expect(confirmed).toMatchObject({ outcome: 'ok' });
    expect(await hospital.confirmBill(billId, { ...confirmation, totalFen })).toEqual(confirmed);
    expect(await hospital.unlockBill(billId, 'set_1')).toMatchObject({ reason: 'alreadySettled' });
    const stranger = new HttpHospitalGateway({ http, gateway: { ...config.hospitalGateway, token: 'wrong' } });
    expect(await stranger.openBills(person)).toMatchObject({ outcome: 'malformed' });
    expect(http.exchanges.map((exchange) => document.faultIn(exchange)).filter(Boolean)).toEqual([]);
    expect(new Set(http.exchanges.map(({ path }) => path.split('/').at(-1)))).toEqual(
      new Set(['search', 'lock', 'unlock', 'confirm']),
    );
  });

  test('the check itself finds what does not fit', () => {
    const exchange = {
      host: 'hospital',
      method: 'POST',
      path: '/v1/bills/B1/unlock',
      status: 200,
      asked: { settlementNumber: 's' },
      answered: {},
    };
    expect(document.faultIn(exchange)).toBeUndefined();
    expect(document.faultIn({ ...exchange, asked: { settlementNumber: 1 } })).toContain('request');
    expect(document.faultIn({ ...exchange, asked: { settlementNumber: 's', extra: 1 } })).toContain('request');
    expect(document.faultIn({ ...exchange, status: 500 })).toContain('no answer');
    expect(document.faultIn({ ...exchange, path: '/v1/bills' })).toContain('no such operation');
  });
});
