/** A few real kills; a hundred and more are in `yizhan sim crash`. */
import { expect, test, vi } from 'vitest';
import { killForReal } from '../../hardware-sim/proof/disk/real-kills.ts';

// Each kill needs an engine of its own.
vi.setConfig({ testTimeout: 120_000 });

test('a process that is killed in the middle of its work leaves all that it had acknowledged', async () => {
  const { findings, points } = await killForReal({ seed: 1, points: 6 });
  expect(findings).toEqual([]);
  expect(points).toBe(6);
});
