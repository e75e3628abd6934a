/** Report by exception: what changed, once, in order. */
import { expect, test } from 'vitest';
import { CLIENT, covers, first, GROUP, HealthBench, metricValue, NODE, only, values } from './health-bench.ts';

test(
  covers(
    'node data has its topic, QoS 0, no retain, the next sequence number, the time and only what changed',
    'tck-id-topics-ndata-topic',
    'tck-id-topics-ndata-mqtt',
    'tck-id-topics-ndata-seq-num',
    'tck-id-topics-ndata-timestamp',
    'tck-id-topics-ndata-payload',
    'tck-id-payloads-ndata-timestamp',
    'tck-id-payloads-ndata-seq',
    'tck-id-payloads-ndata-seq-inc',
    'tck-id-payloads-ndata-qos',
    'tck-id-payloads-ndata-retain',
    'tck-id-payloads-sequence-num-always-included',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    const since = bench.mark();
    health.screenShown('S-HOME');
    health.insuranceLine({ alive: 'yes', reachable: 'no' });
    await bench.clock.pass(1_000);
    expect(since()).toHaveLength(1);
    const data = first(since(), 'NDATA');
    expect(data).toMatchObject({ topic: `spBv1.0/${GROUP}/NDATA/${NODE}`, qos: 0, retain: false });
    expect(data.payload.seq).toBe(4);
    expect(data.payload.timestamp).toBe(data.atWallMs - 5);
    expect(values(data)).toEqual({
      'Kiosk/Screen': 'S-HOME',
      'InsuranceLine/Alive': 'yes',
      'InsuranceLine/Reachable': 'no',
    });
  },
);

test(
  covers(
    'device data has its topic, QoS 0, no retain, the next sequence number, the time and only what changed',
    'tck-id-topics-ddata-topic',
    'tck-id-topics-ddata-mqtt',
    'tck-id-topics-ddata-seq-num',
    'tck-id-topics-ddata-timestamp',
    'tck-id-topics-ddata-payload',
    'tck-id-payloads-ddata-timestamp',
    'tck-id-payloads-ddata-seq',
    'tck-id-payloads-ddata-seq-inc',
    'tck-id-payloads-ddata-qos',
    'tck-id-payloads-ddata-retain',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const since = bench.mark();
    bench.printer.paper = 'out';
    bench.printer.happened();
    bench.reader.media = 'present';
    bench.reader.happened();
    await bench.clock.pass(1_000);
    expect(since().map(({ verb, device, payload }) => [verb, device, payload.seq])).toEqual([
      ['DDATA', 'printer', 4],
      ['DDATA', 'card-reader', 5],
    ]);
    const data = first(since(), 'DDATA', 'printer');
    expect(data).toMatchObject({ topic: `spBv1.0/${GROUP}/DDATA/${NODE}/printer`, qos: 0, retain: false });
    expect(data.payload.timestamp).toBe(data.atWallMs - 5);
    expect(values(data)).toEqual({ Paper: 'out' });
    expect(values(first(since(), 'DDATA', 'card-reader'))).toEqual({ Media: 'present' });
  },
);

test(
  covers(
    'a kiosk on which nothing happens says one thing a minute: the heartbeat, one higher',
    'tck-id-principles-rbe-recommended',
    'tck-id-operational-behavior-data-publish-nbirth-change',
    'tck-id-operational-behavior-data-publish-dbirth-change',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const since = bench.mark();
    await bench.clock.pass(5 * 60_000);
    expect(since().map(({ verb }) => verb)).toEqual(['NDATA', 'NDATA', 'NDATA', 'NDATA', 'NDATA']);
    expect(since().map(values)).toEqual([1, 2, 3, 4, 5].map((beat) => ({ 'Health/Heartbeat': beat })));
  },
);

test('a value that is back before it was sent was no change', async () => {
  const bench = new HealthBench();
  const health = await bench.born();
  health.screenShown('S-HOME');
  await bench.clock.pass(1_000);
  const since = bench.mark();
  health.screenShown('S-OUT');
  health.screenShown('S-HOME');
  await bench.clock.pass(1_000);
  expect(since()).toEqual([]);
});

test(
  covers(
    'data leaves the datatype out and names each metric and the time of its change, oldest first',
    'tck-id-payloads-metric-datatype-not-req',
    'tck-id-operational-behavior-data-publish-nbirth-order',
    'tck-id-operational-behavior-data-publish-dbirth-order',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    const since = bench.mark();
    health.insuranceLine({ alive: 'yes', reachable: 'yes' });
    bench.printer.coverOpen = true;
    bench.printer.happened();
    await bench.clock.pass(40);
    health.screenShown('S-HOME');
    bench.printer.paper = 'jammed';
    bench.printer.happened();
    await bench.clock.pass(1_000);
    const metrics = since().map(({ payload }) => payload.metrics);
    expect(metrics.map((one) => one.map(({ name }) => name))).toEqual([
      ['InsuranceLine/Alive', 'InsuranceLine/Reachable', 'Kiosk/Screen'],
      ['CoverOpen', 'Paper'],
    ]);
    const start = Date.UTC(2026, 10, 22, 1, 0, 1);
    expect(metrics.map((one) => one.map(({ timestamp }) => timestamp))).toEqual([
      [start, start, start + 40],
      [start, start + 40],
    ]);
    expect(metrics.flat().map(({ datatype }) => datatype)).toEqual(Array(5).fill(undefined));
    expect(metrics.flat().map(({ alias }) => alias)).toEqual(Array(5).fill(undefined));
  },
);

