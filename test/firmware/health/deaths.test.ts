/** Deaths: of a device, by will, and by a planned stop. */
import { expect, test } from 'vitest';
import { CLIENT, covers, first, GROUP, HealthBench, NODE, only, values } from './health-bench.ts';

const INT64 = 4;

test(
  covers(
    'a printer that is unplugged is dead at once, in sequence, and is born again when it is back',
    'tck-id-operational-behavior-device-ddeath',
    'tck-id-topics-ddeath-topic',
    'tck-id-topics-ddeath-mqtt',
    'tck-id-topics-ddeath-seq-num',
    'tck-id-payloads-ddeath-timestamp',
    'tck-id-payloads-ddeath-seq',
    'tck-id-payloads-ddeath-seq-inc',
    'tck-id-payloads-ddeath-seq-number',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const since = bench.mark();
    bench.printer.become('powerOff');
    await bench.clock.pass(1_000);
    bench.printer.become('starting');
    bench.printer.become('online');
    await bench.clock.pass(1_000);
    expect(since().map(({ verb, device, payload }) => [verb, device, payload.seq])).toEqual([
      ['DDEATH', 'printer', 4],
      ['NDATA', undefined, 5],
      ['DBIRTH', 'printer', 6],
      ['NDATA', undefined, 7],
    ]);
    const death = first(since(), 'DDEATH');
    expect(death).toMatchObject({ topic: `spBv1.0/${GROUP}/DDEATH/${NODE}/printer`, qos: 0, retain: false });
    expect(death.payload).toEqual({ timestamp: death.atWallMs - 5, seq: 4, metrics: [] });
    expect(only(since(), 'NDATA').map(values)).toEqual([
      { 'Devices/printer/State': 'powerOff' },
      { 'Devices/printer/State': 'online' },
    ]);
  },
);

test('a device that is dead says nothing until it is born again', async () => {
  const bench = new HealthBench();
  await bench.born();
  bench.printer.become('powerOff');
  await bench.clock.pass(1_000);
  const since = bench.mark();
  bench.printer.paper = 'out';
  bench.printer.happened();
  await bench.clock.pass(1_000);
  expect(since()).toEqual([]);
});

test(
  covers(
    'the death of the node is its birth-death number and nothing else, without a sequence number',
    'tck-id-topics-ndeath-topic',
    'tck-id-topics-ndeath-payload',
    'tck-id-topics-ndeath-seq',
    'tck-id-payloads-ndeath-seq',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    bench.broker.drop(CLIENT);
    const death = first(bench.heard, 'NDEATH');
    expect(death.topic).toBe(`spBv1.0/${GROUP}/NDEATH/${NODE}`);
    expect(death.payload.seq).toBeUndefined();
    expect(death.payload.metrics).toMatchObject([{ name: 'bdSeq', datatype: INT64, value: 0 }]);
  },
);

test(
  covers(
    'a planned stop says the death itself, then disconnects: the will would be thrown away',
    'tck-id-operational-behavior-edge-node-intentional-disconnect-ndeath',
    'tck-id-operational-behavior-edge-node-intentional-disconnect-packet',
    'tck-id-payloads-ndeath-will-message-publisher',
    'tck-id-payloads-ndeath-will-message-publisher-disconnect-mqtt311',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    let stopped = false;
    const stopping = health.stop().then(() => {
      stopped = true;
    });
    await bench.clock.pass(100);
    expect(stopped).toBe(true);
    await stopping;
    expect(bench.broker.traffic.slice(-2).map(({ packet }) => packet)).toEqual(['publish', 'disconnect']);
    expect(bench.heard.at(-1)).toMatchObject({ verb: 'NDEATH', qos: 1, retain: false, byWill: false });
    expect(bench.heard.at(-1)?.payload.metrics).toMatchObject([{ name: 'bdSeq', value: 0 }]);
    expect(health.connection).toBe('stopped');
    expect(bench.broker.clients).toEqual([]);
  },
);

test('after a stop nothing is said, nothing is awaited and no timer runs', async () => {
  const bench = new HealthBench();
  const health = await bench.born();
  health.stop().catch(() => undefined);
  await bench.clock.pass(100);
  const since = bench.mark();
  bench.printer.become('powerOff');
  health.screenShown('S-HOME');
  health.sessionEnded();
  expect(bench.clock.waiting).toBe(0);
  await bench.clock.pass(3_600_000);
  expect(since()).toEqual([]);
});

test('a stop does not wait long for a broker that has stopped answering', async () => {
  const bench = new HealthBench();
  const deaf = { ...bench.broker, connect: deafConnect };
  const health = bench.start({ broker: deaf });
  await bench.clock.pass(1_000);
  expect(health.connection).toBe('online');
  let stopped = false;
  const stopping = health.stop().then(() => {
    stopped = true;
  });
  await bench.clock.pass(3_999);
  expect(stopped).toBe(false);
  await bench.clock.pass(1);
  expect(stopped).toBe(true);
  await stopping;
});

test('a stop while connecting leaves no session behind', async () => {
  const bench = new HealthBench();
  const health = bench.start();
  await bench.clock.pass(2);
  await health.stop();
  await bench.clock.pass(60_000);
  expect(bench.heard).toEqual([]);
  expect(bench.broker.clients).toEqual([]);
  expect(bench.clock.waiting).toBe(0);
});

/** Takes the subscription and the birth, and never says another word. */
function deafConnect() {
  const never = new Promise<void>(() => undefined);
  return Promise.resolve({
    publish: ({ qos }: { readonly qos: 0 | 1 }) => (qos === 0 ? Promise.resolve() : never),
    subscribe: () => Promise.resolve(),
    onMessage: () => () => undefined,
    onLost: () => () => undefined,
    close: () => never,
  });
}
