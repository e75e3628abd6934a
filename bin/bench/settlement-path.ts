/**
 * A whole settlement as production runs it (desk here, ledger in its worker) beside its own flushes;
 * and what this thread feels of a disk that is slow.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { systemClock } from '../../drivers/system-clock.ts';
import { createSettlements } from '../../firmware/settlement/desk.ts';
import type { Settlements } from '../../firmware/settlement/settlements.ts';
import { openWorkerLedger } from '../../firmware/settlement/worker-ledger.ts';
import { benchOrder, EFFECTS, instantParties, kiosk, random, sealingKey } from './bench-bill.ts';
import { type BenchResult, ratioRow, roundsOf } from './bench-row.ts';
import { RawLog } from './flush-folder.ts';

/** design.md section 14 */
const TARGET_PATH = 1.5;
const TARGET_LOOP = 2.5;
const WARM_UPS = 80;
/** About what one commit writes; the flush takes its time whatever it is. */
const PAYLOAD_BYTES = 900;
const WINDOW_MS = 2_000;
const NANOSECONDS = 1e6;

function openDesk(path: string, program?: URL): Settlements {
  const worker = { path, sealingKey, random, clock: systemClock, ...(program && { program }) };
  return createSettlements({ ledger: openWorkerLedger(worker), clock: systemClock, kiosk, ...instantParties });
}

/** Resolves when what is shown of the settlement is its end. */
async function settle(settlements: Settlements, bill: number): Promise<void> {
  const { number } = await settlements.begin(benchOrder(bill));
  await new Promise<void>((resolve) => {
    const stop = settlements.watch(number, ({ view }) => {
      if (view.state !== 'settled') return;
      setImmediate(() => stop());
      resolve();
    });
  });
}

export async function happyPath(folder: string, share: number): Promise<BenchResult> {
  const settlements = openDesk(join(folder, 'path.db'));
  const log = new RawLog(folder, 'fdatasync', PAYLOAD_BYTES);
  const values: number[] = [];
  const floors: number[] = [];
  const rounds = roundsOf(200, share, 3);
  for (let bill = -WARM_UPS; bill < rounds; bill += 1) {
    const startedMs = performance.now();
    await settle(settlements, bill);
    const settledMs = performance.now();
    for (let flush = 0; flush <= EFFECTS; flush += 1) log.append();
    if (bill < 0) continue;
    values.push(settledMs - startedMs);
    floors.push(performance.now() - settledMs);
  }
  await settlements.close();
  log.close();
  const note = `desk and worker, instant parties, beside ${EFFECTS + 1} raw appends with fdatasync`;
  return ratioRow({ name: 'settlement.path', unit: 'ms', values, floors, targetRatio: TARGET_PATH, note });
}

export async function loopDelay(folder: string, share: number): Promise<BenchResult> {
  const settlements = openDesk(join(folder, 'loop.db'), new URL('./slow-ledger-worker.ts', import.meta.url));
  let bill = 0;
  await settle(settlements, bill);
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = roundsOf(6, share); round > 0; round -= 1) {
    floors.push(await delayP99(after(WINDOW_MS)));
    values.push(
      await delayP99(
        (async () => {
          for (const endMs = performance.now() + WINDOW_MS; performance.now() < endMs; ) {
            bill += 1;
            await settle(settlements, bill);
          }
        })(),
      ),
    );
  }
  await settlements.close();
  const note = 'p99 of each window, settlements one after the other on a disk whose flush takes 20 ms';
  return ratioRow({ name: 'settlement.loop', unit: 'ms', values, floors, targetRatio: TARGET_LOOP, note });
}

/** p99 of what this thread's loop is late by while something goes on, sampled every ms. */
async function delayP99(meanwhile: Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await meanwhile;
  histogram.disable();
  return histogram.percentile(99) / NANOSECONDS;
}
