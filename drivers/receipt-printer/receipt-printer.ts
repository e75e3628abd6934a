/**
 * The contract of a receipt printer (XFS4IoT Printer).
 *
 * "Printed" is a word this printer may use only with proof from the machine
 * itself (a process id, `GS ( H`); without it the honest word is `unconfirmed`.
 */
import type { CommandOptions, CommonFault, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { PaperDocument } from './paper-document.ts';

export type PaperState = 'full' | 'low' | 'out' | 'jammed' | 'unknown';

/** `coverOpen` a person opened it · `mediaJammed` paper or cutter is stuck. */
export type PrintFault = 'paperOut' | 'mediaJammed' | 'coverOpen' | 'headHot';

export type PrinterEvent =
  | { readonly event: 'paperThreshold'; readonly paper: PaperState }
  | { readonly event: 'coverChanged'; readonly open: boolean }
  /** A slip is at the mouth: seen by a sensor, or, where there is none, proved to be printed. */
  | { readonly event: 'mediaPresented' }
  /** It is gone, and not because of us. Only a printer with an eye for it says so. */
  | { readonly event: 'mediaTaken' }
  /** It was drawn back into the machine. */
  | { readonly event: 'mediaRetracted' };

/** XFS4IoT `media`: what the eye at the mouth sees. `unknown`: no eye, or the printer is away. */
export type MouthState = 'present' | 'notPresent' | 'unknown';

/** `noMediaPresent` there is nothing to draw back · `mediaJammed` it is still there after the command. */
export type RetractFault = 'noMediaPresent' | 'mediaJammed';

/** `queued → sending → sent → printed → cut`, or `… → sent → presented`, or `unconfirmed`, or `failed`. */
export type PrintJobState = 'queued' | 'sending' | 'sent' | 'printed' | 'cut' | 'presented' | 'unconfirmed' | 'failed';

export interface PrintOptions extends CommandOptions {
  readonly onJobState?: (state: PrintJobState, confirmedSegments: number) => void;
}

/**
 * How a print ended. When it failed, `onPaper` says what a person may find in
 * the outlet: nothing at all, or part of the document.
 */
export type PrintCompletion =
  | { readonly done: true; readonly value: { readonly proof: 'printed' | 'unconfirmed' } }
  | {
      readonly done: false;
      readonly fault: PrintFault | CommonFault;
      readonly detail: string;
      readonly onPaper: 'nothing' | 'partial' | 'unknown';
    };

export interface ReceiptPrinter extends Device {
  readonly deviceClass: 'receiptPrinter';
  readonly paper: PaperState;
  readonly coverOpen: boolean;
  readonly media: MouthState;
  /** Cells (encoded bytes) per line at normal size. */
  readonly cells: number;
  onPrinterEvent(listener: (event: PrinterEvent) => void): Unsubscribe;
  /** What would stop a print now; `undefined` when ready. Nothing is sent for this. */
  obstacle(): PrintFault | 'deviceNotReady' | undefined;
  print(document: PaperDocument, options: PrintOptions): Promise<PrintCompletion>;
  /**
   * Draws back a slip that nobody took: a name is on it. `unsupportedCommand` where only hands can.
   * Done = the eye at the mouth sees none. Whoever pulls it out at that very moment is not told from the motor.
   */
  retract(options: CommandOptions): Promise<Completion<'retracted', RetractFault>>;
}
