/**
 * Gives the patient the slip, or says honestly that there is none.
 *
 * The intent to print is journaled before the first byte, so there is never
 * more than one unmarked copy; a failure after the money moved ends with the
 * number under which the slip can be had, never with a silent screen.
 */
import type { PrintCompletion } from '../../drivers/receipt-printer/receipt-printer.ts';
import { type SlipMaterial, settlementSlip } from '../documents/settlement-slip.ts';
import type { ReasonId } from '../reasons.ts';
import type { Rooms } from './rooms.ts';

export type Paper =
  | { readonly paper: 'ready' | 'unconfirmed' }
  | { readonly paper: 'none'; readonly problem: ReasonId };

const PRINT_TIMEOUT_MS = 60_000;

/** Not bound to the session's signal: a slip that has begun is finished even if the patient walks away. */
export async function deliverPaper(rooms: Rooms, material: Omit<SlipMaterial, 'copy'>): Promise<Paper> {
  const { printer, settlements } = rooms;
  const before = printerTrouble(rooms);
  if (!printer || before) return { paper: 'none', problem: before ?? 'printerAway' };
  const { copy } = await settlements.beginCopy(material.settlementNumber);
  const document = settlementSlip({ ...material, copy });
  const printed = await printer.print(document, { timeoutMs: PRINT_TIMEOUT_MS });
  await settlements.endCopy(material.settlementNumber, copy, printed.done ? printed.value.proof : 'failed');
  if (printed.done) return { paper: printed.value.proof === 'printed' ? 'ready' : 'unconfirmed' };
  const problem = problemOf(printed);
  rooms.audit.write('printer.away', { settlement: material.settlementNumber, reason: problem });
  return { paper: 'none', problem };
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
