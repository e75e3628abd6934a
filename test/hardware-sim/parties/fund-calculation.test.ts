import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allocateFunds,
  type FundQuestion,
  type LineSplit,
  NOTHING_THIS_YEAR,
  shareOf,
  splitLine,
  sumLines,
} from '../../../hardware-sim/parties/insurance/fund-calculation.ts';
import {
  EMPLOYEE_INPATIENT,
  EMPLOYEE_MATERNITY,
  EMPLOYEE_OUTPATIENT,
  MATERNITY,
  policyFor,
  RESIDENT_INPATIENT,
  RESIDENT_OUTPATIENT,
  RETIRED_OUTPATIENT,
  VETERAN,
} from '../../../hardware-sim/parties/insurance/fund-policies.ts';

const NO_ACCOUNT = {
  admission: 1,
  civilServant: false,
  assisted: false,
  useAccount: false,
  balanceFen: 0,
  familyBalanceFen: 0,
} as const;

test('example 1 of the reference: every line is split as printed there', () => {
  const split = (
    level: '01' | '02' | '03',
    selfPayBp: number,
    ceiling: string | undefined,
    price: string,
    count: string,
    fen: number,
  ) => splitLine({ level, selfPayBp, ceiling }, price, count, fen);
  expect(split('01', 0, undefined, '50.00', '1', 5_000)).toEqual(line(5_000, 0, 0, 0, 5_000));
  expect(split('01', 0, undefined, '36.50', '2', 7_300)).toEqual(line(7_300, 0, 0, 0, 7_300));
  expect(split('02', 1_000, '120.00', '128.80', '1', 12_880)).toEqual(line(12_880, 0, 880, 1_200, 10_800));
  expect(split('02', 500, undefined, '260.00', '1', 26_000)).toEqual(line(26_000, 0, 0, 1_300, 24_700));
  expect(split('03', 10_000, undefined, '45.60', '1', 4_560)).toEqual(line(4_560, 4_560, 0, 0, 0));
});

test('example 1 of the reference: an employee with accounts pays 190.25 in cash', () => {
  const result = allocateFunds({
    lines: line(55_740, 4_560, 880, 2_500, 47_800),
    policy: EMPLOYEE_OUTPATIENT,
    year: { ...NOTHING_THIS_YEAR, deductibleFen: 45_000 },
    ...NO_ACCOUNT,
    useAccount: true,
    balanceFen: 12_035,
    familyBalanceFen: 5_000,
  });
  expect(result).toMatchObject({
    deductibleFen: 15_000,
    basicFen: 19_680,
    fundFen: 19_680,
    personFen: 36_060,
    accountFen: 17_035,
    mutualAidFen: 5_000,
    cashFen: 19_025,
    balanceAfterFen: 0,
  });
  expect(result.yearDelta.eligibleFen).toBe(32_800);
});

test('example 2 of the reference: an assisted resident inpatient pays 12936.00', () => {
  const result = allocateFunds({
    lines: line(8_600_000, 600_000, 0, 400_000, 7_600_000),
    policy: RESIDENT_INPATIENT,
    year: NOTHING_THIS_YEAR,
    ...NO_ACCOUNT,
    assisted: true,
  });
  expect(result).toMatchObject({
    deductibleFen: 150_000,
    basicFen: 4_470_000,
    seriousFen: 1_218_000,
    assistanceFen: 1_618_400,
    fundFen: 7_306_400,
    personFen: 1_293_600,
    cashFen: 1_293_600,
  });
  expect(result.yearDelta.burdenFen).toBe(3_530_000);
});

test('at the cap the pool pays exactly what is left and 大额 takes the uncovered rest', () => {
  const result = allocateFunds({
    lines: line(100_000, 0, 0, 0, 100_000),
    policy: EMPLOYEE_OUTPATIENT,
    year: { ...NOTHING_THIS_YEAR, deductibleFen: 60_000, poolPaidFen: 1_999_990 },
    ...NO_ACCOUNT,
  });
  // 10 fen left at 60 % use up 17 fen; 99983 fen remain, of which 大额 pays 80 %.
  expect(result.basicFen).toBe(10);
  expect(result.largeFen).toBe(79_986);
});

