/**
 * A chip's own view of the commands it gets (ISO 7816-4, short forms only).
 *
 * Written from the standard for the twin alone. It promises that whatever
 * bytes arrive become either a command or the word for a wrong length.
 */

export interface IsoCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** How many bytes the terminal wants back, 1–256; `undefined` when it asks for none. */
  readonly le: number | undefined;
}

export interface IsoAnswer {
  readonly data: Uint8Array;
  readonly status: number;
}

export const STATUS = {
  ok: 0x9000,
  wrongLength: 0x6700,
  securityNotSatisfied: 0x6982,
  blocked: 0x6983,
  noChallenge: 0x6984,
  noCurrentFile: 0x6986,
  functionNotSupported: 0x6a81,
  fileNotFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongP1P2: 0x6a86,
  keyNotFound: 0x6a88,
  unknownIns: 0x6d00,
  wrongCla: 0x6e00,
  /** 63Cx: wrong, x tries left. */
  triesLeft: 0x63c0,
} as const;

const NOTHING = new Uint8Array(0);

export function answerOnly(status: number): IsoAnswer {
  return { data: NOTHING, status };
}

export function parseIsoCommand(bytes: Uint8Array): IsoCommand | undefined {
  const [cla, ins, p1, p2, p3] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const header = { cla, ins, p1, p2 };
  if (p3 === undefined) return { ...header, data: NOTHING, le: undefined };
  if (bytes.length === 5) return { ...header, data: NOTHING, le: p3 || 256 };
  if (p3 === 0) return undefined;
  const data = bytes.slice(5, 5 + p3);
  if (bytes.length === 5 + p3) return { ...header, data, le: undefined };
  if (bytes.length === 6 + p3) return { ...header, data, le: bytes[5 + p3] || 256 };
  return undefined;
}

export function answerBytes(answer: IsoAnswer): Uint8Array {
  return Uint8Array.of(...answer.data, answer.status >> 8, answer.status & 0xff);
}
