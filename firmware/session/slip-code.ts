/**
 * The code on every slip and on the page without paper: it names a settlement and nobody.
 *
 * One promise: what is no such code is left alone, so a credential that was shown stays sealed for who reads it.
 */
import type { Act } from './act.ts';

const SLIP = /^yizhan:slip:(set_[a-z2-9]{12})$/;

/** `set_…` of the slip that was held to the scanner. */
export function slipNumber(act: Act): string | undefined {
  if (act.kind !== 'code' || act.codeKind !== 'unknown') return undefined;
  return SLIP.exec(act.text.reveal())?.[1];
}
