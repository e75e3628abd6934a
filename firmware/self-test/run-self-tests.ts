/**
 * Every device of a kiosk, tested: one line of `yizhan doctor` each.
 *
 * Devices are tested side by side. One promise: a line comes for every device, and
 * within `LONGEST_MS`, whatever a device or its test does.
 */

import type { Device, DeviceState } from '../../drivers/device.ts';
import { platformDate } from '../insurance/platform-time.ts';
import type { KioskDevices } from '../kiosk-devices.ts';
import { testBankTerminal } from './bank-terminal.ts';
import { testCabinet } from './cabinet.ts';
import { testCamera } from './camera.ts';
import { testCardReader, testIdCardReader } from './card-readers.ts';
import { testCodeScanner } from './code-scanner.ts';
import { testFace } from './face.ts';
import { testSecondScreen, testVoice } from './hall.ts';
import { testNetwork } from './network.ts';
import { testPagePrinter } from './page-printer.ts';
import { testPersonToken } from './person-token.ts';
import { testPinPad } from './pin-pad.ts';
import { testQueueDisplay } from './queue-display.ts';
import { testReceiptPrinter } from './receipt-printer.ts';
import { testRecorder } from './recorder.ts';
import { type AtKiosk, failed, inUse, notTested, type SelfTest } from './self-test.ts';

/** Above the longest test of one device, ms. */
const LONGEST_MS = 12_000;

/** One line of `yizhan doctor`. */
export interface DeviceReport {
  readonly id: string;
  readonly class: string;
  readonly state: DeviceState;
  readonly identity: string | null;
  readonly capabilities: Readonly<Record<string, string | number | boolean>>;
  readonly lastFault: { readonly fault: string; readonly detail: string } | null;
  /** As the site file says it; `inForce` on the kiosk's own day. */
  readonly certificate: { readonly number: string; readonly until: string; readonly inForce: boolean } | null;
  readonly selfTest: {
    readonly result: SelfTest['result'];
    readonly sentence: string;
    readonly remedy: string | null;
  };
}

export function testDevices(devices: KioskDevices, kiosk: AtKiosk): Promise<readonly DeviceReport[]> {
  return Promise.all(devices.all.map((device) => testDevice(device, devices, kiosk)));
}

/** @param device one of `devices` */
export async function testDevice(device: Device, devices: KioskDevices, kiosk: AtKiosk): Promise<DeviceReport> {
  const test = testsOf(devices).get(device) ?? nothingKnown;
  const { result, sentence, remedy } = away(device) ?? (await withinTime(test, device, kiosk));
  const { lastFault } = device;
  return {
    id: device.id,
    class: device.deviceClass,
    state: device.state,
    identity: device.identity ?? null,
    capabilities: device.capabilities(),
    lastFault: lastFault ? { fault: lastFault.fault, detail: lastFault.detail } : null,
    certificate: certificateOf(device, devices, kiosk),
    selfTest: { result, sentence, remedy: remedy ?? null },
  };
}

function certificateOf(
  { id }: Device,
  { certificates }: KioskDevices,
  { clock }: AtKiosk,
): DeviceReport['certificate'] {
  const certificate = certificates.get(id);
  if (!certificate) return null;
  return { ...certificate, inForce: platformDate(clock.wallMs()) <= certificate.until };
}

type Test = (kiosk: AtKiosk) => SelfTest | Promise<SelfTest>;

const nothingKnown: Test = () => notTested('This kind of device has no self-test.');

function testsOf(devices: KioskDevices): ReadonlyMap<Device, Test> {
  const tests = new Map<Device, Test>();
  const add = <One extends Device>(
    device: One | undefined,
    test: (device: One, kiosk: AtKiosk) => SelfTest | Promise<SelfTest>,
  ): void => {
    if (device) tests.set(device, (kiosk) => test(device, kiosk));
  };
  add(devices.cardReader, testCardReader);
  add(devices.idCardReader, testIdCardReader);
  add(devices.scanner, testCodeScanner);
  add(devices.printer, testReceiptPrinter);
  add(devices.pinPad, testPinPad);
  add(devices.bankTerminal, testBankTerminal);
  add(devices.camera, testCamera);
  add(devices.face, testFace);
  add(devices.queueDisplay, testQueueDisplay);
  add(devices.poleDisplay, testQueueDisplay);
  add(devices.secondScreen, testSecondScreen);
  add(devices.voice, testVoice);
  add(devices.headset, testVoice);
  add(devices.cabinet, testCabinet);
  add(devices.pagePrinter, testPagePrinter);
  add(devices.recorder, testRecorder);
  add(devices.personToken, testPersonToken);
  add(devices.network, testNetwork);
  return tests;
}

/** What the state alone says; `undefined` when the device can be asked. */
function away(device: Device): SelfTest | undefined {
  const detail = device.lastFault ? ` (${device.lastFault.detail})` : '';
  switch (device.state) {
    case 'online':
      return undefined;
    case 'starting':
      return failed('It has not come up yet.', 'Ask again in a moment; if it stays so, check its cable and its power.');
    case 'hardwareError':
      return failed(
        `It is there and says that it can’t work${detail}.`,
        'Do what it says; if it stays so, replace it.',
      );
    case 'potentialFraud':
    case 'fraudAttempt':
      return failed(
        `It does what no honest device does${detail}.`,
        'Take it out of service and tell the hospital’s security.',
      );
    case 'offline':
      return failed('It was switched off by the kiosk.', 'Start the kiosk again.');
    default:
      return failed(
        `It is not connected, or does not answer${detail}.`,
        'Check its cable, its power, and its address in the site file.',
      );
  }
}

function withinTime(test: Test, device: Device, kiosk: AtKiosk): Promise<SelfTest> {
  return new Promise((resolve) => {
    const cancel = kiosk.clock.timer(LONGEST_MS, () =>
      resolve(failed('It did not end its self-test.', 'Switch it off and on; if it stays so, replace it.')),
    );
    // A device that went away during its test has its own words for that.
    const end = (result: SelfTest): void => {
      cancel();
      resolve(away(device) ?? result);
    };
    kiosk.signal?.addEventListener('abort', () => end(inUse()), { once: true });
    Promise.resolve(test(kiosk)).then(end, (error: unknown) =>
      end(failed(`Its self-test broke off: ${error instanceof Error ? error.name : 'unknown'}.`, 'Report this to us.')),
    );
  });
}
