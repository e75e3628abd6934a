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

/** The policy of one visit: `insutype`, `psn_type`, `med_type`. */
export function policyFor(insuranceType: string, personType: string, medicalType: string): FundPolicy | undefined {
  const inpatient = medicalType.startsWith('2') || medicalType === '52';
  if (insuranceType === '310') {
    if (inpatient) return EMPLOYEE_INPATIENT;
    return personType.startsWith('12') ? RETIRED_OUTPATIENT : EMPLOYEE_OUTPATIENT;
  }
  if (insuranceType === '390') return inpatient ? RESIDENT_INPATIENT : RESIDENT_OUTPATIENT;
  return undefined;
}
