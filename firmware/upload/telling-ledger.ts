/** A ledger that says when something was written: then there may be rows to send. */
import { ledgerThrough, type SettlementLedger } from '../settlement/settlement-ledger.ts';

const QUIET: ReadonlySet<string> = new Set(['status', 'money', 'open', 'outbox', 'verify', 'close']);

export function tellingLedger(ledger: SettlementLedger, onWritten: () => void): SettlementLedger {
  return ledgerThrough(async (name, args) => {
    const ask = ledger[name] as (...all: readonly unknown[]) => Promise<unknown>;
    const answer = await ask(...args);
    if (!QUIET.has(name)) onWritten();
    return answer;
  });
}