test(
  covers(
    'over 300 messages of node and devices the sequence number grows by one, and 255 is followed by 0',
    'tck-id-payloads-sequence-num-incrementing',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    for (let turn = 0; turn < 80; turn += 1) {
      bench.printer.paper = turn % 2 ? 'full' : 'low';
      bench.printer.happened();
      health.screenShown(turn % 2 ? 'S-HOME' : 'S-OUT');
      if (turn % 5 === 0) bench.scanner.become(turn % 10 ? 'online' : 'powerOff');
      await bench.clock.pass(200);
    }
    for (let turn = 0; turn < 80; turn += 1) {
      health.sessionEnded();
      bench.reader.media = turn % 2 ? 'present' : 'notPresent';
      bench.reader.happened();
      await bench.clock.pass(200);
    }
    const numbers = bench.heard.map(({ payload }) => payload.seq);
    expect(numbers.length).toBeGreaterThan(300);
    expect(numbers).toEqual(numbers.map((_, index) => index % 256));
    expect(new Set(bench.heard.map(({ verb }) => verb))).toEqual(
      new Set(['NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'DDEATH']),
    );
  },
);

test(
  covers(
    'nothing is ever sent that the birth did not list',
    'tck-id-topics-nbirth-metric-reqs',
    'tck-id-topics-dbirth-metric-reqs',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    health.screenShown('S-WHO');
    health.sessionEnded();
    bench.openSettlements = ['set_1'];
    bench.printer.become('userError', { fault: 'coverOpen', detail: 'cover', atWallMs: 1 });
    bench.reader.become('hardwareError', { fault: 'timeOut', detail: 'no answer', atWallMs: 1 });
    bench.scanner.become('deviceBusy');
    await bench.clock.pass(120_000);
    const listed = (verb: string, device?: string): Set<string> =>
      new Set(first(bench.heard, verb, device).payload.metrics.map(({ name }) => name));
    const sent = [...only(bench.heard, 'NDATA'), ...only(bench.heard, 'DDATA')];
    expect(sent.length).toBeGreaterThan(4);
    for (const { verb, device, payload } of sent) {
      const births = listed(verb === 'NDATA' ? 'NBIRTH' : 'DBIRTH', device);
      expect(payload.metrics.filter(({ name }) => !births.has(name))).toEqual([]);
    }
  },
);

test(
  covers(
    'what changes before or while the node is born is in the births, and no data goes before the last of them',
    'tck-id-payloads-ndata-order',
    'tck-id-payloads-ddata-order',
  ),
  async () => {
    const bench = new HealthBench();
    const health = bench.start();
    for (let step = 0; step < 20; step += 1) {
      health.sessionEnded();
      bench.printer.paper = step < 19 ? 'low' : 'out';
      bench.printer.happened();
      await bench.clock.pass(1);
    }
    await bench.clock.pass(1_000);
    const verbs = bench.heard.map(({ verb }) => verb);
    expect(verbs.slice(0, 4)).toEqual(['NBIRTH', 'DBIRTH', 'DBIRTH', 'DBIRTH']);
    expect(verbs.slice(4)).toEqual(['NDATA', 'DDATA']);
    expect(metricValue(first(bench.heard, 'DBIRTH', 'printer'), 'Paper')).toBe('low');
    expect(values(first(bench.heard, 'DDATA', 'printer'))).toEqual({ Paper: 'out' });
  },
);

test('the count of settlements that are open follows them', async () => {
  const bench = new HealthBench();
  const health = await bench.born();
  const since = bench.mark();
  bench.openSettlements = ['set_1', 'set_2', 'set_3'];
  health.sessionEnded();
  await bench.clock.pass(1_000);
  expect(values(first(since(), 'NDATA'))).toEqual({ 'Kiosk/SessionsServed': 1, 'Kiosk/SettlementsOpen': 3 });
});

test('a fault that no event told of is seen at the next heartbeat', async () => {
  const bench = new HealthBench();
  await bench.born();
  const since = bench.mark();
  bench.scanner.lastFault = { fault: 'timeOut', detail: 'no answer', atWallMs: 1 };
  await bench.clock.pass(61_000);
  expect(values(first(since(), 'DDATA', 'scanner'))).toEqual({ LastFault: 'timeOut' });
});

test('a flapping device costs at most ten messages a second', async () => {
  const bench = new HealthBench();
  await bench.born();
  const since = bench.mark();
  for (let ms = 0; ms < 1_000; ms += 1) {
    bench.reader.become(ms % 2 ? 'online' : 'deviceBusy');
    await bench.clock.pass(1);
  }
  expect(only(since(), 'DDATA').length).toBeLessThanOrEqual(10);
  expect(bench.broker.clients).toEqual([CLIENT]);
});
