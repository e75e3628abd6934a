/**
 * Keeps the published prices current: takes what is put down, asks the centre whether there is anything newer, and
 * tells the engineers and the price office what they must know (Z-5.2.2, Z-5.1.2, SZ-174, SZ-181).
 *
 * One promise: within five minutes of a newer catalogue at the centre the price data are called old, and stay so until
 * a list made from it is shown. A centre that cannot be asked makes nothing old.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { CatalogueNews } from '../insurance/catalogue-news.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { Catalogue, ShownEdition } from './catalogue.ts';
import type { ImportOutcome } from './import-price-list.ts';
import type { PriceDoor } from './price-door.ts';
import { type ItemKind, itemKinds } from './price-item.ts';

const LOOK_EVERY_MS = 60_000;
/** Well below the five minutes of Z-5.2.2, with an answer that comes late. */
const ASK_EVERY_MS = 4 * 60_000;

type Facts = Readonly<Record<string, string | number | readonly string[]>>;

export interface PriceWatchParts {
  readonly catalogue: Catalogue;
  readonly door: PriceDoor;
  readonly news: CatalogueNews;
  readonly audit: Pick<AuditTrail, 'write'>;
  readonly clock: Clock;
  readonly notices: {
    staffTask(number: string, task: 'priceListRefused' | 'oldPriceList' | 'soldAbovePurchase', facts: Facts): void;
  };
}

export interface PriceState {
  readonly edition: ShownEdition | undefined;
  /** Kinds of which the centre has a newer catalogue. */
  readonly old: readonly ItemKind[];
  /** Why the list that lies there was not taken. */
  readonly refused: string | undefined;
}

export class PriceWatch {
  readonly #parts: PriceWatchParts;
  readonly #listeners = new Set<() => void>();
  readonly #old = new Set<ItemKind>();
  #edition: ShownEdition | undefined;
  #refused: string | undefined;
  #stamp: string | undefined;
  #stopLook: Unsubscribe = () => undefined;
  #stopAsk: Unsubscribe = () => undefined;
  #closed = false;

  constructor(parts: PriceWatchParts) {
    this.#parts = parts;
  }

  /** Not before the first patient is served: nobody waits for prices. */
  start(): void {
    this.#seeEdition();
    this.#look();
    this.#ask();
  }

  state(): PriceState {
    return { edition: this.#edition, old: [...this.#old], refused: this.#refused };
  }

  /** There is a list, or its age changed. */
  onChanged(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#stopLook();
    this.#stopAsk();
    this.#parts.door.close();
  }

  #look(): void {
    const stamp = this.#parts.door.stamp();
    if (stamp === undefined || stamp === this.#stamp) {
      this.#lookAgain();
      return;
    }
    this.#stamp = stamp;
    this.#parts.door
      .take()
      .then((outcome) => this.#taken(outcome))
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#lookAgain());
  }

  #lookAgain(): void {
    if (!this.#closed) this.#stopLook = this.#parts.clock.timer(LOOK_EVERY_MS, () => this.#look());
  }

  #taken(outcome: ImportOutcome): void {
    if (this.#closed) return;
    const { audit, notices } = this.#parts;
    if (outcome.outcome === 'refused') {
      this.#refused = `${outcome.reason}: ${outcome.detail}`;
      audit.write('prices.refused', { reason: outcome.reason });
      notices.staffTask(`prices ${this.#stamp ?? ''}`.slice(0, 60), 'priceListRefused', {
        reason: outcome.reason,
        detail: outcome.detail,
      });
      return;
    }
    this.#refused = undefined;
    this.#seeEdition();
    if (outcome.outcome === 'shownAlready') return;
    const { id, version } = outcome.edition;
    const { added, changed, removed } = outcome.changes;
    audit.write('prices.imported', {
      version: `${id}/${version}`,
      state: `added ${added}, changed ${changed}, removed ${removed}`,
      choice: outcome.signers.map(({ personId, duty }) => `${personId} ${duty}`).join(', '),
    });
    if (outcome.dearer.length > 0) {
      notices.staffTask(`${id}/${version}`, 'soldAbovePurchase', {
        version: `${id}/${version}`,
        codes: outcome.dearer,
      });
    }
    // Whatever was old: the new list says itself what it was made from.
    this.#old.clear();
    this.#askNow();
    this.#tell();
  }

  #ask(): void {
    this.#stopAsk = this.#parts.clock.timer(ASK_EVERY_MS, () => this.#ask());
    this.#askNow();
  }

  #askNow(): void {
    const edition = this.#edition;
    if (!edition) return;
    for (const kind of itemKinds) {
      const from = edition.madeFrom[kind];
      if (from === undefined) continue;
      this.#parts.news
        .newerThan(kind, from)
        .then((answer) => {
          if (answer.outcome === 'ok' && edition.version === this.#edition?.version)
            this.#heard(kind, answer.value > 0);
        })
        .catch((error: unknown) => this.#failed(error));
    }
  }

  #heard(kind: ItemKind, newer: boolean): void {
    if (this.#closed || newer === this.#old.has(kind)) return;
    const { audit, notices } = this.#parts;
    const { id = '', version = 0 } = this.#edition ?? {};
    if (newer) {
      this.#old.add(kind);
      notices.staffTask(`${id}/${version} ${kind}`, 'oldPriceList', { version: `${id}/${version}`, kind });
    } else {
      this.#old.delete(kind);
    }
    audit.write(newer ? 'prices.old' : 'prices.current', { version: `${id}/${version}`, choice: kind });
    this.#tell();
  }

  #seeEdition(): void {
    try {
      const edition = this.#parts.catalogue.edition();
      const other = edition?.version !== this.#edition?.version;
      this.#edition = edition;
      if (other) this.#tell();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    this.#refused = error instanceof Error ? error.name : 'unknown';
    this.#parts.audit.write('prices.failed', { reason: this.#refused });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
