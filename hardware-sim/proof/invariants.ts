/**
 * Holds a world against the list of invariants (`invariant-table.ts`), at every instant and in every crash state.
 *
 * `checkInstant` looks at the visits that something happened to, `checkSend` at a call that leaves, `checkArrival` at an
 * effect that reaches its party, `checkEnd` at a world that has come to rest. None of them reads our journal, but for
 * the set of durable intents that I4 is about.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import { arrivalRules, endRules, saidRule, sendRules, visitRules } from './invariant-table.ts';
import type { Ledgers } from './ledgers.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { DurableIntents } from './watched-journal.ts';

export interface Violation {
  readonly invariant: string;
  /** The invariant in one sentence. */
  readonly says: string;
  readonly atMs: number;
  readonly visitId: string;
  readonly number: string;
  readonly detail: string;
}

/** Visits that were touched since the last look; they count as looked at afterwards. */
export function checkInstant(ledgers: Ledgers): readonly Violation[] {
  if (ledgers.touched.size === 0) return [];
  const found: Violation[] = [];
  for (const visitId of ledgers.touched) {
    const file = ledgers.files.get(visitId);
    if (!file) continue;
    for (const rule of visitRules) {
      const detail = rule.check(file, ledgers);
      if (detail !== undefined) found.push(violation(rule, ledgers, visitId, '', detail));
    }
  }
  ledgers.touched.clear();
  return found;
}

/** A call leaves the kiosk, in its `boot`-th life. */
export function checkSend(call: Call, record: SettlementRecord, ledgers: Ledgers, boot: number): readonly Violation[] {
  return ofRecord(sendRules, record, ledgers, (rule) => rule.check(call, record, ledgers, boot));
}

/** An effect arrives, just before its party acts. */
export function checkArrival(
  call: Call,
  record: SettlementRecord,
  ledgers: Ledgers,
  intents: DurableIntents,
): readonly Violation[] {
  return ofRecord(arrivalRules, record, ledgers, (rule) => rule.check(call, record, ledgers, intents));
}

/** What is said of a settlement now, and what was said before. */
export function checkSaid(before: SettlementStatus, after: SettlementStatus | undefined, ledgers: Ledgers) {
  const detail = saidRule.check(before, after);
  return detail === undefined ? NONE : [violation(saidRule, ledgers, '', before.number, detail)];
}

/** Nothing more will happen. */
export function checkEnd(ledgers: Ledgers): readonly Violation[] {
  for (const visitId of ledgers.files.keys()) ledgers.touched.add(visitId);
  const found = [...checkInstant(ledgers)];
  for (const rule of endRules) {
    for (const detail of rule.check(ledgers)) found.push(violation(rule, ledgers, '', '', detail));
  }
  return found;
}

function ofRecord<Some extends { readonly name: string; readonly says: string }>(
  rules: readonly Some[],
  record: SettlementRecord,
  ledgers: Ledgers,
  check: (rule: Some) => string | undefined,
): readonly Violation[] {
  let found: Violation[] | undefined;
  for (const rule of rules) {
    const detail = check(rule);
    if (detail === undefined) continue;
    found ??= [];
    found.push(violation(rule, ledgers, record.visitId, record.number, detail));
  }
  return found ?? NONE;
}

const NONE: readonly Violation[] = [];

const CORE_THREW = { name: 'I0 coreNeverThrows', says: 'The ledger throws only its own named refusals.' };

/** Anything that the ledger threw and that has no name of its own. */
export function coreThrew(error: unknown, ledgers: Ledgers): Violation {
  const lines = error instanceof Error ? (error.stack ?? error.message).split('\n') : ['no error'];
  return violation(CORE_THREW, ledgers, '', '', lines.slice(0, 4).join(' | '));
}

function violation(
  { name, says }: { readonly name: string; readonly says: string },
  ledgers: Ledgers,
  visitId: string,
  number: string,
  detail: string,
): Violation {
  return { invariant: name, says, atMs: ledgers.nowMs(), visitId, number, detail };
}
