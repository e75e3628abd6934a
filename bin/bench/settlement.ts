/**
 * What money that cannot be lost costs: a durable step, a whole settlement, and the thread beside a slow disk.
 *
 * Everything but processor time is taken on a real disk, in turns with its floor.
 */
import type { Bench, BenchResult } from './bench-row.ts';
import { onRealDisk, removeFolder } from './flush-folder.ts';
import { happyPath, loopDelay } from './settlement-path.ts';
import { durableStep, processorTime } from './settlement-steps.ts';

export const settlement: Bench = {
  name: 'settlement',
  summary: 'durable step and whole settlement, against raw appends with fdatasync; loop delay on a slow disk',
  run: async (share) => {
    const folder = onRealDisk();
    if (folder === undefined) {
      return [{ name: 'settlement', skipped: 'only memory-backed storage here' }, processorTime(share)];
    }
    try {
      const steps: readonly BenchResult[] = durableStep(folder, share);
      const path = await happyPath(folder, share);
      const loop = await loopDelay(folder, share);
      return [...steps, path, loop, processorTime(share)];
    } finally {
      removeFolder(folder);
    }
  },
};
