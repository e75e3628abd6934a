/** Calls of the engine that fail, one at a time: every n-th in the short form, each of them in `yizhan sim crash`. */
import { expect, test, vi } from 'vitest';
import { ioErrors } from '../../hardware-sim/proof/disk/io-error-table.ts';
import { playIoErrors } from '../../hardware-sim/proof/disk/io-errors.ts';

// Dozens of short days and hundreds of databases: seconds, or a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const of = (call: string, error: string) => ioErrors.filter((row) => row.call === call && row.error === error);

test('whichever call fails, the ledger stops by name and the next process finds all that was acknowledged', async () => {
  const { findings, runs, ends } = await playIoErrors({ seed: 1, bills: 1, errors: ioErrors, stride: 29 });
  expect(findings).toEqual([]);
  expect(runs).toBeGreaterThan(35);
  expect(ends['LedgerStoppedError']).toBeGreaterThan(10);
});

test('a flush that fails is never taken for one that was made, wherever it falls', async () => {
  const { findings, ends } = await playIoErrors({ seed: 2, bills: 1, errors: of('sync', 'EIO'), stride: 4 });
  expect(findings).toEqual([]);
  expect(ends['LedgerStoppedError']).toBeGreaterThan(3);
});

/**
 * Found by the sweep: the engine answers "wal" although the error left it on the old journal, whose commits a power
 * cut can undo; and it takes no notice when the flush that keeps the log's name fails.
 */
test('an I/O error while the write-ahead log is switched on never leaves a weaker store in use', async () => {
  const switching = [...of('unlink', 'EIO'), ...of('open', 'EIO'), ...of('sync', 'EIO').slice(0, 1)];
  const { findings, ends } = await playIoErrors({ seed: 1, bills: 1, errors: switching, stride: 5 });
  expect(findings).toEqual([]);
  expect(ends['StoreUnsoundError']).toBeGreaterThan(2);
});

test('a disk that fills in the middle stops the ledger by name and loses nothing', async () => {
  const { findings, ends } = await playIoErrors({ seed: 3, bills: 1, errors: of('write', 'ENOSPC'), stride: 13 });
  expect(findings).toEqual([]);
  expect(ends['LedgerStoppedError']).toBeGreaterThan(8);
});
