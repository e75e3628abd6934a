/**
 * Tells the engineers which published pages (信息公开, 办事指南) nobody has looked after for longer than the place allows
 * (Z-8.2.3.2).
 *
 * One promise: an old page is told once an edition, and stays readable with its day: old words are better than none.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { RegionProfile } from './profile.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
/** Where the profile has no catalogue: a year and a month. */
const MAX_AGE_DAYS = 400;

export interface InformationWatchParts {
  readonly profile: Pick<RegionProfile, 'id' | 'version' | 'guides' | 'information'>;
  readonly audit: Pick<AuditTrail, 'write'>;
  readonly clock: Clock;
  readonly notices: {
    staffTask(number: string, task: 'oldInformation', facts: Readonly<Record<string, string>>): unknown;
  };
}

export class InformationWatch {
  readonly #parts: InformationWatchParts;
  readonly #told = new Set<string>();
  #stopTimer: Unsubscribe = () => undefined;

  constructor(parts: InformationWatchParts) {
    this.#parts = parts;
    this.#look();
  }

  /** Ids of pages that are too old now. */
  old(): readonly string[] {
    const { profile, clock } = this.#parts;
    const mostMs = (profile.information?.maxAgeDays ?? MAX_AGE_DAYS) * DAY_MS;
    const now = clock.wallMs();
    return (profile.guides ?? [])
      .filter(({ updatedOn }) => now - Date.parse(`${updatedOn}T00:00:00+08:00`) > mostMs)
      .map(({ id }) => id);
  }

  close(): void {
    this.#stopTimer();
  }

  #look(): void {
    const { profile, audit, clock, notices } = this.#parts;
    this.#stopTimer = clock.timer(LOOK_EVERY_MS, () => this.#look());
    const edition = `${profile.id}/${profile.version}`;
    for (const page of this.old().filter((id) => !this.#told.has(id))) {
      this.#told.add(page);
      audit.write('information.old', { version: edition, choice: page });
      notices.staffTask(`${edition} ${page}`, 'oldInformation', { edition, page });
    }
  }
}
