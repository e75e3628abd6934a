/**
 * Commands to a chip and what its answers mean (ISO 7816-4, short form).
 *
 * An answer is taken apart only after its length was checked, and the two
 * "ask again" words (61xx, 6Cxx) are followed a bounded number of times, so a
 * chip can be strange but never endless.
 */
import type { CardConnection } from '../ports.ts';
import { abortable } from './abortable.ts';

/** The chip broke a rule of its own interface. `detail` holds status words, tags and lengths, never values. */
export class CardRefusal extends Error {
  override readonly name = 'CardRefusal';
  readonly fault: 'invalidMedia' | 'securityFail';

  constructor(fault: CardRefusal['fault'], detail: string) {
    super(detail);
    this.fault = fault;
  }
}

export interface ChipCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** 0–255 bytes. */
  readonly data?: Uint8Array;
  /** Bytes wanted back, 1–256; left out = none asked for. */
  readonly le?: number | undefined;
  /** The command holds a PIN: it is never sent a second time, and overwritten once the transport is done with it. */
  readonly holdsPin?: boolean;
}

export interface ChipAnswer {
  readonly data: Uint8Array;
  readonly status: number;
}

export const STATUS_WORDS = {
  ok: 0x9000,
  /** The record ended before Le bytes were read; what there is came with it. */
  endReached: 0x6282,
  securityNotSatisfied: 0x6982,
  authenticationBlocked: 0x6983,
  fileNotFound: 0x6a82,
  recordNotFound: 0x6a83,
} as const;

/** In plain words for maintainers (insurance interface E.1, last table). */
const STATUS_MEANINGS: Readonly<Record<number, string>> = {
  26368: 'wrong length',
  27010: 'security condition not met',
  27011: 'locked',
  27012: 'no challenge was asked for',
  27013: 'blocked',
  37635: 'blocked',
  27266: 'no such file',
  27267: 'no such record',
  27270: 'wrong P1 P2',
  27272: 'no such key',
  28160: 'class not supported',
};

const LONGEST_ANSWER = 256;
/** Answers that come in parts may not grow past this, bytes, unless the caller knows of longer ones. */
const LONGEST_WHOLE = 1024;
const MOST_PARTS = 8;
/** Long answers may come in parts as small as this, bytes. */
const SMALLEST_PART = 64;
const LONGEST_COMMAND_DATA = 0xff;
/** CLA bit of ISO 7816-4, 5.3.3: the command goes on. */
const MORE_FOLLOWS = 0x10;
const MOST_REISSUES = 2;

export function statusText(status: number): string {
  const hex = status.toString(16).toUpperCase().padStart(4, '0');
  const meaning = STATUS_MEANINGS[status];
  return meaning ? `${hex} (${meaning})` : hex;
}

/** @throws RangeError when a field does not fit the short form: our own mistake. */
export function encodeCommand(command: ChipCommand): Uint8Array {
  const { cla, ins, p1, p2, data, le } = command;
  for (const byte of [cla, ins, p1, p2]) {
    if (!Number.isInteger(byte) || byte < 0 || byte > 0xff) throw new RangeError('A command header is four bytes.');
  }
  if (data && (data.length === 0 || data.length > 0xff)) throw new RangeError('A short command carries 1–255 bytes.');
  if (le !== undefined && (!Number.isInteger(le) || le < 1 || le > 256)) throw new RangeError('Le is 1–256.');
  const body = data ? [data.length, ...data] : [];
  const tail = le === undefined ? [] : [le & 0xff];
  return Uint8Array.of(cla, ins, p1, p2, ...body, ...tail);
}

/** @throws CardRefusal for bytes that are no answer at all. */
export function decodeAnswer(bytes: Uint8Array): ChipAnswer {
  const sw1 = bytes.at(-2);
  const sw2 = bytes.at(-1);
  if (sw1 === undefined || sw2 === undefined) throw new CardRefusal('invalidMedia', 'an answer without a status word');
  if (bytes.length > LONGEST_ANSWER + 2) throw new CardRefusal('invalidMedia', 'an answer longer than the short form');
  return { data: bytes.slice(0, -2), status: sw1 * 256 + sw2 };
}

/** One powered chip for the length of one command of the reader. */
export class ChipDialogue {
  readonly #connection: CardConnection;
  readonly #signal: AbortSignal;

  constructor(connection: CardConnection, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
  }

  get atr(): Uint8Array {
    return this.#connection.atr;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  /**
   * The whole answer: 6Cxx asks again with the right Le, 61xx fetches the rest (GET RESPONSE).
   * @param longestBytes of all parts together
   */
  async ask(command: ChipCommand, longestBytes = LONGEST_WHOLE): Promise<ChipAnswer> {
    const mostParts = Math.max(MOST_PARTS, Math.ceil(longestBytes / SMALLEST_PART));
    let answer = await this.#exchange(command);
    const parts: Uint8Array[] = [answer.data];
    let bytes = answer.data.length;
    for (let part = 1; answer.status >> 8 === 0x61; part += 1) {
      if (part > mostParts) throw new CardRefusal('invalidMedia', 'the chip announces data without end (61xx)');
      const le = answer.status & 0xff || LONGEST_ANSWER;
      answer = await this.#exchange({ cla: 0x00, ins: 0xc0, p1: 0x00, p2: 0x00, le });
      bytes += answer.data.length;
      if (bytes > longestBytes) throw new CardRefusal('invalidMedia', 'an answer in parts grew too long');
      parts.push(answer.data);
    }
    return { data: Uint8Array.from(parts.flatMap((part) => [...part])), status: answer.status };
  }

  /** A command with more data than one APDU holds; a chip that refuses a part ends it with its own word. */
  async askInParts(command: ChipCommand, data: Uint8Array): Promise<ChipAnswer> {
    let at = 0;
    for (; data.length - at > LONGEST_COMMAND_DATA; at += LONGEST_COMMAND_DATA) {
      const { cla, ins, p1, p2 } = command;
      const part = data.subarray(at, at + LONGEST_COMMAND_DATA);
      const { status } = await this.#exchange({ cla: cla | MORE_FOLLOWS, ins, p1, p2, data: part });
      if (status !== STATUS_WORDS.ok) return { data: new Uint8Array(0), status };
    }
    return await this.ask({ ...command, data: data.subarray(at) });
  }

  async #exchange(command: ChipCommand): Promise<ChipAnswer> {
    let asked = command;
    for (let reissue = 0; ; reissue += 1) {
      this.#signal.throwIfAborted();
      const encoded = encodeCommand(asked);
      const transmitting = this.#connection.transmit(encoded, this.#signal);
      // Not when the caller gives up: what a transport has not sent yet would go out as another PIN.
      if (command.holdsPin) wipeAfter(transmitting, encoded);
      const bytes = await abortable(transmitting, this.#signal);
      const answer = decodeAnswer(bytes);
      if (answer.status >> 8 !== 0x6c || command.holdsPin) return answer;
      if (reissue === MOST_REISSUES) throw new CardRefusal('invalidMedia', 'the chip never agrees on a length (6Cxx)');
      asked = { ...command, le: answer.status & 0xff || LONGEST_ANSWER };
    }
  }
}

function wipeAfter(transmitting: Promise<unknown>, encoded: Uint8Array): void {
  const wipe = (): void => void encoded.fill(0);
  transmitting.then(wipe, wipe);
}
