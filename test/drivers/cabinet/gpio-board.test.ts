/**
 * The computer's own GPIO lines, with stand-ins for libgpiod's tools.
 *
 * The stand-ins print what libgpiod 1.6 prints: the lines of its README (`gpiomon --num-events=3
 * --rising-edge gpiochip2 3`), of its man page gpiomon(1), and the errors seen with Debian's gpiod 1.6.3
 * on a machine without a chip. The real tools on a real kernel are the kernel guest's part.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import { parseEdge, parseLevels } from '../../../drivers/cabinet/gpio-line.ts';
import { openGpioBoard } from '../../../drivers/cabinet/gpio-transport.ts';
import type { PinPlan } from '../../../drivers/cabinet/pin-plan.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { busTo } from './cabinet-bench.ts';

const PLAN: PinPlan = {
  inputs: [
    { senses: 'door', door: 'service', pin: 3, active: 'high', pullUp: true, debounceMs: 5 },
    { senses: 'presence', pin: 4, active: 'high', pullUp: false, debounceMs: 5 },
  ],
  lights: { scanner: { green: { pin: 20, active: 'high' } } },
  relays: { printerPower: { pin: 21, active: 'low', atStart: 'closed' } },
};

/** gpioget says what `levels` holds, gpiomon prints what is appended to `edges`, gpioset notes what it holds. */
function standIns() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-gpio-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'edges'), '');
  writeFileSync(join(folder, 'version'), '1.6.3');
  const tool = (name: string, body: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\ncd ${folder}\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  return {
    folder,
    tools: {
      gpioget: tool('gpioget', 'shift 2\nfor line in "$@"; do printf "0 "; done'),
      gpiomon: tool(
        'gpiomon',
        '[ "$1" = --version ] && { echo "gpiomon (libgpiod) v$(cat version)"; exit; }\n[ -e broken ] && { echo "gpiomon: error waiting for events" >&2; exit 1; }\necho $$ > monitor\nexec tail -n 0 -s 0.01 -f edges',
      ),
      gpioset: tool(
        'gpioset',
        'echo "$3" >> held\n[ -e taken ] && { echo "gpioset: error setting the GPIO line values: Device or resource busy" >&2; exit 1; }\nexec sleep 600',
      ),
    },
    edge: (line: string) => writeFileSync(join(folder, 'edges'), `${line}\n`, { flag: 'a' }),
    held: () => (existsSync(join(folder, 'held')) ? readFileSync(join(folder, 'held'), 'utf8').trim().split('\n') : []),
    make: (name: string) => writeFileSync(join(folder, name), ''),
  };
}