test('a band that ends inside a settlement pays each side at its own ratio', () => {
  const result = allocateFunds({
    lines: line(30_000, 0, 0, 0, 30_000),
    policy: RETIRED_OUTPATIENT,
    year: { ...NOTHING_THIS_YEAR, deductibleFen: 40_000, eligibleFen: 490_000 },
    ...NO_ACCOUNT,
  });
  expect(result.basicFen).toBe(7_000 + 15_000);
  expect(result.poolRatioBp).toBe(7_500);
});

test('a civil servant gets half of the in-scope rest', () => {
  const result = allocateFunds({
    lines: line(10_000, 0, 0, 0, 10_000),
    policy: EMPLOYEE_OUTPATIENT,
    year: { ...NOTHING_THIS_YEAR, deductibleFen: 60_000 },
    ...NO_ACCOUNT,
    civilServant: true,
  });
  expect(result).toMatchObject({ basicFen: 6_000, civilServantFen: 2_000, cashFen: 2_000 });
});

test('a second admission has the smaller deductible', () => {
  const ask = (admission: number) =>
    allocateFunds({
      lines: line(500_000, 0, 0, 0, 500_000),
      policy: EMPLOYEE_INPATIENT,
      year: NOTHING_THIS_YEAR,
      ...NO_ACCOUNT,
      admission,
    }).deductibleFen;
  expect([1, 2, 3, 9].map(ask)).toEqual([80_000, 60_000, 40_000, 40_000]);
});

test('中途结算 of a stay uses up its deductible', () => {
  const ask = (stayDeductibleFen: number) =>
    allocateFunds({
      lines: line(500_000, 0, 0, 0, 500_000),
      policy: EMPLOYEE_INPATIENT,
      year: NOTHING_THIS_YEAR,
      ...NO_ACCOUNT,
      stayDeductibleFen,
    }).deductibleFen;
  expect([0, 30_000, 80_000, 90_000].map(ask)).toEqual([80_000, 50_000, 0, 0]);
});

test('which policy a visit has: by insurance, person and kind of visit', () => {
  expect(policyFor('310', '1201', '11')).toBe(RETIRED_OUTPATIENT);
  expect(policyFor('310', '1101', '21')).toBe(EMPLOYEE_INPATIENT);
  expect(policyFor('310', '1101', '52')).toBe(EMPLOYEE_MATERNITY);
  expect(policyFor('390', '1501', '24')).toBe(RESIDENT_INPATIENT);
  expect(policyFor('340', '1300', '21')).toBe(VETERAN);
  expect(policyFor('510', '1501', '52')).toBe(MATERNITY);
  expect(policyFor('510', '1501', '11')).toBeUndefined();
  expect(policyFor('350', '1300', '11')).toBeUndefined();
});

test('a line that is not price times quantity is refused beyond one fen', () => {
  const rule = { level: '01', selfPayBp: 0, ceiling: undefined } as const;
  expect(splitLine(rule, '3.3333', '3', 1_000)).toBeDefined();
  expect(splitLine(rule, '3.3333', '3', 1_001)).toBeDefined();
  expect(splitLine(rule, '3.3333', '3', 1_002)).toBeUndefined();
  expect(splitLine(rule, '1e3', '1', 100_000)).toBeUndefined();
});

test('shares are rounded half up', () => {
  expect([shareOf(5, 1_000), shareOf(4, 1_000), shareOf(15, 1_000), shareOf(333, 5_000)]).toEqual([1, 0, 2, 167]);
});

