/**
 * 价格公示: anybody looks up what something costs, keeps up to twenty items and takes them home on paper; no identity.
 *
 * It is reached from the home screen and, with a bill open, from every screen before paying (SZ-185); then the screen
 * below comes back as it was. One promise: what stands on screen and paper is of one edition, and nothing dated is
 * printed while the price data are old (SZ-174, Z-5.2.2).
 */
import type { ShownEdition } from '../catalogue/catalogue.ts';
import { fieldsOf, nameOf, type PriceItem, specificationOf } from '../catalogue/price-item.ts';
import type { PriceRoom } from '../catalogue/price-room.ts';
import { forReader } from '../documents/large-print.ts';
import { priceListSlip } from '../documents/price-list-slip.ts';
import { platformDate, platformTime } from '../insurance/platform-time.ts';
import type { PriceEditionOnScreen, PriceKind, PricePaper, PriceRow, ScreenBody } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble } from './deliver-paper.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';

/** Rows of one search: what a patient pages through. */
const MOST_ROWS = 40;
/** product.md 2.4 */
const MOST_KEPT = 20;
const PRINT_TIMEOUT_MS = 60_000;

type Next =
  | { readonly go: 'leave' | 'search' | 'list' | 'print' }
  | { readonly go: 'item'; readonly code: string }
  | { readonly go: 'find'; readonly kind: PriceKind | 'none'; readonly text: string }
  | { readonly go: 'keep'; readonly keep: boolean }
  | { readonly go: 'printed'; readonly paper: PricePaper };

type Place = 'search' | 'list' | { readonly code: string };

/** @param below What comes back afterwards: the home screen, or the page of a patient whose bill is open. */
export async function priceEnquiry(rooms: Rooms, session: Session, below: 'home' | 'page'): Promise<JourneyEnd> {
  const { prices } = rooms;
  if (prices?.state().edition) await new Enquiry(rooms, session, prices, below).run();
  return 'pricesShown';
}

class Enquiry {
  readonly #rooms: Rooms;
  readonly #session: Session;
  readonly #prices: PriceRoom;
  readonly #below: 'home' | 'page';
  readonly #kept: string[] = [];
  #kind: PriceKind | 'none' = 'none';
  #query = '';
  /** What is shown: the search, one item, or what is kept. */
  #at: Place = 'search';
  #paper: PricePaper = 'can';

  constructor(rooms: Rooms, session: Session, prices: PriceRoom, below: 'home' | 'page') {
    this.#rooms = rooms;
    this.#session = session;
    this.#prices = prices;
    this.#below = below;
  }

