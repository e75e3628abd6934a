/**
 * How long a kiosk takes from the start of its process until it takes a card,
 * and what it then weighs, beside the bare engine in the same run.
 *
 * The journal is recovered (none is open), the home screen is shown with the
 * insurance path open, the card reader is online. Rounds alternate.
 */
import { type Bench, type BenchResult, ratioRow, roundsOf } from './bench-row.ts';
import { bareEngineMs, idleEngine, KioskStand, residentMb } from './kiosk-stand.ts';

/** design.md section 14 and the journal's section 4. */
const TARGET_START = 2;
const TARGET_MEMORY = 2;
/** The first starts fill the code cache and make the database. */
const WARM_UPS = 3;
/** Memory is read when the start's own garbage had time to go. */
const SETTLE_MS = 1_000;

export const start: Bench = {
  name: 'start',
  summary: 'process start → accepting a card, against a bare engine start; and memory',
  run: async (share) => {
    const stand = await KioskStand.open();
    try {
      return await measure(stand, roundsOf(25, share, 2));
    } finally {
      await stand.close();
    }
  },
};

async function measure(stand: KioskStand, rounds: number): Promise<readonly BenchResult[]> {
  const accepting: number[] = [];
  const screen: number[] = [];
  const bare: number[] = [];
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    const bareMs = await bareEngineMs();
    const kiosk = await stand.start();
    if (round >= 0) {
      bare.push(bareMs);
      accepting.push(kiosk.acceptingAfterMs);
      screen.push(kiosk.screenAfterMs);
    }
    await kiosk.end();
  }
  return [
    ratioRow({ name: 'start', unit: 'ms', values: accepting, floors: bare, targetRatio: TARGET_START }),
    ratioRow({ name: 'start.screen', unit: 'ms', values: screen, floors: bare, targetRatio: null }),
    await memory(stand, Math.min(3, rounds)),
  ];
}

async function memory(stand: KioskStand, rounds: number): Promise<BenchResult> {
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const idle = idleEngine();
    const kiosk = await stand.start();
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    values.push(residentMb(kiosk.processId));
    floors.push(residentMb(idle.pid));
    idle.kill('SIGKILL');
    await kiosk.end();
  }
  if (values.some(Number.isNaN)) return { name: 'memory', skipped: 'needs /proc (Linux)' };
  return ratioRow({ name: 'memory', unit: 'MB', values, floors, targetRatio: TARGET_MEMORY });
}
