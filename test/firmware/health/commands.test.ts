/** What the node does with commands: one, the rebirth, and nothing else. */
import { expect, test } from 'vitest';
import { CLIENT, covers, GROUP, HealthBench, metricValue, NCMD, NODE, only, REBIRTH } from './health-bench.ts';

test(
  covers(
    'a rebirth command is answered by the whole birth sequence, with the birth-death number of this connection',
    'tck-id-topics-ncmd-topic',
    'tck-id-payloads-ncmd-seq',
    'tck-id-operational-behavior-data-commands-rebirth-action-2',
    'tck-id-operational-behavior-data-commands-rebirth-action-3',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    health.screenShown('S-HOME');
    await bench.clock.pass(1_000);
    const since = bench.mark();
    bench.askForRebirth();
    await bench.clock.pass(1_000);
    expect(since().map(({ verb, device }) => [verb, device])).toEqual([
      ['NBIRTH', undefined],
      ['DBIRTH', 'printer'],
      ['DBIRTH', 'card-reader'],
      ['DBIRTH', 'scanner'],
    ]);
    expect(since().map(({ payload }) => payload.seq)).toEqual([0, 1, 2, 3]);
    const births = only(bench.heard, 'NBIRTH');
    expect(births.map((birth) => metricValue(birth, 'bdSeq'))).toEqual([0, 0]);
    expect(births.map((birth) => metricValue(birth, 'Kiosk/Screen'))).toEqual([null, 'S-HOME']);
  },
);

test(
  covers(
    'from a rebirth command to the births no data leaves, also when the rebirth has to wait its turn',
    'tck-id-operational-behavior-data-commands-rebirth-action-1',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    bench.askForRebirth();
    await bench.clock.pass(1_000);
    const since = bench.mark();
    bench.askForRebirth();
    await bench.clock.pass(100);
    for (let second = 0; second < 9; second += 1) {
      health.sessionEnded();
      bench.printer.paper = second % 2 ? 'full' : 'low';
      bench.printer.happened();
      await bench.clock.pass(900);
    }
    await bench.clock.pass(2_000);
    expect(since().map(({ verb }) => verb)).toEqual(['NBIRTH', 'DBIRTH', 'DBIRTH', 'DBIRTH']);
    expect(since().map((birth) => metricValue(birth, 'Kiosk/SessionsServed'))[0]).toBe(9);
  },
);

test('a host that asks for a thousand rebirths in a minute gets one each ten seconds', async () => {
  const bench = new HealthBench();
  await bench.born();
  const since = bench.mark();
  for (let request = 0; request < 1_000; request += 1) {
    bench.askForRebirth();
    await bench.clock.pass(60);
  }
  expect(only(since(), 'NBIRTH').length).toBeGreaterThanOrEqual(6);
  expect(only(since(), 'NBIRTH').length).toBeLessThanOrEqual(7);
});

test(
  covers(
    'a command that the broker kept is an old one and is refused',
    'tck-id-topics-ncmd-mqtt',
    'tck-id-topics-dcmd-mqtt',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const since = bench.mark();
    bench.command({ name: REBIRTH, value: true }, NCMD, true);
    bench.command({ name: REBIRTH, value: true }, `spBv1.0/${GROUP}/DCMD/${NODE}/printer`, true);
    await bench.clock.pass(1_000);
    expect(since()).toEqual([]);
    expect(bench.notices).toEqual(['online', 'commandRefused', 'commandRefused']);
  },
);

test('a command kept from before this session does not cause a rebirth either', async () => {
  const bench = new HealthBench();
  const payload = Uint8Array.from(
    Buffer.from('1217 0a144e6f646520436f6e74726f6c2f52656269727468 7001'.replace(/ /g, ''), 'hex'),
  );
  bench.broker.publish({ topic: NCMD, payload, qos: 0, retain: true });
  await bench.born();
  await bench.clock.pass(10_000);
  expect(only(bench.heard, 'NBIRTH')).toHaveLength(1);
});

test(
  covers(
    'a rebirth on any other topic is refused, whatever a careless broker delivers',
    'tck-id-topics-dcmd-topic',
    'tck-id-payloads-dcmd-seq',
    'tck-id-operational-behavior-data-commands-ncmd-rebirth-verb',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const since = bench.mark();
    const wrong = [
      `spBv1.0/${GROUP}/DCMD/${NODE}/printer`,
      `spBv1.0/${GROUP}/NCMD/OTHER`,
      `spBv1.0/OTHER/NCMD/${NODE}`,
      `${NCMD}/printer`,
      NCMD.toLowerCase(),
    ];
    for (const topic of wrong) bench.command({ name: REBIRTH, value: true }, topic);
    await bench.clock.pass(20_000);
    expect(since()).toEqual([]);
    expect(bench.notices.filter((notice) => notice === 'commandRefused')).toHaveLength(wrong.length);
  },
);

test(
  covers(
    'only the rebirth control set to true is a rebirth: another name, another type or false is none',
    'tck-id-operational-behavior-data-commands-ncmd-rebirth-name',
    'tck-id-operational-behavior-data-commands-ncmd-rebirth-value',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const since = bench.mark();
    bench.command({ name: 'Node Control/Reboot', value: true });
    bench.command({ name: 'node control/rebirth', value: true });
    bench.command({ name: REBIRTH, value: false });
    bench.command({ name: REBIRTH, value: 'true' });
    await bench.clock.pass(20_000);
    expect(since()).toEqual([]);
    bench.command({ name: REBIRTH, value: true });
    await bench.clock.pass(1_000);
    expect(since().map(({ verb }) => verb)).toEqual(['NBIRTH', 'DBIRTH', 'DBIRTH', 'DBIRTH']);
  },
);

test('bytes that are no payload, empty or far too long are refused, and the session goes on', async () => {
  const bench = new HealthBench();
  const health = await bench.born();
  const since = bench.mark();
  const rubbish = [
    new Uint8Array(0),
    Uint8Array.from([0xff, 0xff, 0xff]),
    Uint8Array.from([0x12, 0x7f, 0x0a]),
    Buffer.from('{"Node Control/Rebirth":true}'),
    new Uint8Array(200_000),
    Uint8Array.from({ length: 4_096 }, (_, index) => (index * 197) % 256),
  ];
  for (const payload of rubbish) bench.broker.push(CLIENT, { topic: NCMD, payload, qos: 0, retain: false });
  await bench.clock.pass(1_000);
  expect(since()).toEqual([]);
  expect(bench.notices.filter((notice) => notice === 'commandRefused')).toHaveLength(rubbish.length);
  expect(health.connection).toBe('online');
});
