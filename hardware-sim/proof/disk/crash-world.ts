/**
 * One hospital with one kiosk for the crash proof, from the first patient until everything is at rest.
 *
 * One promise: a seed, the flows and the ledger's answers decide everything, so a world is replayed up to any cut.
 */
import type { openLedgerOn } from '../../../firmware/settlement/ledger.ts';
import type { FlowKind } from '../flow-table.ts';
import { checkEnd, checkSaid } from '../invariants.ts';
import { Kiosk } from '../kiosk.ts';
import type { KioskDisk } from '../kiosk-disk.ts';
import { AREA } from '../order-maker.ts';
import type { RouteHabits } from '../parties/payment-gateway.ts';
import { Site } from '../site.ts';
import { Uploads } from '../uploads.ts';
import { CrashHall } from './crash-hall.ts';
import { CutLuck } from './cut-luck.ts';
import type { CallRandom } from './tape.ts';

export interface WorldWish {
  readonly seed: number;
  /** What the first patients come with. */
  readonly flows: readonly FlowKind[];
  readonly disk: KioskDisk;
  readonly random: CallRandom;
  readonly openLedger: typeof openLedgerOn;
}

const MINUTE_MS = 60_000;
/** Nothing goes wrong by itself after this. */
const CALM_MS = 40 * MINUTE_MS;
const UPLOADS_MS = 90 * MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;
const END_MS = 30 * HOUR_MS;
/** A world that is broken is not looked at any further. */
const ENOUGH = 6;
/** 2026-11-22 09:00 in Beijing, Unix ms. */
const EPOCH_MS = 1_795_309_200_000;

/** Half of the brokers end orders by themselves, some refunds take minutes. */
const letter = (number: string): number => number.charCodeAt(number.length - 1) % 16;
const habits: RouteHabits = {
  endsByItself: (number) => letter(number) < 8,
  isSlowToClose: (number) => letter(number) % 4 === 0,
  slowRefund: (number) => (letter(number) < 3 ? { ms: 30_000 + letter(number) * 40_000, fails: false } : undefined),
};

export class CrashWorld {
  readonly luck: CutLuck;
  readonly site: Site;
  readonly kiosk: Kiosk;
  readonly #hall: CrashHall;
  readonly #uploads: Uploads;
  readonly #flows: readonly FlowKind[];

  constructor({ seed, flows, disk, random, openLedger }: WorldWish) {
    this.luck = new CutLuck(seed);
    this.site = new Site(this.luck, habits);
    this.#hall = new CrashHall(this.site, seed);
    this.#uploads = new Uploads(this.site, seed, 0);
    this.#flows = flows;
    const facts = { institutionCode: 'H99000100001', areaCode: AREA, messageSequence: { first: 0, last: 4_999 } };
    this.kiosk = new Kiosk({
      ...{ site: this.site, name: 'kiosk', disk, facts, random, openLedger, epochMs: EPOCH_MS },
      begunAs: this.#hall.begunAs,
      onSaid: (record) => this.#hall.said(record),
    });
    this.#hall.kiosk = this.kiosk;
  }

  toTheEnd(): void {
    const { site, kiosk } = this;
    kiosk.start();
    this.#uploads.keepSending(kiosk, UPLOADS_MS);
    this.#hall.plan(this.#flows);
    site.agenda.at(CALM_MS, () => this.luck.calm());
    for (let end = END_MS; ; end += HOUR_MS) {
      while (site.violationCount < ENOUGH && site.step(end));
      if (site.violationCount >= ENOUGH) return;
      this.#uploads.finish(kiosk);
      // A cut in the last upload: it starts once more.
      if (kiosk.isOn || site.agenda.size === 0) break;
    }
    site.violated(checkEnd(site.ledgers));
    for (const { said, number } of site.ledgers.records.values()) {
      if (said && kiosk.isOn) site.violated(checkSaid(said, kiosk.status(number), site.ledgers));
    }
  }
}
