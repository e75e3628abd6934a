/** Each lane's desk: what a row becomes on the wire, and what the receiver's answer means for the row. */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { HospitalEvent } from '../../../firmware/hospital/hospital-books.ts';
import type { PlatformAnswer } from '../../../firmware/insurance/insurance-platform.ts';
import type { Sale, SelfPayVisit, SettlementList } from '../../../firmware/insurance/insurance-uploads.ts';
import { eventsDesk, invoiceDesk } from '../../../firmware/upload/hospital-desk.ts';
import { insuranceDesk, shortKey } from '../../../firmware/upload/insurance-desk.ts';
import { owedUploads } from '../../../firmware/upload/owed-uploads.ts';
import type { UploadItem } from '../../../firmware/upload/upload-desk.ts';
import { UPLOAD_DEFAULTS, uploadRules } from '../../../firmware/upload/upload-rules.ts';
import { amounts, bill, line, profile, question } from '../kiosk-fixture.ts';

const ok = { outcome: 'ok', value: undefined } as const;
const refused = (infcode: string, message: string) => ({ outcome: 'refused', infcode, message }) as const;

/** A platform that says one thing to everything, and remembers what it was told. */
function platform(answer: PlatformAnswer<never> | typeof ok = ok) {
  const told: { readonly call: string; readonly what: unknown }[] = [];
  const say = (call: string) => async (what: unknown) => {
    told.push({ call, what });
    return answer as PlatformAnswer<never>;
  };
  const uploads = {
    uploadSettlementList: say('4101'),
    uploadSale: say('3505'),
    uploadSaleReturn: say('3506'),
    uploadSelfPayVisit: say('4205'),
  };
  const desk = insuranceDesk({
    uploads,
    uploadVisit: say('2203A'),
    uploadFees: say('2204'),
    institutionStanding: say('1201'),
  } as never);
  return { told, desk };
}

const item = (kind: UploadItem['kind'], person: unknown, body: object = {}): UploadItem => ({
  ...{ kind, key: `set_abcdefghijkm ${kind}`, madeMs: Date.UTC(2026, 10, 22, 1) },
  body: JSON.stringify({
    number: 'set_abcdefghijkm',
    billId: 'bil_1',
    settlementId: 'S1',
    settledAt: '2026-11-22 09:00:00',
    receiptNumber: 'R1',
    amounts,
    ...body,
  }),
  person: new Secret(JSON.stringify(person)),
});

const person = {
  name: new Secret('张演一'),
  certificateNumber: new Secret('990001197903141012'),
  personNumber: new Secret('P1'),
};
const everything = {
  ...UPLOAD_DEFAULTS,
  kioskSends: ['settlementList', 'selfPayVisits', 'traceCodes', 'goods', 'eInvoice'] as const,
};

