import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { KioskConfig } from '../../../firmware/config/kiosk-config.ts';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import type { Credential, SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import { HttpFailure, type HttpPort } from '../../../firmware/ports.ts';
import { parseProfileBytes } from '../../../firmware/region/profile-schema.ts';
import { badAnswers } from '../../../hardware-sim/parties/bad-answers.ts';
import type { PartyWire } from '../../../hardware-sim/parties/party-wire.ts';
import { HOSPITAL_TOKEN, onBench, PAYMENT_TOKEN } from './parties-bench.ts';

const config: KioskConfig = {
  kioskId: 'K01',
  hospital: {
    institutionCode: 'H99000100001',
    institutionName: '医站演示医院',
    areaCode: '990001',
    helpWindow: '1',
    phone: '000',
  },
  insurance: {
    url: 'http://insurance.test',
    callerId: 'kiosk',
    callerToken: 'secret',
    messageSequence: { first: 0, last: 999 },
  },
  hospitalGateway: { url: 'http://hospital.test', token: HOSPITAL_TOKEN },
  paymentGateway: { url: 'http://payment.test', token: PAYMENT_TOKEN, merchantId: 'M1' },
  broker: undefined,
  devices: { cardReader: undefined, receiptPrinter: undefined, codeScanner: undefined },
  screenPort: 0,
};

function together(options: Parameters<typeof onBench>[0] = {}) {
  const bench = onBench({ bill: 'example', caller: { id: 'kiosk', token: 'secret' }, ...options });
  const clock = {
    wallMs: () => bench.clock.wallMs(),
    monotonicMs: () => bench.clock.wallMs(),
    timer: (delayMs: number, fire: () => void) => bench.clock.timer(delayMs, fire),
  };
  let draw = 0;
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => (draw = (draw * 31 + 7) % 251)) };
  const { wires } = bench.parties;
  const ends: Readonly<Record<string, PartyWire>> = {
    'http://insurance.test': wires.insurance,
    'http://hospital.test': wires.hospital,
    'http://payment.test': wires.payment,
  };
  const http: HttpPort = {
    request: async ({ url, method, headers, body = new Uint8Array(0) }) => {
      const { origin, pathname, search } = new URL(url);
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const answers: Awaited<ReturnType<HttpPort['request']>>[] = [];
      ends[origin]?.carry({ method, path: pathname + search, headers: lower, body }, (answer) => answers.push(answer));
      const [answer] = answers;
      if (!answer) throw new HttpFailure('unknown', 'timeOut', 'no answer in time');
      return answer;
    },
  };
  const profile = parseProfileBytes(
    readFileSync(new URL('../../../firmware/region/profiles/national.json', import.meta.url)),
  );
  const messageIds = new MessageIds({
    institutionCode: 'H99000100001',
    slice: config.insurance.messageSequence,
    clock,
    random,
  });
  return {
    ...bench,
    insurance: new NationalInsurancePlatform({ http, clock, random, config, profile, messageIds }),
    hospital: new HttpHospitalGateway({ http, gateway: config.hospitalGateway }),
    payment: new HttpPaymentGateway({ http, gateway: config.paymentGateway }),
    messageIds,
  };
}

type Outcome<Value> = { readonly outcome: string; readonly value?: Value };

async function ok<Value>(answer: Promise<Outcome<Value>>): Promise<Value> {
  const given = await answer;
  if (given.outcome !== 'ok') throw new Error(JSON.stringify(given));
  return given.value as Value;
}

async function question(world: ReturnType<typeof together>): Promise<SettleQuestion> {
  const { card } = world.parties.patient('zhang');
  const credential: Credential = {
    type: '03',
    number: new Secret(card?.number ?? ''),
    cardId: new Secret(card?.cardIdHex ?? ''),
  };
  const person = await ok(world.insurance.person(credential));
  const [bill] = await ok(world.hospital.openBills(person));
  if (!bill?.uploaded) throw new Error('the hospital did not upload');
  return {
    visitId: bill.uploaded.visitId,
    chargeBatch: bill.uploaded.chargeBatch,
    personNumber: person.personNumber,
    insuredArea: '990001',
    credential,
    medicalType: bill.medicalType,
    insuranceType: '310',
    totalFen: bill.totalFen,
    useAccount: true,
  };
}

test('kiosk and parties understand each other from the code on the phone to the receipt', async () => {
  const world = together();
  const decoded = await ok(
    world.insurance.decodeECredential(new Secret(world.parties.showECredential('zhang')), '01301'),
  );
  expect(decoded.name.reveal()).toBe('张演一');
  const asked = await question(world);
  const agreed = await ok(world.insurance.preSettle(asked));
  expect(agreed).toMatchObject({ ownFen: 19_025, fundFen: 19_680, accountFen: 17_035 });

  const lock = { billId: 'B000001', version: '1', settlementNumber: 'set_1', ttlSeconds: 600 };
  await ok(world.hospital.lockBill(lock));
  const { payCode } = await ok(
    world.payment.createOrder({ orderNumber: 'P1', amountFen: agreed.ownFen, lifeMs: 60_000 }),
  );
  world.parties.payment.scanAndPay(payCode, world.parties.wallet('zhang'));
  expect(await ok(world.payment.query('P1'))).toMatchObject({ state: 'paid', route: 'wechat' });
  const centre = await ok(world.insurance.settle(world.messageIds.next(), asked, agreed));
  const { totalFen, fundFen, accountFen, ownFen } = centre.amounts;
  const receipt = await ok(
    world.hospital.confirmBill('B000001', {
      settlementNumber: 'set_1',
      centreSettlementId: centre.settlementId,
      totalFen,
      fundFen,
      accountFen,
      ownFen,
      flow: 'outpatient',
      paidBy: 'code',
      returns: [],
      payOrderNumber: 'P1',
    }),
  );
  expect(receipt.receiptNumber).toBe('R00000001');
  expect(world.parties.ledger.endViolations()).toEqual([]);
});

