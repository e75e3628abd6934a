/**
 * The unplug matrix of a device with a serial cable: one command, disturbed at
 * every byte that passes.
 *
 * One promise: when `disturb` returns, every wait has settled with a word, nothing
 * that was queued before a loss went out after it, and the device works again.
 */
import { expect } from 'vitest';
import type { Completion, DeviceState } from '../../drivers/device.ts';
import type { SerialPlug } from '../../hardware-sim/devices/serial-plug.ts';
import type { ManualClock } from './manual-clock.ts';

export const TROUBLES = ['pulled', 'hung', 'noise', 'slow', 'doubled', 'replugged'] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface DisturbedBench {
  readonly clock: ManualClock;
  readonly twin: {
    readonly plug: SerialPlug;
    unplug(): void;
    plugIn(): void;
    hang(): void;
    noise(bytes: Uint8Array): void;
  };
  readonly device: { readonly state: DeviceState; close(): Promise<void> };
  /** Its own deadline is at most `longestMs`. */
  command(): Promise<Completion<unknown, string>>;
  readonly longestMs: number;
  /** Whether these bytes, heard by the device, begin the command (and not an opening or a watch). */
  isCommand(heard: Buffer): boolean;
  /** What hands do for the command to go on, if it needs any. */
  hands?(): Promise<void>;
}

const NOISE = Uint8Array.of(0x00, 0xaa, 0xaa, 0x02, 0x30, 0xff, 0x96, 0x69, 0x03, 0x7f, 0x80, 0xaa, 0x41, 0x00);
/** 115200 baud in larger pieces; the trouble comes at its byte all the same. */
const PACE = { bytes: 64, ms: 5.6 };

/** How many bytes pass in the undisturbed command, both ways. */
export async function bytesOf(bench: DisturbedBench): Promise<number> {
  const before = bench.twin.plug.passed;
  const [word] = await settle(bench, [bench.command()]);
  expect(word).toBe('done');
  const passed = bench.twin.plug.passed - before;
  await bench.device.close();
  return passed;
}

/** → the word of the disturbed command, and of the one that waited behind it. */
export async function disturb(bench: DisturbedBench, trouble: Trouble, afterBytes: number): Promise<readonly string[]> {
  const { clock, twin, device } = bench;
  let heard = Buffer.alloc(0);
  let lost = false;
  twin.plug.pace = PACE;
  twin.plug.onDeviceHears((bytes) => {
    heard = Buffer.concat([heard, bytes]);
  });
  twin.plug.whenPassed(twin.plug.passed + afterBytes, () => {
    if (trouble === 'hung') twin.hang();
    else if (trouble === 'noise') twin.noise(NOISE);
    else if (trouble === 'slow') twin.plug.pace = { bytes: 1, ms: 25 };
    else if (trouble === 'doubled') twin.plug.doubles = true;
    else {
      lost = true;
      heard = Buffer.alloc(0);
      twin.unplug();
      if (trouble === 'replugged') twin.plugIn();
    }
  });
  const words = await settle(bench, [bench.command(), bench.command()]);
  await clock.pass(2_500);
  twin.unplug();
  twin.plugIn();
  twin.plug.pace = PACE;
  twin.plug.doubles = false;
  await clock.pass(6_000);
  if (lost) expect(bench.isCommand(heard), 'a command from before the loss went out after it').toBe(false);
  expect(device.state).toBe('online');
  expect(await settle(bench, [bench.command()])).toEqual(['done']);
  await device.close();
  await clock.pass(10_000);
  expect(clock.waiting, 'timers left behind').toBe(0);
  return words;
}

async function settle(
  bench: DisturbedBench,
  commands: readonly Promise<Completion<unknown, string>>[],
): Promise<readonly string[]> {
  let ended = 0;
  const words = Promise.all(
    commands.map(async (command) => {
      const completion = await command;
      ended += 1;
      return completion.done ? 'done' : completion.fault;
    }),
  );
  for (let passed = 0; ended < commands.length; passed += 50) {
    if (passed > bench.longestMs + 200) throw new Error('A command outlived its own deadline.');
    await bench.hands?.();
    await bench.clock.pass(50);
  }
  return words;
}
