/**
 * What each insurance promises, as data. The figures are invented within the
 * ranges that regions use; the arithmetic that reads them is fund-calculation.ts.
 */

export interface Band {
  /** End of the band on the year's cumulated scale, fen; `undefined` = no end. */
  readonly upToFen: number | undefined;
  readonly ratioBp: number;
}

export interface FundPolicy {
  readonly deductible:
    | { readonly kind: 'year'; readonly fen: number }
    | { readonly kind: 'admission'; readonly fen: readonly number[] };
  readonly bands: readonly Band[];
  /** What the pool pays in a year at most. */
  readonly capFen: number;
  /** 职工大额 beyond the cap. */
  readonly large: { readonly ratioBp: number; readonly capFen: number } | undefined;
  /** 居民大病 on the burden above the threshold; bands count from the threshold. */
  readonly serious:
    | { readonly thresholdFen: number; readonly bands: readonly Band[]; readonly preSelfPayCounts: boolean }
    | undefined;
  /** 生育 on the in-scope rest of a 职工 visit (B.17: 310103); on the wire it is `oth_pay`. */
  readonly maternityBp: number;
  readonly civilServantBp: number;
  readonly enterpriseBp: number;
  /** 医疗救助 for people who hold a filing. */
  readonly assistance:
    | { readonly deductibleFen: number; readonly ratioBp: number; readonly capFen: number }
    | undefined;
  /** What the hospital must bear of one settlement. */
  readonly hospitalPartFen: number;
  /** Whether the personal account may also pay 自费 lines. */
  readonly accountMayPayOwnExpense: boolean;
}

const ASSISTANCE = { deductibleFen: 0, ratioBp: 7_000, capFen: 5_000_000 };

export const EMPLOYEE_OUTPATIENT: FundPolicy = {
  deductible: { kind: 'year', fen: 60_000 },
  bands: [{ upToFen: undefined, ratioBp: 6_000 }],
  capFen: 2_000_000,
  large: { ratioBp: 8_000, capFen: 20_000_000 },
  serious: undefined,
  maternityBp: 0,
  civilServantBp: 5_000,
  enterpriseBp: 0,
  assistance: ASSISTANCE,
  hospitalPartFen: 0,
  accountMayPayOwnExpense: false,
};

export const RETIRED_OUTPATIENT: FundPolicy = {
  ...EMPLOYEE_OUTPATIENT,
  deductible: { kind: 'year', fen: 40_000 },
  bands: [
    { upToFen: 500_000, ratioBp: 7_000 },
    { upToFen: undefined, ratioBp: 7_500 },
  ],
};

export const RESIDENT_OUTPATIENT: FundPolicy = {
  deductible: { kind: 'year', fen: 10_000 },
  bands: [{ upToFen: undefined, ratioBp: 5_000 }],
  capFen: 150_000,
  large: undefined,
  serious: { thresholdFen: 1_500_000, bands: [{ upToFen: undefined, ratioBp: 6_000 }], preSelfPayCounts: true },
  maternityBp: 0,
  civilServantBp: 0,
  enterpriseBp: 0,
  assistance: ASSISTANCE,
  hospitalPartFen: 0,
  accountMayPayOwnExpense: false,
};

export const EMPLOYEE_INPATIENT: FundPolicy = {
  ...EMPLOYEE_OUTPATIENT,
  deductible: { kind: 'admission', fen: [80_000, 60_000, 40_000] },
  bands: [
    { upToFen: 3_000_000, ratioBp: 8_500 },
    { upToFen: undefined, ratioBp: 9_000 },
  ],
  capFen: 30_000_000,
};

export const RESIDENT_INPATIENT: FundPolicy = {
  ...RESIDENT_OUTPATIENT,
  deductible: { kind: 'admission', fen: [150_000, 100_000] },
  bands: [{ upToFen: undefined, ratioBp: 6_000 }],
  capFen: 20_000_000,
  assistance: { ...ASSISTANCE, capFen: 10_000_000 },
};

/** 生育 births and visits of an employee: the maternity fund takes most of what the pool leaves. */
export const EMPLOYEE_MATERNITY: FundPolicy = {
  ...EMPLOYEE_OUTPATIENT,
  deductible: { kind: 'year', fen: 0 },
  maternityBp: 7_500,
};

/** 离休 (340): the fund bears every in-scope fen, there is no account. */
export const VETERAN: FundPolicy = {
  deductible: { kind: 'year', fen: 0 },
  bands: [{ upToFen: undefined, ratioBp: 10_000 }],
  capFen: 900_000_000,
  large: undefined,
  serious: undefined,
  maternityBp: 0,
  civilServantBp: 0,
  enterpriseBp: 0,
  assistance: undefined,
  hospitalPartFen: 0,
  accountMayPayOwnExpense: false,
};

/** 生育 (510) as an insurance of its own: whole in-scope sums up to the year's quota. */
export const MATERNITY: FundPolicy = { ...VETERAN, capFen: 600_000 };

/** 企业补充 beside the pool, for people whose employer has one. */
export const ENTERPRISE_BP = 2_000;

/** `med_type` 21–29 住院 and 52 生育住院. */
export function isInpatient(medicalType: string): boolean {
  return medicalType.startsWith('2') || medicalType === '52';
}

function isMaternity(medicalType: string): boolean {
  return medicalType === '51' || medicalType === '52' || medicalType === '53';
}

/** The policy of one visit: `insutype`, `psn_type`, `med_type`. */
export function policyFor(insuranceType: string, personType: string, medicalType: string): FundPolicy | undefined {
  const inpatient = isInpatient(medicalType);
  switch (insuranceType) {
    case '310':
      if (isMaternity(medicalType)) return EMPLOYEE_MATERNITY;
      if (inpatient) return EMPLOYEE_INPATIENT;
      return personType.startsWith('12') ? RETIRED_OUTPATIENT : EMPLOYEE_OUTPATIENT;
    case '390':
      return inpatient ? RESIDENT_INPATIENT : RESIDENT_OUTPATIENT;
    case '340':
      return VETERAN;
    case '510':
      return isMaternity(medicalType) ? MATERNITY : undefined;
    default:
      return undefined;
  }
}
