/** Every command of the text displays, disturbed after every byte that passes. `call` on the LED display stands beside. */
import { describe, expect, test } from 'vitest';
import { LedQueueDisplay } from '../../../drivers/queue-display/led-queue-display.ts';
import type { TextQueueDisplay } from '../../../drivers/queue-display/text-queue-display.ts';
import { VfdQueueDisplay } from '../../../drivers/queue-display/vfd-queue-display.ts';
import { SimLedDisplay } from '../../../hardware-sim/devices/queue-display/sim-led-display.ts';
import { SimVfdDisplay } from '../../../hardware-sim/devices/queue-display/sim-vfd-display.ts';
import { DISTURBANCES, DisturbedLine } from '../../support/disturbed-line.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const SOON = { timeoutMs: 10_000 };
const SIZE = { cells: 24, rows: 2 };

async function inHall(kind: 'led' | 'vfd') {
  const clock = new ManualClock();
  const board = kind === 'led' ? new SimLedDisplay({ clock, ...SIZE }) : new SimVfdDisplay();
  const line = new DisturbedLine(board, clock);
  const parts = { id: 'queue-display', address: 'sim:display', bus: line, clock };
  const display: TextQueueDisplay =
    kind === 'led' ? new LedQueueDisplay({ ...parts, ...SIZE }) : new VfdQueueDisplay(parts);
  await clock.pass(500);
  async function ended<Value extends { readonly done: boolean }>(work: Promise<Value>): Promise<Value> {
    let over = false;
    const watched = work.then((value) => {
      over = true;
      return value;
    });
    for (let step = 0; step < 150 && !over; step += 1) await clock.pass(100);
    expect(over, 'a command outlived its own deadline').toBe(true);
    return watched;
  }
  return { clock, board, line, display, ended };
}

const commands = {
  call: (display: TextQueueDisplay) => display.call({ number: 'A012', place: 'W3' }, SOON),
  notice: (display: TextQueueDisplay) => display.notice(['CLOSED', 'GO TO 2'], SOON),
  clear: (display: TextQueueDisplay) => display.clear(SOON),
  showTestPattern: (display: TextQueueDisplay) => display.showTestPattern(SOON),
} as const;

async function walk(
  kind: 'led' | 'vfd',
  command: keyof typeof commands,
  how: (typeof DISTURBANCES)[number],
  cut: number,
) {
  const { display, line, board, clock, ended } = await inHall(kind);
  const at = `${how} after ${cut} bytes`;
  expect(await ended(display.call({ number: 'Z9', place: 'W1' }, SOON))).toMatchObject({ done: true });
  line.disturb(how, cut);
  const sent = commands[command](display);
  const waiting = display.call({ number: 'B002', place: 'W9' }, SOON);
  await ended(sent);
  const lost = how === 'pulled' || how === 'replugged';
  // A display that answers nothing has taken what was written; what waited behind it had its turn.
  if (lost && kind === 'led') expect(await ended(waiting), at).toMatchObject({ fault: 'deviceNotReady' });
  line.mend();
  const waited = await ended(waiting);
  await clock.pass(60_000);
  expect(display.state, at).toBe('online');
  if (!waited.done) expect(board.text().join(), at).not.toContain('B002');
  expect(await ended(display.call({ number: 'C003', place: 'W1' }, SOON)), at).toMatchObject({ done: true });
  await clock.pass(40_000);
  expect(board.text()[0], at).toBe('C003 W1');
  await display.close();
  expect(clock.waiting, at).toBe(0);
}

describe.each([
  ['led', 'notice'],
  ['led', 'clear'],
  ['led', 'showTestPattern'],
  ['vfd', 'call'],
  ['vfd', 'notice'],
  ['vfd', 'clear'],
  ['vfd', 'showTestPattern'],
] as const)('%s: %s', (kind, command) => {
  test.each(DISTURBANCES)(
    '%s at every byte: it ends with a word, and the display is right again by itself',
    async (how) => {
      const whole = await inHall(kind);
      const from = whole.line.passed;
      expect(await whole.ended(commands[command](whole.display))).toMatchObject({ done: true });
      const bytes = whole.line.passed - from;
      await whole.display.close();
      for (let cut = 0; cut < bytes; cut += 1) await walk(kind, command, how, cut);
    },
  );
});
