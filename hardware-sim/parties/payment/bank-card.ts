/** Bank cards of invented people: numbers that no bank has issued. */
export interface BankCard {
  readonly owner: string;
  /** Begins with 990; no issuer does. */
  readonly number: string;
  balanceFen: number;
  /** The bank refuses whatever is asked. */
  refuses: boolean;
}

/** @param serial 1–999 */
export function inventBankCard(owner: string, serial: number, balanceFen: number): BankCard {
  return { owner, number: `9900010000000${String(serial).padStart(3, '0')}`, balanceFen, refuses: false };
}

export function tailOf(card: BankCard): string {
  return card.number.slice(-4);
}
