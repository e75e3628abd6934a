import { describe, expect, test } from 'vitest';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import { AnsweringHttp, answered } from '../../support/answering-http.ts';
import { bill, config, line } from '../kiosk-fixture.ts';

function answering(body: object) {
  const http = new AnsweringHttp(() => answered(body));
  return new HttpHospitalGateway({ http, gateway: config.hospitalGateway });
}

const { flow: _flow, uploaded: _uploaded, ...whole } = bill([line()]);
const wire = (kind: string, change: object = {}) => ({
  ...whole,
  kind,
  lines: [{ ...line(), consentId: null }],
  uploaded: null,
  ...change,
});
const payment = {
  orderNumber: 'ord_0',
  paidBy: 'code',
  route: 'wechat',
  paidAt: '2026-11-20 08:00:00',
  amountFen: 9_000,
  refundableFen: 9_000,
  giveBack: 'route',
};
const former = {
  settlementNumber: 'set_1',
  kind: 'outpatient',
  billId: 'B1',
  settledAt: '2026-11-20 08:00:00',
  centre: { settlementId: 'S1', visitId: 'V1', messageId: null },
  totalFen: 9_000,
  fundFen: 0,
  accountFen: 0,
  ownFen: 9_000,
  payments: [payment],
};
const stay = {
  stayId: 'Z1',
  admittedAt: '2026-11-01 08:00:00',
  dischargedAt: '2026-11-22 08:00:00',
  dischargeWay: '1',
  deposits: [{ ...payment, depositId: 'D1' }],
  depositFen: 9_000,
};
const refund = { former, refundedLineNumbers: ['L1'], approvalId: 'TF1', keptBatch: null };
const conversion = { former: { ...former, centre: null }, applicationId: 'ZY1', approvalId: 'A1', until: '2026-12-01' };

describe('a bill without the terms of its kind is malformed, and so are terms whose sums do not agree', () => {
  const malformed: readonly (readonly [name: string, fault: string, answer: () => Promise<{ outcome: string }>])[] = [
    [
      'a deposit of another amount',
      'not the deposit',
      () => deposit({ totalFen: 20_001, deposit: { stayId: 'Z1', minFen: 1, maxFen: 90_000 } }),
    ],
    ['a deposit without its stay', 'missing node', () => deposit({ totalFen: 20_000 })],
    [
      'a deposit beyond its limits',
      'no deposit of this stay',
      () => deposit({ totalFen: 20_000, deposit: { stayId: 'Z1', minFen: 1, maxFen: 19_999 } }),
    ],
    ['an outpatient bill for a deposit', 'kind is not deposit', () => opened(wire('outpatient'))],
    ['a discharge of another stay', 'another stay', () => discharge({ ...stay, stayId: 'Z2' })],
    ['deposits that do not add up', 'not the sum', () => discharge({ ...stay, depositFen: 9_001 })],
    [
      'more to give back than was paid',
      'more than was taken',
      () =>
        discharge({ ...stay, deposits: [{ ...payment, depositId: 'D1', refundableFen: 9_001 }], depositFen: 9_001 }),
    ],
    [
      'a way back without an order',
      'no orderNumber',
      () => discharge({ ...stay, deposits: [{ ...payment, depositId: 'D1', orderNumber: null }] }),
    ],
    [
      'a refund of something else',
      'something else',
      () => refunded({ refund: { ...refund, former: { ...former, settlementNumber: 'set_2' } } }),
    ],
    ['a refund that keeps everything', 'keeps everything', () => refunded({ totalFen: 9_000, refund })],
    ['a refund without what it undoes', 'missing node', () => refunded({ refund: { ...refund, former: null } })],
    ['a conversion of what insurance has paid', 'insurance has paid', () => converted({ ...conversion, former })],
    [
      'a conversion of another sum',
      'not what was paid',
      () => converted({ ...conversion, former: { ...conversion.former, totalFen: 1 } }),
    ],
  ];

  function opened(answer: object) {
    return answering({ bill: answer }).openDeposit({ stayId: 'Z1', amountFen: 20_000, requestId: 'r' });
  }
  const deposit = (change: object) => opened(wire('deposit', { lines: [], ...change }));
  const discharge = (terms: object) => answering({ bill: wire('discharge', { discharge: terms }) }).openDischarge('Z1');
  const refunded = (change: object) =>
    answering({ state: 'approved', bill: wire('refund', change) }).requestRefund({
      settlementNumber: 'set_1',
      lineNumbers: ['L1'],
      reason: 'notDone',
    });
  const converted = (terms: object) =>
    answering({
      state: 'approved',
      bill: wire('conversion', { totalFen: 9_000, conversion: terms }),
    }).requestConversion({
      settlementNumber: 'set_1',
      reason: 'noCode',
    });

  test.each(malformed)('%s', async (_name, fault, answer) => {
    expect(await answer()).toEqual({ outcome: 'malformed', detail: expect.stringContaining(fault) });
  });

  test('the same bills in order are read', async () => {
    const terms = { stayId: 'Z1', minFen: 1, maxFen: 90_000 };
    expect(await deposit({ totalFen: 20_000, deposit: terms })).toMatchObject({
      outcome: 'ok',
      value: { deposit: terms },
    });
    expect(await discharge(stay)).toMatchObject({ outcome: 'ok', value: { discharge: { depositFen: 9_000 } } });
    expect(await refunded({ refund })).toMatchObject({ outcome: 'ok', value: { state: 'approved' } });
    expect(await converted(conversion)).toMatchObject({ outcome: 'ok', value: { state: 'approved' } });
  });
});

