/** Whatever a platform answers: every call ends in one of the five outcomes, and no doubt about money is a plain no. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { PlatformAnswer } from '../../../firmware/insurance/insurance-platform.ts';
import type { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { answered } from '../../support/answering-http.ts';
import { amounts, question, setlinfo } from '../kiosk-fixture.ts';
import { done, MSGID, platformThat } from './platform-bench.ts';

const stay = { ...question, care: 'inpatient' as const };
const filing = { personNumber: question.personNumber, insuredArea: '990001' };
const person = {
  personNumber: question.personNumber,
  name: new Secret('张演一'),
  certificateNumber: new Secret('990001197903141012'),
  age: 47,
  insurances: [],
};
const review = {
  ...question,
  person,
  begunAt: '2026-11-22 08:00:00',
  doctorCode: 'D1',
  doctorName: '演',
  departmentCode: 'D',
  departmentName: '演',
  diagnoses: [],
  lines: [],
};
const discharge = {
  insuranceType: '310',
  dischargedAt: '2026-11-22 08:00:00',
  departmentCode: 'D',
  departmentName: '演',
  bed: '1',
  way: '1' as const,
  diagnoses: [
    {
      code: 'K35.800',
      name: '演',
      departmentName: '演',
      doctorCode: 'D1',
      doctorName: '演',
      diagnosedAt: '2026-11-22 08:00:00',
    },
  ],
};

const calls: readonly ((platform: NationalInsurancePlatform) => Promise<PlatformAnswer<unknown>>)[] = [
  (platform) => platform.preSettle(question),
  (platform) => platform.settle(MSGID, question, amounts),
  (platform) => platform.preSettle(stay),
  (platform) => platform.settle(MSGID, stay, amounts),
  (platform) => platform.voidSettlement(MSGID, stay, 'S1'),
  (platform) => platform.findSettlement(MSGID, stay),
  (platform) => platform.findSettlementById('S1', stay),
  (platform) => platform.reverse({ messageId: MSGID, transaction: '2304' }, stay),
  (platform) => platform.inpatient.discharge(stay, discharge),
  (platform) => platform.inpatient.cancelInpatientFees(stay, 'all'),
  (platform) => platform.inpatient.uploadInpatientFees(stay, '21', []),
  (platform) => platform.reviews.chronicFilings(filing),
  (platform) => platform.reviews.inHospital(filing),
  (platform) => platform.reviews.traumaFiling(filing),
  (platform) => platform.reviews.reviewBefore(review),
];

/** Nodes and fields of the interface with anything in them. */
const anything = fc.oneof(
  fc.constantFrom(null, '', 0, '0', '1', 'V1', 'S1', MSGID, '12.50', 12.5, -1, '2026-11-22', true),
  fc.string({ maxLength: 12 }),
);
const names = fc.constantFrom(
  'setlinfo',
  'setl_id',
  'mdtrt_id',
  'medins_setl_id',
  'refd_setl_flag',
  'medfee_sumamt',
  'psn_cash_pay',
  'result',
  'data',
  'feedetail',
  'psnfixmedin',
  'mdtrtinfo',
  'opsp_dise_code',
  'sev_deg',
  'endtime',
  'judge_result_detail_dtos',
);
const { output } = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    anything,
    fc.dictionary(names, tie('node'), { maxKeys: 4 }),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
  output: fc.dictionary(names, tie('node'), { maxKeys: 4 }),
}));

test('an output of any shape is read or is malformed, and nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(output, fc.constantFrom(...calls), async (shape, call) => {
      const answer = await call(platformThat(() => done(shape)).platform);
      expect(['ok', 'malformed']).toContain(answer.outcome);
    }),
    { numRuns: 1_500 },
  );
});

test('one fen, a negative amount or a foreign visit in 2303 or 2304 is no answer to it', async () => {
  const broken = [
    { fund_pay_sumamt: '196.79' },
    { psn_cash_pay: -1 },
    { medfee_sumamt: '557.41' },
    { mdtrt_id: 'V2' },
    { psn_part_amt: null },
  ];
  for (const change of broken) {
    const { platform } = platformThat(() => done({ setlinfo: { ...setlinfo, ...change } }));
    expect((await platform.preSettle(stay)).outcome, JSON.stringify(change)).toBe('malformed');
    expect((await platform.settle(MSGID, stay, amounts)).outcome, JSON.stringify(change)).toBe('malformed');
  }
  for (const doubt of [answered('', 502), answered('<html/>'), answered({ infcode: -1, err_msg: '' })]) {
    const { platform, asked } = platformThat(() => doubt);
    expect((await platform.settle(MSGID, stay, amounts)).outcome).toBe('unknown');
    expect((await platform.voidSettlement(MSGID, stay, 'S1')).outcome).toBe('unknown');
    expect([...asked('2304'), ...asked('2305')].map(({ json }) => json.msgid)).toEqual([MSGID, MSGID]);
  }
});
