/** A real PIV driver, a simulated slot and a clock that only the test moves. */
import type { Completion } from '../../../drivers/device.ts';
import { PinEntry } from '../../../drivers/person-token/pin-entry.ts';
import { PivToken } from '../../../drivers/person-token/piv-token.ts';

import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { StaffCardAuthority } from '../../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const PIN = '471100';
export const WRONG_PIN = '000000';
export const CHALLENGE = new TextEncoder().encode('kiosk 990000-01 opens its door, nonce 0123456789');

export interface TokenBench {
  readonly clock: ManualClock;
  readonly slot: SimCardSlot;
  readonly token: PivToken;
  /** Token events and device states as they came. */
  readonly told: string[];
  /** Commands that reached a chip, hex. */
  readonly heard: string[];
  /** Waits with virtual time passing; fails when a command outlives its deadline. */
  ended<Value>(command: Promise<Value>, timeoutMs?: number): Promise<Value>;
}

let authority: Promise<StaffCardAuthority> | undefined;
/** One for all tests of a file. */
export function staffAuthority(): Promise<StaffCardAuthority> {
  authority ??= StaffCardAuthority.create();
  return authority;
}

export async function onTokenBench(options: { apduMs?: number; heldMs?: number } = {}): Promise<TokenBench> {
  const clock = new ManualClock();
  const slot = new SimCardSlot({ clock, apduMs: options.apduMs ?? 12 });
  const bus = busWith({ openCardSlot: (_address, signal) => slot.openCardSlot(signal) });
  const held = options.heldMs === undefined ? {} : { heldMs: options.heldMs };
  const token = new PivToken({ id: 'staff-token', address: 'sim:staff-token', bus, clock, ...held });
  const told: string[] = [];
  const heard: string[] = [];
  token.onTokenEvent(({ event }) => told.push(event));
  token.onStateChanged((state) => told.push(state));
  slot.onApdu((apdu) => heard.push(Buffer.from(apdu).toString('hex')));
  await clock.drain();
  const ended = async <Value>(command: Promise<Value>, timeoutMs = 3_000): Promise<Value> => {
    let over = false;
    const mark = (): void => {
      over = true;
    };
    command.then(mark, mark);
    for (let passed = 0; !over; passed += 10) {
      if (passed > timeoutMs + 1_200) throw new Error('The command outlived its own deadline.');
      await clock.pass(10);
    }
    return await command;
  };
  return { clock, slot, token, told, heard, ended };
}

export function pinEntry(digits = PIN): PinEntry {
  return PinEntry.from(new TextEncoder().encode(digits));
}

export function word(completion: Completion<unknown, string>): string {
  return completion.done ? 'done' : completion.fault;
}

export const FOR_3_S = { timeoutMs: 3_000 } as const;