  async run(): Promise<void> {
    let printing: Promise<Next> | undefined;
    // The same page in newer figures: a finger that is on it keeps its key.
    let goesOn = false;
    for (;;) {
      const edition = this.#prices.catalogue.edition();
      if (!edition) return;
      const next = await this.#ask(edition, goesOn, printing);
      goesOn = false;
      switch (next.go) {
        case 'leave':
          return;
        case 'search':
        case 'list':
          this.#turnTo(next.go);
          printing = undefined;
          break;
        case 'item':
          this.#turnTo({ code: next.code });
          printing = undefined;
          break;
        case 'find':
          this.#kind = next.kind;
          this.#query = next.text;
          goesOn = true;
          break;
        case 'keep':
          this.#keep(next.keep);
          goesOn = true;
          break;
        case 'print':
          // The list has changed under the page: the newer one is shown first.
          if (this.#prices.catalogue.edition()?.version === edition.version) printing = this.#print(edition);
          if (printing) this.#paper = 'printing';
          goesOn = true;
          break;
        case 'printed':
          printing = undefined;
          this.#paper = next.paper;
          goesOn = true;
      }
    }
  }

  #ask(edition: ShownEdition, goesOn: boolean, printing: Promise<Next> | undefined): Promise<Next> {
    return this.#session.ask<Next>(this.#body(edition), {
      accept: (act) => this.#accept(act),
      // Over the home screen nothing is lost and nobody is warned (product.md 2.4). Over a bill, whoever has gone must
      // not have it come back for the next one to read.
      patience:
        this.#below === 'page' ? 'idle' : { timer: this.#rooms.profile.timers.idle, afterwards: { go: 'leave' } },
      ...(printing && { until: printing }),
      ...(goesOn && { goesOn: true as const }),
    });
  }

  #accept(act: Act): Next | undefined {
    if (act.kind === 'code') return this.#scanned(act);
    if (act.kind !== 'intent') return undefined;
    const { intent } = act;
    switch (intent.do) {
      case 'priceSearch':
        return { go: 'find', kind: intent.kind, text: intent.text };
      case 'priceItem':
        return { go: 'item', code: intent.code };
      case 'priceList':
        return { go: 'list' };
      case 'priceKeep':
        return { go: 'keep', keep: intent.keep };
      case 'print':
        return { go: 'print' };
      case 'confirm':
        return { go: 'search' };
      case 'cancel':
        return { go: 'leave' };
      default:
        return undefined;
    }
  }

  /** An item's own code, off a shelf or a leaflet. A credential that is held up here is left sealed. */
  #scanned(act: Extract<Act, { kind: 'code' }>): Next | undefined {
    if (act.codeKind !== 'unknown') return undefined;
    const code = act.text.reveal();
    return this.#prices.catalogue.item(code, this.#day()) ? { go: 'item', code } : undefined;
  }

  #turnTo(at: Place): void {
    this.#at = at;
    this.#paper = 'can';
  }

  #keep(keep: boolean): void {
    if (typeof this.#at !== 'object') return;
    const { code } = this.#at;
    const at = this.#kept.indexOf(code);
    if (keep && at < 0 && this.#kept.length < MOST_KEPT) this.#kept.push(code);
    if (!keep && at >= 0) this.#kept.splice(at, 1);
  }

  #body(edition: ShownEdition): ScreenBody {
    const shown: PriceEditionOnScreen = {
      version: edition.version,
      publishedOn: edition.publishedOn,
      old: this.#isOld(),
      zeroMarkup: edition.ownership === 'public',
    };
    const kept = this.#kept.length;
    if (this.#at === 'list' && kept > 0) {
      const rows = this.#itemsOf(this.#kept).map(rowOf);
      return { name: 'S-PRICE-LIST', rows, edition: shown, paper: this.#paperNow(rows.length) };
    }
    const item = typeof this.#at === 'object' ? this.#itemsOf([this.#at.code])[0] : undefined;
    if (item) {
      const { kind, code, selfPriced = false, pricedBy } = item;
      return {
        name: 'S-PRICE-ITEM',
        item: { kind, code, fields: fieldsOf(item), selfPriced, pricedBy },
        ...{ edition: shown, kept, isKept: this.#kept.includes(code), paper: this.#paperNow(1) },
      };
    }
    this.#at = 'search';
    const found = this.#search(this.#query);
    const counts = { service: found.service.length, drug: found.drug.length, consumable: found.consumable.length };
    const rows = this.#kind === 'none' ? [] : found[this.#kind].slice(0, MOST_ROWS).map(rowOf);
    return {
      ...{ name: 'S-PRICE', kind: this.#kind, query: this.#query, found: counts, most: MOST_ROWS },
      ...{ rows, edition: shown, kept },
    };
  }

  /** One more of each kind than is shown, when there are more. */
  #search(text: string): Readonly<Record<PriceKind, readonly PriceItem[]>> {
    const of = (kind: PriceKind): readonly PriceItem[] =>
      this.#prices.catalogue.search({ kind, text, day: this.#day(), most: MOST_ROWS + 1 }).items;
    return { service: of('service'), drug: of('drug'), consumable: of('consumable') };
  }

  #paperNow(items: number): PricePaper {
    if (this.#paper === 'printing' || this.#paper === 'printed') return this.#paper;
    if (this.#isOld()) return 'old';
    if (!this.#prices.mayPrint(items)) return 'limit';
    return this.#paper === 'none' || printerTrouble(this.#rooms) ? 'none' : 'can';
  }

  /** What is on the page, from the edition that the page shows. Not bound to the patient's patience. */
  async #print(edition: ShownEdition): Promise<Next> {
    const { printer, config, profile, clock, audit } = this.#rooms;
    const items = this.#itemsOf(typeof this.#at === 'object' ? [this.#at.code] : this.#kept);
    const allowed = !this.#isOld() && this.#prices.mayPrint(items.length);
    if (!printer || !allowed || printerTrouble(this.#rooms)) return { go: 'printed', paper: allowed ? 'none' : 'can' };
    const printedAt = platformTime(clock.wallMs());
    const document = priceListSlip({ config, profile, language: this.#session.language, edition, items, printedAt });
    this.#prices.printed(items.length);
    const done = await printer.print(forReader(document, this.#session.textSize), { timeoutMs: PRINT_TIMEOUT_MS });
    const version = `${edition.id}/${edition.version}`;
    audit.write('prices.printed', { version, count: items.length, state: done.done ? done.value.proof : 'failed' });
    return { go: 'printed', paper: done.done ? 'printed' : 'none' };
  }

  #itemsOf(codes: readonly string[]): readonly PriceItem[] {
    const day = this.#day();
    return codes.flatMap((code) => this.#prices.catalogue.item(code, day) ?? []);
  }

  #isOld(): boolean {
    return this.#prices.state().old.length > 0;
  }

  #day(): string {
    return platformDate(this.#rooms.clock.wallMs());
  }
}

function rowOf(item: PriceItem): PriceRow {
  const { code, unit, price, selfPriced = false } = item;
  return { code, name: nameOf(item), detail: specificationOf(item), unit, price, selfPriced };
}
