/**
 * Answers to commands in the queue (escpos.md section 5). They are worked out
 * when the command's turn comes, so everything before it is on paper.
 */
import { byteAt, choiceAt, wordAt } from '../press/arguments.ts';
import type { LogoStore } from '../press/logo-store.ts';
import type { SymbolStore } from '../press/symbol-store.ts';
import { type Condition, paperBits } from './condition.ts';
import { isCustom, type PrinterProfile } from './profiles.ts';

/** What an answer may look at. */
export interface AnswerSource {
  readonly profile: PrinterProfile;
  readonly condition: Condition;
  readonly logos: LogoStore;
  readonly symbols: SymbolStore;
  /** Since the printer was made: lines fed and cuts, as its maintenance counters. */
  readonly linesFed: number;
  readonly cuts: number;
}

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const block = (...parts: (number | string)[]): Uint8Array =>
  Uint8Array.from([...parts.flatMap((part) => (typeof part === 'number' ? [part] : ascii(part))), 0]);

type Answer = (source: AnswerSource, args: Uint8Array) => Uint8Array | undefined;

const paper: Answer = ({ condition }) => Uint8Array.of(paperBits(condition));
const drawer: Answer = ({ condition }) => Uint8Array.of(condition.drawerPinHigh ? 0x01 : 0x00);

/** `GS I 1-3`: one byte; 65-69: a text block. Model id, type id (double-byte fonts, cutter), firmware id. */
const identity: Answer = ({ profile }, args) => {
  const wanted = byteAt(args, 0);
  const text = profile.identity[wanted];
  if (text !== undefined) return block(0x5f, text);
  if (Object.keys(profile.identity).length === 0) return undefined;
  const ids = [0x20, 0x03, 0x01];
  const id = ids[choiceAt(args, 0) - 1];
  return id === undefined ? undefined : Uint8Array.of(id);
};

/** `GS g 2 m nL nH`: 148 = lines fed, 178 = cuts. */
const counter: Answer = ({ profile, linesFed, cuts }, args) => {
  if (!profile.counters || byteAt(args, 0) !== 0x32) return undefined;
  const wanted = wordAt(args, 2);
  if (wanted === 148) return block(0x5f, String(linesFed));
  return wanted === 178 ? block(0x5f, String(cuts)) : undefined;
};

/** `GS ( H`: function 48 sends the process id back; 49 is a setting. */
const processId: Answer = ({ profile }, args) => {
  if (!profile.processId || byteAt(args, 2) !== 0x30 || byteAt(args, 3) !== 0x30) return undefined;
  const id = [...args.subarray(4, 8)];
  if (id.length !== 4 || id.some((byte) => byte < 0x20 || byte > 0x7e)) return undefined;
  return Uint8Array.from([0x37, 0x22, ...id, 0x00]);
};

const keys = (memory: ReadonlyMap<number, unknown>): string =>
  [...memory.keys()].map((key) => String.fromCharCode(key & 0xff, key >> 8)).join('');

/** `GS ( L`: sizes and lists of logos. */
const graphics: Answer = ({ logos }, args) => {
  switch (byteAt(args, 3)) {
    case 0:
    case 48:
      return block(0x37, 0x30, String(logos.roomBytes));
    case 51:
      return block(0x37, 0x31, String(logos.roomBytes - logos.used('nv')));
    case 64:
      return block(0x37, 0x72, 0x40, keys(logos.nv));
    case 80:
      return block(0x37, 0x73, 0x40, keys(logos.ram));
    default:
      return undefined;
  }
};

/** `GS ( k` function 82 for QR: width, height, "1", and whether it can be printed. */
const symbolSize: Answer = ({ symbols }, args) => {
  if (byteAt(args, 2) !== 49 || byteAt(args, 3) !== 82) return undefined;
  const modules = symbols.qrModules();
  const dots = String((modules?.length ?? 0) * symbols.moduleDots);
  return block(0x37, 0x36, dots, 0x1f, dots, 0x1f, '1', 0x1f, modules ? '0' : '1');
};

const custom =
  (read: (source: AnswerSource) => string): Answer =>
  (source) =>
    isCustom(source.profile) ? Uint8Array.from(ascii(read(source))) : undefined;

/** By the command's name in the table. */
export const answers: Readonly<Record<string, Answer | undefined>> = {
  'GS r': (source, args) => {
    const wanted = choiceAt(args, 0);
    return wanted === 1 ? paper(source, args) : wanted === 2 ? drawer(source, args) : undefined;
  },
  'ESC v': paper,
  'ESC u': drawer,
  'GS I': identity,
  'GS g': counter,
  'GS ( H': processId,
  'GS ( L': graphics,
  'GS ( k': symbolSize,
  'GS E2': custom(({ cuts }) => `${cuts}cuts`),
  'GS E3': custom(({ linesFed }) => `${Math.round((linesFed * 30) / 80)}cm`),
};
