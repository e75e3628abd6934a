/**
 * The kinds of settlement as the proof runs them: one row each.
 *
 * A row says how often patients come with such a bill, in which orders of money, and what the parties' ledgers hold
 * when it has ended well. Everything else is the same for all.
 */
export type FlowKind = 'outpatient';

export interface FlowRow {
  readonly kind: FlowKind;
  /** How many of a thousand patients come with it. */
  readonly share: number;
  readonly plans: readonly ('payThenSettle' | 'settleThenPay')[];
  /** Claims that count for the bill when it has ended as settled. */
  readonly claims: 0 | 1;
}

export const FLOWS: readonly FlowRow[] = [
  { kind: 'outpatient', share: 1_000, plans: ['payThenSettle', 'settleThenPay'], claims: 1 },
];

export function flowOf(kind: FlowKind): FlowRow {
  const row = FLOWS.find((flow) => flow.kind === kind);
  if (!row) throw new Error(`No row for ${kind}.`);
  return row;
}
