/**
 * What no hand can time by itself at a card slot.
 *
 * A fault is set before and strikes once, at the APDU it was set for.
 */
export class CardSlotFaults {
  #tearOffIn: number | undefined;

  /** The card is pulled out in the middle of the n-th APDU from now (1 = the next one). */
  tearOffAtApdu(n: number): void {
    if (!Number.isInteger(n) || n < 1) throw new RangeError('APDUs are counted from 1.');
    this.#tearOffIn = n;
  }

  /** The slot asks at the start of each APDU: is this the one? */
  strikesThisApdu(): boolean {
    if (this.#tearOffIn === undefined) return false;
    this.#tearOffIn -= 1;
    if (this.#tearOffIn > 0) return false;
    this.#tearOffIn = undefined;
    return true;
  }
}
