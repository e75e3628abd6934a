/**
 * What a person in hospital can do at the kiosk now (Z-8.4.3): a deposit and the daily list always, the discharge
 * settlement once the doctor has ordered the discharge and everything it needs is there.
 */
import type { InpatientStay, NotReady } from '../hospital/inpatient.ts';

export type InpatientOffer = 'deposit' | 'dailyList' | 'discharge';

export interface InpatientOffers {
  readonly offers: readonly InpatientOffer[];
  /** Why the discharge is not offered although it is ordered; `undefined` when it is, or is not ordered. */
  readonly waitsFor: Exclude<NotReady, 'noDischargeOrder'> | undefined;
}

export function inpatientOffers({ discharge }: Pick<InpatientStay, 'discharge'>): InpatientOffers {
  const { ordered, feesPosted, coded, disputed } = discharge;
  if (!ordered) return { offers: ['deposit', 'dailyList'], waitsFor: undefined };
  const waitsFor = !feesPosted ? 'feesMissing' : !coded ? 'codingMissing' : disputed ? 'disputed' : undefined;
  return waitsFor
    ? { offers: ['deposit', 'dailyList'], waitsFor }
    : { offers: ['discharge', 'dailyList', 'deposit'], waitsFor };
}
