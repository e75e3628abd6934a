/** No personal data, ever: what is on no list cannot leave, whatever a device, a screen or a mistake says. */
import { describe, expect, test } from 'vitest';
import type { DeviceState } from '../../../drivers/device.ts';
import { deviceMetrics, metricNames, nodeMetrics } from '../../../firmware/health/health-metrics.ts';
import { MetricBoard } from '../../../firmware/health/metric-board.ts';
import type { ScreenBody } from '../../../firmware/screen/messages.ts';
import { CLIENT, HealthBench } from './health-bench.ts';

/** Invented; area code 990001 does not exist. */
const person = {
  name: '测试欧阳',
  pinyin: 'CeShiOuYang',
  number: '990001199001011235',
  card: 'T12345678',
  phone: '13900000000',
};

/** Every way in which the person could stand in bytes. */
function traces(): readonly Buffer[] {
  const gbkName = Buffer.from('b2e2cad4c5b7d1f4', 'hex');
  const texts = [person.name, person.pinyin, person.number, person.card, person.phone, person.number.slice(-6)];
  return [gbkName, ...texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])];
}

function leaks(bench: HealthBench): readonly string[] {
  const said = bench.broker.traffic.flatMap((entry) => {
    if ('message' in entry) return [Buffer.from(entry.message.payload), Buffer.from(entry.message.topic)];
    return entry.packet === 'connect' ? [Buffer.from(entry.options.will.payload), Buffer.from(entry.clientId)] : [];
  });
  return traces().flatMap((trace) => said.filter((bytes) => bytes.includes(trace)).map(() => trace.toString('utf8')));
}

test('a session of a known person leaves no trace of them in any byte that was published', async () => {
  const bench = new HealthBench();
  const health = await bench.born();
  bench.openSettlements = [`set_${person.number}`];
  for (const name of ['S-BUSY', 'S-WHO', 'S-BILL', 'S-SPLIT', 'S-PAY', 'S-DONE'] as const) {
    health.screenShown(name);
    bench.reader.media = name === 'S-DONE' ? 'notPresent' : 'present';
    bench.reader.happened();
    await bench.clock.pass(5_000);
  }
  bench.reader.become('hardwareError', {
    fault: 'invalidMedia',
    detail: `card ${person.card} of ${person.name}`,
    atWallMs: 1,
  });
  health.sessionEnded();
  await bench.clock.pass(120_000);
  bench.askForRebirth();
  await bench.clock.pass(1_000);
  bench.broker.drop(CLIENT);
  await bench.clock.pass(20_000);
  expect(bench.heard.length).toBeGreaterThan(20);
  expect(leaks(bench)).toEqual([]);
});

test('a driver, a screen and a version that speak of a person are not repeated', async () => {
  const bench = new HealthBench();
  const health = await bench.born({ version: person.phone });
  health.screenShown(person.name as ScreenBody['name']);
  health.screenShown(`S-WHO ${person.number}` as ScreenBody['name']);
  health.insuranceLine({ alive: person.card as 'yes', reachable: 'yes' });
  bench.scanner.become(person.pinyin as DeviceState);
  bench.printer.become('hardwareError', { fault: person.pinyin, detail: person.name, atWallMs: 1 });
  await bench.clock.pass(120_000);
  bench.askForRebirth();
  await bench.clock.pass(1_000);
  expect(leaks(bench)).toEqual([]);
  expect(bench.notices).toContain('metricRefused');
  const births = bench.heard.filter(({ verb }) => verb === 'DBIRTH');
  const faults = births.flatMap(({ payload }) => payload.metrics.filter(({ name }) => name === 'LastFault'));
  // A fault nobody has a word for is still a fault.
  expect(faults.map(({ value }) => value)).toContain('other');
});

describe('the allow-list', () => {
  const board = (): MetricBoard => new MetricBoard(nodeMetrics(['printer']));

  test('refuses every name that is not in the table', () => {
    for (const name of ['Patient/Name', 'Kiosk/screen', 'State', 'Devices/scanner/State', 'constructor', '']) {
      expect(board().set(name, 1, 0)).toBe(false);
    }
  });

  test('refuses every text that is no word of its list', () => {
    const rules = [...nodeMetrics(['printer']), ...deviceMetrics('receiptPrinter'), ...deviceMetrics('cardReader')];
    const texts = [person.name, person.pinyin, person.number, person.card, '', 'toString', '__proto__', '0.1.0\n'];
    const accepted = rules.flatMap(([name, rule]) =>
      texts.filter((text) => rule.accepts(text)).map((text) => [name, text]),
    );
    expect(accepted).toEqual([]);
  });

  test('takes counts only: an identity number is too long for a safe whole number, a fraction is none', () => {
    const one = board();
    expect(one.set(metricNames.sessionsServed, Number(person.number), 0)).toBe(false);
    expect(one.set(metricNames.sessionsServed, 1.5, 0)).toBe(false);
    expect(one.set(metricNames.sessionsServed, -1, 0)).toBe(false);
    expect(one.set(metricNames.sessionsServed, Number.NaN, 0)).toBe(false);
    expect(one.set(metricNames.sessionsServed, 12, 0)).toBe(true);
  });

  test('keeps the old value when a new one is refused', () => {
    const one = board();
    one.set(metricNames.screen, 'S-HOME', 5);
    expect(one.set(metricNames.screen, person.name, 6)).toBe(false);
    const told = one.takeAll(7).find(({ name }) => name === metricNames.screen);
    expect(told).toEqual({ name: metricNames.screen, type: 'String', value: 'S-HOME', atWallMs: 7 });
  });
});
