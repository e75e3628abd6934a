/**
 * A small piece of the soak with its files on a real disk, so that every commit is a real flush.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShard } from './soak-shard.ts';

/** Patients of the one day. */
const PATIENTS = 60;

export function fsyncSample(seed: number, folder = tmpdir()) {
  const own = mkdtempSync(join(folder, 'yizhan-soak-'));
  try {
    const wish = { seed, shard: 1_000_000, days: 1, firstDay: 0, patientsADay: PATIENTS, folder: own };
    const { settlements, crashes, violationCount, hash } = runShard(wish);
    return { settlements, crashes, violations: violationCount, journalHash: hash };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
