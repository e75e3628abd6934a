/**
 * One shard of the soak: some days of one hall on real SQLite, from the first patient until everything is at rest.
 *
 * One promise: a seed and a shard number decide every byte of both journals.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from '../world/seeded-random.ts';
import { Chance, type Reached } from './chance.ts';
import { checkEnd, checkSaid, type Violation } from './invariants.ts';
import { Kiosk } from './kiosk.ts';
import type { Ledgers } from './ledgers.ts';
import { AREA } from './order-maker.ts';
import { WINDOW } from './parties/hospital.ts';
import type { RouteHabits } from './parties/payment-gateway.ts';
import { Site } from './site.ts';
import { calmAt, DAY_MS, NOON_MS, SoakHall } from './soak-hall.ts';
import { SqliteDisk } from './sqlite-disk.ts';
import { Uploads } from './uploads.ts';

export interface ShardWish {
  readonly seed: number;
  readonly shard: number;
  readonly days: number;
  readonly patientsADay: number;
  /** Days of the year before this shard. */
  readonly firstDay: number;
  /** An existing folder; the shard makes and removes one of its own in it. */
  readonly folder: string;
  /** Ends early once this many violations were seen. */
  readonly stopAfter?: number;
}

export interface ShardResult {
  readonly shard: number;
  /** Bills that kiosks settled, counted at the hospital. */
  readonly settlements: number;
  /** The same by flow. */
  readonly flows: Readonly<Record<string, number>>;
  /** How settlements ended, by what was said. */
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: number;
  readonly crashes: number;
  readonly reached: Reached;
  readonly calls: Readonly<Record<string, number>>;
  readonly slow: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  readonly violationCount: number;
  readonly hash: string;
}

/** 2026-01-01 00:00 in Beijing. */
const YEAR_BEGINS_MS = 1_767_196_800_000;
/** Refunds, conversions and discharges of the last day still come, and have their troubles, ms. */
const FOLLOWS_MS = 6 * 3_600_000;
/** What is still open after the last day has this long to end. */
const REST_MS = 26 * 3_600_000;
const INSTITUTION = 'H99000100001';

export function runShard(wish: ShardWish): ShardResult {
  const { seed, shard, days, firstDay } = wish;
  const folder = join(wish.folder, `shard-${shard}`);
  mkdirSync(folder, { recursive: true });
  const chance = new Chance({ seed, shard, canFind: shard % 5 !== 4 });
  const site = new Site(chance, habits);
  const hall = new SoakHall(site, { seed, shard, days });
  const kiosks = ['A', 'B'].map((name, index) => {
    const kiosk: Kiosk = new Kiosk({
      site,
      name,
      disk: new SqliteDisk(folder, name, new Uint8Array(32).fill(index + 1)),
      facts: {
        institutionCode: INSTITUTION,
        areaCode: AREA,
        messageSequence: { first: index * 5_000, last: index * 5_000 + 4_999 },
      },
      random: new SeededRandom(seed, `${shard}/${name}`),
      epochMs: YEAR_BEGINS_MS + firstDay * DAY_MS - NOON_MS,
      begunAs: hall.begunAs,
      onSaid: (record) => hall.said(record, kiosk),
    });
    return kiosk;
  });
  hall.kiosks = kiosks;
  const uploads = new Uploads(site, seed, shard);
  const endMs = days * DAY_MS;
  for (const kiosk of kiosks) {
    kiosk.start();
    uploads.keepSending(kiosk, endMs);
  }
  hall.plan(wish.patientsADay);
  calmAt(site, chance, endMs + FOLLOWS_MS);
  const stopAfter = wish.stopAfter ?? Number.POSITIVE_INFINITY;
  while (site.violationCount < stopAfter && site.step(endMs + REST_MS));
  for (const kiosk of kiosks) if (kiosk.isOn) uploads.finish(kiosk);
  if (site.violationCount < stopAfter) {
    site.violated(checkEnd(site.ledgers));
    for (const kiosk of kiosks) lookAgain(site, kiosk);
  }
  const hash = createHash('sha256');
  for (const kiosk of kiosks) {
    hash.update(kiosk.disk.headCode());
    kiosk.disk.remove();
  }
  rmSync(folder, { recursive: true, force: true });
  return {
    shard,
    ...counted(site.ledgers),
    faults: chance.troubles,
    crashes: kiosks.reduce((sum, { crashes }) => sum + crashes, 0),
    reached: chance.table,
    calls: chance.calls,
    slow: hall.slow,
    violations: site.violations,
    violationCount: site.violationCount,
    hash: hash.digest('hex'),
  };
}

/** How brokers differ, by the last letter of a number: half end orders by themselves, some refunds take minutes. */
const letter = (number: string): number => number.charCodeAt(number.length - 1) % 16;
const habits: RouteHabits = {
  endsByItself: (number) => letter(number) < 8,
  isSlowToClose: (number) => letter(number) % 4 === 0,
  slowRefund: (number) => {
    const kind = [...number].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 1_009, 7);
    return kind < 200 ? { ms: 20_000 + kind * 1_000, fails: kind < 10 } : undefined;
  },
};

/** One in eight of what was ever said, read from the journal again. */
function lookAgain(site: Site, kiosk: Kiosk): void {
  let index = 0;
  for (const record of site.ledgers.records.values()) {
    index += 1;
    if (index % 8 !== 0 || record.kiosk !== kiosk.name || !record.said || !kiosk.isOn) continue;
    site.violated(checkSaid(record.said, kiosk.status(record.number), site.ledgers));
  }
}

function counted({ hospital, records, uploads }: Ledgers) {
  const flows: Record<string, number> = {};
  const ends: Record<string, number> = {};
  let settlements = 0;
  for (const { confirmed } of hospital.bills.values()) {
    if (!confirmed || confirmed.by === WINDOW) continue;
    settlements += 1;
    const flow = records.get(confirmed.by)?.order.flow ?? 'nobody';
    flows[flow] = (flows[flow] ?? 0) + 1;
  }
  // A parked bill is known to nobody but the server that it was uploaded to.
  for (const key of uploads.effects.keys()) {
    if (!key.endsWith(' parked')) continue;
    settlements += 1;
    flows['parked'] = (flows['parked'] ?? 0) + 1;
  }
  for (const { said } of records.values()) {
    const end = said?.view.state ?? 'unsaid';
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return { settlements, flows, ends };
}
