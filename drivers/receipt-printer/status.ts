/**
 * What comes back from an ESC/POS printer: bytes to answers, answers to words.
 *
 * Answers of different commands share one pipe and come when they like, so they
 * are told apart by their fixed bits (escpos.md section 5), never by what was
 * asked last. One promise: a byte that fits nothing is dropped alone.
 */
import type { PaperState, PrintFault } from './receipt-printer.ts';

export type Answer =
  /** `GS a`: four status bytes, pushed. */
  | { readonly kind: 'automaticStatus'; readonly bytes: readonly [number, number, number, number] }
  /** `DLE EOT n`: one byte; which n only the order of asking tells. */
  | { readonly kind: 'realTimeStatus'; readonly byte: number }
  /** `10 0F` and four bytes: the whole status of a printer with a presenter. */
  | { readonly kind: 'fullStatus'; readonly bytes: readonly [number, number, number, number] }
  /** `37 22 d1 d2 d3 d4 00`: everything before the request with this id is on paper. */
  | { readonly kind: 'processId'; readonly id: string }
  /** `37 23 … 00`: going offline; the cause letters differ by maker. */
  | { readonly kind: 'wentOffline' }
  /** `37 25 00` */
  | { readonly kind: 'buffersCleared' }
  /** `5F … 00`: a text or a counter that was asked for. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unknown'; readonly byte: number };

const XON = 0x11;
const XOFF = 0x13;
const BLOCK = 0x37;
const TEXT_BLOCK = 0x5f;
/** Longer than any block in the manuals: the end was lost, so the block is dropped. */
const LONGEST_BLOCK = 80;

/** Bits that are fixed: 7, 4, 1, 0. */
const FIXED = 0x93;
const REAL_TIME_STATUS = 0x12;
const AUTOMATIC_FIRST = 0x10;
/** Bits 7 and 4 are 0 in the other three bytes of an automatic status. */
const FIXED_IN_OTHERS = 0x90;

/** Second byte of a full status. */
const FULL_STATUS = 0x0f;

export class AnswerFramer {
  readonly #fullStatus: boolean;
  #automatic: number[] = [];
  #block: number[] = [];

  /** @param dialect what a `10` begins: Epson's four pushed bytes, or the full status of Custom's family */
  constructor(dialect: 'epson' | 'fullStatus' = 'epson') {
    this.#fullStatus = dialect === 'fullStatus';
  }

  push(bytes: Uint8Array): readonly Answer[] {
    const answers: Answer[] = [];
    for (const byte of bytes) {
      const answer = this.#take(byte);
      if (answer) answers.push(answer);
    }
    return answers;
  }

  #take(byte: number): Answer | undefined {
    if (this.#block.length > 0) return this.#takeIntoBlock(byte);
    // Flow control may come between any two bytes.
    if (byte === XON || byte === XOFF) return undefined;
    if (this.#automatic.length > 0 && this.#fullStatus) return this.#takeIntoFull(byte);
    if (this.#automatic.length > 0) {
      if ((byte & FIXED_IN_OTHERS) === 0) return this.#takeIntoAutomatic(byte);
      this.#automatic = [];
    }
    if (byte === BLOCK || byte === TEXT_BLOCK) this.#block = [byte];
    else if ((byte & FIXED) === REAL_TIME_STATUS) return { kind: 'realTimeStatus', byte };
    else if ((byte & FIXED) === AUTOMATIC_FIRST) this.#automatic = [byte];
    else return { kind: 'unknown', byte };
    return undefined;
  }

  #takeIntoAutomatic(byte: number): Answer | undefined {
    const [first, second, third] = this.#automatic;
    if (first === undefined || second === undefined || third === undefined) {
      this.#automatic.push(byte);
      return undefined;
    }
    this.#automatic = [];
    return { kind: 'automaticStatus', bytes: [first, second, third, byte] };
  }

  #takeIntoFull(byte: number): Answer | undefined {
    if (this.#automatic.length === 1 && byte !== FULL_STATUS) {
      this.#automatic = [];
      return this.#take(byte);
    }
    this.#automatic.push(byte);
    const [, , paper, user, passing, lasting] = this.#automatic;
    if (paper === undefined || user === undefined || passing === undefined || lasting === undefined) return undefined;
    this.#automatic = [];
    return { kind: 'fullStatus', bytes: [paper, user, passing, lasting] };
  }

  #takeIntoBlock(byte: number): Answer | undefined {
    if (byte !== 0) {
      this.#block.push(byte);
      if (this.#block.length > LONGEST_BLOCK) this.#block = [];
      return undefined;
    }
    const [head, kind, ...body] = this.#block;
    this.#block = [];
    const text = String.fromCharCode(...body);
    if (head === TEXT_BLOCK) return { kind: 'text', text: kind === undefined ? '' : String.fromCharCode(kind) + text };
    if (kind === 0x22) return { kind: 'processId', id: text };
    if (kind === 0x23) return { kind: 'wentOffline' };
    if (kind === 0x25) return { kind: 'buffersCleared' };
    return { kind: 'unknown', byte: kind ?? BLOCK };
  }
}

