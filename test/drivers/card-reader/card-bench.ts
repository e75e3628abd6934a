/** A real driver, a simulated slot and a clock that only the test moves. */

import type { CardAuthentication } from '../../../drivers/card-reader/card-authentication.ts';
import type { CardReadFault, SocialSecurityCard } from '../../../drivers/card-reader/card-reader.ts';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import type { Completion } from '../../../drivers/device.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import type { CardInterface } from '../../../hardware-sim/devices/card-slot-options.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export interface CardBench {
  readonly clock: ManualClock;
  readonly slot: SimCardSlot;
  readonly reader: ChipCardReader;
  /** Card events and device states as they came. */
  readonly told: string[];
  /** Reads with virtual time passing until the read has ended; fails when it takes longer than its own deadline. */
  read(timeoutMs?: number): Promise<Completion<SocialSecurityCard, CardReadFault>>;
}

export async function onBench(
  options: { readonly authentication?: CardAuthentication; readonly apduMs?: number; readonly by?: CardInterface } = {},
): Promise<CardBench> {
  const clock = new ManualClock();
  const slot = new SimCardSlot({ clock, apduMs: options.apduMs ?? 12, by: options.by ?? 'contacts' });
  const bus = busWith({ openCardSlot: (_address, signal) => slot.openCardSlot(signal) });
  const { authentication } = options;
  const reader = new ChipCardReader({
    id: 'card-reader',
    address: 'sim:card-reader',
    bus,
    clock,
    ...(authentication ? { authentication } : {}),
  });
  const told: string[] = [];
  reader.onCardEvent(({ event }) => told.push(event));
  reader.onStateChanged((state) => told.push(state));
  await clock.drain();
  const read = async (timeoutMs = 3_000): Promise<Completion<SocialSecurityCard, CardReadFault>> => {
    let ended = false;
    const reading = reader.readSocialSecurityCard({ timeoutMs }).finally(() => {
      ended = true;
    });
    for (let passed = 0; !ended; passed += 10) {
      if (passed > timeoutMs + 100) throw new Error('The read outlived its own deadline.');
      await clock.pass(10);
    }
    return await reading;
  };
  return { clock, slot, reader, told, read };
}

export function faultWord(completion: Completion<unknown, string>): string {
  return completion.done ? 'done' : completion.fault;
}
