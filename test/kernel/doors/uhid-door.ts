/**
 * A HID device that a program plays, plugged into a real kernel through `/dev/uhid`.
 *
 * The kernel's own include/uapi/linux/uhid.h is the specification: packed, the
 * machine's byte order (little endian on both architectures here). One promise:
 * `unplug` takes the device off the bus, and so does the end of this process.
 */
import { close, constants, open, read, write } from 'node:fs';
import { promisify } from 'node:util';

const EVENT = {
  destroy: 1,
  output: 6,
  getReport: 9,
  getReportReply: 10,
  create2: 11,
  input2: 12,
  setReport: 13,
  setReportReply: 14,
};
const DATA_BYTES = 4096;
/** `u32 type` and the longest member, `uhid_create2_req`. */
const EVENT_BYTES = 4 + 128 + 64 + 64 + 2 + 2 + 4 * 4 + DATA_BYTES;
export const BUS_USB = 3;
const EIO = 5;

export interface HidIdentity {
  readonly name: string;
  readonly vendor: number;
  readonly product: number;
  readonly reportDescriptor: Uint8Array;
}

/** What the host asks of the device; each answers at once. Reports begin with their id, 0 when there are no ids. */
export interface HidBehaviour {
  readonly output?: (report: Uint8Array) => void;
  /** A feature or input report that the host asks for; `undefined` = the device refuses. */
  readonly getReport?: (id: number, type: number) => Uint8Array | undefined;
  readonly setReport?: (id: number, data: Uint8Array) => boolean;
}

const [openFile, closeFile] = [promisify(open), promisify(close)];
const readEvent = promisify(read) as unknown as (
  file: number,
  into: Buffer,
  offset: number,
  length: number,
  position: null,
) => Promise<{ bytesRead: number }>;
const writeEvent = promisify(write) as unknown as (file: number, bytes: Buffer) => Promise<unknown>;

export class UhidDevice {
  readonly #file: number;
  readonly #behaviour: HidBehaviour;
  #unplugged = false;

  private constructor(file: number, behaviour: HidBehaviour) {
    this.#file = file;
    this.#behaviour = behaviour;
  }

  static async plugIn(identity: HidIdentity, behaviour: HidBehaviour = {}): Promise<UhidDevice> {
    const file = await openFile('/dev/uhid', constants.O_RDWR);
    const device = new UhidDevice(file, behaviour);
    const { name, vendor, product, reportDescriptor } = identity;
    const event = Buffer.alloc(EVENT_BYTES);
    event.writeUInt32LE(EVENT.create2, 0);
    event.write(name, 4, 127, 'utf8');
    event.writeUInt16LE(reportDescriptor.length, 260);
    event.writeUInt16LE(BUS_USB, 262);
    event.writeUInt32LE(vendor, 264);
    event.writeUInt32LE(product, 268);
    event.set(reportDescriptor, 280);
    device.#listen().catch((error: unknown) => {
      if (!device.#unplugged) throw error;
    });
    await writeEvent(file, event);
    return device;
  }

  async input(report: Uint8Array): Promise<void> {
    const event = Buffer.alloc(4 + 2 + report.length);
    event.writeUInt32LE(EVENT.input2, 0);
    event.writeUInt16LE(report.length, 4);
    event.set(report, 6);
    await writeEvent(this.#file, event);
  }

  async unplug(): Promise<void> {
    if (this.#unplugged) return;
    this.#unplugged = true;
    const event = Buffer.alloc(4);
    event.writeUInt32LE(EVENT.destroy, 0);
    await writeEvent(this.#file, event);
  }

  /** A read waits in the kernel; the device's own end is told as an event too, which ends the last one. */
  async #listen(): Promise<void> {
    const event = Buffer.alloc(EVENT_BYTES);
    while (!this.#unplugged) {
      const { bytesRead } = await readEvent(this.#file, event, 0, event.length, null);
      if (bytesRead >= 4) await this.#serve(event);
    }
    await closeFile(this.#file);
  }

  async #serve(event: Buffer): Promise<void> {
    const type = event.readUInt32LE(0);
    if (type === EVENT.output) {
      const size = event.readUInt16LE(4 + DATA_BYTES);
      this.#behaviour.output?.(Uint8Array.from(event.subarray(4, 4 + size)));
    } else if (type === EVENT.getReport) {
      const data = this.#behaviour.getReport?.(event[8] ?? 0, event[9] ?? 0);
      const reply = Buffer.alloc(4 + 4 + 2 + 2 + DATA_BYTES);
      reply.writeUInt32LE(EVENT.getReportReply, 0);
      reply.writeUInt32LE(event.readUInt32LE(4), 4);
      reply.writeUInt16LE(data ? 0 : EIO, 8);
      reply.writeUInt16LE(data?.length ?? 0, 10);
      if (data) reply.set(data, 12);
      await writeEvent(this.#file, reply);
    } else if (type === EVENT.setReport) {
      const size = event.readUInt16LE(10);
      const taken = this.#behaviour.setReport?.(event[8] ?? 0, Uint8Array.from(event.subarray(12, 12 + size))) ?? false;
      const reply = Buffer.alloc(10);
      reply.writeUInt32LE(EVENT.setReportReply, 0);
      reply.writeUInt32LE(event.readUInt32LE(4), 4);
      reply.writeUInt16LE(taken ? 0 : EIO, 8);
      await writeEvent(this.#file, reply);
    }
  }
}
