/**
 * GPIO lines through libgpiod's own tools, on a gpiochip of the kernel's.
 *
 * The chip is a CP2112 played through uhid: gpio-sim is switched off in Debian's
 * kernel, and this driver gives real lines with edges.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { openGpioBoard } from '../../../drivers/cabinet/gpio-transport.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { Bench } from '../bench-process.ts';
import { runCase, until } from '../case-run.ts';
import { emulatedClock } from '../emulated-clock.ts';

const DOOR = 3;
const LAMP = 5;
const BUTTON = 6;

function chipName(): string | undefined {
  const said = spawnSync('gpiodetect', { encoding: 'utf8' }).stdout ?? '';
  return /^(\S+) \[cp2112_gpio\] \(8 lines\)$/m.exec(said)?.[1];
}

await runCase(async (run) => {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/gpio-bench.ts'));
  run.atEnd(() => bench.stop());
  const chip = await run.step('the chip is put in: gpiodetect names it', async (signal) => {
    await bench.use('plugIn');
    return until(signal, chipName, 50);
  });
  await run.step('gpioget reads an open contact high and a closed one low', async () => {
    const read = () => spawnSync('gpioget', [chip, String(DOOR)], { encoding: 'utf8' }).stdout.trim();
    assert.equal(read(), '1');
    await bench.use('contact', DOOR, true);
    assert.equal(read(), '0');
    await bench.use('contact', DOOR, false);
  });

  const monitor = spawn('gpiomon', ['--line-buffered', chip, String(DOOR)], { stdio: ['ignore', 'pipe', 2] });
  run.atEnd(() => monitor.kill('SIGKILL'));
  const edges: string[] = [];
  monitor.stdout?.setEncoding('utf8');
  monitor.stdout?.on('data', (text: string) => edges.push(...text.trim().split('\n')));
  await run.step('gpiomon tells each opening and closing of a door', async (signal) => {
    // The tool is watching when the first change reaches it.
    let closed = false;
    const flip = async (): Promise<boolean> => {
      closed = !closed;
      await bench.use('contact', DOOR, closed);
      return edges.length > 0;
    };
    await until(signal, flip, 300);
    await pause(500);
    for (let turn = 0; turn < 6; turn += 1) {
      const before = edges.length;
      await flip();
      const edge = await until(signal, () => edges[before], 5);
      assert.match(edge, closed ? /FALLING EDGE offset: 3 / : /RISING EDGE offset: 3 /);
    }
  });
  await run.step('gpioset holds a lamp for as long as it lives', async (signal) => {
    const holder = spawn('gpioset', ['--mode=signal', chip, `${LAMP}=1`], { stdio: ['ignore', 2, 2] });
    run.atEnd(() => holder.kill('SIGKILL'));
    await until(signal, () => bench.use<boolean>('lamp', LAMP));
    holder.kill('SIGTERM');
    const off = spawnSync('gpioset', ['--mode=exit', chip, `${LAMP}=0`]);
    assert.equal(off.status, 0);
    assert.equal(await bench.use('lamp', LAMP), false);
  });
  monitor.kill('SIGKILL');
  const levels = new Map<number, boolean>();
  const board = await run.step('our board opens: every input has told its level once', (signal) =>
    openGpioBoard(
      {
        chip,
        clock: emulatedClock,
        pins: {
          inputs: [
            { pin: DOOR, pullUp: false },
            { pin: BUTTON, pullUp: false },
          ],
          outputs: [{ pin: LAMP, part: 'lamp' }],
        },
        onLevel: (pin, high) => void levels.set(pin, high),
      },
      signal,
    ),
  );
  run.atEnd(() => board.close());
  await run.step('it tells a button that is pressed and let go, and drives a lamp', async (signal) => {
    // Its tools may not watch yet when the board says that it is open: a change that comes too early is not told.
    let pressed = false;
    const press = async (): Promise<boolean> => {
      pressed = !pressed;
      await bench.use('contact', BUTTON, pressed);
      await pause(600);
      return levels.get(BUTTON) === !pressed;
    };
    assert.equal(levels.get(BUTTON), true);
    await until(signal, press);
    await until(signal, press);
    for (const lit of [true, false]) {
      await board.write(new Map([[LAMP, lit]]), signal);
      await until(signal, async () => (await bench.use<boolean>('lamp', LAMP)) === lit);
    }
  });
  await run.step('the chip pulled out is no chip any more, and does not open', async (signal) => {
    await bench.use('unplug');
    await until(signal, () => chipName() === undefined, 50);
    const { pins, onLevel } = {
      pins: { inputs: [{ pin: DOOR, pullUp: false }], outputs: [] },
      onLevel: () => undefined,
    };
    await assert.rejects(openGpioBoard({ chip, clock: emulatedClock, pins, onLevel }, signal), LinkLostError);
  });
});
