/**
 * 事前提醒, 事中管控, 事后追踪 in one view (Z-9.1.3): what the rules said of each bill, before paying, while it was
 * settled and afterwards, with the case that came of it and where that case is now.
 *
 * Read beside a running kiosk, from its own database. One promise: ids and words only; nobody is named.
 */
import type { Store } from '../ports.ts';
import { type AuditEvent, meaningOf } from './audit-events.ts';

export type RiskPhase = 'before' | 'during' | 'after';

export interface RiskLine {
  readonly wallMs: number;
  readonly phase: RiskPhase;
  readonly event: string;
  /** What the event means, in English. */
  readonly says: string;
  readonly bill: string | undefined;
  readonly rule: string | undefined;
  readonly reason: string | undefined;
  /** The number that patient and office know it by. */
  readonly case: string | undefined;
  readonly office: string | undefined;
  /** Whether the hospital has the task of this case; `undefined` where there is none. */
  readonly task: 'delivered' | 'waiting' | undefined;
}

const phases: Partial<Record<AuditEvent, RiskPhase>> = {
  'bill.reminded': 'before',
  'consent.given': 'before',
  'consent.exempted': 'before',
  'account.outOfScope': 'before',
  'bill.held': 'during',
  'doctor.asked': 'during',
  'authority.alarm': 'during',
  'review.unheard': 'during',
  'trace.overdue': 'after',
};

interface Row {
  readonly seq: number;
  readonly event: AuditEvent;
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly wallMs: number;
}

/** @param bill only this one and its settlements; all when left out */
export function riskView(store: Store, bill?: string): readonly RiskLine[] {
  const events = Object.keys(phases).map((event) => `'${event}'`);
  const rows = store
    .all(`SELECT seq, event, fields, wall_ms FROM audit WHERE event IN (${events.join(',')}) ORDER BY seq`)
    .map((row): Row => {
      const fields = JSON.parse(String(row['fields'])) as Row['fields'];
      return {
        seq: Number(row['seq']),
        event: String(row['event']) as AuditEvent,
        fields,
        wallMs: Number(row['wall_ms']),
      };
    });
  const bills = billsBySettlement(store);
  const tasks = tasksByCase(store);
  return rows
    .map(({ event, fields, wallMs }): RiskLine => {
      const settlement = fields['settlement'] ?? fields['upload']?.split(' ')[0];
      const held = fields['case'];
      return {
        ...{ wallMs, phase: phases[event] ?? 'after', event, says: meaningOf(event) },
        bill: fields['bill'] ?? (settlement === undefined ? undefined : bills.get(settlement)),
        rule: fields['rule'],
        reason: fields['reason'],
        case: held,
        office: held === undefined ? undefined : fields['choice'],
        task: held === undefined ? undefined : tasks.get(held),
      };
    })
    .filter((line) => bill === undefined || line.bill === bill);
}

function billsBySettlement(store: Store): ReadonlyMap<string, string> {
  return new Map(store.all('SELECT id, bill FROM saga').map((row) => [String(row['id']), String(row['bill'])]));
}

/** A task's key is its number and its kind. */
function tasksByCase(store: Store): ReadonlyMap<string, 'delivered' | 'waiting'> {
  const rows = store.all("SELECT key, acked FROM outbox WHERE kind = 'staffTask'");
  return new Map(
    rows.map((row) => [String(row['key']).split(' ')[0] ?? '', Number(row['acked']) === 0 ? 'waiting' : 'delivered']),
  );
}
