/**
 * Reconciliation 对账: the night's comparison with centre and hospital, the morning's with the payment channels.
 *
 * One promise: nothing that differs is dropped. A day stays until every line of every book is explained; what no rule
 * resolves waits under its number for two people. All of it runs beside the patients and holds none of them up.
 */
import type { InsurancePlatform } from '../insurance/insurance-platform.ts';
import { parsePlatformTime } from '../insurance/platform-time.ts';
import type { ClearingGroup, InsuranceStatements } from '../insurance/statements.ts';
import type { Clock, Store } from '../ports.ts';
import { readClaimKey, shredClaimKey } from '../settlement/claim-key.ts';
import type { Journal } from '../settlement/journal.ts';
import type { Seal } from '../settlement/seal.ts';
import type { CentreEnquiry } from './ask-centre.ts';
import { BookStore } from './book-store.ts';
import type { ChannelFiles, HospitalDays } from './books-of-others.ts';
import { dateOf, dayAfter, dayBefore, timeText } from './business-time.ts';
import { type CashCount, type CashCounting, writeCount } from './count-cash.ts';
import type { BusinessDate, ClaimLine } from './day-book.ts';
import type { DayView } from './day-view.ts';
import type { Difference } from './difference.ts';
import { DifferenceStore } from './difference-store.ts';
import { fetchCentre, fetchChannel, fetchHospital } from './fetch-books.ts';
import { dayAsKept, lookAtDay, type Shelves } from './look-at-day.ts';
import { reverseAtCentre } from './rule-reverse.ts';
import { StatementStore } from './statement-store.ts';
import { openTables } from './tables.ts';

export interface ReconciliationOptions {
  readonly store: Store;
  /** Opened when it is first needed. */
  readonly journal: () => Pick<Journal, 'entries'>;
  readonly seal: Seal;
  readonly statements: InsuranceStatements;
  readonly platform: Pick<InsurancePlatform, 'reverse'>;
  readonly hospital: HospitalDays;
  readonly payment: ChannelFiles;
  readonly clock: Clock;
  readonly site: {
    readonly areaCode: string;
    readonly messageSequence: { readonly first: number; readonly last: number };
    /** `insutype` that are asked about even on days without any claim. */
    readonly insuranceTypes: readonly string[];
  };
  /** A difference was found, or changed its state. */
  readonly onDifference?: (difference: Difference) => void;
}

/** `clr_type` 门诊, 住院 */
const CLEARING_TYPES = ['11', '21'];
/** A rule that changed something at the centre is followed by another look, this often at most. */
const MOST_ROUNDS = 3;

export type RunOutcome =
  | { readonly ran: true; readonly today: BusinessDate; readonly nowMs: number; readonly days: readonly DayView[] }
  /** Nobody told what day it is. */
  | { readonly ran: false; readonly why: string };

