/**
 * Finds whole JPEG pictures in a stream of bytes (Motion JPEG, multipart or bare).
 *
 * One promise: whatever the bytes are, memory stays under `LONGEST_FRAME`, the
 * work grows with the bytes and not faster, and the first whole picture after
 * at most 64 kB of nonsense comes out.
 *
 * It walks the markers (ITU-T T.81 annex B) up to the scan and only then looks
 * for the end: an embedded thumbnail or a comment has an FF D9 of its own.
 */

/** Four times the largest frame of a Full HD camera. Bytes. */
export const LONGEST_FRAME = 4_194_304;

const FIRST_CAPACITY = 65_536;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TEM = 0x01;

type Step = 'startSought' | 'marker' | 'segment' | 'scan';

export class JpegSplitter {
  readonly #onFrame: (jpeg: Uint8Array) => void;
  #buffer = new Uint8Array(FIRST_CAPACITY);
  #length = 0;
  /** Where the present picture begins; bytes before it are done with. */
  #start = 0;
  /** The next byte to look at. */
  #at = 0;
  #step: Step = 'startSought';
  #segmentEnd = 0;
  #scanFollows = false;
  #sawScan = false;
  #dropped = 0;

  /** @param onFrame gets a copy of its own, to keep or to wipe */
  constructor(onFrame: (jpeg: Uint8Array) => void) {
    this.#onFrame = onFrame;
  }

  /** Pictures that began and did not end as one. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Bytes that wait for the rest of their picture. */
  get waiting(): number {
    return this.#length - this.#start;
  }

  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += FIRST_CAPACITY) {
      this.#append(bytes.subarray(from, from + FIRST_CAPACITY));
      while (this.#advance()) {
        // Each step says whether it could go on.
      }
    }
  }

  /** Forgets and wipes what waits. */
  clear(): void {
    this.#buffer.fill(0);
    this.#length = 0;
    this.#begin(0);
  }

  #append(bytes: Uint8Array): void {
    if (this.waiting + bytes.length > LONGEST_FRAME) this.#giveUp(this.#length);
    this.#moveToFront();
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.min(LONGEST_FRAME, Math.max(needed, this.#buffer.length * 2)));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer.fill(0);
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }

  /** Once for each piece that comes, so that no stream can make us move bytes for every few of its own. */
  #moveToFront(): void {
    const moved = this.#start;
    if (moved === 0) return;
    this.#buffer.copyWithin(0, moved, this.#length);
    this.#buffer.fill(0, this.#length - moved, this.#length);
    this.#length -= moved;
    this.#at -= moved;
    this.#segmentEnd -= moved;
    this.#start = 0;
  }

  #advance(): boolean {
    switch (this.#step) {
      case 'startSought':
        return this.#seekStart();
      case 'marker':
        return this.#readMarker();
      case 'segment':
        return this.#skipSegment();
      case 'scan':
        return this.#seekScanEnd();
    }
  }

  /** A picture starts with FF D8 and the FF of the next marker. */
  #seekStart(): boolean {
    const buffer = this.#buffer;
    const last = this.#length - 2;
    let at = this.#at;
    while (at < last && !(buffer[at] === 0xff && buffer[at + 1] === SOI && buffer[at + 2] === 0xff)) at += 1;
    this.#begin(at);
    if (at >= last) return false;
    this.#at = at + 2;
    this.#step = 'marker';
    return true;
  }

  #readMarker(): boolean {
    let at = this.#at;
    if (at >= this.#length) return false;
    if (this.#buffer[at] !== 0xff) return this.#giveUp(at);
    // FF may be repeated as filling.
    while (at < this.#length && this.#buffer[at] === 0xff) at += 1;
    if (at >= this.#length) return false;
    const marker = this.#buffer[at] ?? 0;
    if (marker === EOI) return this.#end(at + 1);
    if (marker === SOI) return this.#giveUp(at - 1);
    if (marker === 0x00) return this.#giveUp(at);
    if (marker === TEM || isRestart(marker)) {
      this.#at = at + 1;
      return true;
    }
    if (at + 2 >= this.#length) return false;
    const size = ((this.#buffer[at + 1] ?? 0) << 8) | (this.#buffer[at + 2] ?? 0);
    if (size < 2) return this.#giveUp(at);
    this.#scanFollows = marker === SOS;
    this.#segmentEnd = at + 1 + size;
    this.#step = 'segment';
    return true;
  }

  #skipSegment(): boolean {
    if (this.#length < this.#segmentEnd) return false;
    this.#at = this.#segmentEnd;
    this.#sawScan ||= this.#scanFollows;
    this.#step = this.#scanFollows ? 'scan' : 'marker';
    return true;
  }

  /** In a scan only FF 00 and restarts are data. */
  #seekScanEnd(): boolean {
    const bytes = this.#buffer.subarray(0, this.#length);
    let at = this.#at;
    for (;;) {
      at = bytes.indexOf(0xff, at);
      if (at < 0 || at + 1 >= bytes.length) {
        this.#at = at < 0 ? bytes.length : at;
        return false;
      }
      const next = bytes[at + 1] ?? 0;
      if (next === 0x00 || isRestart(next)) at += 2;
      else if (next === 0xff) at += 1;
      else if (next === EOI) return this.#end(at + 2);
      else if (next === SOI) return this.#giveUp(at);
      else {
        // A progressive picture has tables and scans after its first scan.
        this.#at = at;
        this.#step = 'marker';
        return true;
      }
    }
  }

  #end(end: number): boolean {
    // A picture without a scan shows nothing; nobody sends one on purpose.
    if (!this.#sawScan) return this.#giveUp(end);
    const frame = this.#buffer.slice(this.#start, end);
    this.#begin(end);
    this.#onFrame(frame);
    return true;
  }

  #giveUp(resumeAt: number): true {
    if (this.#step !== 'startSought') this.#dropped += 1;
    this.#begin(resumeAt);
    return true;
  }

  #begin(from: number): void {
    this.#start = from;
    this.#at = from;
    this.#step = 'startSought';
    this.#segmentEnd = from;
    this.#scanFollows = false;
    this.#sawScan = false;
  }
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}
