/** One IPP exchange over the real HTTP client, cut after every byte of it: an answer is whole or none. */
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ippDoor } from '../../../drivers/page-printer/ipp-http-transport.ts';
import { encodeIpp } from '../../../drivers/page-printer/ipp-message.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { type IppHttpDoor, openIppDoor } from '../../../hardware-sim/devices/page-printer/ipp-http-door.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';

const QUESTION = encodeIpp('printerAttributes', 1, {
  operation: [['requested-attributes', 0x44, 'printer-state', 'printer-state-reasons']],
});

/** A wire between host and printer that is cut after so many bytes, both directions counted together. */
class CutWire {
  passed = 0;
  cutAfter = Number.POSITIVE_INFINITY;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(port: number) {
    this.#server = createServer((host) => {
      const printer = new Socket().connect(port, '127.0.0.1');
      for (const [from, to] of [
        [host, printer],
        [printer, host],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => undefined);
        from.on('close', () => to.destroy());
        from.on('data', (bytes) => {
          const room = Math.max(0, this.cutAfter - this.passed);
          this.passed += bytes.length;
          if (bytes.length <= room) to.write(bytes);
          else
            to.write(bytes.subarray(0, room), () => {
              host.resetAndDestroy();
              printer.resetAndDestroy();
            });
        });
      }
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve()));
    return `ipp://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ipp/print`;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

let printerDoor: IppHttpDoor | undefined;
let wire: CutWire | undefined;
afterEach(async () => {
  await wire?.close();
  await printerDoor?.close();
});

test('cut after any byte: LinkLostError at once, or the whole answer; the next question is answered', async () => {
  printerDoor = await openIppDoor(new SimPagePrinter({ clock: systemClock }));
  wire = new CutWire(Number(new URL(printerDoor.address.replace('ipp:', 'http:')).port));
  const address = await wire.open();
  const ask = async (): Promise<Uint8Array | 'lost'> => {
    const door = ippDoor(address);
    try {
      return await door.ask(QUESTION, AbortSignal.timeout(20_000));
    } catch (error) {
      expect(error).toBeInstanceOf(LinkLostError);
      return 'lost';
    } finally {
      door.close();
    }
  };
  const whole = await ask();
  const bytes = wire.passed;
  expect(whole).not.toBe('lost');
  for (let cut = 0; cut < bytes; cut += 1) {
    wire.passed = 0;
    wire.cutAfter = cut;
    expect(await ask(), `cut after ${cut} of ${bytes} bytes`).toBe('lost');
  }
  wire.passed = 0;
  wire.cutAfter = bytes;
  expect(await ask()).toEqual(whole);
}, 120_000);
