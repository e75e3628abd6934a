/** Service never waits for the fleet: what happens while the broker is away, refuses, hangs or forgets. */
import { expect, test } from 'vitest';
import type { BrokerPort, BrokerSession, Store } from '../../../firmware/ports.ts';
import { CLIENT, covers, HealthBench, metricValue, only, openedFrom, usualTimings, values } from './health-bench.ts';

const HOUR_MS = 3_600_000;

function bdSeqs(bench: HealthBench): readonly unknown[] {
  return only(bench.heard, 'NBIRTH').map((birth) => metricValue(birth, 'bdSeq'));
}

test(
  covers(
    'the birth-death number starts at 0 and grows by one for each connection, over a restart too',
    'tck-id-topics-nbirth-bdseq-increment',
    'tck-id-message-flow-edge-node-birth-publish-will-message-payload-bdSeq',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    bench.broker.drop(CLIENT);
    await bench.clock.pass(20_000);
    bench.broker.drop(CLIENT);
    await bench.clock.pass(40_000);
    health.stop().catch(() => undefined);
    await bench.clock.pass(1_000);
    await bench.born();
    expect(bdSeqs(bench)).toEqual([0, 1, 2, 3]);
    expect(bench.connects).toHaveLength(4);
  },
);

test('after 255 the birth-death number is 0 again', async () => {
  const bench = new HealthBench();
  for (let boot = 0; boot < 258; boot += 1) {
    const health = await bench.born();
    health.stop().catch(() => undefined);
    await bench.clock.pass(100);
  }
  expect(bdSeqs(bench)).toEqual(Array.from({ length: 258 }, (_, boot) => boot % 256));
});

test('a broker that was not there to get the CONNECT uses up no birth-death number', async () => {
  const bench = new HealthBench();
  await bench.born();
  bench.broker.goAway();
  await bench.clock.pass(HOUR_MS);
  bench.broker.comeBack();
  await bench.clock.pass(HOUR_MS);
  expect(bdSeqs(bench)).toEqual([0, 1]);
});

test('a CONNECT that the broker refused or never answered used its number', async () => {
  const bench = new HealthBench();
  bench.broker.answerConnects('refuse');
  await bench.born();
  bench.broker.answerConnects('mute');
  await bench.clock.pass(10_000);
  bench.broker.answerConnects('accept');
  await bench.clock.pass(HOUR_MS);
  const tried = bench.connects.length;
  expect(tried).toBeGreaterThan(2);
  expect(bdSeqs(bench)).toEqual([tried - 1]);
});

test('a kiosk whose broker was never there is born when it comes, with what is true then', async () => {
  const bench = new HealthBench();
  bench.broker.goAway();
  const health = await bench.born();
  health.screenShown('S-HOME');
  health.sessionEnded();
  bench.printer.become('powerOff');
  await bench.clock.pass(6 * HOUR_MS);
  expect(bench.notices).not.toContain('online');
  bench.broker.comeBack();
  await bench.clock.pass(700_000);
  expect(bench.verbs.slice(0, 3)).toEqual(['NBIRTH', 'DBIRTH card-reader', 'DBIRTH scanner']);
  const [birth] = only(bench.heard, 'NBIRTH');
  expect(birth && values(birth)).toMatchObject({ 'Kiosk/Screen': 'S-HOME', 'Kiosk/SessionsServed': 1 });
});

test('the pauses between attempts grow to ten minutes and no further, and no two kiosks keep step', async () => {
  const pauses: number[][] = [];
  for (const draw of [0xffffffff, 0x80000000]) {
    const bench = new HealthBench();
    const attempts: number[] = [];
    const broker: BrokerPort = {
      connect: () => {
        attempts.push(bench.clock.monotonicMs());
        return Promise.reject(new Error('refused'));
      },
    };
    const bytes = Uint8Array.from([draw >>> 24, (draw >>> 16) & 255, (draw >>> 8) & 255, draw & 255]);
    bench.start({ broker, random: { bytes: () => bytes } });
    await bench.clock.pass(2 * HOUR_MS);
    pauses.push(attempts.slice(1, 10).map((at, index) => at - (attempts[index] ?? 0)));
  }
  expect(pauses[0]).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600].map((seconds) => seconds * 1_000));
  expect(pauses[1]).toEqual([2.5, 5, 10, 20, 40, 80, 160, 300, 300].map((seconds) => seconds * 1_000));
});

test('a session that lasted lets the pauses start small again, one that fell at once does not', async () => {
  const most = { bytes: () => Uint8Array.from([255, 255, 255, 255]) };
  const bench = new HealthBench();
  await bench.born({ random: most });
  const pauses: number[] = [];
  for (const lastedMs of [1_000, 1_000, 1_000, 120_000, 1_000]) {
    await bench.clock.pass(lastedMs);
    const fellAtMs = bench.clock.monotonicMs();
    const before = bench.connects.length;
    bench.broker.drop(CLIENT);
    while (bench.connects.length === before) await bench.clock.pass(1);
    pauses.push(bench.clock.monotonicMs() - fellAtMs - 5);
    await bench.clock.pass(15);
  }
  expect(pauses).toEqual([5_000, 10_000, 20_000, 5_000, 10_000]);
});

