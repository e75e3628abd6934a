/** What the hospital decided about a restricted item, as 2204 and 2301 write it (Z-5.1.6). */
import type { FeeLine } from './insurance-platform.ts';

/** `hosp_appr_flag` 医院审批标志: 0 needs no approval, 1 approved, 2 not approved, so the line is the patient's own. */
export function approvalFlag({ restricted }: Pick<FeeLine, 'restricted'>): '0' | '1' | '2' {
  if (!restricted) return '0';
  return restricted.basisId ? '1' : '2';
}
