/**
 * A serial device on a USB plug: Communications Device Class, Abstract Control Model (CDC 1.2, PSTN 1.2).
 *
 * What lies behind the plug is a function from bytes to bytes. One promise: it
 * remembers what the host set on the line, for whoever wants to know.
 */
import { type SetupPacket, Stall, type UsbDevice, type UsbIdentity, type UsbInterface } from './usb-device.ts';

const REQUEST = { setLineCoding: 0x20, getLineCoding: 0x21, setControlLineState: 0x22, sendBreak: 0x23 };
const PACKET_BYTES = 64;
/** What waits for a host that does not read; beyond it, the oldest stays and the newest is dropped. */
const ROOM_BYTES = 256 * 1024;

export class UsbSerial implements UsbDevice {
  readonly identity: UsbIdentity = {
    vendor: 0xf055,
    product: 0x0003,
    maker: 'Yizhan',
    name: 'Serial device',
    serial: '990000',
  };
  readonly interfaces: readonly UsbInterface[] = [
    {
      kind: [2, 2, 1],
      // Header, call management, abstract control management, union of interfaces 0 and 1.
      extra: Uint8Array.of(
        ...[5, 0x24, 0, 0x10, 0x01],
        ...[5, 0x24, 1, 0, 1],
        ...[4, 0x24, 2, 0x02],
        ...[5, 0x24, 6, 0, 1],
      ),
      endpoints: [{ address: 0x83, type: 'interrupt', packetBytes: 8 }],
    },
    {
      kind: [0x0a, 0, 0],
      endpoints: [
        { address: 0x01, type: 'bulk', packetBytes: PACKET_BYTES },
        { address: 0x82, type: 'bulk', packetBytes: PACKET_BYTES },
      ],
    },
  ];
  readonly #onBytes: (bytes: Uint8Array) => void;
  readonly #waiting = new Set<() => void>();
  #sending: Uint8Array[] = [];
  #held = 0;
  #lineCoding = Uint8Array.of(0x80, 0x25, 0, 0, 0, 0, 8);

  constructor(onBytes: (bytes: Uint8Array) => void) {
    this.#onBytes = onBytes;
  }

  /** Bit/s, as the host set it. */
  get baudRate(): number {
    return new DataView(this.#lineCoding.buffer).getUint32(0, true);
  }

  send(bytes: Uint8Array): void {
    if (this.#held + bytes.length > ROOM_BYTES) return;
    for (let at = 0; at < bytes.length; at += PACKET_BYTES) this.#sending.push(bytes.slice(at, at + PACKET_BYTES));
    this.#held += bytes.length;
    for (const look of [...this.#waiting]) look();
  }

  powerUp(): void {
    this.#sending = [];
    this.#held = 0;
  }

  control({ request }: SetupPacket, data: Uint8Array): Uint8Array {
    if (request === REQUEST.setLineCoding && data.length === 7) this.#lineCoding = Uint8Array.from(data);
    else if (request === REQUEST.getLineCoding) return this.#lineCoding;
    else if (request !== REQUEST.setControlLineState && request !== REQUEST.sendBreak) throw new Stall();
    return new Uint8Array(0);
  }

  async out(_endpoint: number, bytes: Uint8Array): Promise<void> {
    this.#onBytes(bytes);
  }

  in(endpoint: number, _length: number, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const first = endpoint === 2 ? this.#sending.shift() : undefined;
        if (!first) return;
        this.#held -= first.length;
        this.#waiting.delete(look);
        resolve(first);
      };
      this.#waiting.add(look);
      signal.addEventListener('abort', () => {
        this.#waiting.delete(look);
        reject(signal.reason);
      });
      look();
    });
  }
}
