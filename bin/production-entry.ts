/**
 * Production's process: the kiosk on a site file, without the command line.
 *
 * Bundled by build-production.ts. It starts the money's worker before it loads
 * anything heavy, and leaves the fleet's broker for after. On standard output
 * it says `{"screen"}` when the page can be fetched and `{"accepting"}` when the
 * home screen takes cards. Exit 1 asks whoever watches it to start it again.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../drivers/system-clock.ts';
import { PlatformCalendar } from '../firmware/insurance/platform-calendar.ts';
import type { RunningKiosk } from '../firmware/main.ts';
import type { BrokerPort } from '../firmware/ports.ts';
import { openWorkerLedger } from '../firmware/settlement/worker-ledger.ts';
import { loadDeviceKey } from '../firmware/world/device-key.ts';

const tell = (word: object): void => {
  process.stdout.write(`${JSON.stringify(word)}\n`);
};

/** The MQTT client is the slowest thing to load, and no patient waits for it. */
const broker: BrokerPort = {
  connect: async (options) => {
    const { MqttBroker } = await import('../firmware/world/mqtt-broker.ts');
    return new MqttBroker().connect(options);
  },
};

function mustRestart(why: string): never {
  process.stderr.write(`yizhan: the money's ledger stopped (${why}); the process ends so that it is read anew.\n`);
  process.exit(1);
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, data: { type: 'string' }, page: { type: 'string' } },
  });
  const { config: siteFile, data: dataFolder, page: pageFolder } = values;
  if (!siteFile || !dataFolder || !pageFolder) {
    process.stderr.write('yizhan: --config FILE --data DIR --page DIR are needed.\n');
    return 2;
  }
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const calendar = new PlatformCalendar(systemClock);
  const ledger = openWorkerLedger({
    path: join(dataFolder, 'kiosk.db'),
    sealingKey: loadDeviceKey(dataFolder),
    random: { bytes: (count) => randomBytes(count) },
    clock: calendar.clock,
    onEnded: ({ message }) => mustRestart(message),
  });
  const { runKiosk, readSite, SiteError } = await import('./production-rooms.ts');
  let site: ReturnType<typeof readSite>;
  try {
    site = readSite(readFileSync(siteFile, 'utf8'));
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    process.stderr.write(`yizhan: ${error.message}\n`);
    return 2;
  }
  const running = await runKiosk({
    ...site,
    dataFolder,
    pageFolder,
    broker,
    ledger,
    calendar,
    onMustRestart: mustRestart,
  });
  tell({ screen: running.screenUrl });
  sayWhenAccepting(running);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await running.stop();
  return 0;
}

/** The home screen says itself which ways in are open. */
function sayWhenAccepting({ screen }: RunningKiosk): void {
  const looking = screen.connect((message) => {
    if (message.type !== 'screen') return;
    const { body } = message.screen;
    if (body.name !== 'S-HOME' || !body.media.card || body.insurance !== 'open') return;
    tell({ accepting: 'card' });
    queueMicrotask(() => {
      looking.close();
      // A kiosk that ends by a power cut has its code in the cache all the same.
      flushCompileCache();
    });
  });
}

// No top-level await: a bundle of ES modules starts slower (importing node:http by name loads all of undici).
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    throw error;
  },
);
