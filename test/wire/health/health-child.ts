/**
 * A kiosk that has nothing but its health, as a process of its own, so that a test can kill it.
 *
 * `health-child.ts URL DATA_FOLDER NODE`; lines on standard input are what happens to the kiosk, each notice
 * is a line on standard output.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PaperState } from '../../../drivers/receipt-printer/receipt-printer.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { type HealthOptions, startHealth } from '../../../firmware/health/kiosk-health.ts';
import { MqttBroker } from '../../../firmware/world/mqtt-broker.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { GROUP } from '../../firmware/health/health-bench.ts';
import { TestPrinter, TestReader } from '../../firmware/health/test-devices.ts';

const [url = '', folder = '', node = ''] = process.argv.slice(2);
const printer = new TestPrinter('printer', 'online');
const reader = new TestReader('card-reader', 'online');

const health = startHealth({
  broker: new MqttBroker(),
  openStore: () => openSqliteStore(join(folder, 'spool.db')),
  clock: systemClock,
  random: { bytes: (count) => randomBytes(count) },
  url,
  group: GROUP,
  node,
  version: '0.1.0',
  devices: [printer, reader] as unknown as HealthOptions['devices'],
  openSettlements: () => Promise.resolve([]),
  onNotice: (notice) => process.stdout.write(`${notice}\n`),
  timings: {
    keepAliveSeconds: 10,
    connectTimeoutMs: 5_000,
    retry: { firstMs: 200, longestMs: 500 },
    steadyAfterMs: 1_000,
    gatherMs: 20,
    rebirthPauseMs: 1_000,
    farewellMs: 2_000,
  },
});

for await (const line of createInterface({ input: process.stdin })) {
  const [what, word] = line.split(' ');
  if (what === 'paper') {
    printer.paper = word as PaperState;
    printer.happened();
  } else if (what === 'unplug') {
    printer.become('powerOff');
  } else if (what === 'stop') {
    await health.stop();
    process.exit(0);
  }
}
