/**
 * One PIN entry as the host may see it: how many digits stand, and how it ended.
 *
 * One promise: it never learns a digit. A pad that sends one in the clear has
 * broken its own rule, and the entry is over.
 */
import type { PinEntryOptions, PinPadEvent } from './pin-pad.ts';
import type { PinPadProfile } from './pin-pad-profile.ts';

export type EntryEnd = 'enter' | 'auto' | 'cancel' | 'timeout' | 'clearKey';

export class PinEntry {
  readonly #profile: PinPadProfile;
  readonly #limits: Pick<PinEntryOptions, 'minDigits' | 'maxDigits'>;
  readonly #tell: (event: PinPadEvent) => void;
  #entered = 0;

  constructor(
    profile: PinPadProfile,
    limits: Pick<PinEntryOptions, 'minDigits' | 'maxDigits'>,
    tell: (event: PinPadEvent) => void,
  ) {
    this.#profile = profile;
    this.#limits = limits;
    this.#tell = tell;
  }

  /** One byte outside a frame; → how the entry ended, or `undefined` while it goes on. */
  key(code: number): EntryEnd | undefined {
    const { maskByte, enterByte, cancelByte, clearByte, timeoutByte, clearKey, endsAtMaximum } = this.#profile;
    switch (code) {
      case maskByte:
        this.#entered = Math.min(this.#entered + 1, this.#limits.maxDigits);
        this.#tell({ event: 'keyPressed', entered: this.#entered });
        return endsAtMaximum && this.#entered === this.#limits.maxDigits ? 'auto' : undefined;
      case clearByte:
        this.#entered = clearKey === 'all' ? 0 : Math.max(0, this.#entered - 1);
        this.#tell({ event: 'backspace', entered: this.#entered });
        return undefined;
      case enterByte:
        if (this.#entered >= this.#limits.minDigits) return 'enter';
        this.#tell({ event: 'minimumLength', entered: this.#entered });
        return undefined;
      case cancelByte:
        return 'cancel';
      case timeoutByte:
        return 'timeout';
      default:
        return isDigitKey(code) ? 'clearKey' : undefined;
    }
  }
}

/** `0`–`9`, and `#` which the key table gives to 00. Other keys (bell, A–H, noise) mean nothing here. */
function isDigitKey(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x23;
}
