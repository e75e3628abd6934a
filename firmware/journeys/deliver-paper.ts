/**
 * Gives the patient the slip, or says honestly that there is none.
 *
 * The intent to print is journaled before the first byte, so there is never
 * more than one unmarked copy; a failure after the money moved ends with the
 * number under which the slip can be had, never with a silent screen.
 */

import type { PrintCompletion } from '../../drivers/receipt-printer/receipt-printer.ts';
import { SlipDiffersError, type SlipMaterial, settlementSlip } from '../documents/settlement-slip.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { type ReasonId, reasons } from '../reasons.ts';
import type { Session } from '../session/session.ts';
import type { Rooms } from './rooms.ts';

export type Paper =
  | { readonly paper: 'ready' | 'unconfirmed' }
  | { readonly paper: 'none'; readonly problem: ReasonId };

const PRINT_TIMEOUT_MS = 60_000;

/** Not bound to the session's signal: a slip that has begun is finished even if the patient walks away. */
export async function deliverPaper(rooms: Rooms, material: Omit<SlipMaterial, 'copy'>): Promise<Paper> {
  const { printer, settlements } = rooms;
  const before = printerTrouble(rooms);
  if (!printer || before) return noPaper(rooms, material, before ?? 'printerAway');
  // Made once before the intent: a slip that would not be true is none, and the patient still leaves with a number.
  if (!adds(material)) return noPaper(rooms, material, 'unexpected');
  const { copy } = await settlements.beginCopy(material.settlementNumber);
  const document = settlementSlip({ ...material, copy, printedAt: platformTime(rooms.clock.wallMs()) });
  const printed = await printer.print(document, { timeoutMs: PRINT_TIMEOUT_MS });
  await settlements.endCopy(material.settlementNumber, copy, printed.done ? printed.value.proof : 'failed');
  if (printed.done) return { paper: printed.value.proof === 'printed' ? 'ready' : 'unconfirmed' };
  return noPaper(rooms, material, problemOf(printed));
}

function noPaper(rooms: Rooms, { settlementNumber }: Omit<SlipMaterial, 'copy'>, problem: ReasonId): Paper {
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

function problemOf(failure: Extract<PrintCompletion, { done: false }>): ReasonId {
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
