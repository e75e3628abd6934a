/**
 * The room of published prices as the rest of the kiosk knows it: the catalogue, how old it is, how much of it may
 * still be printed this hour.
 *
 * One promise: nothing of it runs before the first patient can be served, and nobody ever waits for it.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { CatalogueNews } from '../insurance/catalogue-news.ts';
import type { Clock, Store, StorePort } from '../ports.ts';
import type { Trust } from '../region/pack-signatures.ts';
import type { PublishedPrices } from '../region/published-prices.ts';
import { Catalogue } from './catalogue.ts';
import type { SignedPriceList } from './import-price-list.ts';
import { doorHere, type PriceDoor } from './price-door.ts';
import { type PriceState, PriceWatch, type PriceWatchParts } from './price-watch.ts';

/** Where lists come from: a door, or lists that are taken in this thread. */
export type PriceChoice = PriceDoor | { readonly offered: () => SignedPriceList | undefined };

export interface PriceRoomParts {
  readonly choice: PriceChoice;
  readonly store: StorePort;
  readonly trust: Trust;
  readonly institution: string;
  readonly news: CatalogueNews;
  readonly audit: Pick<AuditTrail, 'write'>;
  readonly clock: Clock;
  readonly notices: PriceWatchParts['notices'];
  /** Items that may be printed within an hour; the usual number when absent. */
  readonly printedPerHour?: number | undefined;
}

const HOUR_MS = 3_600_000;
const USUAL_PER_HOUR = 60;

export class PriceRoom {
  readonly catalogue: Catalogue;
  readonly #watch: PriceWatch;
  readonly #clock: Clock;
  readonly #perHour: number;
  #printed: { readonly atMs: number; readonly items: number }[] = [];

  constructor(parts: PriceRoomParts) {
    const { store, trust, institution, clock, choice } = parts;
    this.catalogue = new Catalogue(() => store.open('catalogue.db', 'rebuildable'));
    let opened: Store | undefined;
    const here = (offered: () => SignedPriceList | undefined): PriceDoor =>
      doorHere(offered, () => {
        opened ??= store.open('catalogue.db', 'rebuildable');
        return { store: opened, trust, institution, nowMs: clock.wallMs() };
      });
    const door = 'offered' in choice ? here(choice.offered) : choice;
    const { news, audit, notices } = parts;
    this.#watch = new PriceWatch({ catalogue: this.catalogue, door, news, audit, clock, notices });
    this.#clock = clock;
    this.#perHour = parts.printedPerHour ?? USUAL_PER_HOUR;
  }

  /** @param onChanged There are prices to look at, or others than before. */
  start(onChanged: (there: boolean) => void): void {
    this.#watch.onChanged(() => onChanged(this.state().edition !== undefined));
    this.#watch.start();
  }

  state(): PriceState {
    return this.#watch.state();
  }

  pricesInForce(): PublishedPrices | undefined {
    return this.catalogue.pricesInForce();
  }

  /** Whether so many items may be printed now. */
  mayPrint(items: number): boolean {
    const sinceMs = this.#clock.monotonicMs() - HOUR_MS;
    this.#printed = this.#printed.filter(({ atMs }) => atMs > sinceMs);
    return this.#printed.reduce((sum, one) => sum + one.items, items) <= this.#perHour;
  }

  printed(items: number): void {
    this.#printed.push({ atMs: this.#clock.monotonicMs(), items });
  }

  close(): void {
    this.#watch.close();
    this.catalogue.close();
  }
}
