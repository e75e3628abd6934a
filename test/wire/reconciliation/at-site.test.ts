/** `yizhan reconcile day` on loopback: three parties that never heard of a kiosk's day, over real sockets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { command } from '../../../bin/commands/reconcile.ts';
import type { DayView } from '../../../firmware/reconciliation/day-view.ts';
import { loadDeviceKey } from '../../../firmware/world/device-key.ts';
import { LiveHall } from '../../../hardware-sim/live-hall.ts';
import { MoneyBench } from '../../firmware/reconciliation/money-bench.ts';

/** A few days ago, 09:00 in Beijing. */
function someDaysAgo(): number {
  const today = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  return today - 5 * 86_400_000 + 3_600_000;
}

test('[part of Z-7.5] a day that no other book knows is named at all three parties, 3202 with its files included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-at-site-'));
  const hall = await LiveHall.open({ dataFolder: folder });
  const out: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    const path = join(folder, 'kiosk.db');
    const bench = new MoneyBench({ path, deviceKey: loadDeviceKey(folder), startMs: someDaysAgo() });
    const day = bench.today;
    const { number } = await bench.visit('zhang');
    bench.store.close();
    const code = await command.run(['day', day, '--site', hall.siteFile, '--data', folder, '--json']);
    const { days } = JSON.parse(out.at(-1) ?? '') as { days: readonly DayView[] };
    expect(code).toBe(1);
    expect(days[0]?.differences.map(({ party, name, settlement }) => [party, name, settlement])).toEqual([
      ['centre', 'kioskOnly', number],
      ['hospital', 'hospitalMissing', number],
      ['channel wechat', 'billWithoutCharge', number],
    ]);
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    await hall.close();
    rmSync(folder, { recursive: true });
  }
});
