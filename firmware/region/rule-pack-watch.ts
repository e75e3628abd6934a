/**
 * Says which rule pack is in force and when it has grown old (Y3-20b).
 *
 * An old pack still holds what it holds: rules that are a month late are better than none, and a person is told.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import { ageInDays, isOld, type RulePack } from './rule-pack.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;

export interface RulePackState {
  /** e.g. `990100-demo/7` */
  readonly edition: string;
  readonly issuedOn: string;
  readonly ageDays: number;
  readonly old: boolean;
}

export interface WatchParts {
  readonly pack: RulePack;
  readonly audit: Pick<AuditTrail, 'write'>;
  readonly clock: Clock;
  readonly notices: { staffTask(number: string, task: 'oldRulePack', facts: Readonly<Record<string, string>>): void };
}

export class RulePackWatch {
  readonly #parts: WatchParts;
  #told = false;
  #stopTimer: Unsubscribe = () => undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    parts.audit.write('rules.loaded', { version: this.state().edition });
    this.#look();
  }

  state(): RulePackState {
    const { id, version, issuedOn } = this.#parts.pack;
    const wallMs = this.#parts.clock.wallMs();
    return {
      edition: `${id}/${version}`,
      issuedOn,
      ageDays: ageInDays(this.#parts.pack, wallMs),
      old: isOld(this.#parts.pack, wallMs),
    };
  }

  close(): void {
    this.#stopTimer();
  }

  #look(): void {
    this.#stopTimer = this.#parts.clock.timer(LOOK_EVERY_MS, () => this.#look());
    const { edition, issuedOn, old } = this.state();
    if (!old || this.#told) return;
    this.#told = true;
    this.#parts.audit.write('rules.old', { version: edition });
    this.#parts.notices.staffTask(edition, 'oldRulePack', { edition, issuedOn });
  }
}
