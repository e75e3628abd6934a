/**
 * The contract of a page printer (A4 lists and certificates; XFS4IoT Printer).
 *
 * It takes finished pages as PDF and says when the printer says that they are out. One promise: pages of one person
 * are never left waiting in a queue, to come out when somebody else has loaded paper.
 */
import type { CommandOptions, CommonFault, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';

/** `offline`: the queue lives, the printer behind it does not answer. */
export type PageFault = 'paperOut' | 'mediaJammed' | 'coverOpen' | 'tonerOut' | 'offline';

export interface PageJob {
  readonly pdf: Uint8Array;
  /** Pages in it; for what is told, nothing is counted in the PDF. */
  readonly pages: number;
  readonly onProgress?: (progress: PageProgress) => void;
}

export interface PageProgress {
  readonly state: 'accepted' | 'printing' | 'waiting' | 'completed';
  /** Sides that are out, as far as the printer counts them. */
  readonly pagesOut: number | undefined;
  /** What it waits for. */
  readonly obstacle: PageFault | undefined;
}

/**
 * `completed`: the queue's word (IPP job-state 9). For a printer that speaks IPP itself it means paper in the tray; for
 * a CUPS queue before an older printer it means that the last byte was taken. `unconfirmed`: raw bytes, no word at all.
 */
export type PageCompletion =
  | { readonly done: true; readonly value: { readonly proof: 'completed' | 'unconfirmed' } }
  | {
      readonly done: false;
      readonly fault: PageFault | CommonFault;
      readonly detail: string;
      /** What may lie in the tray. */
      readonly onPaper: 'nothing' | 'partial' | 'unknown';
    };

export type PagePrinterEvent =
  | { readonly event: 'obstacleChanged'; readonly obstacle: PageFault | undefined }
  /** Sheets for 10 pages or less, or a cartridge that will soon be empty, as the printer judges it. */
  | { readonly event: 'paperThreshold' }
  | { readonly event: 'tonerThreshold' };

export interface PagePrinter extends Device {
  readonly deviceClass: 'pagePrinter';
  onPagePrinterEvent(listener: (event: PagePrinterEvent) => void): Unsubscribe;
  /** What would stop a print now; `undefined` when ready. As of the last time the printer was asked. */
  obstacle(): PageFault | 'deviceNotReady' | undefined;
  printPages(job: PageJob, options: CommandOptions): Promise<PageCompletion>;
}
