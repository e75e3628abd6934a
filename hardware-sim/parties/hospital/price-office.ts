/**
 * 物价办: makes the hospital's price list from the centre's catalogues and publishes a newer one when hands ask for it.
 * Who signs it stands outside: the office has no keys.
 */
import { type DemoPriceList, demoPriceList, priceListBytes } from '../catalogue/price-list.ts';

export interface PriceOfficeParts {
  /** `fixmedins_code` */
  readonly institution: string;
  /** The centre's newest catalogues at this moment. */
  readonly catalogues: () => Readonly<Record<'drug' | 'service' | 'consumable', string>>;
}

/** Which price goes up or down, by code or name, in decimal yuan. */
export interface PriceMove {
  readonly item: string;
  readonly price: string;
}

/** A plain thing that stands on no bill. */
const USUAL_MOVE = '一次性使用注射器';

export class PriceOffice {
  readonly #parts: PriceOfficeParts;
  readonly #watchers = new Set<() => void>();
  #list: DemoPriceList | undefined;
  #bytes: Uint8Array | undefined;

  constructor(parts: PriceOfficeParts) {
    this.#parts = parts;
  }

  /** The newest list. The same bytes until another one is published. */
  get list(): Uint8Array {
    this.#bytes ??= priceListBytes(this.#current());
    return this.#bytes;
  }

  get version(): number {
    return this.#current().head.version;
  }

  onPublished(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Hands: the next edition, made from the newest catalogues, with one price moved. @throws Error when nothing is called so. */
  publish(move?: PriceMove): void {
    const { head, items } = this.#current();
    const at = items.findIndex((item) =>
      [item.code, item['name'], item['genericName']].includes(move?.item ?? USUAL_MOVE),
    );
    const moved = items[at];
    if (!moved) throw new Error(`Nothing in the price list is called "${move?.item}".`);
    const price = move?.price ?? `${Number.parseInt(String(moved['price']), 10) + 1}.00`;
    items[at] = { ...moved, price, ...('purchasePrice' in moved && { purchasePrice: price }) };
    this.#list = { head: { ...head, version: head.version + 1, madeFrom: this.#parts.catalogues() }, items };
    this.#bytes = undefined;
    for (const watcher of this.#watchers) watcher();
  }

  #current(): DemoPriceList {
    this.#list ??= demoPriceList(this.#parts.institution);
    return this.#list;
  }
}
