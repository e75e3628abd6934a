/**
 * A code scanner in HID-POS mode (usage page 0x8C).
 *
 * One promise: a scanner that types as a keyboard is refused and named, because
 * its keys reach the desktop as well as us: a code held to the window must not
 * be able to press a key of this kiosk.
 */
import type { DeviceBus, HidDevice } from '../ports.ts';
import { type Opened, UnfitDeviceError } from '../supervisor.ts';
import { HidPosParser } from './hid-pos-parser.ts';
import type { CodeScannerOptions } from './line-code-scanner.ts';
import { type ScannerLink, SupervisedScanner } from './supervised-scanner.ts';

const CODE_SCANNER = 0x8c;
const GENERIC_DESKTOP = 0x01;
const NOT_KNOWN = 0;
const SET_IT_UP = 'set it to HID-POS (usage page 8C) or USB serial (CDC) with its set-up sheet';

export class HidCodeScanner extends SupervisedScanner {
  constructor({ id, address, bus, clock }: CodeScannerOptions) {
    const parser = new HidPosParser();
    super({ id, form: 'hidPos', clock, parser, open: (signal) => openHid(bus, address, signal) });
  }
}

async function openHid(bus: DeviceBus, address: string, signal: AbortSignal): Promise<Opened<ScannerLink>> {
  const link = await bus.openHidLink(address, signal);
  const obstacle = whyNotFit(link.device);
  if (obstacle !== undefined) {
    await link.close();
    throw new UnfitDeviceError(obstacle);
  }
  return {
    link: { identity: link.device.product || undefined, onBytes: (listener) => link.onReport(listener) },
    onLost: (listener) => link.onLost(listener),
    close: () => link.close(),
  };
}

function whyNotFit({ usagePage }: HidDevice): string | undefined {
  if (usagePage === CODE_SCANNER || usagePage === NOT_KNOWN) return undefined;
  if (usagePage === GENERIC_DESKTOP) return `the scanner types as a keyboard: ${SET_IT_UP}`;
  return `the scanner speaks HID page ${usagePage.toString(16)}: ${SET_IT_UP}`;
}
