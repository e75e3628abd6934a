/** The slip's commands, disturbed after every byte that passes: print to a presenter, draw back, see it taken. */
import { describe, expect, test } from 'vitest';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { epsonWithTakenSensor, presenterKiosk } from '../../../drivers/receipt-printer/printer-profile.ts';
import * as simulated from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { busWith } from '../../support/bench-bus.ts';
import { DISTURBANCES, type Disturbance, DisturbedLine } from '../../support/disturbed-line.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const LONGEST_MS = 8_000;
const profiles = {
  presenter: { driver: presenterKiosk, machine: simulated.customKiosk },
  sensor: { driver: epsonWithTakenSensor, machine: simulated.epsonWithDetector },
} as const;

function slipOf(who: string): PaperDocument {
  return {
    blocks: [
      { kind: 'text', text: who },
      { kind: 'cut', mode: 'full' },
    ],
  };
}

async function onLine(which: keyof typeof profiles) {
  const clock = new ManualClock();
  const machine = new VirtualPrinter({ clock, profile: profiles[which].machine });
  const line = new DisturbedLine(machine, clock);
  const bus = busWith({ openByteLink: (address, signal) => line.openByteLink(address, signal) });
  const printer = new EscposReceiptPrinter({ id: 'p', address: 'sim:p', bus, clock, profile: profiles[which].driver });
  await clock.pass(3_000);
  async function ended<Value extends { readonly done: boolean }>(work: Promise<Value>): Promise<Value> {
    let over = false;
    const watched = work.then((value) => {
      over = true;
      return value;
    });
    for (let passed = 0; !over && passed <= LONGEST_MS + 500; passed += 100) await clock.pass(100);
    expect(over, 'a command outlived its own deadline').toBe(true);
    return watched;
  }
  return { clock, machine, line, printer, ended };
}

type Bench = Awaited<ReturnType<typeof onLine>>;
type Ended = Promise<{ readonly done: boolean }>;
const commands = {
  print: ({ printer }: Bench, who = 'first'): Ended => printer.print(slipOf(who), { timeoutMs: LONGEST_MS }),
  retract: ({ printer }: Bench): Ended => printer.retract({ timeoutMs: LONGEST_MS }),
} as const;

async function prepared(which: keyof typeof profiles, command: keyof typeof commands): Promise<Bench> {
  const bench = await onLine(which);
  if (command === 'retract') expect(await bench.ended(commands.print(bench, 'older'))).toMatchObject({ done: true });
  return bench;
}

async function bytesOf(which: keyof typeof profiles, command: keyof typeof commands): Promise<number> {
  const bench = await prepared(which, command);
  const before = bench.line.passed;
  expect(await bench.ended(commands[command](bench))).toMatchObject({ done: true });
  const passed = bench.line.passed - before;
  await bench.printer.close();
  return passed;
}

async function walk(which: keyof typeof profiles, command: keyof typeof commands, kind: Disturbance, after: number) {
  const bench = await prepared(which, command);
  const { clock, machine, line, printer, ended } = bench;
  line.disturb(kind, after);
  const both = Promise.all([
    ended(commands[command](bench)),
    ended(printer.print(slipOf('waited'), { timeoutMs: 200 })),
  ]);
  await both;
  await clock.pass(500);
  line.mend();
  machine.unplug();
  machine.plugIn();
  machine.closeCover();
  await clock.pass(20_000);
  expect(printer.state, `${kind} after ${after}`).toBe('online');
  machine.tear();
  await clock.pass(3_000);
  while (machine.tear()) await clock.pass(1_000);
  expect(await ended(printer.print(slipOf('last'), { timeoutMs: LONGEST_MS })), `${kind} after ${after}`).toMatchObject(
    {
      done: true,
    },
  );
  const { outlet } = machine.state();
  // What was printed to the end is one document's alone: nothing of a waiting or broken one is on it.
  expect(paperText(outlet.at(-1) ?? machine.state().atHead).join()).toBe('last');
  await printer.close();
  await clock.pass(10_000);
  expect(clock.waiting, 'timers left behind').toBe(0);
}

describe.each([
  ['presenter', 'print'],
  ['presenter', 'retract'],
  ['sensor', 'print'],
] as const)('%s: %s', (which, command) => {
  test.each(DISTURBANCES)('%s at every byte: every wait settles, and the next slip is nobody else’s', async (kind) => {
    const bytes = await bytesOf(which, command);
    for (let after = 0; after <= bytes; after += 1) await walk(which, command, kind, after);
  });
});