/** A stand-in holds its lines when it has come to its last command; the real ones are told by the kernel. */
function holdsLines(processId: number): boolean {
  try {
    return /^(tail|sleep)\0/.test(readFileSync(`/proc/${processId}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(done: () => boolean, limitMs = 5_000): Promise<void> {
  for (let waited = 0; !done() && waited < limitMs; waited += 10) await pause(10);
  expect(done()).toBe(true);
}

function cabinetOn({ tools }: ReturnType<typeof standIns>): BoardCabinet {
  const cabinet = new BoardCabinet({
    id: 'cabinet',
    address: 'gpio:gpiochip0',
    bus: busTo(() => Promise.reject(new LinkLostError('no byte link'))),
    clock: systemClock,
    plan: PLAN,
    openBoard: (pins, onLevel, signal) =>
      openGpioBoard({ chip: 'gpiochip0', pins, onLevel, clock: systemClock, tools, holdsLines }, signal),
  });
  onTestFinished(() => cabinet.close());
  return cabinet;
}

describe('lines of libgpiod', () => {
  test.each([
    ['event:  RISING EDGE offset: 3 timestamp: [    1151.814356387]', { offset: 3, high: true }],
    ['event: FALLING EDGE offset: 17 timestamp: [1722306410.568556216]', { offset: 17, high: false }],
    ['event: FALLING EDGE offset: 5 timestamp: [     173.574306530] ', undefined],
    ['event:  RISING EDGE offset: 3000 timestamp: [    1151.814356387]', undefined],
    ['gpiomon: error waiting for events', undefined],
    ['', undefined],
  ])('%s', (line, edge) => expect(parseEdge(line)).toEqual(edge));

  test.each([
    ['0 1 1\n', 3, [false, true, true]],
    ['1\n', 1, [true]],
    ['1\n', 2, undefined],
    ['0 2\n', 2, undefined],
    ['', 1, undefined],
  ])('gpioget said %j for %i lines', (text, count, levels) => expect(parseLevels(text, count)).toEqual(levels));
});

describe('a cabinet on GPIO lines', () => {
  test('reads the first levels, hears edges, and holds its outputs', async () => {
    const bench = standIns();
    const cabinet = cabinetOn(bench);
    await until(() => cabinet.state === 'online');
    expect(cabinet.identity).toBe('gpio gpiochip0');
    expect(cabinet.status()).toMatchObject({ doors: { service: 'closed' }, proximitySensor: 'notPresent' });
    // The relay pulls when its line is low.
    expect(bench.held().sort()).toEqual(['20=0', '21=0']);
    bench.edge('event:  RISING EDGE offset: 3 timestamp: [    1151.814356387]');
    bench.edge('what nobody understands');
    bench.edge('event:  RISING EDGE offset: 99 timestamp: [    1151.814356387]');
    await until(() => cabinet.status().doors['service'] === 'open');
    expect(await cabinet.setLight('scanner', { flashRate: 'continuous' }, { timeoutMs: 2_000 })).toMatchObject({
      done: true,
    });
    expect(bench.held().at(-1)).toBe('20=1');
  });

  test('a line that somebody else holds is the reason that is given', async () => {
    const bench = standIns();
    bench.make('taken');
    const cabinet = cabinetOn(bench);
    await until(() => cabinet.state === 'powerOff');
    expect(cabinet.lastFault?.detail).toContain('Device or resource busy');
  });

  test('a tool that ends is a lost board; it is opened again when the tool runs again', async () => {
    const bench = standIns();
    const cabinet = cabinetOn(bench);
    await until(() => cabinet.state === 'online');
    bench.make('broken');
    process.kill(Number(readFileSync(join(bench.folder, 'monitor'), 'utf8')), 'SIGTERM');
    await until(() => cabinet.state === 'powerOff');
    expect(cabinet.status().doors['service']).toBe('unknown');
    await until(() => cabinet.lastFault?.detail.includes('error waiting for events') === true);
    rmSync(join(bench.folder, 'broken'));
    await until(() => cabinet.state === 'online');
    expect(cabinet.status().doors['service']).toBe('closed');
  });

  test('tools of another version are named, not guessed at', async () => {
    const bench = standIns();
    writeFileSync(join(bench.folder, 'version'), '2.2.1');
    const cabinet = cabinetOn(bench);
    await until(() => cabinet.state === 'powerOff');
    expect(cabinet.lastFault?.detail).toBe('libgpiod 1.x is needed, found 2.2');
  });

  test('a kiosk that is killed leaves nobody behind who holds its lines', async () => {
    const { tools } = standIns();
    const drivers = new URL('../../../drivers/', import.meta.url).href;
    const script = `
      import { LineTool } from '${drivers}line-tool.ts';
      const tool = new LineTool(process.argv[1], ['--mode=signal', 'gpiochip0', '21=1'], 'gpiod');
      console.log(tool.processId);`;
    const kiosk = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, tools.gpioset],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const tool = Number(await new Promise((resolve) => kiosk.stdout.once('data', (bytes) => resolve(String(bytes)))));
    await until(() => holdsLines(tool));
    kiosk.kill('SIGKILL');
    await until(() => !holdsLines(tool));
  });

  test('a machine without the tools says what to install', async () => {
    const nowhere = {
      gpioget: '/nonexistent/gpioget',
      gpiomon: '/nonexistent/gpiomon',
      gpioset: '/nonexistent/gpioset',
    };
    const cabinet = cabinetOn({ ...standIns(), tools: nowhere });
    await until(() => cabinet.state === 'powerOff');
    expect(cabinet.lastFault?.detail).toContain('Debian package gpiod');
  });
});
