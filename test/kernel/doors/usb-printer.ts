/**
 * The USB plug of the virtual receipt printer: device class 7/1/2 (USB printer class 1.1).
 *
 * One promise: like a chip with one packet of room, it takes a packet whole when
 * the last one is gone and not at all before, so paper out is a NAK for ever.
 */
import type { ByteLink } from '../../../drivers/ports.ts';
import type { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { type SetupPacket, Stall, type UsbDevice, type UsbIdentity, type UsbInterface } from './usb-device.ts';

const REQUEST = { deviceId: 0, portStatus: 1, softReset: 2 };
const DEVICE_ID = 'MFG:Yizhan;MDL:Virtual receipt printer;CMD:ESC/POS;CLS:PRINTER;';
/** Selected and no error; the kernel's driver also asks for "paper empty" here (bit 5). */
const PORT_READY = 0x18;
const PORT_NO_PAPER = 0x20;

export const PRINTER_IDS = { vendor: 0x0416, product: 0x5011 } as const;

export class UsbPrinter implements UsbDevice {
  readonly identity: UsbIdentity = {
    ...PRINTER_IDS,
    maker: 'Yizhan',
    name: 'Virtual receipt printer',
    serial: '990000',
  };
  readonly interfaces: readonly UsbInterface[] = [
    {
      kind: [7, 1, 2],
      endpoints: [
        { address: 0x01, type: 'bulk', packetBytes: 64 },
        { address: 0x82, type: 'bulk', packetBytes: 64 },
      ],
    },
  ];
  readonly #printer: VirtualPrinter;
  readonly #answers: number[] = [];
  #link: ByteLink | undefined;
  #room: Promise<void> = Promise.resolve();
  #tell: (() => void) | undefined;

  constructor(printer: VirtualPrinter) {
    this.#printer = printer;
  }

  /** The cable reaches the printer's board; it is cut again by the printer's own `unplug`. */
  async connect(): Promise<void> {
    this.#answers.length = 0;
    this.#room = Promise.resolve();
    this.#link = await this.#printer.openByteLink(new AbortController().signal);
    this.#link.onData((bytes) => {
      this.#answers.push(...bytes);
      this.#tell?.();
    });
  }

  control({ request }: SetupPacket): Uint8Array {
    if (request === REQUEST.deviceId) {
      const text = Buffer.from(DEVICE_ID, 'latin1');
      const length = text.length + 2;
      return Uint8Array.of(length >>> 8, length & 0xff, ...text);
    }
    if (request === REQUEST.portStatus) {
      return Uint8Array.of(PORT_READY | (this.#printer.state().paperOut ? PORT_NO_PAPER : 0));
    }
    if (request === REQUEST.softReset) return new Uint8Array(0);
    throw new Stall();
  }

  async out(_endpoint: number, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    for (let at = 0; at < bytes.length; at += 64) await this.#packet(bytes.slice(at, at + 64), signal);
  }

  async in(_endpoint: number, length: number, signal: AbortSignal): Promise<Uint8Array> {
    while (this.#answers.length === 0) {
      await new Promise<void>((resolve, reject) => {
        this.#tell = resolve;
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    return Uint8Array.from(this.#answers.splice(0, length));
  }

  async #packet(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#room.then(resolve, reject);
    });
    signal.throwIfAborted();
    const link = this.#link;
    if (!link) throw new Stall();
    this.#room = link.write(bytes, new AbortController().signal);
    this.#room.catch(() => undefined);
  }
}
