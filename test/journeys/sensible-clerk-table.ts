/**
 * A hundred invented people and what each of them came for, as a clerk at the window would see it who looks at the
 * person's papers: written by hand, knowing nothing of the kiosk.
 *
 * What a clerk does: whoever has a doctor's bill to pay is there to pay it, whatever else is planned for the day; who
 * has none and is expected by a clinic today is there to check in; who lies in a ward and may leave is there to go
 * home, and who may not leave yet is asked about their stay; everybody else is asked what they want.
 */
import type { BillKind } from '../../hardware-sim/parties/bills/bills.ts';

export type Errand = 'payBill' | 'checkIn' | 'discharge' | 'askAboutStay' | 'askWhatFor';

export interface Papers {
  readonly bills?: readonly BillKind[];
  readonly booked?: readonly ('medicine' | 'surgery')[];
  readonly stays?: readonly string[];
}

/** How many people come with such papers, and for what. */
export const MIX: readonly { readonly count: number; readonly papers: Papers; readonly errand: Errand }[] = [
  { count: 18, papers: { bills: ['example'] }, errand: 'payBill' },
  { count: 10, papers: { bills: ['small'] }, errand: 'payBill' },
  { count: 6, papers: { bills: ['allCovered'] }, errand: 'payBill' },
  { count: 6, papers: { bills: ['consent20000'] }, errand: 'payBill' },
  { count: 4, papers: { bills: ['severalLines', 'small'] }, errand: 'payBill' },
  { count: 2, papers: { bills: ['registration'] }, errand: 'payBill' },
  { count: 5, papers: { bills: ['small'], booked: ['medicine'] }, errand: 'payBill' },
  { count: 2, papers: { bills: ['example'], booked: ['surgery'] }, errand: 'payBill' },
  { count: 10, papers: { booked: ['medicine'] }, errand: 'checkIn' },
  { count: 6, papers: { booked: ['surgery'] }, errand: 'checkIn' },
  { count: 2, papers: { booked: ['medicine', 'surgery'] }, errand: 'checkIn' },
  { count: 6, papers: { stays: ['ready'] }, errand: 'discharge' },
  { count: 2, papers: { stays: ['owes'] }, errand: 'discharge' },
  { count: 2, papers: { stays: ['severalPayers'] }, errand: 'discharge' },
  { count: 3, papers: { stays: ['noDischargeOrder'] }, errand: 'askAboutStay' },
  { count: 2, papers: { stays: ['feesMissing'] }, errand: 'askAboutStay' },
  { count: 1, papers: { stays: ['noDeposit'] }, errand: 'askAboutStay' },
  { count: 13, papers: {}, errand: 'askWhatFor' },
];

/** Whose turn it is: men and women, old and young, insured here and elsewhere, with and without money on the account. */
export const PEOPLE = ['zhang', 'li', 'wang', 'chen', 'sun', 'zhou', 'wu', 'zheng', 'rare'] as const;
