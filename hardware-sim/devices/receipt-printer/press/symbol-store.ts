/**
 * Two-dimensional codes: data is stored first, printed later, as often as asked.
 *
 * The modules of a stored code are worked out once, so that a stream of print
 * commands costs nothing but paper.
 */
import encodeQR from 'qr';

export type SymbolFamily = 'pdf417' | 'qr' | 'maxiCode' | 'gs1DataBar2d' | 'composite' | 'aztec' | 'dataMatrix';

/** `cn` of `GS ( k`. */
export const families: Readonly<Record<number, SymbolFamily | undefined>> = {
  48: 'pdf417',
  49: 'qr',
  50: 'maxiCode',
  51: 'gs1DataBar2d',
  52: 'composite',
  53: 'aztec',
  54: 'dataMatrix',
};

export type QrCorrection = 'low' | 'medium' | 'quartile' | 'high';

interface Stored {
  readonly data: Uint8Array;
  readonly modules: Map<QrCorrection, readonly (readonly boolean[])[] | undefined>;
}

export class SymbolStore {
  moduleDots = 3;
  correction: QrCorrection = 'low';
  /** PDF417. */
  columnDots = 3;
  rowFactor = 3;
  readonly #stored = new Map<SymbolFamily, Stored>();

  reset(): void {
    this.moduleDots = 3;
    this.correction = 'low';
    this.columnDots = 3;
    this.rowFactor = 3;
    this.#stored.clear();
  }

  store(family: SymbolFamily, data: Uint8Array): void {
    this.#stored.set(family, { data, modules: new Map() });
  }

  data(family: SymbolFamily): Uint8Array | undefined {
    return this.#stored.get(family)?.data;
  }

  /** The stored QR code as rows of modules; `undefined` when nothing is stored or it is too long for any version. */
  qrModules(): readonly (readonly boolean[])[] | undefined {
    const stored = this.#stored.get('qr');
    if (!stored) return undefined;
    if (!stored.modules.has(this.correction)) stored.modules.set(this.correction, qrOf(stored.data, this.correction));
    return stored.modules.get(this.correction);
  }
}

/** The longest data of version 40 at the lowest correction. */
const QR_ROOM_BYTES = 2953;

/** Byte mode, whatever the data: what stands in the code is what was sent. */
export function qrOf(data: Uint8Array, ecc: QrCorrection): readonly (readonly boolean[])[] | undefined {
  if (data.length === 0 || data.length > QR_ROOM_BYTES) return undefined;
  try {
    const framed = encodeQR('symbol', 'raw', { ecc, border: 1, encoding: 'byte', textEncoder: () => data });
    return framed.slice(1, -1).map((row) => row.slice(1, -1));
  } catch {
    return undefined;
  }
}
