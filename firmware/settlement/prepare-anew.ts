/**
 * The kept lines of a refund: away with what lies there unsettled, up with what stays, and how the centre splits it.
 *
 * Changes nothing that counts, so it may be repeated until it is definite.
 */
import type { InsurancePlatform, SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { Finding } from './facts.ts';
import { finding, nothing } from './finding.ts';
import type { SettlementOrder } from './settlements.ts';

/** `chrg_bchno` of 2205 that removes every unsettled line. */
const EVERY_UNSETTLED_LINE = '0000';

export async function prepareAnew(
  insurance: InsurancePlatform,
  order: SettlementOrder,
  asked: SettleQuestion,
): Promise<Finding<SettlementAmounts>> {
  if (order.kept) {
    const { lines, ...batch } = order.kept;
    const cancelled = finding(await insurance.cancelFees(asked, EVERY_UNSETTLED_LINE), nothing, order);
    if (cancelled.verdict !== 'ok') return cancelled;
    const fees = { ...batch, chargeBatch: asked.chargeBatch, lines };
    const uploaded = finding(await insurance.uploadFees(asked, fees), nothing, order);
    if (uploaded.verdict !== 'ok') return uploaded;
  }
  return finding(await insurance.preSettle(asked), (amounts) => amounts, order);
}
