/**
 * What a receipt printer can do, as data.
 *
 * Models differ in what they answer more than in what they print. A difference
 * between models belongs here and not into the driver's code.
 */
import { customPresenter, epsonTakenSensor, type PrinterOutlet } from './printer-outlet.ts';
import type { Charset } from './text-encoding.ts';

/** How to make the printer forget what it has received; acted on even while it is stopped. */
export interface ClearBuffers {
  readonly bytes: readonly number[];
  /** Whether the printer says `37 25 00` when its buffers are empty. */
  readonly answered: boolean;
}

export interface PrinterProfile {
  readonly name: string;
  /** Cells (encoded bytes) per line at normal size: 48 on 80 mm paper, 32 on 58 mm. */
  readonly cells: number;
  readonly charset: Charset;
  /** Answers `GS ( H` with a process id once the dots are on paper: the only proof of "printed". */
  readonly processId: boolean;
  /** Argument of `GS a` for statuses pushed by the printer; `undefined` when it has none. */
  readonly automaticStatus: number | undefined;
  /** Answers `DLE EOT 1..4`. */
  readonly realTimeStatus: boolean;
  /** Answers `GS I` with its maker and model. */
  readonly identifies: boolean;
  /** Without it, up to one segment of a failed print comes out when somebody loads paper. */
  readonly clearBuffers: ClearBuffers | undefined;
  /** Has a cutter; without one a cut becomes a feed to the tear bar. */
  readonly cuts: boolean;
  /** What stands at its mouth; `undefined`: slips fall out, and nobody knows what becomes of them. */
  readonly outlet: PrinterOutlet | undefined;
  /** Text lines between two confirmations. */
  readonly linesPerSegment: number;
  /** How long one line of text takes on paper at worst, ms: the only pace of a printer that confirms nothing. */
  readonly lineMs: number;
  /** How often to ask for the status when nothing happens, ms. */
  readonly idleAskMs: number;
}

/** `DLE DC4 8`: clears the receive and print buffers in any state (escpos.md section 5). */
const CLEAR_BUFFERS = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

/** Epson TM and the clones that follow it closely. `0E` = online state, errors and paper; the drawer is not ours. */
export const epsonLike: PrinterProfile = {
  name: 'epson-like',
  cells: 48,
  charset: 'gb18030-2000',
  processId: true,
  automaticStatus: 0x0e,
  realTimeStatus: true,
  identifies: true,
  clearBuffers: { bytes: CLEAR_BUFFERS, answered: true },
  cuts: true,
  outlet: undefined,
  linesPerSegment: 20,
  lineMs: 30,
  idleAskMs: 10_000,
};

/** The usual Chinese 80 mm board: GBK font, answers to questions, pushes nothing, confirms nothing. */
export const chineseClone: PrinterProfile = {
  ...epsonLike,
  name: 'chinese-clone',
  charset: 'gbk',
  processId: false,
  automaticStatus: undefined,
  identifies: false,
  // Boards that don't know it take these bytes for control characters that print nothing.
  clearBuffers: { bytes: CLEAR_BUFFERS, answered: false },
  idleAskMs: 2_000,
};

/** A board whose answers never reach us: every print stays unconfirmed. */
export const writeOnlyClone: PrinterProfile = {
  ...chineseClone,
  name: 'write-only-clone',
  realTimeStatus: false,
  clearBuffers: undefined,
};

/** A kiosk printer that holds the slip out: Custom VKP80 and KPM, Pyramid Reliance. It confirms by what its sensor sees. */
export const presenterKiosk: PrinterProfile = {
  ...chineseClone,
  name: 'custom-presenter',
  outlet: customPresenter,
  // `DLE DC4 8` is not in their manuals; `ESC @` empties the buffer.
  clearBuffers: undefined,
};

/** An Epson with a sensor in front of its cutter that sees whether the slip was taken. */
export const epsonWithTakenSensor: PrinterProfile = {
  ...epsonLike,
  name: 'epson-taken-sensor',
  outlet: epsonTakenSensor,
};

/** Names that a site file may give. */
export const printerProfileNames = [
  'epson-like',
  'chinese-clone',
  'write-only-clone',
  'custom-presenter',
  'epson-taken-sensor',
] as const;
export type PrinterProfileName = (typeof printerProfileNames)[number];

const profilesByName: Readonly<Record<PrinterProfileName, PrinterProfile>> = {
  'epson-like': epsonLike,
  'chinese-clone': chineseClone,
  'write-only-clone': writeOnlyClone,
  'custom-presenter': presenterKiosk,
  'epson-taken-sensor': epsonWithTakenSensor,
};

export function printerProfile(name: PrinterProfileName): PrinterProfile {
  return profilesByName[name];
}

/** What doctor and the journeys may know of it. */
export function capabilitiesOf(profile: PrinterProfile): Readonly<Record<string, string | number | boolean>> {
  const { cells, charset, cuts, processId, realTimeStatus, outlet } = profile;
  const automaticStatus = profile.automaticStatus !== undefined;
  const mouth = { mediaTaken: outlet !== undefined, retracts: outlet?.kind === 'presenter' };
  return { cells, charset, cuts, processId, automaticStatus, realTimeStatus, ...mouth };
}