/** Rows as a bill's settlement would owe them. */
function itemsOf(
  insured: boolean,
  lines = [line({ category: '09', traceDue: true, traceCodes: ['81000000000000000001'] })],
): readonly UploadItem[] {
  const settling = { bill: bill(lines), person, kioskId: 'K-1', insured: insured ? { question, splits: [] } : null };
  return owedUploads(settling, everything).map(({ kind, facts, person: content }) =>
    item(kind, JSON.parse(content.reveal()), facts),
  );
}
const itemOf = (kind: UploadItem['kind'], insured = true): UploadItem => {
  const found = itemsOf(insured).find((one) => one.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
};

describe('to the insurance platform', () => {
  test('a list says whose settlement it is, with what only its end knew', async () => {
    const { told, desk } = platform();
    expect(await desk.deliver([itemOf('settlementList')])).toEqual([{ outcome: 'taken' }]);
    const list = told[0]?.what as SettlementList;
    expect(list).toMatchObject({
      settlementId: 'S1',
      receiptNumber: 'R1',
      endedOn: '2026-11-22',
      visitId: 'V1',
      amounts,
    });
    expect(list.person.name.reveal()).toBe('张演一');
    expect(list.personNumber.reveal()).toBe('P1');
    expect(list.filledBy.person).toBe('K-1');
  });

  test('[part of SZ-284a] a visit at own expense is told as 4205, under a key of thirty characters that stays the same', async () => {
    const { told, desk } = platform();
    const row = itemOf('selfPayVisit', false);
    await desk.deliver([row]);
    await desk.deliver([row]);
    const visits = told.map(({ what }) => what as SelfPayVisit);
    expect(visits.map(({ key }) => key)).toEqual([shortKey(row.key), shortKey(row.key)]);
    expect(shortKey(row.key)).toHaveLength(30);
    expect(visits[0]).toMatchObject({ begunAt: '2026-11-22 08:00:00', lines: [{ lineNumber: 'L-one' }] });
    expect(visits[0]?.person.certificateNumber.reveal()).toBe('990001197903141012');
    expect(itemsOf(false).map(({ kind }) => kind)).not.toContain('settlementList');
  });

  test('[part of SZ-290] a sale without its lot or its trace codes is a case for a person, and nothing is sent', async () => {
    const { told, desk } = platform();
    const sale = itemOf('traceCodes');
    expect(await desk.deliver([sale])).toEqual([{ outcome: 'refused', reason: 'goodsUnknown', hopeless: true }]);
    const goods = {
      lotNumber: 'L1',
      producedOn: '2026-01-01',
      expiresOn: '2028-01-01',
      pharmacistName: '药演甲',
      pharmacistLicence: 'Z1',
    };
    const content = JSON.parse(sale.person?.reveal() ?? '') as object;
    const without = item('traceCodes', { ...content, goods, traceCodes: [] });
    expect(await desk.deliver([without])).toEqual([{ outcome: 'refused', reason: 'noTraceCode', hopeless: true }]);
    expect(told).toEqual([]);
    await desk.deliver([item('traceCodes', { ...content, goods })]);
    expect(told[0]?.what as Sale).toMatchObject({
      ...{ settlementId: 'S1', soldAt: '2026-11-22 09:00:00', pharmacistName: '药演甲' },
      line: { lotNumber: 'L1', traceCodes: ['81000000000000000001'] },
    });
  });

  test('a visit that could not be told before is told with its fees, in this order', async () => {
    const { told, desk } = platform();
    const visit = {
      visitId: 'V1',
      personNumber: 'P1',
      insuredArea: '990001',
      medicalType: '11',
      begunAt: '2026-11-22 08:00:00',
    };
    const rest = {
      chargeBatch: 'B1',
      departmentCode: 'A01',
      departmentName: '演示科',
      diagnoses: bill([]).diagnoses,
      lines: [],
    };
    expect(await desk.deliver([item('visit', { ...visit, ...rest })])).toEqual([{ outcome: 'taken' }]);
    expect(told.map(({ call }) => call)).toEqual(['2203A', '2204']);
    expect(await desk.deliver([item('visit', { ...visit, ...rest, diagnoses: [] })])).toMatchObject([
      { hopeless: true },
    ]);
  });

  test.each([
    [ok, { outcome: 'taken' }],
    [refused('-1', '该结算清单已上传'), { outcome: 'taken' }],
    [refused('', 'noDiagnosis'), { outcome: 'refused', reason: 'noDiagnosis', hopeless: true }],
    [refused('-1', '字段缺失'), { outcome: 'refused', reason: '-1 字段缺失' }],
    [{ outcome: 'unreachable', detail: 'http refused' } as const, { outcome: 'unreachable', reason: 'http refused' }],
    [{ outcome: 'unknown', detail: 'http timeOut' } as const, { outcome: 'unknown', reason: 'http timeOut' }],
    [{ outcome: 'malformed', detail: 'no node' } as const, { outcome: 'unknown', reason: 'no node' }],
  ])('what the centre says is heard as it is meant: %o', async (answer, heard) => {
    expect(await platform(answer as never).desk.deliver([itemOf('settlementList')])).toEqual([heard]);
  });

  test('a centre that answers a small question is there, whatever it thinks of one row', async () => {
    expect(await platform(refused('-1', 'no')).desk.answers?.()).toBe(true);
    expect(await platform({ outcome: 'unknown', detail: '' }).desk.answers?.()).toBe(false);
  });
});

describe('to the hospital', () => {
  const events = [
    item('settlementEnded', {}, { end: 'settled' }),
    item(
      'saleEvent',
      {
        lines: [
          { lineNumber: 'L1', catalogueCode: 'X1', hospitalCode: 'H1', quantity: '1', unitPrice: '5', amountFen: 500 },
        ],
      },
      { way: 'sold' },
    ),
    item('intentMirror', {}, { step: 'ins.settle', attempt: 1, partyKey: 'M1' }),
  ];

  function hospital(taken: (event: HospitalEvent) => boolean) {
    const posted: HospitalEvent[] = [];
    const desk = eventsDesk(
      {
        postEvents: async (all) => {
          posted.push(...all);
          return { outcome: 'ok', value: { taken: all.filter(taken).map(({ key }) => key) } };
        },
      },
      50,
    );
    return { posted, desk };
  }

  test('events go in one call, each with its key and the time of its cause in Beijing', async () => {
    const { posted, desk } = hospital(() => true);
    expect(await desk.deliver(events)).toEqual(events.map(() => ({ outcome: 'taken' })));
    expect(posted.map(({ kind }) => kind)).toEqual(['settlementEnded', 'goodsMoved', 'intentMirrored']);
    expect(posted[0]).toMatchObject({
      key: events[0]?.key,
      at: '2026-11-22 09:00:00',
      billId: 'bil_1',
      end: 'settled',
    });
    expect(JSON.stringify(posted)).not.toContain('张演一');
  });

  test('an event that an older hospital does not understand is refused by name, unless it was only a welcome', async () => {
    const { desk } = hospital(({ kind }) => kind === 'settlementEnded');
    expect(await desk.deliver(events)).toEqual([
      { outcome: 'taken' },
      { outcome: 'refused', reason: 'the hospital does not take saleEvent' },
      { outcome: 'taken' },
    ]);
  });

  test('an invoice that is not due is done; one whose service is down waits; a red one names what it takes back', async () => {
    const asked: string[] = [];
    const say = (reason: string) => async (number: string) => {
      asked.push(number);
      return { outcome: 'refused', reason, detail: '' } as never;
    };
    const desk = (reason: string) => invoiceDesk({ issueInvoice: say(reason), redInvoice: say(reason) });
    const issue = item('eInvoice', {}, { action: 'issue' });
    expect(await desk('nothingToInvoice').deliver([issue])).toEqual([{ outcome: 'taken' }]);
    expect(await desk('invoiceServiceDown').deliver([issue])).toMatchObject([{ outcome: 'unreachable' }]);
    expect(await desk('unknownSettlement').deliver([issue])).toMatchObject([{ outcome: 'refused' }]);
    await desk('noInvoice').deliver([item('eInvoice', {}, { action: 'red', formerNumber: 'set_former' })]);
    expect(asked).toEqual(['set_abcdefghijkm', 'set_abcdefghijkm', 'set_abcdefghijkm', 'set_former']);
  });
});

describe('what a settlement owes', () => {
  test('where the hospital drives the visit the kiosk sends none of it; where the kiosk does, all', () => {
    expect(uploadRules(profile('zhejiang')).kioskSends).toEqual([]);
    expect(uploadRules(profile('shenzhen')).kioskSends).toContain('settlementList');
  });

  test('nothing of the person stands in the clear part, and nothing prints', () => {
    const settling = {
      bill: bill([line({ category: '09' })]),
      person,
      kioskId: 'K-1',
      insured: { question, splits: [] },
    };
    const owed = owedUploads(settling, everything);
    expect(owed.length).toBeGreaterThan(2);
    for (const secret of ['张演一', '990001197903141012']) expect(JSON.stringify(owed)).not.toContain(secret);
  });
});