test('a kiosk that drives the visit itself comes to the same own part', async () => {
  const world = together({ visitDrivenBy: 'kiosk' });
  const { identityNumber } = world.parties.patient('zhang');
  const credential: Credential = { type: '02', number: new Secret(identityNumber) };
  const { personNumber, certificateNumber } = await ok(world.insurance.person(credential));
  const [bill] = await ok(world.hospital.openBills({ personNumber, certificateNumber }));
  if (!bill) throw new Error('no bill');
  const insuredArea = '990001';
  const { visitId } = await ok(
    world.insurance.registerVisit({
      ...bill,
      personNumber,
      insuredArea,
      insuranceType: '310',
      credential,
      begunAt: bill.visitedAt,
    }),
  );
  const visit = { visitId, personNumber, insuredArea, medicalType: bill.medicalType };
  await ok(world.insurance.uploadVisit(visit, { ...bill, begunAt: bill.visitedAt }));
  const batch = { ...bill, chargeBatch: 'C1', occurredAt: bill.visitedAt };
  const splits = await ok(world.insurance.uploadFees(visit, batch));
  expect(splits.map((split) => split.inScopeFen)).toEqual([5_000, 7_300, 10_800, 24_700, 0]);
  await ok(world.insurance.cancelFees(visit, '0000'));
  await ok(world.insurance.uploadFees(visit, batch));
  const asked = {
    ...visit,
    credential,
    insuranceType: '310',
    chargeBatch: 'C1',
    totalFen: bill.totalFen,
    useAccount: true,
  };
  const agreed = await ok(world.insurance.preSettle(asked));
  expect(agreed.ownFen).toBe(19_025);
  const centre = await ok(world.insurance.settle(world.messageIds.next(), asked, agreed));
  const voided = await ok(world.insurance.voidSettlement(world.messageIds.next(), visit, centre.settlementId));
  expect(voided.settlementId).not.toBe(centre.settlementId);
  expect(world.parties.ledger.liveClaims()).toEqual([]);
});

test('a shown payment code is charged and refunded by its own route', async () => {
  const { payment, parties } = together();
  const code = parties.payment.showPayCode(parties.wallet('zhang'));
  const order = { orderNumber: 'P1', amountFen: 500 };
  expect(await ok(payment.chargeByCode(order, new Secret(code)))).toMatchObject({ state: 'paid', paidFen: 500 });
  expect(await payment.chargeByCode(order, new Secret(code))).toMatchObject({ outcome: 'refused', reason: 'paid' });
  expect(await payment.close('P1')).toMatchObject({ outcome: 'refused', reason: 'paid' });
  await ok(payment.refund({ ...order, refundNumber: 'R1' }));
  expect(await ok(payment.refundState('R1'))).toBe('refunded');
  expect(await ok(payment.query('P1'))).toMatchObject({ state: 'refunded' });
  expect(await ok(payment.query('P9'))).toMatchObject({ state: 'notFound' });
  expect(await ok(payment.refundState('R9'))).toBe('notFound');
});

test('a lost settlement is found by its message, reversed, and then found no more', async () => {
  const world = together();
  const asked = await question(world);
  const agreed = await ok(world.insurance.preSettle(asked));
  const messageId = world.messageIds.next();
  world.parties.wires.insurance.mischief.loseAnswer(1, { transaction: '2207' });
  expect((await world.insurance.settle(messageId, asked, agreed)).outcome).toBe('unknown');
  expect(await ok(world.insurance.findSettlement(messageId, asked))).toMatchObject({ messageId });
  const original = { messageId, transaction: '2207' } as const;
  expect(await ok(world.insurance.reverse(original, asked))).toEqual({ reversed: 'reversed' });
  expect(await ok(world.insurance.findSettlement(messageId, asked))).toBeUndefined();
  const never = { messageId: world.messageIds.next(), transaction: '2207' } as const;
  expect(await ok(world.insurance.reverse(never, asked))).toEqual({ reversed: 'notFound' });
});

test('standings are told as the centre keeps them', async () => {
  const { insurance, parties } = together();
  expect(await ok(insurance.institutionStanding())).toBe('active');
  expect(await ok(insurance.departmentStanding('D0101'))).toBe('active');
  expect(await ok(insurance.practitionerStanding('D990001000009'))).toBe('paused');
  expect(await ok(insurance.practitionerStanding('D990001555555'))).toBe('unknown');
  parties.insurance.suspendInstitution();
  expect(await ok(insurance.institutionStanding())).toBe('paused');
});

test('amounts as text are read; amounts that are none stop the settlement', async () => {
  const world = together();
  const asked = await question(world);
  const { mischief } = world.parties.wires.insurance;
  const outcomeAfter = async (name: keyof typeof badAnswers) => {
    mischief.answer(1, badAnswers[name], { transaction: '2206' });
    return (await world.insurance.preSettle(asked)).outcome;
  };
  expect(await outcomeAfter('amountsAsStrings')).toBe('ok');
  for (const name of ['amountsNull', 'amountsEmpty', 'amountsWithExponent', 'amountsWithThreeDecimals'] as const) {
    expect(await outcomeAfter(name), name).toBe('malformed');
  }
});