describe('marks', () => {
  const prescription = {
    ...{ prescriptionId: 'CF1', review: 'passed', feeKind: 'own', channel: '门诊外配', doctorName: '演医' },
    ...{
      doctorSignature: 'QZ1',
      pharmacistName: '药演甲',
      reviewedAt: '2026-11-22 08:40:00',
      validUntil: '2026-11-25',
    },
    items: [{ name: '演示片', specification: '0.5g', quantity: '2', unit: '盒', usage: '口服' }],
  };

  const read = async (change: object) => {
    const answer = await answering({ bills: [wire('outpatient', change)] }).openBills({});
    return answer.outcome === 'ok' ? answer.value[0] : answer;
  };

  test('[part of SZ-272] an external prescription is read whole, and none is passed without its pharmacist', async () => {
    expect(await read({ externalPrescriptions: [prescription] })).toMatchObject({
      externalPrescriptions: [prescription],
    });
  });

  test('that are not there stay away, and every one that is there is read', async () => {
    expect(Object.keys((await read({})) ?? {}).sort()).toEqual(['flow', 'uploaded', ...Object.keys(whole)].sort());
    const injury = {
      happenedAt: '2026-11-20 08:00:00',
      place: null,
      cause: '跌倒',
      state: null,
      receivedAt: null,
      filingId: null,
    };
    const internet = { hospitalCode: 'H1', parentCode: 'H2', chain: ['a', 'b'] };
    const marks = { injury, disputed: true, quota: 'above', internet, chronicDisease: 'M01600' };
    const nothing = { place: undefined, state: undefined, receivedAt: undefined, filingId: undefined };
    expect(await read(marks)).toMatchObject({ ...marks, injury: { ...injury, ...nothing } });
    const lineMarks = {
      special: true,
      external: false,
      traceDue: true,
      traceCodes: ['8399'],
      basicItemCode: 'B',
      orderedCode: 'O',
      executedCode: 'E',
      costOrderId: 'C',
      prescription: { prescriptionId: 'P', review: 'waiting' },
    };
    const priceSource = { published: true, price: '18.00', unit: '次', payStandard: null };
    const wireLine = { ...line(), consentId: null, ...lineMarks, restricted: { basisId: null }, priceSource };
    expect(await read({ lines: [wireLine] })).toMatchObject({
      lines: [{ ...lineMarks, restricted: {}, priceSource: { ...priceSource, payStandard: undefined } }],
    });
  });

  test('out of form make the list malformed', async () => {
    for (const change of [
      { quota: 'beyond' },
      { injury: { happenedAt: 'yesterday' } },
      { internet: { hospitalCode: 'H1' } },
      { lines: [{ ...line(), traceCodes: [''] }] },
      { lines: [{ ...line(), external: true }] },
      { externalPrescriptions: [{ ...prescription, items: [] }] },
      { externalPrescriptions: [{ ...prescription, pharmacistName: null }] },
      { externalPrescriptions: [{ ...prescription, validUntil: 'soon' }] },
      { lines: [{ ...line(), prescription: { prescriptionId: 'P', review: 'maybe' } }] },
      { lines: [{ ...line(), priceSource: { published: true, price: '1e3' } }] },
    ]) {
      expect(await read(change), JSON.stringify(change)).toMatchObject({ outcome: 'malformed' });
    }
  });
});
