/**
 * The one rule that changes something at a party: 2601 by the message of a settlement that may not count.
 *
 * One promise: it names only messages of this kiosk whose own journal says that nothing of them counts; it is written
 * down before it leaves, and it does no harm when it is repeated.
 */
import type { InsurancePlatform } from '../insurance/insurance-platform.ts';
import type { ClaimKey } from '../settlement/claim-key.ts';
import type { BookStore } from './book-store.ts';
import type { Difference } from './difference.ts';
import type { DifferenceStore } from './difference-store.ts';

export interface ReversalParts {
  readonly platform: Pick<InsurancePlatform, 'reverse'>;
  readonly book: BookStore;
  readonly differences: DifferenceStore;
  claimKey(settlement: string): ClaimKey | undefined;
}

/** → whether the centre may have changed, so that it is worth asking again */
export async function reverseAtCentre(difference: Difference, parts: ReversalParts): Promise<boolean> {
  const { platform, book, differences } = parts;
  const { number, key } = difference;
  const message = book.find('message', key);
  const claimKey = message && parts.claimKey(message.settlement);
  if (message?.fate !== 'gone' || message.offSite) return false;
  if (!claimKey) {
    differences.handOver(number, 'whose claim it is can no longer be read here');
    return false;
  }
  differences.note(number, `asked to reverse message ${message.messageId} (2601)`);
  const transaction = claimKey.care === 'inpatient' ? '2304' : '2207';
  const answer = await platform.reverse({ messageId: message.messageId, transaction }, claimKey);
  if (answer.outcome === 'refused') {
    differences.handOver(number, `2601 refused: ${answer.message}`);
    return false;
  }
  if (answer.outcome !== 'ok') return false;
  if (answer.value.reversed === 'notFound') {
    differences.handOver(number, 'the centre lists it, and 2601 does not find it');
    return false;
  }
  differences.note(number, `reversed at the centre: message ${message.messageId} (2601)`);
  return true;
}
