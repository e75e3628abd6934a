/** The PIN pad; the identity-card reader stands with the front devices. */
import { createCipheriv } from 'node:crypto';
import { ZtPinPad } from '../../../drivers/pin-pad/zt-pin-pad.ts';
import { VirtualPinPad } from '../../../hardware-sim/devices/pin-pad/virtual-pin-pad.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { busWith } from '../../support/bench-bus.ts';
import { type MakeSoaked, noise, word } from './soaked-device.ts';

const MASTER_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');
const PIN_KEY = Buffer.from('89ABCDEF0123456710325476BADCFE98', 'hex');

function under(key: Buffer, data: Uint8Array): Buffer {
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key.subarray(0, 8)]), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

const pinPad: MakeSoaked = (clock, stream) => {
  const twin = new VirtualPinPad({ clock, random: new SeededRandom(1, 'soaked-pin-pad') });
  twin.loadMasterKey(MASTER_KEY);
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const device = new ZtPinPad({ id: 'pin-pad', address: 'sim:pin-pad', bus, clock });
  const load = {
    timeoutMs: 5_000,
    keySet: 0,
    encryptedKey: under(MASTER_KEY, PIN_KEY),
    checkValue: under(PIN_KEY, Buffer.alloc(8)).subarray(0, 3),
  };
  return {
    device,
    use: async () => {
      const loaded = await device.loadPinKey(load);
      if (!loaded.done) return word(loaded);
      const limits = { timeoutMs: 20_000, entryLimitMs: 10_000, minDigits: 4, maxDigits: 6 };
      const entering = device.enterPinBlock({ ...limits, format: 'iso1', keySet: 0 });
      // A finger that starts after a second; what it meets then is the trouble.
      clock.timer(1_000, () => {
        twin.typePin('7391');
        twin.press('enter');
      });
      return word(await entering);
    },
    trouble: {
      unplug: () => twin.unplug(),
      hang: () => twin.hang(),
      noise: () => twin.noise(noise(stream)),
      pried: () => twin.openHousing(),
      brokenAnswer: () => {
        twin.faults.wrongChecksums = 2;
      },
    },
    mend: () => {
      twin.unplug();
      twin.plugIn();
      twin.loadMasterKey(MASTER_KEY);
    },
  };
};

export const idcardDevices: Readonly<Record<string, MakeSoaked>> = { pinPad };
