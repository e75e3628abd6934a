/** One scanner, one contract: over TCP, over a serial port through serialport, and as HID behind a device host. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import type { CodeScanner } from '../../../drivers/code-scanner/code-scanner.ts';
import { openCodeScanner } from '../../../drivers/code-scanner/open-code-scanner.ts';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import type { DeviceBus } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { SimCodeScanner } from '../../../hardware-sim/devices/code-scanner.ts';
import { openHidDoor } from '../../../hardware-sim/devices/hid-door.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';
import { busWith } from '../../support/bench-bus.ts';

const CREDENTIAL = 'TEST0000CODE0000INVENTED0001';
const NEXT = '100000000000000000';

interface OnWire {
  readonly twin: SimCodeScanner;
  readonly scanner: CodeScanner;
  readonly codes: string[];
}

type Door = (twin: SimCodeScanner) => Promise<{ readonly bus: DeviceBus; readonly address: string }>;

const doors: readonly [string, 'line' | 'hidPos', Door][] = [
  [
    'TCP',
    'line',
    async (twin) => {
      const door = await openByteDoor((signal) => twin.openByteLink(signal));
      onTestFinished(() => door.close());
      return { bus: realBus(), address: door.address };
    },
  ],
  [
    'a serial port',
    'line',
    async (twin) => {
      const door = await PtyDoor.open(twin, systemClock);
      onTestFinished(() => door.close());
      return { bus: realBus(), address: `serial:${door.path}?baudRate=9600` };
    },
  ],
  [
    'HID, in this process',
    'hidPos',
    async (twin) => {
      const door = await openHidDoor((signal) => twin.openHidLink(signal));
      onTestFinished(() => door.close());
      return { bus: realBus(), address: door.address };
    },
  ],
  [
    'HID, in a device host',
    'hidPos',
    async (twin) => {
      const door = await openHidDoor((signal) => twin.openHidLink(signal));
      const host = new DeviceHost({ library: 'loopback', clock: systemClock });
      onTestFinished(async () => {
        await host.close();
        await door.close();
      });
      return {
        bus: busWith({ openHidLink: (address, signal) => host.openHidLink(address, signal) }),
        address: door.address,
      };
    },
  ],
];

function realBus(): DeviceBus {
  const bus = createDeviceBus({ clock: systemClock });
  onTestFinished(() => bus.close());
  return bus;
}

async function onWire(form: 'line' | 'hidPos', open: Door): Promise<OnWire> {
  const twin = new SimCodeScanner({ mode: form, clock: systemClock });
  const { bus, address } = await open(twin);
  const scanner = openCodeScanner({ id: 'code-scanner', address, bus, clock: systemClock });
  onTestFinished(() => scanner.close());
  const codes: string[] = [];
  scanner.onScannerEvent((event) => {
    if (event.event === 'codeRead') codes.push(event.text.reveal());
  });
  await reaching(scanner, 'online');
  return { twin, scanner, codes };
}

function reaching(scanner: CodeScanner, state: string): Promise<void> {
  return new Promise((resolve) => {
    if (scanner.state === state) resolve();
    else
      scanner.onStateChanged((now) => {
        if (now === state) resolve();
      });
  });
}

function nextCode(scanner: CodeScanner): Promise<string> {
  return new Promise((resolve) => {
    const stop = scanner.onScannerEvent((event) => {
      stop();
      resolve(event.event === 'codeRead' ? `${event.kind} ${event.text.reveal()}` : event.detail);
    });
  });
}

describe.each(doors)('a code scanner on %s', (_where, form, open) => {
  test('reads a code', async () => {
    const { twin, scanner } = await onWire(form, open);
    expect(scanner.capabilities()['form']).toBe(form);
    const told = nextCode(scanner);
    twin.show(CREDENTIAL);
    expect(await told).toBe(`eCredential ${CREDENTIAL}`);
  });

  test('pulled in the middle of a code and plugged again, it reads the next one and nothing of the first', async () => {
    const { twin, scanner, codes } = await onWire(form, open);
    const lost = reaching(scanner, 'powerOff');
    twin.faults.next({ after: 1, disturbance: { kind: 'pulled' } });
    twin.show(CREDENTIAL.repeat(5));
    await lost;
    twin.plugIn();
    await reaching(scanner, 'online');
    const told = nextCode(scanner);
    twin.show(NEXT);
    expect(await told).toBe(`wechatPay ${NEXT}`);
    expect(codes).toEqual([NEXT]);
  });
});
