/**
 * The audit trail: append-only and hash-chained, in the kiosk's own database.
 *
 * Each entry's hash covers the one before it, so a changed, dropped or inserted
 * entry shows. Fields are ids and words by type; nothing about a person fits in.
 */
import { createHash } from 'node:crypto';
import type { Clock, Store } from '../ports.ts';
import { type AuditEvent, auditEvents } from './audit-events.ts';

/** What an entry may carry: our own ids and words of our tables. */
export interface AuditFields {
  readonly session?: string;
  readonly settlement?: string;
  readonly reason?: string;
  readonly device?: string;
  readonly state?: string;
  readonly end?: string;
  readonly version?: string;
  /** Who agreed: `patient`, `relative`, `guardian`. */
  readonly signer?: string;
  readonly consent?: string;
  /** The number under which a held bill is found again. */
  readonly case?: string;
  readonly bill?: string;
  /** `id` of a rule in the pack. */
  readonly rule?: string;
  /** Line numbers of a bill, joined by a space. */
  readonly lines?: string;
  /** A word of our tables: what was chosen, which office. */
  readonly choice?: string;
  /** Number of a difference between two books. */
  readonly difference?: string;
  /** Key and kind of an outbox row. */
  readonly upload?: string;
  readonly kind?: string;
  readonly fault?: string;
  readonly count?: number;
  /** How many of them wait for a person. */
  readonly held?: number;
  /** Unix ms. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** SHA-256, hex. */
  readonly digest?: string;
  /** A staff id. */
  readonly by?: string;
  readonly plan?: string;
}

export interface AuditEntry {
  readonly seq: number;
  readonly event: string;
  readonly fields: string;
  readonly wallMs: number;
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number }
  | {
      readonly ok: false;
      readonly entries: number;
      readonly firstBad: { readonly seq: number; readonly reason: string };
    };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS audit(
    seq INTEGER PRIMARY KEY, event TEXT NOT NULL, fields TEXT NOT NULL, wall_ms INTEGER NOT NULL, hash BLOB NOT NULL
  ) STRICT`;

export class AuditTrail {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    store.exec(SCHEMA);
  }

  write(event: AuditEvent, fields: AuditFields = {}): void {
    if (!auditEvents.has(event)) throw new Error(`There is no audit event "${event}".`);
    this.#store.transaction(() => {
      const last = this.#store.get('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
      const seq = Number(last?.['seq'] ?? 0) + 1;
      const text = JSON.stringify(fields);
      const wallMs = this.#clock.wallMs();
      const hash = chained(last?.['hash'] as Uint8Array | undefined, seq, event, text, wallMs);
      this.#store.run('INSERT INTO audit VALUES (?, ?, ?, ?, ?)', seq, event, text, wallMs, hash);
    });
  }

  entries(): readonly AuditEntry[] {
    return this.#store.all('SELECT seq, event, fields, wall_ms FROM audit ORDER BY seq').map((row) => ({
      seq: Number(row['seq']),
      event: String(row['event']),
      fields: String(row['fields']),
      wallMs: Number(row['wall_ms']),
    }));
  }

  verify(): AuditVerdict {
    let previous: Uint8Array | undefined;
    let expected = 1;
    const rows = this.#store.all('SELECT * FROM audit ORDER BY seq');
    for (const row of rows) {
      const seq = Number(row['seq']);
      const bad = (reason: string): AuditVerdict => ({ ok: false, entries: rows.length, firstBad: { seq, reason } });
      if (seq !== expected) return bad(`entry ${expected} is missing`);
      const hash = chained(previous, seq, String(row['event']), String(row['fields']), Number(row['wall_ms']));
      if (Buffer.compare(hash, row['hash'] as Uint8Array) !== 0) return bad('the entry does not fit its hash');
      previous = row['hash'] as Uint8Array;
      expected += 1;
    }
    return { ok: true, entries: rows.length };
  }
}

function chained(previous: Uint8Array | undefined, seq: number, event: string, fields: string, wallMs: number): Buffer {
  return createHash('sha256')
    .update(previous ?? new Uint8Array(32))
    .update(`${seq}\n${event}\n${fields}\n${wallMs}`)
    .digest();
}
