/**
 * The kinds of settlement as the proof runs them: one row each.
 *
 * A row says how often patients come with such a bill, or how often one follows from a settled one, in which orders of
 * money, and what the parties' ledgers hold when it has ended well. Everything else is the same for all.
 */
import type { Collecting, Flow, MoneyOrder } from '../../firmware/settlement/flows.ts';

export type FlowKind = Flow;

export interface FlowRow {
  readonly kind: FlowKind;
  /** How many of a thousand patients come with it. 0 = only as what follows. */
  readonly share: number;
  /** How many of a thousand settled ones of these kinds it follows. */
  readonly follows: Partial<Readonly<Record<FlowKind, number>>>;
  readonly plans: readonly MoneyOrder[];
  readonly collects: readonly Collecting[];
  /** Whether insurance is asked at all; a refund that keeps nothing only undoes. */
  readonly isInsured: boolean;
}

const BOTH = ['payThenSettle', 'settleThenPay'] as const;
const ONE = ['payThenSettle'] as const;
/** Two of four pay by phone. */
const ALL_WAYS = ['code', 'code', 'card', 'cash'] as const;
const NO_WAY = ['code'] as const;

export const FLOWS: readonly FlowRow[] = [
  { kind: 'outpatient', share: 580, follows: {}, plans: BOTH, collects: ALL_WAYS, isInsured: true },
  { kind: 'registration', share: 120, follows: {}, plans: BOTH, collects: ALL_WAYS, isInsured: true },
  { kind: 'deposit', share: 130, follows: {}, plans: ONE, collects: ALL_WAYS, isInsured: false },
  { kind: 'selfPay', share: 130, follows: {}, plans: ONE, collects: ALL_WAYS, isInsured: false },
  { kind: 'parked', share: 40, follows: {}, plans: ONE, collects: NO_WAY, isInsured: false },
  { kind: 'discharge', share: 0, follows: { deposit: 600 }, plans: BOTH, collects: ALL_WAYS, isInsured: true },
  {
    kind: 'refund',
    share: 0,
    follows: { outpatient: 150, registration: 100, selfPay: 100 },
    plans: ONE,
    collects: NO_WAY,
    isInsured: true,
  },
  { kind: 'conversion', share: 0, follows: { selfPay: 500 }, plans: ONE, collects: NO_WAY, isInsured: true },
];

export function flowOf(kind: FlowKind): FlowRow {
  const row = FLOWS.find((flow) => flow.kind === kind);
  if (!row) throw new Error(`No row for ${kind}.`);
  return row;
}
