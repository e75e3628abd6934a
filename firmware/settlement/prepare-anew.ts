/**
 * The kept lines of a refund: away with what lies there unsettled, up with what stays, and the same split as agreed.
 *
 * Changes nothing that counts, so it may be repeated until it is definite.
 */
import type { InsurancePlatform, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { Finding } from './facts.ts';
import { finding, nothing } from './finding.ts';
import { sameToTheFen } from './fold-insurance.ts';
import type { SettlementOrder } from './settlements.ts';

/** `chrg_bchno` of 2205 that removes every unsettled line. */
const EVERY_UNSETTLED_LINE = '0000';

export async function prepareAnew(
  insurance: InsurancePlatform,
  order: SettlementOrder,
  asked: SettleQuestion,
): Promise<Finding<null>> {
  if (order.kept) {
    const { lines, ...batch } = order.kept;
    const cancelled = finding(await insurance.cancelFees(asked, EVERY_UNSETTLED_LINE), nothing, order);
    if (cancelled.verdict !== 'ok') return cancelled;
    const fees = { ...batch, chargeBatch: asked.chargeBatch, lines };
    const uploaded = finding(await insurance.uploadFees(asked, fees), nothing, order);
    if (uploaded.verdict !== 'ok') return uploaded;
  }
  const split = finding(await insurance.preSettle(asked), (amounts) => amounts, order);
  if (split.verdict !== 'ok') return split;
  if (sameToTheFen(order.agreed, split.value)) return { verdict: 'ok', value: null };
  return { verdict: 'fail', reason: 'amountsDiffer', detail: 'the kept lines split otherwise than was agreed' };
}
