/**
 * Gives the patient the slip, or says honestly that there is none.
 *
 * The intent to print is journaled before the first byte, so there is never
 * more than one unmarked copy; a failure after the money moved ends with the
 * number under which the slip can be had, never with a silent screen.
 */

import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { PrintCompletion } from '../../drivers/receipt-printer/receipt-printer.ts';
import { forReader } from '../documents/large-print.ts';
import { SlipDiffersError, type SlipMaterial, settlementSlip } from '../documents/settlement-slip.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { type ReasonId, reasons } from '../reasons.ts';
import type { Session } from '../session/session.ts';
import { invoiceForSlip } from './invoice-for-slip.ts';
import { printPrescriptions } from './print-prescriptions.ts';
import type { Rooms } from './rooms.ts';

export type Paper =
  | { readonly paper: 'ready' | 'unconfirmed' }
  | { readonly paper: 'none'; readonly problem: ReasonId };

const PRINT_TIMEOUT_MS = 60_000;

/** What one copy says of itself. */
export interface CopyMark {
  /** 1 = the first; from 2 on the slip is marked 补打. */
  readonly copy: number;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

export async function deliverPaper(
  rooms: Rooms,
  session: Pick<Session, 'textSize'>,
  material: Omit<SlipMaterial, 'copy'>,
): Promise<Paper> {
  const { settlementNumber } = material;
  // Made once before the intent: a slip that would not be true is none, and the patient still leaves with a number.
  const sound = adds(material);
  if (!sound && !printerTrouble(rooms)) return noPaper(rooms, settlementNumber, 'unexpected');
  const { bill, maskedName, language } = material;
  const { textSize } = session;
  const invoice = printerTrouble(rooms) ? undefined : await invoiceForSlip(rooms, settlementNumber);
  const make = (mark: CopyMark): PaperDocument => settlementSlip({ ...material, invoice, ...mark });
  const paper = await deliverDocument(rooms, { textSize }, settlementNumber, make);
  if (paper.paper === 'none') return paper;
  const failed = await printPrescriptions(rooms, { bill, settlementNumber, maskedName, language, textSize });
  return failed ? noPaper(rooms, settlementNumber, problemOf(failed)) : paper;
}

/** Not bound to the session's signal: a slip that has begun is finished even if the patient walks away. */
export async function deliverDocument(
  rooms: Rooms,
  session: Pick<Session, 'textSize'>,
  settlementNumber: string,
  make: (mark: CopyMark) => PaperDocument,
): Promise<Paper> {
  const { printer, settlements } = rooms;
  // Read now: the end of the session takes the size back, and the slip is still theirs.
  const { textSize } = session;
  const before = printerTrouble(rooms);
  if (!printer || before) return noPaper(rooms, settlementNumber, before ?? 'printerAway');
  const { copy } = await settlements.beginCopy(settlementNumber);
  const document = make({ copy, printedAt: platformTime(rooms.clock.wallMs()) });
  const printed = await printer.print(forReader(document, textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  await settlements.endCopy(settlementNumber, copy, printed.done ? printed.value.proof : 'failed');
  if (printed.done) return { paper: printed.value.proof === 'printed' ? 'ready' : 'unconfirmed' };
  return noPaper(rooms, settlementNumber, problemOf(printed));
}

function noPaper(rooms: Rooms, settlementNumber: string, problem: ReasonId): Paper {
  rooms.audit.write(reasons[problem].audit, { settlement: settlementNumber, reason: problem });
  return { paper: 'none', problem };
}

function adds(material: Omit<SlipMaterial, 'copy'>): boolean {
  try {
    settlementSlip({ ...material, copy: 1 });
    return true;
  } catch (error) {
    if (error instanceof SlipDiffersError) return false;
    throw error;
  }
}

/** What stands in the way of a slip now; asked before the first debit as well. */
export function printerTrouble(rooms: Rooms): ReasonId | undefined {
  if (!rooms.printer) return 'printerAway';
  switch (rooms.printer.obstacle()) {
    case undefined:
      return undefined;
    case 'paperOut':
      return 'paperOut';
    case 'mediaJammed':
    case 'headHot':
      return 'printerJammed';
    case 'coverOpen':
      return 'printerCoverOpen';
    default:
      return 'printerAway';
  }
}

export function problemOf(failure: Extract<PrintCompletion, { done: false }>): ReasonId {
  switch (failure.fault) {
    case 'paperOut':
      return 'paperOut';
    case 'coverOpen':
      return 'printerCoverOpen';
    case 'mediaJammed':
      return 'printerJammed';
    default:
      return 'printerAway';
  }
}

/** Degrade before money, never after: no paper is said before the debit. → the patient goes on without paper */
export async function warnAboutPaper(rooms: Rooms, session: Session): Promise<boolean> {
  const problem = printerTrouble(rooms);
  if (!problem) return false;
  await session.ask<true>(
    { name: 'S-PAPER-WARN', problem, removeCard: false },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined) },
  );
  return true;
}
