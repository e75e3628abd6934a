/**
 * Walks one baseline JPEG scan and keeps the DC value of each luminance block.
 *
 * One promise: it never reads past its bytes; a code that is in no table, or an
 * end that comes too early, ends the walk with `undefined`.
 */
import type { HuffmanSpec } from './huffman-table.ts';

export type HuffmanTables = Readonly<Record<HuffmanSpec['key'], HuffmanSpec>>;

export interface FrameForm {
  readonly width: number;
  readonly height: number;
  readonly components: readonly { readonly id: number; readonly across: number; readonly down: number }[];
  /** Which quantisation table the luminance uses. */
  readonly lumaStep: number;
}

interface Lane {
  /** Blocks of this component in one MCU. */
  readonly blocks: number;
  readonly dc: Uint16Array;
  readonly ac: Uint16Array;
}

const CODE_BITS = 16;

export class DcScan {
  readonly #lanes: readonly Lane[];
  readonly #units: number;
  readonly #restartEvery: number;
  #data: Uint8Array = new Uint8Array(0);
  #at = 0;
  #bits = 0;
  #bitCount = 0;

  private constructor(lanes: readonly Lane[], units: number, restartEvery: number) {
    this.#lanes = lanes;
    this.#units = units;
    this.#restartEvery = restartEvery;
  }

  /** `undefined` when the scan's header does not fit the frame's. */
  static of(header: Uint8Array, form: FrameForm, tables: HuffmanTables, restartEvery: number): DcScan | undefined {
    const count = header[0] ?? 0;
    if (count !== form.components.length || header.length < 4 + 2 * count) return undefined;
    const built = new Map<HuffmanSpec['key'], Uint16Array | undefined>();
    const lookup = (key: HuffmanSpec['key']): Uint16Array | undefined => {
      if (!built.has(key)) built.set(key, knownLookupOf(tables[key]));
      return built.get(key);
    };
    const lanes: Lane[] = [];
    for (const [index, component] of form.components.entries()) {
      const choice = header[2 + 2 * index] ?? 0;
      if (header[1 + 2 * index] !== component.id || (choice & 0xee) !== 0) return undefined;
      const dc = lookup(choice >> 4 === 1 ? 'dc1' : 'dc0');
      const ac = lookup((choice & 15) === 1 ? 'ac1' : 'ac0');
      if (!dc || !ac) return undefined;
      // A single component is not interleaved: one block a unit, whatever its sampling says.
      lanes.push({ blocks: count === 1 ? 1 : component.across * component.down, dc, ac });
    }
    const most = (of: (component: FrameForm['components'][number]) => number): number =>
      count === 1 ? 1 : Math.max(...form.components.map(of));
    const units =
      Math.ceil(form.width / (8 * most(({ across }) => across))) *
      Math.ceil(form.height / (8 * most(({ down }) => down)));
    return new DcScan(lanes, units, restartEvery);
  }