const splitOf = fc
  .record({
    level: fc.constantFrom('01' as const, '02' as const, '03' as const),
    selfPayBp: fc.integer({ min: 0, max: 10_000 }),
    ceilingFen: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
    priceFen: fc.integer({ min: 0, max: 500_000 }),
    count: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ level, selfPayBp, ceilingFen, priceFen, count }) => {
    const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
    const ceiling = ceilingFen === undefined ? undefined : yuan(ceilingFen);
    const split = splitLine({ level, selfPayBp, ceiling }, yuan(priceFen), String(count), priceFen * count);
    if (!split) throw new Error('a lawful line was refused');
    return split;
  });

const questions: fc.Arbitrary<FundQuestion> = fc.record({
  lines: fc.array(splitOf, { minLength: 1, maxLength: 12 }).map(sumLines),
  policy: fc.constantFrom(
    EMPLOYEE_OUTPATIENT,
    RETIRED_OUTPATIENT,
    RESIDENT_OUTPATIENT,
    EMPLOYEE_INPATIENT,
    RESIDENT_INPATIENT,
    EMPLOYEE_MATERNITY,
    MATERNITY,
    VETERAN,
  ),
  year: fc.record({
    deductibleFen: fc.nat(100_000),
    eligibleFen: fc.nat(5_000_000),
    poolPaidFen: fc.nat(31_000_000),
    burdenFen: fc.nat(4_000_000),
    largePaidFen: fc.nat(21_000_000),
    assistancePaidFen: fc.nat(11_000_000),
  }),
  admission: fc.integer({ min: 1, max: 5 }),
  stayDeductibleFen: fc.nat(200_000),
  enterpriseBp: fc.integer({ min: 0, max: 10_000 }),
  civilServant: fc.boolean(),
  assisted: fc.boolean(),
  useAccount: fc.boolean(),
  balanceFen: fc.nat(300_000),
  familyBalanceFen: fc.nat(50_000),
});

test('the four identities of B.8 hold to the fen for every person, policy and year', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const result = allocateFunds(question);
      const { lines } = result;
      expect(lines.amountFen).toBe(lines.outOfScopeFen + lines.overLimitFen + lines.preSelfPayFen + lines.inScopeFen);
      expect(result.fundFen).toBe(
        result.basicFen +
          result.civilServantFen +
          result.enterpriseFen +
          result.seriousFen +
          result.largeFen +
          result.assistanceFen +
          result.otherFen,
      );
      expect(lines.amountFen).toBe(result.fundFen + result.personFen + result.hospitalFen);
      expect(result.personFen).toBe(result.accountFen + result.cashFen);
      expect(result.balanceAfterFen).toBe(question.balanceFen - (result.accountFen - result.mutualAidFen));
    }),
    { numRuns: 3_000 },
  );
});

test('no fund and no account ever pays less than nothing or more than is there', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const result = allocateFunds(question);
      const parts = [
        result.deductibleFen,
        result.basicFen,
        result.civilServantFen,
        result.seriousFen,
        result.largeFen,
        result.assistanceFen,
        result.enterpriseFen,
        result.otherFen,
        result.hospitalFen,
        result.personFen,
        result.accountFen,
        result.mutualAidFen,
        result.cashFen,
        result.balanceAfterFen,
      ];
      for (const fen of parts) expect(fen).toBeGreaterThanOrEqual(0);
      for (const fen of parts) expect(Number.isSafeInteger(fen)).toBe(true);
      expect(question.year.poolPaidFen + result.basicFen).toBeLessThanOrEqual(
        Math.max(question.policy.capFen, question.year.poolPaidFen),
      );
      expect(result.cashFen).toBeGreaterThanOrEqual(Math.min(question.lines.outOfScopeFen, result.personFen));
    }),
    { numRuns: 3_000 },
  );
});

function line(
  amountFen: number,
  outOfScopeFen: number,
  overLimitFen: number,
  preSelfPayFen: number,
  inScopeFen: number,
): LineSplit {
  return { amountFen, outOfScopeFen, overLimitFen, preSelfPayFen, inScopeFen };
}
