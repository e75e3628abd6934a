/**
 * A stream of bytes inside fixed HID reports, for devices whose serial form has the same frames.
 *
 * ID-card readers and PIN pads on HID send their serial protocol in reports of
 * one size, each with a length in front of the bytes that count. One promise: a
 * report that contradicts its profile carries nothing (the frames above have
 * their own checksums); it neither throws nor shifts what follows.
 */
import type { ByteLink, HidLink, LinkLostError, Unsubscribe } from '../ports.ts';

/** How a device packs its stream. Offsets count from the first byte after the report id. */
export interface ReportProfile {
  /** 0 where the device numbers no reports. */
  readonly inputId: number;
  readonly outputId: number;
  /** Size of a report without its id, bytes, e.g. 64. */
  readonly reportBytes: number;
  /** Where the count of stream bytes stands. */
  readonly lengthAt: number;
  /** Of the count; two bytes are big-endian unless `littleEndian`. */
  readonly lengthBytes: 1 | 2;
  readonly littleEndian?: boolean;
  /** Where the stream bytes begin. */
  readonly dataAt: number;
  /** What fills a report that is not full. Default 0. */
  readonly padding?: number;
}

/** Reports of 64 bytes without numbers: one byte of length, then up to 63 of the stream. */
export const lengthFirst64: ReportProfile = {
  inputId: 0,
  outputId: 0,
  reportBytes: 64,
  lengthAt: 0,
  lengthBytes: 1,
  dataAt: 1,
};

export class ReportByteLink implements ByteLink {
  readonly #hid: HidLink;
  readonly #profile: ReportProfile;
  #lastWrite: Promise<void> = Promise.resolve();

  /** @throws RangeError for a profile that carries nothing or whose parts overlap. */
  constructor(hid: HidLink, profile: ReportProfile) {
    const { lengthAt, lengthBytes, dataAt, reportBytes } = profile;
    if (lengthAt < 0 || lengthAt + lengthBytes > dataAt || dataAt >= reportBytes) {
      throw new RangeError('A report profile has its length before its data, and room for data.');
    }
    this.#hid = hid;
    this.#profile = profile;
  }

  /** Report by report, the next when the one before was taken. Rejects with `LinkLostError` or `signal.reason`. */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const own = Uint8Array.from(bytes);
    const turn = this.#lastWrite.then(() => this.#writeAll(own, signal));
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#hid.onReport((report) => {
      const bytes = this.#streamBytesOf(report);
      if (bytes.length > 0) listener(bytes);
    });
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#hid.onLost(listener);
  }

  close(): Promise<void> {
    return this.#hid.close();
  }

  async #writeAll(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const { outputId, reportBytes, lengthAt, lengthBytes, littleEndian, dataAt, padding } = this.#profile;
    const room = Math.min(reportBytes - dataAt, lengthBytes === 1 ? 0xff : 0xffff);
    for (let at = 0; at < bytes.length; at += room) {
      signal.throwIfAborted();
      const piece = bytes.subarray(at, at + room);
      const report = new Uint8Array(1 + reportBytes).fill(padding ?? 0);
      const view = new DataView(report.buffer);
      report[0] = outputId;
      if (lengthBytes === 1) view.setUint8(1 + lengthAt, piece.length);
      else view.setUint16(1 + lengthAt, piece.length, littleEndian ?? false);
      report.set(piece, 1 + dataAt);
      await this.#hid.write(report, signal);
    }
  }

  /** Nothing for another report id, a cut-off report, or a length that does not fit into it. */
  #streamBytesOf(report: Uint8Array): Uint8Array {
    const { inputId, lengthAt, lengthBytes, littleEndian, dataAt } = this.#profile;
    const nothing = new Uint8Array(0);
    if (report[0] !== inputId || report.length < 1 + dataAt) return nothing;
    const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
    const length =
      lengthBytes === 1 ? view.getUint8(1 + lengthAt) : view.getUint16(1 + lengthAt, littleEndian ?? false);
    const end = 1 + dataAt + length;
    return end > report.length ? nothing : report.slice(1 + dataAt, end);
  }
}