  /** One value for each luminance block, in the order they come. */
  luma(data: Uint8Array): Float32Array | undefined {
    this.#data = data;
    this.#at = 0;
    this.#bits = 0;
    this.#bitCount = 0;
    const [luminance] = this.#lanes;
    if (!luminance) return undefined;
    // A block takes two bits at the least, so a short scan can't claim many.
    if (this.#units * luminance.blocks > data.length * 4) return undefined;
    const values = new Float32Array(this.#units * luminance.blocks);
    const before = this.#lanes.map(() => 0);
    let kept = 0;
    for (let unit = 0; unit < this.#units; unit += 1) {
      if (this.#restartEvery > 0 && unit > 0 && unit % this.#restartEvery === 0) {
        if (!this.#passRestart()) return undefined;
        before.fill(0);
      }
      for (const [index, lane] of this.#lanes.entries()) {
        for (let block = 0; block < lane.blocks; block += 1) {
          const difference = this.#block(lane);
          if (difference === undefined) return undefined;
          const value = (before[index] ?? 0) + difference;
          before[index] = value;
          if (index === 0) {
            values[kept] = value;
            kept += 1;
          }
        }
      }
    }
    return values;
  }

  /** The DC difference; the 63 others are stepped over. */
  #block(lane: Lane): number | undefined {
    const size = this.#symbol(lane.dc);
    if (size === undefined || size > 11) return undefined;
    const raw = this.#take(size);
    if (raw === undefined) return undefined;
    const difference = size > 0 && raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
    for (let at = 1; at < 64; at += 1) {
      const symbol = this.#symbol(lane.ac);
      if (symbol === undefined) return undefined;
      const zeros = symbol >> 4;
      const bits = symbol & 15;
      if (bits === 0 && zeros !== 15) break;
      at += zeros;
      if (this.#take(bits) === undefined) return undefined;
    }
    return difference;
  }

  #symbol(lookup: Uint16Array): number | undefined {
    this.#fill();
    // Behind the last bit come ones, as the standard pads; no code is all ones.
    const missing = Math.max(0, CODE_BITS - this.#bitCount);
    const window =
      missing > 0 ? (this.#bits << missing) | ((1 << missing) - 1) : this.#bits >>> (this.#bitCount - CODE_BITS);
    const entry = lookup[window & 0xffff] ?? 0;
    const length = entry >> 8;
    if (length === 0 || length > this.#bitCount) return undefined;
    this.#drop(length);
    return entry & 0xff;
  }

  #take(count: number): number | undefined {
    if (count === 0) return 0;
    this.#fill();
    if (count > this.#bitCount) return undefined;
    const value = (this.#bits >>> (this.#bitCount - count)) & ((1 << count) - 1);
    this.#drop(count);
    return value;
  }

  #drop(count: number): void {
    this.#bitCount -= count;
    this.#bits &= (1 << this.#bitCount) - 1;
  }

  /** Up to 24 bits wait; a marker is not data and ends the supply. */
  #fill(): void {
    while (this.#bitCount <= 16 && this.#at < this.#data.length) {
      const byte = this.#data[this.#at] ?? 0;
      if (byte === 0xff) {
        if (this.#data[this.#at + 1] !== 0x00) return;
        this.#at += 1;
      }
      this.#at += 1;
      this.#bits = (this.#bits << 8) | byte;
      this.#bitCount += 8;
    }
  }

  #passRestart(): boolean {
    this.#bits = 0;
    this.#bitCount = 0;
    const marker = this.#data[this.#at + 1] ?? 0;
    if (this.#data[this.#at] !== 0xff || marker < 0xd0 || marker > 0xd7) return false;
    this.#at += 2;
    return true;
  }
}

/** A camera sends the same tables with every frame, and building them anew cost more than the walk. */
const MOST_LOOKUPS = 8;
const lookups = new Map<string, Uint16Array>();

function knownLookupOf(spec: HuffmanSpec): Uint16Array | undefined {
  const name = `${spec.counts.join()}:${spec.values.join()}`;
  const known = lookups.get(name);
  if (known) return known;
  const built = lookupOf(spec);
  // Whoever sends other tables each time makes us build them each time, and keep none.
  if (built && lookups.size < MOST_LOOKUPS) lookups.set(name, built);
  return built;
}

/** For each 16 bits that may come: length of the code they begin with in the high byte, its value in the low. */
function lookupOf({ counts, values }: HuffmanSpec): Uint16Array | undefined {
  const lookup = new Uint16Array(1 << CODE_BITS);
  let code = 0;
  let at = 0;
  for (let length = 1; length <= CODE_BITS; length += 1) {
    for (let index = 0; index < (counts[length - 1] ?? 0); index += 1) {
      const from = code << (CODE_BITS - length);
      const until = (code + 1) << (CODE_BITS - length);
      if (until > lookup.length) return undefined;
      lookup.fill((length << 8) | (values[at] ?? 0), from, until);
      code += 1;
      at += 1;
    }
    code <<= 1;
  }
  return lookup;
}
