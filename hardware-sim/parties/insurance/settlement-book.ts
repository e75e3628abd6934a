/**
 * The centre's book of settlements, by message, by id, by visit and by person, and what it says about the next one:
 * which admission of the year, which lines a 中途结算 holds, which later settlement stands in the way of a void.
 */
import { dayText } from '../beijing-time.ts';
import type { InsuranceAccount } from './insured-people.ts';
import type { CentreRecord, SettlementRules } from './settlement-desk.ts';
import type { SettledBefore } from './settlement-quote.ts';
import type { Visit } from './visit-desk.ts';

export class SettlementBook {
  /** By message id. */
  readonly byMessage = new Map<string, CentreRecord>();
  readonly #byId = new Map<string, CentreRecord>();
  readonly #byVisit = new Map<string, CentreRecord[]>();
  readonly #byPerson = new Map<string, CentreRecord[]>();

  enter(record: CentreRecord): void {
    this.byMessage.set(record.messageId, record);
    this.#byId.set(record.settlementId, record);
    push(this.#byVisit, record.visit.visitId, record);
    push(this.#byPerson, record.visit.personNumber, record);
  }

  byId(settlementId: string): CentreRecord | undefined {
    return this.#byId.get(settlementId);
  }

  /** Every settlement that a visit ever had, oldest first. */
  ofVisit(visitId: string): readonly CentreRecord[] {
    return this.#byVisit.get(visitId) ?? [];
  }

  /** Every settlement that a person (`psn_no`) ever had, oldest first. */
  ofPerson(personNumber: string): readonly CentreRecord[] {
    return this.#byPerson.get(personNumber) ?? [];
  }

  /** What this stay and the year's earlier stays leave for the next settlement of the visit. */
  before(visit: Visit, account: InsuranceAccount, nowMs: number): SettledBefore {
    if (!visit.stay) return { admission: 1, stayDeductibleFen: 0, midStayRows: new Set() };
    const live = this.ofPerson(visit.personNumber).filter((record) => record.state === 'live');
    const midStay = live.filter((record) => record.visit === visit && record.request.midStay);
    const year = dayText(nowMs).slice(0, 4);
    const earlierStays = live.filter(
      (record) =>
        record.visit.stay !== undefined &&
        record.visit !== visit &&
        record.account === account &&
        dayText(record.settledAtMs).startsWith(year),
    );
    return {
      admission: new Set(earlierStays.map((record) => record.visit)).size + 1,
      stayDeductibleFen: midStay.reduce((sum, record) => sum + record.split.deductibleFen, 0),
      midStayRows: new Set(midStay.flatMap((record) => record.rows)),
    };
  }

  /** Two settlements of the same lines are a mistake of somebody, not one that builds on the other. */
  laterThan(original: CentreRecord, whose: SettlementRules['laterSettlement']): CentreRecord | undefined {
    if (whose === 'ignored') return undefined;
    const { visitId, personNumber } = original.visit;
    const all = whose === 'sameVisit' ? this.ofVisit(visitId) : this.ofPerson(personNumber);
    return all
      .slice(all.indexOf(original) + 1)
      .find(
        (record) =>
          record.state === 'live' &&
          record.account === original.account &&
          !record.rows.some((row) => original.rows.includes(row)),
      );
  }
}

function push(book: Map<string, CentreRecord[]>, key: string, record: CentreRecord): void {
  const known = book.get(key);
  if (known) known.push(record);
  else book.set(key, [record]);
}
