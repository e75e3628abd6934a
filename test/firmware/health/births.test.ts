/** The birth of the node and its devices: health-fleet-security 1.3 and the assertions named in each title. */
import { expect, test } from 'vitest';
import {
  CLIENT,
  covers,
  first,
  GROUP,
  HealthBench,
  metricValue,
  NCMD,
  NODE,
  only,
  REBIRTH,
  values,
} from './health-bench.ts';

const BOOLEAN = 11;
const INT64 = 4;
const STRING = 12;

test(
  covers(
    'the session has the death as its will, and the birth is the first thing said in it',
    'tck-id-principles-birth-certificates-order',
    'tck-id-message-flow-edge-node-birth-publish-connect',
    'tck-id-message-flow-edge-node-birth-publish-will-message',
    'tck-id-message-flow-edge-node-birth-publish-will-message-topic',
    'tck-id-message-flow-edge-node-birth-publish-will-message-payload',
    'tck-id-message-flow-edge-node-birth-publish-will-message-qos',
    'tck-id-message-flow-edge-node-birth-publish-will-message-will-retained',
    'tck-id-payloads-ndeath-will-message',
    'tck-id-payloads-ndeath-will-message-qos',
    'tck-id-payloads-ndeath-will-message-retain',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    expect(bench.broker.traffic.slice(0, 3).map(({ packet }) => packet)).toEqual(['connect', 'subscribe', 'publish']);
    const [connect] = bench.connects;
    expect(connect?.options.will).toMatchObject({ topic: `spBv1.0/${GROUP}/NDEATH/${NODE}`, qos: 1, retain: false });
    expect(bench.verbs[0]).toBe('NBIRTH');
    bench.broker.drop(CLIENT);
    expect(bench.heard.at(-1)).toMatchObject({ verb: 'NDEATH', byWill: true });
  },
);

test(
  covers(
    'the node listens to its own command topic, exactly that one, at QoS 1, before it is born',
    'tck-id-message-flow-edge-node-ncmd-subscribe',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const subscribed = bench.broker.traffic.filter(({ packet }) => packet === 'subscribe');
    expect(subscribed).toMatchObject([{ topicFilter: NCMD, qos: 1 }]);
  },
);

test(
  covers(
    'the node birth has its topic, QoS 0, no retain, sequence number 0 and the time of sending',
    'tck-id-topics-nbirth-topic',
    'tck-id-topics-nbirth-mqtt',
    'tck-id-topics-nbirth-seq-num',
    'tck-id-topics-nbirth-timestamp',
    'tck-id-message-flow-edge-node-birth-publish-nbirth-topic',
    'tck-id-message-flow-edge-node-birth-publish-nbirth-payload',
    'tck-id-message-flow-edge-node-birth-publish-nbirth-qos',
    'tck-id-message-flow-edge-node-birth-publish-nbirth-retained',
    'tck-id-message-flow-edge-node-birth-publish-nbirth-payload-seq',
    'tck-id-payloads-nbirth-timestamp',
    'tck-id-payloads-nbirth-seq',
    'tck-id-payloads-sequence-num-req-nbirth',
    'tck-id-payloads-nbirth-qos',
    'tck-id-payloads-nbirth-retain',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const birth = first(bench.heard, 'NBIRTH');
    expect(birth).toMatchObject({ topic: `spBv1.0/${GROUP}/NBIRTH/${NODE}`, qos: 0, retain: false });
    expect(birth.payload.seq).toBe(0);
    // On its way for 5 ms.
    expect(birth.payload.timestamp).toBe(birth.atWallMs - 5);
  },
);

test(
  covers(
    'the node birth lists every node metric with its type, its time and its value now, or that there is none',
    'tck-id-topics-nbirth-metrics',
    'tck-id-operational-behavior-data-publish-nbirth',
    'tck-id-operational-behavior-data-publish-nbirth-values',
    'tck-id-payloads-name-requirement',
    'tck-id-payloads-name-birth-data-requirement',
    'tck-id-payloads-metric-timestamp-in-UTC',
    'tck-id-payloads-timestamp-in-UTC',
    'tck-id-payloads-metric-datatype-req',
    'tck-id-payloads-metric-datatype-value',
    'tck-id-payloads-metric-datatype-value-type',
    'tck-id-case-sensitivity-metric-names',
  ),
  async () => {
    const bench = new HealthBench();
    bench.openSettlements = ['set_1', 'set_2'];
    await bench.born();
    const birth = first(bench.heard, 'NBIRTH');
    expect(values(birth)).toEqual({
      bdSeq: 0,
      [REBIRTH]: false,
      'Health/Heartbeat': 0,
      'Properties/Version': '0.1.0',
      'Kiosk/Screen': null,
      'Kiosk/SessionsServed': 0,
      'Kiosk/SettlementsOpen': 2,
      'Kiosk/UploadsWaiting': null,
      'Kiosk/UploadAlarm': null,
      'Kiosk/UploadLag': null,
      'InsuranceLine/Alive': 'unknown',
      'InsuranceLine/Reachable': 'unknown',
      'Devices/printer/State': 'online',
      'Devices/card-reader/State': 'online',
      'Devices/scanner/State': 'online',
    });
    for (const metric of birth.payload.metrics) {
      expect([BOOLEAN, INT64, STRING]).toContain(metric.datatype);
      expect(metric.timestamp).toBe(Date.UTC(2026, 10, 22, 1, 0, 0, 10));
    }
    const names = birth.payload.metrics.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  },
);

