/**
 * The 电子发票 of a settlement, for its slip (Z-9.1.5).
 *
 * One promise: the slip never waits longer than a breath for it, and nothing hangs on it: the row in the outbox asks for
 * the same invoice until it is there, and one settlement has one invoice however often it is asked for.
 */
import type { Invoice } from '../hospital/hospital-books.ts';
import { uploadRules } from '../upload/upload-rules.ts';
import type { Rooms } from './rooms.ts';

/** `pending`: it comes later by itself. `undefined`: none is due from here. */
export type SlipInvoice = Pick<Invoice, 'invoiceNumber' | 'link'> | 'pending' | undefined;

const WAIT_MS = 2_500;

export async function invoiceForSlip(rooms: Rooms, settlementNumber: string): Promise<SlipInvoice> {
  if (!uploadRules(rooms.profile).kioskSends.includes('eInvoice')) return undefined;
  const asked = rooms.hospital
    .issueInvoice(settlementNumber, `${settlementNumber} slip`)
    .then((answer): SlipInvoice => {
      if (answer.outcome === 'ok') return answer.value;
      return answer.outcome === 'refused' && answer.reason === 'nothingToInvoice' ? undefined : 'pending';
    });
  const { promise: late, resolve } = Promise.withResolvers<SlipInvoice>();
  const stop = rooms.clock.timer(WAIT_MS, () => resolve('pending'));
  try {
    return await Promise.race([asked, late]);
  } finally {
    stop();
  }
}
