/**
 * Production's process: the kiosk on a site file, without the command line.
 *
 * Bundled by build-production.ts; it loads what the first patient needs and
 * leaves the rest (the fleet's broker) for after. On standard output it says
 * `{"screen"}` when the page can be fetched and `{"accepting"}` when the home
 * screen takes cards. Exit 1 asks whoever watches it to start it again.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSite, SiteError } from '../firmware/config/read-config.ts';
import { type RunningKiosk, runKiosk } from '../firmware/main.ts';
import type { BrokerPort } from '../firmware/ports.ts';

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

/** The home screen says itself which ways in are open. */
function sayWhenAccepting({ kiosk }: RunningKiosk): void {
  const looking = kiosk.screen.connect((message) => {
    if (message.type !== 'screen') return;
    const { body } = message.screen;
    if (body.name !== 'S-HOME' || !body.media.card || body.insurance !== 'open') return;
    tell({ accepting: 'card' });
    queueMicrotask(() => looking.close());
  });
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, data: { type: 'string' }, page: { type: 'string' } },
  });
  if (!values.config || !values.data || !values.page) {
    process.stderr.write('yizhan: --config FILE --data DIR --page DIR are needed.\n');
    return 2;
  }
  const { config, trust } = readSite(readFileSync(values.config, 'utf8'));
  const running = await runKiosk({
    config,
    trust,
    dataFolder: values.data,
    pageFolder: values.page,
    broker,
    onMustRestart: (why) => {
      process.stderr.write(`yizhan: the money's ledger stopped (${why}); the process ends so that it is read anew.\n`);
      process.exit(1);
    },
  });
  tell({ screen: running.screenUrl });
  sayWhenAccepting(running);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await running.stop();
  return 0;
}

// No top-level await: CommonJS starts faster (an ES module import of node:http loads all of undici for its names).
run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof SiteError)) throw error;
    process.stderr.write(`yizhan: ${error.message}\n`);
    process.exitCode = 2;
  },
);
