/** The simulator's code scanner on the guest's bus, as its set-up sheet has it: HID-POS or keyboard. */
import { systemClock } from '../../../drivers/system-clock.ts';
import { SimCodeScanner } from '../../../hardware-sim/devices/code-scanner.ts';
import { serveHands } from '../bench-process.ts';
import { BOOT_KEYBOARD, HID_POS_SCANNER } from '../doors/hid-descriptors.ts';
import { UhidDevice } from '../doors/uhid-door.ts';

const scanner = new SimCodeScanner({ mode: 'hidPos', clock: systemClock });
let cable: UhidDevice | undefined;

async function plugIn(): Promise<void> {
  const numbered = scanner.mode === 'hidPos';
  const device = await UhidDevice.plugIn({
    name: 'Yizhan Virtual Scanner',
    vendor: 0x0c2e,
    product: 0x0b61,
    reportDescriptor: numbered ? HID_POS_SCANNER : BOOT_KEYBOARD,
  });
  cable = device;
  const link = await scanner.openHidLink(new AbortController().signal);
  link.onReport((report) => void device.input(numbered ? report : report.slice(1)).catch(() => undefined));
}

serveHands({
  plugIn,
  unplug: async () => {
    await cable?.unplug();
    return Date.now();
  },
  show: (text: string) => scanner.show(text),
  /** The scanner leaves the bus and comes back as the sheet says. */
  showSetUpSheet: async (mode: 'hidPos' | 'keyboard') => {
    await cable?.unplug();
    scanner.showSetUpSheet(mode);
    await plugIn();
  },
});
