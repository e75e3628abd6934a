/** Every command of the cabinet, disturbed after every byte of its exchange, in six ways. */
import { describe, expect, test } from 'vitest';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import type { PinPlan } from '../../../drivers/cabinet/pin-plan.ts';
import { VirtualCabinet } from '../../../hardware-sim/devices/cabinet/virtual-cabinet.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { busTo } from './cabinet-bench.ts';
import {
  DISTURBANCES,
  type Disturbance,
  type DisturbedLine,
  disturbedLine,
  passUntil,
  untilQuiet,
} from './disturbed-line.ts';

/** One of each, on a small board, so that every byte can be tried. */
const PLAN: PinPlan = {
  inputs: [{ senses: 'callButton', pin: 2, active: 'low', pullUp: true, debounceMs: 20 }],
  lights: { scanner: { green: { pin: 8, active: 'high' } } },
  relays: { printerPower: { pin: 9, active: 'high', atStart: 'closed' } },
};
const TIMEOUT_MS = 1_500;

async function small() {
  const clock = new ManualClock();
  const twin = new VirtualCabinet({ clock, size: 'uno' });
  const lines: DisturbedLine[] = [];
  let first: ((line: DisturbedLine) => void) | undefined;
  const bus = busTo(async (signal) => {
    const line = disturbedLine(
      await twin.board.openByteLink(signal),
      clock,
      () => twin.unplug(),
      () => twin.plugIn(),
    );
    lines.push(line);
    first?.(line);
    first = undefined;
    return line.link;
  });
  const start = (onFirst?: (line: DisturbedLine) => void): BoardCabinet => {
    first = onFirst;
    return new BoardCabinet({ id: 'cabinet', address: 'tcp://board', bus, clock, plan: PLAN });
  };
  return { clock, twin, lines, start };
}

type Small = Awaited<ReturnType<typeof small>>;

const quiet = ({ clock, lines }: Small): Promise<void> => untilQuiet(clock, lines);
const until = ({ clock, lines }: Small, done: () => boolean, limitMs: number): Promise<boolean> =>
  passUntil(clock, lines, done, limitMs);

/** Lamp pin and relay pin on the small board. */
const lit = ({ twin }: Small): boolean => twin.board.driven(8) === true;
const fed = ({ twin }: Small): boolean => twin.board.driven(9) === true;

const COMMANDS = {
  setLight: (cabinet: BoardCabinet) =>
    cabinet.setLight('scanner', { flashRate: 'continuous' }, { timeoutMs: TIMEOUT_MS }),
  switchRelay: (cabinet: BoardCabinet) => cabinet.switchRelay('printerPower', false, { timeoutMs: TIMEOUT_MS }),
} as const;

async function lengthOf(work: (bench: Small, cabinet: BoardCabinet) => Promise<unknown>): Promise<number> {
  const bench = await small();
  const cabinet = bench.start();
  await quiet(bench);
  const before = bench.lines[0]?.passed() ?? 0;
  await work(bench, cabinet);
  await quiet(bench);
  const length = (bench.lines[0]?.passed() ?? 0) - before;
  await cabinet.close();
  return length;
}

async function disturbed(command: keyof typeof COMMANDS, at: number, how: Disturbance): Promise<string[]> {
  const bench = await small();
  const cabinet = bench.start();
  await quiet(bench);
  bench.lines[0]?.disturbAfter(at, how);
  const where = `${command} ${how} after byte ${at}`;
  const wrong: string[] = [];
  let ended: { readonly done: boolean; readonly fault?: string } | undefined;
  COMMANDS[command](cabinet).then((completion) => {
    ended = completion;
  });
  if (!(await until(bench, () => ended !== undefined, TIMEOUT_MS + 250))) wrong.push(`${where}: never ended`);
  if (ended?.done === false && !['deviceNotReady', 'timeOut', 'lightError'].includes(ended.fault ?? '')) {
    wrong.push(`${where}: ${ended.fault}`);
  }
  // From here on the board must never be told what the failed command wanted.
  const wanted = command === 'setLight' ? () => lit(bench) : () => !fed(bench) && bench.twin.board.mode(9) === 1;
  const hadIt = wanted();
  let sentLater = false;
  bench.twin.plugIn();
  bench.twin.board.onDriven(() => {
    if (ended?.done === false && !hadIt && command === 'setLight' && wanted()) sentLater = true;
  });
  if (!(await until(bench, () => cabinet.state === 'online', 20_000))) wrong.push(`${where}: not online again`);
  await until(bench, () => false, 2_500);
  if (sentLater) wrong.push(`${where}: sent after the loss`);
  const done = ended?.done === true;
  if (command === 'setLight' && lit(bench) !== done) wrong.push(`${where}: lit is ${lit(bench)}, done is ${done}`);
  if (command === 'switchRelay' && fed(bench) === done) wrong.push(`${where}: fed is ${fed(bench)}, done is ${done}`);
  bench.twin.board.wire(2, 'low');
  await until(bench, () => cabinet.status().operatorCallButtonSensor === 'on', 5_000);
  if (cabinet.status().operatorCallButtonSensor !== 'on') wrong.push(`${where}: deaf afterwards`);
  await cabinet.close();
  if (bench.clock.waiting > 0 && how !== 'slow') wrong.push(`${where}: something still runs`);
  return wrong;
}

describe.each(DISTURBANCES)('%s', (how) => {
  test.each(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])('%s after every byte', async (command) => {
    const length = await lengthOf((_bench, cabinet) => COMMANDS[command](cabinet));
    expect(length).toBeGreaterThan(8);
    const wrong: string[] = [];
    for (let at = 0; at < length; at += 1) wrong.push(...(await disturbed(command, at, how)));
    expect(wrong).toEqual([]);
  });

  test('the question of an idle moment, after every byte', async () => {
    const length = await lengthOf(async ({ clock }) => clock.pass(2_000));
    expect(length).toBeGreaterThan(8);
    const wrong: string[] = [];
    for (let at = 0; at < length; at += 1) {
      const bench = await small();
      const cabinet = bench.start();
      await quiet(bench);
      bench.lines[0]?.disturbAfter(at, how);
      await until(bench, () => cabinet.state !== 'online', 3_500);
      bench.twin.plugIn();
      if (!(await until(bench, () => cabinet.state === 'online', 20_000))) wrong.push(`after byte ${at}: not online`);
      await until(bench, () => false, 1_000);
      if (!fed(bench) || lit(bench)) wrong.push(`after byte ${at}: outputs are not as they should be`);
      await cabinet.close();
    }
    expect(wrong).toEqual([]);
  });

  test('setting up the board, after every byte', async () => {
    const measured = await small();
    const once = measured.start();
    await quiet(measured);
    const length = measured.lines[0]?.passed() ?? 0;
    expect(length).toBeGreaterThan(200);
    await once.close();
    const wrong: string[] = [];
    for (let at = 0; at < length; at += 1) {
      const bench = await small();
      const cabinet = bench.start((line) => line.disturbAfter(at, how));
      await until(bench, () => cabinet.state !== 'starting', 6_000);
      bench.twin.plugIn();
      if (!(await until(bench, () => cabinet.state === 'online', 30_000))) wrong.push(`after byte ${at}: not online`);
      await until(bench, () => false, 1_000);
      if (!fed(bench)) wrong.push(`after byte ${at}: outputs are not as they should be`);
      await cabinet.close();
    }
    expect(wrong).toEqual([]);
  });
});