export interface PrinterStatus {
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly paperEnd: boolean;
  readonly paperNearEnd: boolean;
  /** Paper jam or blocked cutter: a person must free it. */
  readonly jammed: boolean;
  /** Head hot or lifted: passes by itself. */
  readonly headHot: boolean;
  /** Unrecoverable: only service and power help. */
  readonly broken: boolean;
  /** A slip lies or hangs at the mouth; `undefined` where the printer has no eye for it. */
  readonly slipWaiting?: boolean | undefined;
}

export const WELL: PrinterStatus = {
  offline: false,
  coverOpen: false,
  paperEnd: false,
  paperNearEnd: false,
  jammed: false,
  headHot: false,
  broken: false,
  slipWaiting: undefined,
};

/** Bits of an error byte: `DLE EOT 3` and the second byte of an automatic status. */
function errorsIn(byte: number): Pick<PrinterStatus, 'jammed' | 'headHot' | 'broken'> {
  return { jammed: (byte & 0x0c) !== 0, broken: (byte & 0x20) !== 0, headHot: (byte & 0x40) !== 0 };
}

/** `GS a`: printer, errors, paper sensors, reserved. */
export function automaticStatusIn(bytes: readonly [number, number, number, number]): PrinterStatus {
  const [printer, errors, paper] = bytes;
  return {
    offline: (printer & 0x08) !== 0,
    coverOpen: (printer & 0x20) !== 0,
    paperNearEnd: (paper & 0x03) !== 0,
    paperEnd: (paper & 0x0c) !== 0,
    ...errorsIn(errors),
  };
}

/**
 * The full status of Custom's family: paper, what a person does, what passes, what lasts ("ESC/POS" of Pyramid
 * Technologies, Reliance Status, n = 20; KPM300 command reference, full status).
 */
export function fullStatusIn(bytes: readonly [number, number, number, number]): PrinterStatus {
  const [paper, user, passing, lasting] = bytes;
  return {
    offline: false,
    coverOpen: (user & 0x03) !== 0,
    paperEnd: (paper & 0x01) !== 0,
    paperNearEnd: (paper & 0x44) !== 0,
    jammed: (passing & 0x40) !== 0 || (lasting & 0x03) !== 0,
    headHot: (passing & 0x09) !== 0,
    broken: (lasting & 0x0c) !== 0,
    slipWaiting: (paper & 0x20) !== 0,
  };
}

/** `DLE EOT 1..4`, and `DLE EOT 8 3` where a sensor sees the slip. */
export type StatusQuestion = 1 | 2 | 3 | 4 | 'slip';

/** `DLE EOT n`: one byte tells a part of the status, the rest stays as it was. */
export function withRealTimeStatus(status: PrinterStatus, question: StatusQuestion, byte: number): PrinterStatus {
  switch (question) {
    case 1:
      return { ...status, offline: (byte & 0x08) !== 0 };
    case 2:
      return { ...status, coverOpen: (byte & 0x04) !== 0 };
    case 3:
      return { ...status, ...errorsIn(byte) };
    case 4:
      return { ...status, paperNearEnd: (byte & 0x0c) !== 0, paperEnd: (byte & 0x60) !== 0 };
    case 'slip':
      return { ...status, slipWaiting: (byte & 0x20) === 0 };
  }
}

/** What a person would have to change before anything prints, most telling first. */
export function obstacleIn(status: PrinterStatus): PrintFault | 'deviceNotReady' | undefined {
  if (status.coverOpen) return 'coverOpen';
  if (status.jammed) return 'mediaJammed';
  if (status.paperEnd) return 'paperOut';
  if (status.headHot) return 'headHot';
  if (status.broken || status.offline) return 'deviceNotReady';
  return undefined;
}

export function paperStateIn(status: PrinterStatus): PaperState {
  if (status.paperEnd) return 'out';
  if (status.jammed) return 'jammed';
  return status.paperNearEnd ? 'low' : 'full';
}
