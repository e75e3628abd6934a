/** Ids and topics. */
import { expect, test } from 'vitest';
import { SparkplugIdError, sparkplugTopics } from '../../../firmware/health/sparkplug-topics.ts';
import { CLIENT, covers, GROUP, HealthBench, NODE } from './health-bench.ts';

test(
  covers(
    'every topic is namespace, group, verb, node, and for devices the device: nothing else is ever published',
    'tck-id-topic-structure',
    'tck-id-topic-structure-namespace-a',
    'tck-id-topic-structure-namespace-device-id-associated-message-types',
    'tck-id-topic-structure-namespace-device-id-non-associated-message-types',
    'tck-id-intro-group-id-string',
    'tck-id-intro-edge-node-id-string',
    'tck-id-intro-device-id-string',
  ),
  async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    health.screenShown('S-HOME');
    bench.printer.paper = 'low';
    bench.printer.happened();
    await bench.clock.pass(1_000);
    bench.scanner.become('powerOff');
    await bench.clock.pass(1_000);
    bench.broker.drop(CLIENT);
    const levels = bench.heard.map(({ topic }) => topic.split('/'));
    expect(new Set(levels.map(([, , verb]) => verb))).toEqual(
      new Set(['NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'DDEATH', 'NDEATH']),
    );
    for (const [namespace, group, verb, node, ...device] of levels) {
      expect([namespace, group, node]).toEqual(['spBv1.0', GROUP, NODE]);
      expect(device).toHaveLength(verb?.startsWith('D') ? 1 : 0);
    }
  },
);

test(
  covers(
    'an id with a wildcard, a separator or a control character is a mistake in the configuration and said at once',
    'tck-id-intro-group-id-chars',
    'tck-id-intro-edge-node-id-chars',
    'tck-id-intro-device-id-chars',
    'tck-id-topic-structure-namespace-valid-group-id',
    'tck-id-topic-structure-namespace-valid-edge-node-id',
    'tck-id-topic-structure-namespace-valid-device-id',
  ),
  () => {
    const bad = ['', 'a+b', 'a/b', '#', 'a\u0000b', 'a\nb', 'a\u0085b', '\ud800', 'x'.repeat(65)];
    for (const id of bad) {
      expect(() => sparkplugTopics(id, 'n', ['d'])).toThrow(SparkplugIdError);
      expect(() => sparkplugTopics('g', id, ['d'])).toThrow(SparkplugIdError);
      expect(() => sparkplugTopics('g', 'n', [id])).toThrow(SparkplugIdError);
    }
    expect(sparkplugTopics('医院-1', 'YZ 1.a_b', ['printer']).deviceBirth('printer')).toBe(
      'spBv1.0/医院-1/DBIRTH/YZ 1.a_b/printer',
    );
  },
);

test(
  covers(
    'two devices of one kiosk never share an id, not even but for letter case',
    'tck-id-topic-structure-namespace-unique-device-id',
    'tck-id-case-sensitivity-sparkplug-ids',
  ),
  () => {
    expect(() => sparkplugTopics('g', 'n', ['printer', 'printer'])).toThrow(SparkplugIdError);
    expect(() => sparkplugTopics('g', 'n', ['printer', 'Printer'])).toThrow(SparkplugIdError);
  },
);
