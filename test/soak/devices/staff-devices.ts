/** What staff prove themselves with: a PIV card, its PIN and a signature. */
import { PinEntry } from '../../../drivers/person-token/pin-entry.ts';
import { PivToken } from '../../../drivers/person-token/piv-token.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { StaffCardAuthority, TEST_STAFF } from '../../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import { busWith } from '../../support/bench-bus.ts';
import { type MakeSoaked, word } from './soaked-device.ts';

const CHALLENGE = new TextEncoder().encode('kiosk 990000-01 opens its door, nonce 0123456789');
const FOR_3_S = { timeoutMs: 3_000 } as const;
/** Made once: a key takes its time, and a day needs only one. */
const { card } = await (await StaffCardAuthority.create()).issue(TEST_STAFF.engineer, { algorithm: 'eccP256' });

const staffToken: MakeSoaked = (clock, stream) => {
  const slot = new SimCardSlot({ clock, apduMs: 12 });
  const bus = busWith({ openCardSlot: (_address, signal) => slot.openCardSlot(signal) });
  const device = new PivToken({ id: 'staff-token', address: 'sim:staff-token', bus, clock, heldMs: 20_000 });
  return {
    device,
    use: async () => {
      if (!slot.card) slot.insert(card);
      const shown = await device.verifyPin(PinEntry.from(new TextEncoder().encode('471100')), FOR_3_S);
      const signed = shown.done ? await device.sign(CHALLENGE, FOR_3_S) : shown;
      // Some pull the card, some leave it, some let the PIN run out by itself.
      if (stream.below(3) > 0) await device.release();
      if (stream.below(2) === 0 && slot.card) slot.remove();
      return word(signed);
    },
    trouble: {
      unplug: () => slot.unplug(),
      hang: () => slot.hang(),
      tornOff: () => slot.faults.tearOffAtApdu(1 + stream.below(8)),
      wrongWay: () => {
        if (!slot.card) slot.insert(card, { face: 'wrong' });
      },
    },
    mend: () => {
      if (slot.pluggedIn) slot.unplug();
      slot.plugIn();
      if (slot.card) slot.remove();
    },
  };
};

export const staffDevices: Readonly<Record<string, MakeSoaked>> = { staffToken };
