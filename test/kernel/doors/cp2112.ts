/**
 * A CP2112 (HID USB-to-SMBus bridge with eight GPIO lines) that a program plays.
 *
 * Debian's kernel has no simulated GPIO chip, but a driver for this one, so its
 * feature reports make a real gpiochip with edges. Written from Silicon Labs'
 * AN495, "CP2112 interface specification". One promise: a level is what hands
 * set on an input and what the host drives on an output.
 */
import { type HidIdentity, UhidDevice } from './uhid-door.ts';

const REPORT = { gpioConfiguration: 2, getGpio: 3, setGpio: 4, version: 5, smbusConfiguration: 6 };
const PART_NUMBER = 0x0c;

/** Only the ids, as feature reports of their lengths: the chip's driver asks for them by number. */
const DESCRIPTOR = Uint8Array.of(
  ...[0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08],
  ...[...feature(2, 4), ...feature(3, 1), ...feature(4, 2), ...feature(5, 2), ...feature(6, 13)],
  ...[0x85, 0x16, 0x95, 0x06, 0x09, 0x16, 0x81, 0x02],
  0xc0,
);

const IDENTITY: HidIdentity = { name: 'Yizhan CP2112', vendor: 0x10c4, product: 0xea90, reportDescriptor: DESCRIPTOR };

export class Cp2112 {
  #device: UhidDevice | undefined;
  /** One bit a line: 1 = output. */
  #outputs = 0;
  /** What the host drives, and what hands do. Inputs are pulled up. */
  #driven = 0;
  #held = 0xff;

  async plugIn(): Promise<void> {
    this.#outputs = 0;
    this.#device = await UhidDevice.plugIn(IDENTITY, {
      getReport: (id) => this.#get(id),
      setReport: (id, data) => this.#set(id, data),
    });
  }

  async unplug(): Promise<void> {
    await this.#device?.unplug();
  }

  /** Hands at an input: a contact that closes pulls its line low. */
  setContact(line: number, closed: boolean): void {
    if (closed) this.#held &= ~(1 << line);
    else this.#held |= 1 << line;
  }

  /** What a lamp at this output would show. */
  driven(line: number): boolean {
    return ((this.#outputs & this.#driven) >>> line) % 2 === 1;
  }

  #get(id: number): Uint8Array | undefined {
    const levels = (this.#driven & this.#outputs) | (this.#held & ~this.#outputs & 0xff);
    if (id === REPORT.version) return Uint8Array.of(id, PART_NUMBER, 1);
    if (id === REPORT.gpioConfiguration) return Uint8Array.of(id, this.#outputs, 0xff, 0, 0);
    if (id === REPORT.getGpio) return Uint8Array.of(id, levels);
    if (id === REPORT.smbusConfiguration) return Uint8Array.of(id, 0, 1, 0x86, 0xa0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    return undefined;
  }

  #set(id: number, data: Uint8Array): boolean {
    const [, value = 0, mask = 0] = data;
    if (id === REPORT.gpioConfiguration) this.#outputs = value;
    else if (id === REPORT.setGpio) this.#driven = (this.#driven & ~mask) | (value & mask);
    else if (id !== REPORT.smbusConfiguration) return false;
    return true;
  }
}

function feature(id: number, bytes: number): number[] {
  return [0x85, id, 0x95, bytes, 0x09, id, 0xb1, 0x02];
}
