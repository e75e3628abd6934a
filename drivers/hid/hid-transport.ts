/**
 * A HID device through node-hid's asynchronous interface (hidraw on Linux).
 *
 * One promise: every report that comes out begins with its id, whether the
 * device numbers its reports or not, and none is cut: one that fills the
 * library's buffer is a lost link. The library reads without a limit of its own
 * (its queue to us is unbounded), which is why it lives in a device host.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Device, devicesAsync, HIDAsync } from 'node-hid';
import { LinkListeners } from '../byte-link/link-listeners.ts';
import type { HidAddress } from '../device-address.ts';
import { type HidDevice, type HidLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import { numbersItsReports } from './report-descriptor.ts';
import { LONGEST_REPORT } from './tcp-hid-frames.ts';

/** @throws LinkLostError when no such device is plugged in or it can't be opened; `signal.reason` when given up. */
export async function openNodeHidLink(wanted: HidAddress, signal: AbortSignal): Promise<HidLink> {
  signal.throwIfAborted();
  const found = choose(await list(wanted), wanted);
  if (!found?.path) throw new LinkLostError('no HID device with these ids is plugged in');
  const numbered = await hasReportIds(found.path);
  signal.throwIfAborted();
  const device = await HIDAsync.open(found.path).catch((error: unknown) => {
    throw new LinkLostError(`the HID device could not be opened (${reason(error)})`);
  });
  if (signal.aborted) {
    await device.close().catch(() => undefined);
    throw signal.reason;
  }
  const { product = '', usagePage = 0, usage = 0 } = found;
  return hidLinkOver(device, { product: product.slice(0, 128), usagePage, usage }, numbered);
}

async function list({ vendorId, productId }: HidAddress): Promise<readonly Device[]> {
  try {
    return await devicesAsync(vendorId, productId);
  } catch (error) {
    throw new LinkLostError(`the HID devices can not be listed (${reason(error)})`);
  }
}

/** One entry per top-level collection. What is no keyboard or mouse comes first: the desktop owns those. */
export function choose(devices: readonly Device[], wanted: HidAddress): Device | undefined {
  const fitting = devices.filter(
    (device) =>
      (wanted.serialNumber === undefined || device.serialNumber === wanted.serialNumber) &&
      (wanted.usagePage === undefined || device.usagePage === wanted.usagePage) &&
      (wanted.usage === undefined || device.usage === wanted.usage),
  );
  return fitting.find(({ usagePage }) => usagePage !== GENERIC_DESKTOP) ?? fitting[0];
}

const GENERIC_DESKTOP = 0x01;

/** Only Linux shows the descriptor; elsewhere a device is taken for one that numbers no reports. */
async function hasReportIds(path: string): Promise<boolean> {
  try {
    return numbersItsReports(await readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`));
  } catch {
    return false;
  }
}

/** What this file uses of the library's open device. */
export interface OpenHid {
  on(event: 'data', listener: (report: Buffer) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  write(report: Buffer): Promise<number>;
  close(): Promise<void>;
}

/** @param numbered whether the device's reports begin with an id */
export function hidLinkOver(hid: OpenHid, device: HidDevice, numbered: boolean): HidLink {
  return new NodeHidLink(hid, device, numbered);
}

/** What may come before anyone listens, reports: as many as the kernel keeps. */
const MOST_EARLY = 64;

class NodeHidLink implements HidLink {
  readonly device: HidDevice;
  readonly #hid: OpenHid;
  readonly #numbered: boolean;
  readonly #listeners = new LinkListeners();
  #lastWrite: Promise<unknown> = Promise.resolve();
  #reading = false;
  /** Reports that came before anyone listened. */
  #early: Uint8Array[] | undefined = [];

  constructor(hid: OpenHid, device: HidDevice, numbered: boolean) {
    this.device = device;
    this.#hid = hid;
    this.#numbered = numbered;
    hid.on('error', (error: unknown) => this.#lose(error));
  }

  write(report: Uint8Array, signal: AbortSignal): Promise<void> {
    if (report.length < 1 || report.length > LONGEST_REPORT) {
      throw new RangeError(`A HID report can't have ${report.length} bytes.`);
    }
    const own = Buffer.from(report);
    return this.#listeners.write(signal, (done) => {
      // One at a time: the library would put every write on a thread of its own.
      const writing = this.#lastWrite.then(() => {
        if (signal.aborted || this.#listeners.ended.aborted) return undefined;
        return this.#hid.write(own).then(() => done());
      });
      this.#lastWrite = writing.catch((error: unknown) => this.#lose(error));
    });
  }

  onReport(listener: (report: Uint8Array) => void): Unsubscribe {
    const unsubscribe = this.#listeners.onData(listener);
    const early = this.#early;
    this.#early = undefined;
    this.#read();
    for (const report of early ?? []) this.#listeners.deliver(report);
    return unsubscribe;
  }

  /** The library notices only by reading that a device is gone, so whoever waits for the loss has it read. */
  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#read();
    return this.#listeners.onLost(listener);
  }

  async close(): Promise<void> {
    this.#listeners.close(new LinkLostError('the HID device was closed by this side'));
    await this.#hid.close().catch(() => undefined);
  }

  #read(): void {
    if (this.#reading || this.#listeners.ended.aborted) return;
    this.#reading = true;
    this.#hid.on('data', (data: Buffer) => this.#take(data));
  }

  #take(data: Buffer): void {
    if (data.length >= LONGEST_REPORT) {
      this.#lose(new Error('a report longer than can be read whole'));
      return;
    }
    const report = new Uint8Array(data.length + (this.#numbered ? 0 : 1));
    report.set(data, this.#numbered ? 0 : 1);
    if (!this.#early) this.#listeners.deliver(report);
    else if (this.#early.length < MOST_EARLY) this.#early.push(report);
  }

  #lose(error: unknown): void {
    this.#listeners.lose(new LinkLostError(`the HID device went away (${reason(error)})`));
  }
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 80);
}
