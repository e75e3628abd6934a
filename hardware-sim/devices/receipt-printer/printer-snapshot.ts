/** What can be seen of a virtual printer: events as they happen and the whole machine at one moment. */
import type { Sheet } from './paper.ts';

export type PaperEvent =
  /** The paper at the head moved or got new lines; `sheet` is what hangs from the head. */
  | { readonly kind: 'moved'; readonly sheet: Sheet }
  /** A sheet is off the roll and lies in the outlet. */
  | { readonly kind: 'sheet'; readonly sheet: Sheet }
  /** A hand took it. */
  | { readonly kind: 'taken'; readonly sheet: Sheet };

export interface WireEvent {
  readonly direction: 'toPrinter' | 'toHost';
  readonly bytes: Uint8Array;
}

export interface PrinterSnapshot {
  readonly profile: string;
  readonly powered: boolean;
  readonly plugged: boolean;
  readonly connected: boolean;
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly paperMm: number;
  readonly paperNearEnd: boolean;
  readonly paperOut: boolean;
  readonly headHot: boolean;
  readonly cutterError: boolean;
  readonly cutterJammed: boolean;
  readonly hung: boolean;
  /** The motor or the knife is moving, or waits to go on. */
  readonly printing: boolean;
  /** Bytes in the receive buffer, and its size. */
  readonly buffered: number;
  readonly bufferBytes: number;
  readonly cuts: number;
  readonly drawerKicks: number;
  readonly beeps: number;
  readonly unknownBytes: number;
  readonly ignoredCommands: number;
  /** What hangs from the head. */
  readonly atHead: Sheet;
  /** Cut slips that nobody has taken. */
  readonly outlet: readonly Sheet[];
  /** In the bin inside the machine. */
  readonly retracted: readonly Sheet[];
  /** Pushed out with nobody there to take them. */
  readonly fallen: readonly Sheet[];
}