export class Reconciliation {
  readonly book: BookStore;
  readonly differences: DifferenceStore;
  readonly statements: StatementStore;
  readonly #options: ReconciliationOptions;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: ReconciliationOptions) {
    this.#options = options;
    openTables(options.store);
    this.book = new BookStore(options.store, options.journal);
    this.differences = new DifferenceStore(options.store);
    this.statements = new StatementStore(options.store);
  }

  /** Every day that is over and not closed, oldest first. */
  runDue(): Promise<RunOutcome> {
    return this.#alone(() => this.#run((today) => this.#due(today)));
  }

  /** One day, whatever it came to before. */
  runDay(date: BusinessDate): Promise<RunOutcome> {
    return this.#alone(() => this.#run((today) => (date < today ? [date] : [])));
  }

  /**
   * 清机: two people say what they counted in the cash box, or count one again. The day is looked at at once.
   *
   * @throws CountRefusedError
   */
  countCash(counting: CashCounting, again?: string): Promise<CashCount> {
    return this.#alone(async () => {
      await this.book.refresh(() => this.#pause());
      const told = await this.businessNow();
      // The box is emptied also when nobody tells what day it is.
      const nowMs = typeof told === 'number' ? told : this.#options.clock.wallMs();
      const at = timeText(nowMs);
      const count = writeCount(counting, { date: dateOf(at), at, again }, this);
      this.look(count.date, nowMs);
      return count;
    });
  }

  view(date: BusinessDate): DayView | undefined {
    return dayAsKept(date, this.#options.store, this.differences);
  }

  /** Looks again at a day with what is known; asks nobody. */
  look(date: BusinessDate, nowMs: number): DayView {
    const { view, changed } = lookAtDay(date, this.#shelves, nowMs);
    for (const difference of changed) this.#options.onDifference?.(difference);
    return view;
  }

  /** The centre's own time, Unix ms, made an anchor of the day book; `undefined` when nobody tells it. */
  async businessNow(): Promise<number | { readonly why: string }> {
    const { statements, clock } = this.#options;
    const answer = await statements.businessTime();
    if (answer.outcome !== 'ok') return { why: answer.outcome === 'refused' ? answer.message : answer.detail };
    const ms = parsePlatformTime(answer.value);
    if (ms === undefined) return { why: 'sign_time is no time' };
    this.book.addAnchor(clock.wallMs(), ms);
    return ms;
  }

  /** What a period's claims are asked about with. */
  enquiry(period: CentreEnquiry['period'], ours: readonly ClaimLine[]): CentreEnquiry {
    const { statements, store, seal } = this.#options;
    return {
      statements,
      period,
      ours,
      groups: this.#groups(),
      groupOf: (line) => line.group ?? this.#groupFor(line),
      claimKey: (settlement) => readClaimKey(store, seal, settlement),
    };
  }

  /** What names a patient is shredded when nothing of the month can need it any more. */
  shredKeys(dates: readonly BusinessDate[]): void {
    const { store } = this.#options;
    const settlements = new Set(dates.flatMap((date) => this.book.ofDay(date).map(({ settlement }) => settlement)));
    store.transaction(() => {
      for (const settlement of settlements) shredClaimKey(store, settlement);
    });
  }

  async #run(which: (today: BusinessDate) => readonly BusinessDate[]): Promise<RunOutcome> {
    const nowMs = await this.businessNow();
    if (typeof nowMs !== 'number') return { ran: false, why: nowMs.why };
    await this.book.refresh(() => this.#pause());
    await this.#askChannels();
    const today = dateOf(timeText(nowMs));
    const days: BusinessDate[] = [...which(today)];
    for (const date of days) await this.#fetch(date, nowMs);
    // A later day's books may explain an earlier day's, and the other way round.
    return { ran: true, today, nowMs, days: days.map((date) => this.look(date, nowMs)) };
  }

  #due(today: BusinessDate): readonly BusinessDate[] {
    const [first] = this.book.days();
    if (first === undefined) return [];
    const due: BusinessDate[] = [];
    // What was paid before midnight and settled after it stands in the file of the day before the first.
    for (let date = dayBefore(first); date < today; date = dayAfter(date)) {
      if (this.view(date)?.state !== 'closed') due.push(date);
    }
    return due;
  }

  async #fetch(date: BusinessDate, nowMs: number): Promise<void> {
    const { hospital, payment } = this.#options;
    const { book, statements } = this;
    const shelf = { book, statements };
    await fetchHospital(date, hospital, shelf);
    for (const channel of this.#channels() ?? []) await fetchChannel(date, channel, payment, shelf);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await fetchCentre(date, (period, ours) => this.enquiry(period, ours), shelf);
      this.look(date, nowMs);
      if (!(await this.#applyRules(date))) return;
    }
  }

  async #applyRules(date: BusinessDate): Promise<boolean> {
    const { platform, store, seal } = this.#options;
    const { book, differences } = this;
    const claimKey = (settlement: string) => readClaimKey(store, seal, settlement);
    let changed = false;
    for (const difference of differences.ofDay(date)) {
      if (difference.state !== 'open' || difference.remedy !== 'reverse') continue;
      changed = (await reverseAtCentre(difference, { platform, book, differences, claimKey })) || changed;
    }
    return changed;
  }

  async #askChannels(): Promise<void> {
    const answer = await this.#options.payment.channels();
    if (answer.outcome === 'ok') this.book.setMark('channels', JSON.stringify(answer.value));
  }

  #channels(): readonly string[] | undefined {
    const known = this.book.mark('channels');
    return known === undefined ? undefined : (JSON.parse(known) as string[]);
  }

  #groups(): readonly ClearingGroup[] {
    const { areaCode: clearingOffice, insuranceTypes } = this.#options.site;
    return insuranceTypes.flatMap((insuranceType) =>
      CLEARING_TYPES.map((clearingType) => ({ insuranceType, clearingType, clearingOffice })),
    );
  }

  #groupFor({ settlement }: ClaimLine): ClearingGroup {
    const { store, seal, site } = this.#options;
    const insuranceType = readClaimKey(store, seal, settlement)?.insuranceType ?? site.insuranceTypes[0] ?? '310';
    return { insuranceType, clearingType: '11', clearingOffice: site.areaCode };
  }

  get #shelves(): Shelves {
    return {
      store: this.#options.store,
      book: this.book,
      statements: this.statements,
      differences: this.differences,
      channels: () => this.#channels(),
      messageSequence: this.#options.site.messageSequence,
    };
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.timer(0, resolve);
    });
  }

  /** One run at a time, in the order in which they were asked for. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#running.then(work, work);
    this.#running = mine.catch(() => undefined);
    return mine;
  }
}
