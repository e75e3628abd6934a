/** One stay in hospital, and how a planned one comes into being with its deposits. */
import { stayLines } from '../bills/bill-lines.ts';
import type { HospitalBillLine, UploadedVisit } from '../bills/hospital-bill.ts';
import { DOCTOR } from '../bills/hospital-staff.ts';
import { type PlannedDeposit, STAY_PLANS, type StayKind, type StayPlan } from '../bills/stay-plans.ts';
import { DAY_MS } from './hospital-rules.ts';
import type { Kept } from './kept-money.ts';
import type { Registered } from './registered.ts';

/** What the ward tells the insurance and the broker; a hospital alone in a test tells nobody. */
export interface WardLines {
  /** 2401 and 2301; `undefined` = refused, or not insured. */
  readonly upload?: (stay: Stay) => UploadedVisit | undefined;
  /** 2402. → whether the centre took it */
  readonly discharge?: (stay: Stay, uploaded: UploadedVisit) => boolean;
  /** A deposit that was taken long before this kiosk: its order stands at the broker. → order number */
  readonly takenBefore?: (deposit: {
    readonly payer: string;
    readonly amountFen: number;
    readonly paidMs: number;
    readonly paidBy: 'code' | 'card';
    readonly route: string;
  }) => string;
}

export interface Stay {
  readonly stayId: string;
  readonly patient: Registered;
  readonly inpatientNumber: string;
  readonly admittedMs: number;
  lines: readonly HospitalBillLine[];
  deposits: readonly (Kept & { readonly depositId: string })[];
  discharge: {
    orderedMs: number | undefined;
    feesPosted: boolean;
    coded: boolean;
    disputed: boolean;
    registered: boolean;
  };
  uploaded: UploadedVisit | undefined;
  /** The centre has the 2402. */
  registeredAtCentre: boolean;
  settled: boolean;
}

const READY_BEFORE_MS = 2 * 3_600_000;
/** A week, or since before the first deposit. */
const SHORTEST_STAY_DAYS = 7;

export function newStay(
  stayId: string,
  patient: Registered,
  kind: StayKind,
  nowMs: number,
  takenBefore: WardLines['takenBefore'],
): Stay {
  const plan: StayPlan = STAY_PLANS[kind];
  const days = Math.max(SHORTEST_STAY_DAYS, ...plan.deposits.map(({ daysAgo }) => daysAgo + 1));
  return {
    stayId,
    patient,
    inpatientNumber: `I${stayId}`,
    admittedMs: nowMs - days * DAY_MS,
    lines: stayLines(stayId, DOCTOR, plan.items),
    deposits: plan.deposits.map((deposit, index) => {
      const depositId = `YJ-${stayId}-${index + 1}`;
      return planned(depositId, patient.key, deposit, nowMs - deposit.daysAgo * DAY_MS, takenBefore);
    }),
    discharge: {
      orderedMs: plan.ordered === false ? undefined : nowMs - READY_BEFORE_MS,
      feesPosted: !plan.feesMissing,
      coded: !plan.uncoded,
      disputed: plan.disputed ?? false,
      registered: !plan.unregistered,
    },
    uploaded: undefined,
    registeredAtCentre: false,
    settled: false,
  };
}

function planned(
  depositId: string,
  patientKey: string,
  { amountFen, paidBy, route, payer = patientKey }: PlannedDeposit,
  paidMs: number,
  takenBefore: WardLines['takenBefore'],
) {
  const orderNumber =
    paidBy === 'cash' || route === null
      ? undefined
      : (takenBefore?.({ payer, amountFen, paidMs, paidBy, route }) ?? `old-${depositId}`);
  return { depositId, orderNumber, paidBy, route: route ?? undefined, paidMs, amountFen, leftFen: amountFen };
}

export function feesOf(stay: Stay): number {
  return sum(stay.lines.map(({ amountFen }) => amountFen));
}

export function sum(fens: readonly number[]): number {
  return fens.reduce((total, fen) => total + fen, 0);
}