test('a broker that takes the connection and never answers is given up after twenty seconds', async () => {
  const bench = new HealthBench();
  bench.broker.answerConnects('mute');
  const health = await bench.born();
  await bench.clock.pass(18_999);
  expect(health.connection).toBe('connecting');
  await bench.clock.pass(1);
  expect(health.connection).toBe('waiting');
  expect(bench.notices).toEqual(['notConnected']);
});

test('a link that comes after it was given up is closed and nothing is said on it', async () => {
  const bench = new HealthBench();
  const said: string[] = [];
  const links: ((link: BrokerSession) => void)[] = [];
  const link: BrokerSession = {
    publish: async () => void said.push('publish'),
    subscribe: async () => void said.push('subscribe'),
    onMessage: () => () => undefined,
    onLost: () => () => undefined,
    close: async () => void said.push('close'),
  };
  bench.start({ broker: { connect: () => new Promise((resolve) => links.push(resolve)) } });
  await bench.clock.pass(usualTimings.connectTimeoutMs + 1);
  links[0]?.(link);
  await bench.clock.drain();
  expect(said).toEqual(['close']);
});

test('a broker that refuses the command topic gets no birth: a node that cannot be asked is no node', async () => {
  const bench = new HealthBench();
  const broker: BrokerPort = {
    connect: async (options) => {
      const session = await bench.broker.connect(options);
      return Object.assign(session, { subscribe: () => Promise.reject(new Error('not authorized')) });
    },
  };
  const health = await bench.born({ broker });
  expect(bench.heard).toEqual([]);
  expect(health.connection).toBe('waiting');
});

test('a message that could not be handed over ends the session with a death, and a fresh one is born', async () => {
  const bench = new HealthBench();
  let failing = false;
  const broker: BrokerPort = {
    connect: async (options) => {
      const session = await bench.broker.connect(options);
      const publish = session.publish.bind(session);
      return Object.assign(session, {
        publish: (message: Parameters<typeof publish>[0]) =>
          failing && message.topic.includes('NDATA') ? Promise.reject(new Error('full')) : publish(message),
      });
    },
  };
  const health = await bench.born({ broker });
  failing = true;
  health.screenShown('S-HOME');
  await bench.clock.pass(1_000);
  expect(bench.verbs.at(-1)).toBe('NDEATH');
  failing = false;
  await bench.clock.pass(20_000);
  expect(bdSeqs(bench)).toEqual([0, 1]);
});

test(
  covers(
    'of two clients that call themselves this kiosk the newer one is heard, and the older one is declared dead',
    'tck-id-intro-edge-node-id-uniqueness',
    'tck-id-topic-structure-namespace-unique-edge-node-descriptor',
    'tck-id-payloads-nbirth-edge-node-descriptor',
  ),
  async () => {
    const bench = new HealthBench();
    const older = await bench.born();
    const other = new HealthBench();
    await bench.born({ openStore: () => openedFrom(other.store) });
    expect(bench.broker.clients).toEqual([CLIENT]);
    expect(bench.connects.map(({ clientId }) => clientId)).toEqual([CLIENT, CLIENT]);
    expect(only(bench.heard, 'NDEATH')).toMatchObject([{ byWill: true }]);
    expect(older.connection).toBe('waiting');
  },
);

test('a spool that cannot be opened or written keeps the node silent and the kiosk alive, until it can', async () => {
  const bench = new HealthBench();
  const broken = (): never => {
    throw new Error('disk I/O error');
  };
  let state: 'noFile' | 'readOnly' | 'sound' = 'noFile';
  const openStore = (): Store => {
    if (state === 'noFile') broken();
    const store = openedFrom(bench.store);
    return { ...store, transaction: (work) => (state === 'readOnly' ? broken() : store.transaction(work)) };
  };
  const health = await bench.born({ openStore });
  health.screenShown('S-HOME');
  expect(health.connection).toBe('waiting');
  expect(bench.notices).toEqual(['counterFailed']);
  state = 'readOnly';
  await bench.clock.pass(HOUR_MS);
  expect(new Set(bench.notices)).toEqual(new Set(['counterFailed']));
  expect(bench.broker.traffic).toEqual([]);
  state = 'sound';
  await bench.clock.pass(HOUR_MS);
  expect(bdSeqs(bench)).toEqual([0]);
});

test('a stop closes the spool that health opened', async () => {
  const bench = new HealthBench();
  let open = 0;
  const openStore = (): Store => {
    open += 1;
    return {
      ...openedFrom(bench.store),
      close: () => {
        open -= 1;
      },
    };
  };
  const health = await bench.born({ openStore });
  bench.broker.drop(CLIENT);
  await bench.clock.pass(20_000);
  expect(open).toBe(1);
  const stopping = health.stop();
  await bench.clock.pass(100);
  await stopping;
  expect(open).toBe(0);
});

test('no call of health throws or waits, whatever the broker port does', async () => {
  const bench = new HealthBench();
  const worst: BrokerPort = {
    connect: () => {
      throw new Error('a port that breaks its contract');
    },
  };
  const health = bench.start({
    broker: worst,
    openSettlements: () => Promise.reject(new Error('no ledger')),
    onNotice: () => {
      throw new Error('a log that is full');
    },
  });
  await bench.clock.pass(HOUR_MS);
  health.screenShown('S-HOME');
  health.sessionEnded();
  bench.printer.become('hardwareError');
  await health.stop();
  expect(health.connection).toBe('stopped');
});
