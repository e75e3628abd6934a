/**
 * A HID-POS scanner and a PIN pad on the guest's bus, with hands.
 *
 * The PIN pad here is only its wire: it answers each report with the same bytes,
 * each one bit-flipped, so that what comes back was seen by the device.
 */
import { serveHands } from '../bench-process.ts';
import { HID_POS_REPORT_BYTES, HID_POS_SCANNER, PIN_PAD } from '../doors/hid-descriptors.ts';
import { type HidIdentity, UhidDevice } from '../doors/uhid-door.ts';

export const SCANNER_IDS = { vendor: 0x0c2e, product: 0x0b61 } as const;
export const PIN_PAD_IDS = { vendor: 0xf055, product: 0x0002 } as const;

const scanner: HidIdentity = { name: 'Yizhan HID-POS scanner', ...SCANNER_IDS, reportDescriptor: HID_POS_SCANNER };
const pinPad: HidIdentity = { name: 'Yizhan PIN pad', ...PIN_PAD_IDS, reportDescriptor: PIN_PAD };
const plugged = new Map<string, UhidDevice>();

function device(name: string): UhidDevice {
  const there = plugged.get(name);
  if (!there) throw new Error(`the ${name} is not plugged in`);
  return there;
}

serveHands({
  plugIn: async (name: 'scanner' | 'pinPad') => {
    if (name === 'scanner') plugged.set(name, await UhidDevice.plugIn(scanner));
    else {
      const pad: UhidDevice = await UhidDevice.plugIn(pinPad, {
        // hidraw puts the report id in front, 0 where there are none. A pad that was pulled out answers nobody.
        output: (report) => void pad.input(report.slice(1).map((byte) => byte ^ 0xff)).catch(() => undefined),
      });
      plugged.set(name, pad);
    }
  },
  unplug: async (name: string) => {
    await device(name).unplug();
    plugged.delete(name);
    return Date.now();
  },
  /** A code in front of the window, at most 59 bytes of it. */
  scan: async (text: string) => {
    const report = new Uint8Array(HID_POS_REPORT_BYTES);
    const code = Buffer.from(text, 'utf8');
    report.set([2, code.length, ...Buffer.from(']Q1'), ...code]);
    await device('scanner').input(report);
    return Date.now();
  },
});