test(
  covers(
    'the node birth offers the rebirth control: Boolean, false',
    'tck-id-topics-nbirth-rebirth-metric',
    'tck-id-operational-behavior-data-commands-rebirth-name',
    'tck-id-operational-behavior-data-commands-rebirth-datatype',
    'tck-id-operational-behavior-data-commands-rebirth-value',
    'tck-id-payloads-nbirth-rebirth-req',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    const control = first(bench.heard, 'NBIRTH').payload.metrics.find(({ name }) => name === REBIRTH);
    expect(control).toMatchObject({ datatype: BOOLEAN, value: false });
  },
);

test(
  covers(
    'birth and will of one connection carry the same birth-death number, an Int64',
    'tck-id-topics-nbirth-bdseq-included',
    'tck-id-topics-nbirth-bdseq-matching',
    'tck-id-message-flow-edge-node-birth-publish-nbirth-payload-bdSeq',
    'tck-id-payloads-nbirth-bdseq',
    'tck-id-payloads-nbirth-bdseq-repeat',
    'tck-id-payloads-ndeath-bdseq',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    bench.broker.drop(CLIENT);
    await bench.clock.pass(20_000);
    const births = only(bench.heard, 'NBIRTH');
    const [death] = only(bench.heard, 'NDEATH');
    expect(births.map((birth) => metricValue(birth, 'bdSeq'))).toEqual([0, 1]);
    expect(death && values(death)).toEqual({ bdSeq: 0 });
    for (const { payload } of births) {
      expect(payload.metrics.find(({ name }) => name === 'bdSeq')?.datatype).toBe(INT64);
    }
  },
);

test(
  covers(
    'every device that is there is born right after the node, on its own topic, in sequence',
    'tck-id-topics-dbirth-topic',
    'tck-id-topics-dbirth-mqtt',
    'tck-id-topics-dbirth-seq',
    'tck-id-topics-dbirth-timestamp',
    'tck-id-message-flow-device-birth-publish-nbirth-wait',
    'tck-id-message-flow-device-birth-publish-dbirth-topic',
    'tck-id-message-flow-device-birth-publish-dbirth-match-edge-node-topic',
    'tck-id-message-flow-device-birth-publish-dbirth-payload',
    'tck-id-message-flow-device-birth-publish-dbirth-qos',
    'tck-id-message-flow-device-birth-publish-dbirth-retained',
    'tck-id-message-flow-device-birth-publish-dbirth-payload-seq',
    'tck-id-payloads-dbirth-timestamp',
    'tck-id-payloads-dbirth-seq',
    'tck-id-payloads-dbirth-seq-inc',
    'tck-id-payloads-dbirth-order',
    'tck-id-payloads-dbirth-qos',
    'tck-id-payloads-dbirth-retain',
    'tck-id-topic-structure-namespace-unique-device-id',
  ),
  async () => {
    const bench = new HealthBench();
    await bench.born();
    expect(bench.verbs).toEqual(['NBIRTH', 'DBIRTH printer', 'DBIRTH card-reader', 'DBIRTH scanner']);
    expect(bench.heard.map(({ payload }) => payload.seq)).toEqual([0, 1, 2, 3]);
    for (const birth of only(bench.heard, 'DBIRTH')) {
      expect(birth).toMatchObject({ topic: `spBv1.0/${GROUP}/DBIRTH/${NODE}/${birth.device}`, qos: 0, retain: false });
      expect(birth.payload.timestamp).toBe(birth.atWallMs - 5);
    }
  },
);

test(
  covers(
    'a device birth lists every metric of that device with type and value now, or that there is none',
    'tck-id-topics-dbirth-metrics',
    'tck-id-operational-behavior-data-publish-dbirth',
    'tck-id-operational-behavior-data-publish-dbirth-values',
  ),
  async () => {
    const bench = new HealthBench();
    bench.printer.paper = 'low';
    bench.reader.state = 'hardwareError';
    bench.reader.lastFault = { fault: 'hardwareError', detail: 'the reader says 6F00', atWallMs: 1 };
    await bench.born();
    expect(values(first(bench.heard, 'DBIRTH', 'printer'))).toEqual({
      'Properties/Class': 'receiptPrinter',
      State: 'online',
      LastFault: null,
      Paper: 'low',
      CoverOpen: false,
    });
    expect(values(first(bench.heard, 'DBIRTH', 'card-reader'))).toEqual({
      'Properties/Class': 'cardReader',
      State: 'hardwareError',
      LastFault: 'hardwareError',
      Media: 'notPresent',
    });
    const types = only(bench.heard, 'DBIRTH').flatMap(({ payload }) => payload.metrics.map(({ datatype }) => datatype));
    expect(new Set(types)).toEqual(new Set([STRING, BOOLEAN]));
  },
);

test('a device that is not there when the node is born has no birth, but the node names its state', async () => {
  const bench = new HealthBench();
  bench.printer.state = 'powerOff';
  await bench.born();
  expect(bench.verbs).toEqual(['NBIRTH', 'DBIRTH card-reader', 'DBIRTH scanner']);
  expect(metricValue(first(bench.heard, 'NBIRTH'), 'Devices/printer/State')).toBe('powerOff');
});
