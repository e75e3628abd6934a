/** The driver, a real transport and the virtual printer's own door, on the real clock. */

import { expect, test } from 'vitest';
import { openSerialByteLink } from '../../../drivers/byte-link/serial-transport.ts';
import { openTcpByteLink } from '../../../drivers/byte-link/tcp-transport.ts';
import { openUsblpLink } from '../../../drivers/byte-link/usblp-transport.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import { epsonLike } from '../../../drivers/receipt-printer/printer-profile.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { paperText } from '../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { Pty } from '../../../hardware-sim/devices/receipt-printer/pty.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';
import { TcpDoor } from '../../../hardware-sim/devices/receipt-printer/tcp-door.ts';
import { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { busWith } from '../../support/bench-bus.ts';

type Open = (signal: AbortSignal) => Promise<ByteLink>;

const doors: [string, (machine: VirtualPrinter) => Promise<{ open: Open; close: () => Promise<void> }>][] = [
  [
    'TCP',
    async (machine) => {
      const door = await TcpDoor.open(machine, 0);
      return { open: (signal) => openTcpByteLink('127.0.0.1', door.port, signal), close: () => door.close() };
    },
  ],
  [
    'a serial port',
    async (machine) => {
      const door = await PtyDoor.open(machine, systemClock);
      const open: Open = (signal) => openSerialByteLink(door.path, { baudRate: 115_200 }, signal);
      return { open, close: () => door.close() };
    },
  ],
];

function printerOn(open: Open) {
  const bus = busWith({ openByteLink: (_address, signal) => open(signal) });
  const printer = new EscposReceiptPrinter({ id: 'p', address: 'wire', bus, clock: systemClock, profile: epsonLike });
  const reaching = (state: string): Promise<void> =>
    new Promise((resolve) => {
      if (printer.state === state) resolve();
      else
        printer.onStateChanged((now) => {
          if (now === state) resolve();
        });
    });
  return { printer, reaching };
}

const slip = (text: string) =>
  ({
    blocks: [
      { kind: 'text', text },
      { kind: 'cut', mode: 'partial' },
    ],
  }) as const;
const printed = { done: true, value: { proof: 'printed' } };
const inTime = { timeoutMs: 10_000 };

function onPaper(machine: VirtualPrinter): string[] {
  return machine.state().outlet.flatMap((sheet) => [...paperText(sheet)]);
}

test.each(doors)(
  'a printer over %s prints with proof, and is lost with its cable',
  async (_name, openDoor) => {
    const machine = new VirtualPrinter({ clock: systemClock });
    const door = await openDoor(machine);
    const { printer, reaching } = printerOn(door.open);
    try {
      await reaching('online');
      expect(await printer.print(slip('门诊一'), inTime)).toEqual(printed);
      expect(onPaper(machine)).toEqual(['门诊一']);
      await door.close();
      await reaching('powerOff');
      expect(await printer.print(slip('丢失'), inTime)).toMatchObject({ fault: 'deviceNotReady', onPaper: 'nothing' });
    } finally {
      await printer.close();
    }
  },
  20_000,
);

test('a printer over TCP that comes back prints again, and nothing of what was lost', async () => {
  const machine = new VirtualPrinter({ clock: systemClock });
  const door = await TcpDoor.open(machine, 0);
  const { printer, reaching } = printerOn((signal) => openTcpByteLink('127.0.0.1', door.port, signal));
  try {
    await reaching('online');
    machine.unplug();
    await reaching('powerOff');
    expect(await printer.print(slip('丢失'), inTime)).toMatchObject({ fault: 'deviceNotReady' });
    machine.plugIn();
    await reaching('online');
    expect(await printer.print(slip('门诊二'), inTime)).toEqual(printed);
    expect(onPaper(machine)).toEqual(['门诊二']);
  } finally {
    await printer.close();
    await door.close();
  }
}, 20_000);

test('a printer over the kernel’s printer device prints with proof, and the job after the cable says that it is gone', async () => {
  // A pseudo-terminal stands in. The file calls, O_NONBLOCK and EAGAIN are the kernel's; a pulled cable is a write's
  // EIO here and ENODEV on a real usblp, where the read that is always tried notices it as well.
  const machine = new VirtualPrinter({ clock: systemClock });
  const door = await PtyDoor.open(machine, systemClock);
  const { printer, reaching } = printerOn((signal) => openUsblpLink(door.path, systemClock, signal));
  try {
    await reaching('online');
    expect(await printer.print(slip('门诊一'), inTime)).toEqual(printed);
    expect(onPaper(machine)).toEqual(['门诊一']);
    await door.close();
    expect(await printer.print(slip('丢失'), inTime)).toMatchObject({ fault: 'deviceNotReady' });
    await reaching('powerOff');
  } finally {
    await printer.close();
  }
}, 20_000);

test('a printer device that nobody empties stalls a write without holding this process, and ends with its signal', async () => {
  const pty = await Pty.open(systemClock);
  // Nobody reads the other end: the kernel's own buffer fills up, as behind a printer without paper.
  pty.reader.pause();
  const link = await openUsblpLink(pty.path, systemClock, new AbortController().signal);
  try {
    const write = link.write(new Uint8Array(200_000), AbortSignal.timeout(300));
    await expect(write).rejects.toMatchObject({ name: 'TimeoutError' });
  } finally {
    await link.close();
    await pty.close();
  }
});

test('only a character device is a printer device', async () => {
  const never = new AbortController().signal;
  await expect(openUsblpLink('/dev/usb/no-such-printer', systemClock, never)).rejects.toBeInstanceOf(LinkLostError);
  await expect(openUsblpLink(import.meta.filename, systemClock, never)).rejects.toThrow('no device');
});
