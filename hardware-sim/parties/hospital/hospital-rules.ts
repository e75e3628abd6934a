/** What this hospital allows, as data. Its windows of time are its own and may differ from a kiosk's profile. */
export interface HospitalRules {
  /** Days after which a settlement is given back at a window only. */
  readonly refundDays: number;
  /** Days within which what was paid at own expense may settle with insurance. */
  readonly conversionDays: number;
  /** Days after which a payment no longer goes back by its route. */
  readonly routeDays: number;
  /** Days for which a parked bill is kept. */
  readonly parkedDays: number;
  readonly deposit: { readonly minFen: number; readonly maxFen: number };
  /** `latestFirst`: a later insured settlement of the same person must be undone before. */
  readonly refundOrder: 'any' | 'latestFirst';
  readonly refundApproval: 'automatic' | 'doctor';
  readonly conversionApproval: 'automatic' | 'staff';
  /** Numbers the fee batch of a refund's kept lines itself. */
  readonly numbersBatches: boolean;
}

export const USUAL_RULES: HospitalRules = {
  refundDays: 90,
  conversionDays: 90,
  routeDays: 180,
  parkedDays: 30,
  deposit: { minFen: 10_000, maxFen: 2_000_000 },
  refundOrder: 'any',
  refundApproval: 'automatic',
  conversionApproval: 'staff',
  numbersBatches: true,
};

export const DAY_MS = 86_400_000;
