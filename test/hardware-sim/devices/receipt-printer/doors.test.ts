/** The printer's network card and serial port, on the real clock. */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openSerialByteLink } from '../../../../drivers/byte-link/serial-transport.ts';
import { type ByteLink, LinkLostError } from '../../../../drivers/ports.ts';
import { systemClock } from '../../../../drivers/system-clock.ts';
import { epsonLike } from '../../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import type { Sheet } from '../../../../hardware-sim/devices/receipt-printer/paper.ts';
import { paperText } from '../../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { PtyDoor } from '../../../../hardware-sim/devices/receipt-printer/pty-door.ts';
import { TcpDoor } from '../../../../hardware-sim/devices/receipt-printer/tcp-door.ts';
import { VirtualPrinter } from '../../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { hex, toHex } from './printer-bench.ts';
import { connectWhenFree, endOf, hearOverTcp, openTcp, sendOverTcp } from './tcp-host.ts';

const fast = { ...epsonLike, speedMmPerSecond: 100_000, cutMs: 0 };
const doors: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

describe('TCP 9100', () => {
  async function onNetwork(): Promise<{ printer: VirtualPrinter; port: number }> {
    const printer = new VirtualPrinter({ clock: systemClock, profile: fast });
    const door = await TcpDoor.open(printer, 0);
    doors.push(door);
    return { printer, port: door.port };
  }

  test('data goes in, status and process ids come out', async () => {
    const { printer, port } = await onNetwork();
    const socket = await openTcp(port);
    const heard = hearOverTcp(socket, 8);
    socket.write(hex('10 04 01 D2 BD D4 BA 0A 1D 28 48 06 00 30 30 30 30 30 31'));
    expect(await heard).toBe('1637223030303100');
    expect(paperText(printer.state().atHead)).toEqual(['医院']);
    socket.destroy();
  });

  test('a second host is turned away while the first prints on', async () => {
    const { port } = await onNetwork();
    const first = await openTcp(port);
    const heard = hearOverTcp(first, 1);
    first.write(hex('10 04 01'));
    await heard;
    expect(await endOf(port)).toBe('ECONNRESET');
    const again = hearOverTcp(first, 1);
    first.write(hex('10 04 02'));
    expect(await again).toBe('12');
    first.destroy();
  });

  test('what a full printer has no room for waits in the network and is not lost', async () => {
    const { printer, port } = await onNetwork();
    printer.openCover();
    const socket = await openTcp(port);
    const heard = hearOverTcp(socket, 8);
    const line = `${'x'.repeat(47)}\n`;
    socket.write(`${line.repeat(300)}`);
    socket.write(hex('1D 67 32 00 94 00 1D 67 32 00 94 00'));
    printer.closeCover();
    await heard;
    expect(paperText(printer.state().atHead)).toHaveLength(300);
    socket.destroy();
  });

  test('a host that hung up after its last byte still gets the whole slip', async () => {
    const { printer, port } = await onNetwork();
    const line = `${'x'.repeat(47)}\n`;
    const slip = new Promise<Sheet>((resolve) => {
      printer.onPaper((event) => {
        if (event.kind === 'sheet') resolve(event.sheet);
      });
    });
    await sendOverTcp(port, Buffer.concat([Buffer.from(line.repeat(200)), hex('1D 56 00 1D 72 01')]));
    expect(paperText(await slip)).toHaveLength(200);
  });

  test('a host that breaks off frees the printer for the next one', async () => {
    const { printer, port } = await onNetwork();
    printer.openCover();
    const first = await openTcp(port);
    const heard = hearOverTcp(first, 1);
    first.write(Buffer.concat([hex('10 04 02'), Buffer.alloc(20_000, 0x41)]));
    await heard;
    first.resetAndDestroy();
    // A full buffer takes no status request either: the next host is heard when there is room.
    while (printer.state().connected) await nextTurn();
    printer.closeCover();
    const second = await connectWhenFree(port);
    const again = hearOverTcp(second, 1);
    second.write(hex('0A 1D 72 01'));
    expect(await again).toBe('00');
    expect(paperText(printer.state().atHead).join('')).toBe('A'.repeat(4096 - 3));
    second.destroy();
  });

  test('pulling the cable resets the connection', async () => {
    const { printer, port } = await onNetwork();
    const socket = await openTcp(port);
    const heard = hearOverTcp(socket, 1);
    socket.write(hex('10 04 01'));
    await heard;
    const gone = new Promise<string>((resolve) =>
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? '')),
    );
    printer.unplug();
    expect(await gone).toBe('ECONNRESET');
  });
});

describe.runIf(existsSync('/dev/ptmx'))('serial port', () => {
  test('a program that opens the pseudo-terminal prints and is answered, eight bits clean', async () => {
    const printer = new VirtualPrinter({ clock: systemClock, profile: fast });
    const door = await PtyDoor.open(printer, systemClock);
    doors.push(door);
    const port = await open(door.path, 'r+');
    await port.write(hex('D2 BD D4 BA 0A 1D 76 30 00 03 00 01 00 03 0D 11 1D 28 48 06 00 30 30 30 30 30 31'));
    const answer = Buffer.alloc(7);
    let read = 0;
    while (read < answer.length) read += (await port.read(answer, read, answer.length - read)).bytesRead;
    await port.close();
    expect(toHex(answer)).toBe('37223030303100');
    expect(paperText(printer.state().atHead)).toEqual(['医院']);
    expect(printer.state().unknownBytes).toBe(0);
  });

  test('the port stays when a program closes it, and the next one prints on', async () => {
    const printer = new VirtualPrinter({ clock: systemClock, profile: fast });
    const door = await PtyDoor.open(printer, systemClock);
    doors.push(door);
    for (const letter of ['A', 'B']) {
      const port = await open(door.path, 'r+');
      await port.write(`${letter}\n`);
      await port.write(hex('1D 72 01'));
      await port.read(Buffer.alloc(1), 0, 1);
      await port.close();
    }
    expect(paperText(printer.state().atHead)).toEqual(['A', 'B']);
  });

  test('a pulled cable hangs up, and under the same name the port is there again with the cable', async () => {
    const printer = new VirtualPrinter({ clock: systemClock, profile: fast });
    const door = await PtyDoor.open(printer, systemClock);
    doors.push(door);
    const lost = await openSerial(door.path);
    const gone = new Promise<void>((resolve) => void lost.onLost(() => resolve()));
    printer.unplug();
    await gone;
    await lost.close();
    await expect(openSerial(door.path)).rejects.toBeInstanceOf(LinkLostError);
    printer.plugIn();
    const link = await serialWhenThere(door.path);
    const answer = new Promise<string>((resolve) => void link.onData((bytes) => resolve(toHex(bytes))));
    await link.write(hex('10 04 01'), AbortSignal.timeout(5_000));
    expect(await answer).toBe('16');
    await link.close();
  });
});

function openSerial(path: string): Promise<ByteLink> {
  return openSerialByteLink(path, { baudRate: 115_200 }, AbortSignal.timeout(5_000));
}

async function serialWhenThere(path: string): Promise<ByteLink> {
  for (;;) {
    try {
      return await openSerial(path);
    } catch (error) {
      if (!(error instanceof LinkLostError)) throw error;
      await nextTurn();
    }
  }
}
