/** docs/interfaces/health.asyncapi.yaml against the allow-list in the code, and against what really leaves. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { DeviceClass } from '../../drivers/device.ts';
import {
  deviceMetrics,
  deviceStateName,
  type MetricTable,
  type MetricValue,
  nodeMetrics,
} from '../../firmware/health/health-metrics.ts';
import { usualTimings } from '../../firmware/health/node-timings.ts';
import { sparkplugTopics } from '../../firmware/health/sparkplug-topics.ts';
import { CLIENT, GROUP, HealthBench, type Heard, NCMD, NODE } from '../firmware/health/health-bench.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is read as it lies
type Node = any;

const root = new URL('../../', import.meta.url);
const document: Node = parse(readFileSync(new URL('docs/interfaces/health.asyncapi.yaml', root), 'utf8'));

const resolve = (node: Node): Node =>
  typeof node?.$ref === 'string'
    ? resolve(
        node.$ref
          .split('/')
          .slice(1)
          .reduce((place: Node, name: string) => place[name], document),
      )
    : node;

/** The single metrics that a schema allows, alternatives of alternatives included. */
function metricsOf(schema: Node): readonly Node[] {
  const { anyOf, properties } = resolve(schema);
  return anyOf ? anyOf.flatMap(metricsOf) : [properties];
}

const DEVICE = 'receipt-printer';
const TYPES: Readonly<Record<number, string>> = { 4: 'Int64', 11: 'Boolean', 12: 'String' };

/** `name → type`, patterns written out for one device. */
function documented(...schemas: readonly string[]): Record<string, string> {
  const metrics = schemas.flatMap((name) => metricsOf(document.components.schemas[name]));
  return Object.fromEntries(
    metrics.map(({ name, datatype }) => {
      const written = name.const ?? deviceStateName(DEVICE);
      if (name.pattern) expect(written).toMatch(new RegExp(name.pattern));
      return [written, TYPES[resolve(datatype).const] ?? 'unknown'];
    }),
  );
}

const allowed = (table: MetricTable): Record<string, string> =>
  Object.fromEntries([...table].map(([name, { type }]) => [name, type]));

describe('the metrics', () => {
  test('of the kiosk are, by name and type, those of the allow-list', () => {
    expect(documented('NodeMetric')).toEqual(allowed(nodeMetrics([DEVICE])));
  });

  test('of each class of device are, by name and type, those of the allow-list', () => {
    const more: Partial<Record<DeviceClass, string>> = {
      receiptPrinter: 'ReceiptPrinterMetric',
      cardReader: 'CardReaderMetric',
      camera: 'CameraMetric',
    };
    const classes: readonly DeviceClass[] = resolve({ $ref: '#/components/schemas/DeviceClass' }).enum.filter(Boolean);
    expect(classes).toContain('codeScanner');
    for (const deviceClass of classes) {
      const own = more[deviceClass];
      const schemas = ['AnyDeviceMetric', ...(own === undefined ? [] : [own])];
      expect(documented(...schemas), deviceClass).toEqual(allowed(deviceMetrics(deviceClass)));
    }
  });

  test('have exactly the values that the allow-list lets out', () => {
    const candidates = candidateValues();
    const classes = ['receiptPrinter', 'cardReader', 'camera'] as const;
    const tables = [nodeMetrics([DEVICE]), ...classes.map(deviceMetrics)];
    const rules = new Map(tables.flatMap((table) => [...table]));
    const metrics = ['NodeMetric', 'DeviceMetric'].flatMap((name) =>
      metricsOf({ $ref: `#/components/schemas/${name}` }),
    );
    const differing = metrics.flatMap(({ name, value }) => {
      const written: string = name.const ?? deviceStateName(DEVICE);
      const schema = schemaOf(value);
      return candidates
        .filter((candidate) => schema.safeParse(candidate).success !== rules.get(written)?.accepts(candidate))
        .map((candidate) => `${written} = ${JSON.stringify(candidate)}`);
    });
    expect(differing).toEqual([]);
  });
});

describe('the topics', () => {
  test('are those of the code', () => {
    const topics = sparkplugTopics('{group}', '{node}', ['{device}']);
    const addresses = Object.fromEntries(
      Object.entries<Node>(document.channels).map(([name, { address }]) => [name, address]),
    );
    expect(addresses).toEqual({
      nodeBirth: topics.nodeBirth,
      nodeData: topics.nodeData,
      nodeDeath: topics.nodeDeath,
      nodeCommand: topics.nodeCommand,
      deviceBirth: topics.deviceBirth('{device}'),
      deviceData: topics.deviceData('{device}'),
      deviceDeath: topics.deviceDeath('{device}'),
    });
    const { mqtt } = document.servers.fleet.bindings;
    expect(mqtt).toMatchObject({ keepAlive: usualTimings.keepAliveSeconds, lastWill: { topic: topics.nodeDeath } });
  });
});

