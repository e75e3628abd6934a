/**
 * Printers that differ: data, not code. What a driver finds out about a printer
 * it must find out over the wire, as from the real ones.
 */
import type { ParserOptions } from '../parser/escpos-parser.ts';
import type { PressOptions } from '../press/print-state.ts';

export interface PrinterProfile {
  readonly name: string;
  readonly parser: ParserOptions;
  readonly press: PressOptions;
  readonly speedMmPerSecond: number;
  readonly cutMs: number;
  readonly receiveBufferBytes: number;
  /** Paper left on the roll, mm, at which the near-end sensor speaks. */
  readonly nearEndMm: number;
  /** How long a hot head needs to cool, ms. */
  readonly headCoolingMs: number;
  /** From an answerable byte's arrival to the answer's first byte, ms. */
  readonly answerMs: number;
  /** `false`: takes data, never says a word, whatever it is asked. */
  readonly answers: boolean;
  readonly processId: boolean;
  readonly asb: boolean;
  /** `GS I`: texts by number 65-69; without one there is no answer. */
  readonly identity: Readonly<Record<number, string>>;
  readonly counters: boolean;
  /** `custom`: presents at the cut. `customHolding`: only when told to. `detector`: an eye that sees the slip, no motor. */
  readonly presenter: 'none' | 'custom' | 'customHolding' | 'detector';
  /** Says nothing while paper moves, as Pyramid's manual has it (Reliance Status). */
  readonly silentWhileFeeding?: boolean;
  /** Status and end-of-job marks of Star's dialect. */
  readonly star: boolean;
  /** Level of drawer pin 3 with no drawer: `true` shows as bit 04 set. */
  readonly drawerPinHigh: boolean;
  /** Fourth byte of automatic status: 0F on Epson and SNBC models, 00 elsewhere. */
  readonly lastStatusByte: number;
}

const press: PressOptions = {
  widthDots: 576,
  escStyleReachesChinese: true,
  carriageReturnFeeds: false,
  legacySymbols: true,
};

/** 80 mm Chinese-model Epson and the boards that copy it whole. */
export const epsonLike: PrinterProfile = {
  name: 'epson-like',
  parser: { charset: 'gb18030', doubleByteAtStart: true, escC: 'buzzer' },
  press: { ...press, escStyleReachesChinese: false, legacySymbols: false },
  speedMmPerSecond: 200,
  cutMs: 300,
  receiveBufferBytes: 4096,
  nearEndMm: 3000,
  headCoolingMs: 8000,
  answerMs: 2,
  answers: true,
  processId: true,
  asb: true,
  identity: { 65: 'SIM 1.00', 66: 'YIZHAN', 67: 'SIM-E80', 68: 'SIM0000001', 69: 'CHINA GB18030' },
  counters: true,
  presenter: 'none',
  star: false,
  drawerPinHigh: true,
  lastStatusByte: 0x0f,
};

/** A Chinese board: real-time status and `GS r`, no process id, no counters. */
export const chineseClone: PrinterProfile = {
  ...epsonLike,
  name: 'chinese-clone',
  press,
  speedMmPerSecond: 150,
  receiveBufferBytes: 1024,
  processId: false,
  counters: false,
  identity: { 66: 'YIZHAN', 67: 'SIM-C80' },
  lastStatusByte: 0x00,
};

/** The cheapest clone: GBK only, prints, never answers. */
export const writeOnlyClone: PrinterProfile = {
  ...chineseClone,
  name: 'write-only-clone',
  parser: { charset: 'gbk', doubleByteAtStart: true, escC: 'buzzer' },
  receiveBufferBytes: 64,
  answers: false,
  asb: false,
  identity: {},
};

/** A kiosk printer with a presenter that holds the cut ticket until it is taken or drawn back. */
export const presenterKiosk: PrinterProfile = {
  ...epsonLike,
  name: 'presenter-kiosk',
  presenter: 'custom',
  identity: { 66: 'YIZHAN', 67: 'SIM-P80' },
};

/** A kiosk printer of Custom's family as it is delivered: no process ids, nothing pushed, full status on asking. */
export const customKiosk: PrinterProfile = {
  ...chineseClone,
  name: 'custom-kiosk',
  asb: false,
  presenter: 'customHolding',
  silentWhileFeeding: true,
  identity: {},
};

/** An Epson with a detector in front of its cutter. */
export const epsonWithDetector: PrinterProfile = { ...epsonLike, name: 'epson-with-detector', presenter: 'detector' };

/** Star's dialect for the end of a job, the rest ESC/POS. */
export const starLike: PrinterProfile = {
  ...epsonLike,
  name: 'star-like',
  processId: false,
  star: true,
  identity: { 66: 'YIZHAN', 67: 'SIM-S80' },
};

/** Whether it speaks Custom's presenter commands. */
export function isCustom({ presenter }: PrinterProfile): boolean {
  return presenter === 'custom' || presenter === 'customHolding';
}
