/**
 * A card that nobody took (Z-8.1.12): pushed out to the mouth where the reader has a motor, and staff are told.
 *
 * One promise: it is never drawn in. Where nothing moves it, it lies in the open slot and is called for.
 */
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { ReceptionParts } from './reception-parts.ts';

/** A motor, and the time its reader needs to say so, ms. */
const PUSH_OUT_MS = 5_000;

export async function pushCardOut(
  { audit, callHelp }: Pick<ReceptionParts, 'audit' | 'callHelp'>,
  cardReader: CardReader,
  session: string,
): Promise<void> {
  audit.write('card.left', { session });
  callHelp?.({ screen: 'S-TAKE-CARD', staffCode: '' });
  const pushed = await cardReader.ejectMedia({ timeoutMs: PUSH_OUT_MS });
  if (pushed.done) audit.write('card.pushedOut', { session });
}