describe('what a kiosk says', () => {
  test('from birth to death fits the document: topic, quality of service, retain and every metric', async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    health.screenShown('S-HOME');
    health.insuranceLine({ alive: 'yes', reachable: 'no' });
    health.sessionEnded();
    bench.printer.paper = 'low';
    bench.printer.happened();
    await bench.clock.pass(61_000);
    bench.scanner.become('powerOff');
    await bench.clock.pass(1_000);
    bench.askForRebirth();
    await bench.clock.pass(1_000);
    bench.broker.drop(CLIENT);
    const { heard } = bench;
    expect(new Set(heard.map(({ verb }) => verb)).size).toBe(6);
    expect(heard.flatMap((message) => misfit(message) ?? [])).toEqual([]);
    await health.stop();
  });

  test('is not just anything: a foreign metric, a foreign word or a foreign topic does not fit', async () => {
    const bench = new HealthBench();
    const health = await bench.born();
    const birth = bench.heard.find(({ verb }) => verb === 'NBIRTH');
    if (!birth) throw new Error('no birth');
    const [first, ...rest] = birth.payload.metrics;
    if (!first) throw new Error('no metric');
    const withFirst = (change: object): Heard => ({
      ...birth,
      payload: { ...birth.payload, metrics: [{ ...first, ...change }, ...rest] },
    });
    expect(misfit(birth)).toBeUndefined();
    expect(misfit(withFirst({ name: 'Kiosk/Person' }))).toContain('NBIRTH');
    expect(misfit(withFirst({ name: 'Kiosk/Screen', datatype: 12, value: '张演一' }))).toContain('NBIRTH');
    expect(misfit({ ...birth, topic: NCMD })).toContain('no channel');
    expect(misfit({ ...birth, retain: true })).toContain('retain');
    const stopping = health.stop();
    await bench.clock.pass(5_000);
    await stopping;
  });
});

/** What of a message the document does not foresee; `undefined` when it fits. */
function misfit({ topic, verb, qos, retain, payload }: Heard): string | undefined {
  const written = topic.replace(`/${GROUP}/`, '/{group}/').replace(`/${NODE}`, '/{node}');
  const address = written.replace(/\{node\}\/.+$/, '{node}/{device}');
  const found = Object.entries<Node>(document.operations).find(
    ([, operation]) => operation.action === 'send' && resolve(operation.channel).address === address,
  );
  if (!found) return `${topic}: no channel`;
  const [, operation] = found;
  const { mqtt } = operation.bindings;
  if (mqtt.qos !== qos || mqtt.retain !== retain) return `${topic}: qos or retain`;
  const [message] = Object.values<Node>(resolve(operation.channel).messages);
  const decoded = JSON.parse(JSON.stringify(payload));
  const result = schemaOf(resolve(message).payload).safeParse(decoded);
  if (!result.success) return `${verb}: ${z.prettifyError(result.error)}`;
  const births = verb === 'NBIRTH' || verb === 'DBIRTH' || verb === 'NDEATH';
  const typed = payload.metrics.every((metric) => (metric.datatype !== undefined) === births);
  return typed ? undefined : `${verb}: datatypes`;
}

function schemaOf(node: Node) {
  const whole = { ...resolve(node), $defs: document.components.schemas };
  return z.fromJSONSchema(JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')));
}

/** Every word of the document and every word of the allow-list's own source, and values of other kinds. */
function candidateValues(): readonly MetricValue[] {
  const source = readFileSync(new URL('firmware/health/health-metrics.ts', root), 'utf8');
  const inCode = [...source.matchAll(/'?([\w-]+)'?: true/g)].map((found) => found[1] ?? '');
  const inDocument = Object.values<Node>(document.components.schemas).flatMap((schema) => schema.enum ?? []);
  expect(inCode.length).toBeGreaterThan(50);
  const others = [
    0,
    1,
    1.5,
    -1,
    true,
    false,
    null,
    '',
    '0.1.0',
    '12.3.4-beta.1',
    '1.2',
    'v1.2.3',
    '990001197903141012',
  ];
  return [...new Set([...inCode, ...inDocument, ...others])];
}
