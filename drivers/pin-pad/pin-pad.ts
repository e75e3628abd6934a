/**
 * The contract of a 密码键盘 (XFS4IoT Keyboard and PinPad).
 *
 * A clear PIN never reaches the host: it hears that a key was pressed, never
 * which, and gets a block that only the platform can open, or the card's answer.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { WipeableBytes } from '../wipeable.ts';

/** What the pad says while a person types; `entered` counts the digits that stand. */
export type PinPadEvent =
  | { readonly event: 'keyPressed'; readonly entered: number }
  | { readonly event: 'backspace'; readonly entered: number }
  /** Enter was pressed before enough digits stood: the person may go on typing. */
  | { readonly event: 'minimumLength'; readonly entered: number };

/**
 * `entryTimeout` nobody typed in the pad's own time · `keyNotFound` no PIN key in this key set ·
 * `keyNoValue` the pad holds no master key: it must be loaded by its officers · `useViolation` the key
 * is for something else · `keyInvalid` a key came over broken, or its check value is another's ·
 * `accessDenied` the pad wants an authorisation or is locked · `formatNotSupported` · `noPin` the pad
 * has no finished PIN · `noMedia` the pad's own slot holds no card.
 */
export type PinPadFault =
  | 'entryTimeout'
  | 'keyNotFound'
  | 'keyNoValue'
  | 'useViolation'
  | 'keyInvalid'
  | 'accessDenied'
  | 'formatNotSupported'
  | 'noPin'
  | 'noMedia';

/** `masterKeyMissing` the pad is blank (no IMK or TMK) · `pinKeyMissing` it said so at the last entry. */
export type PinPadKeys = 'loaded' | 'masterKeyMissing' | 'pinKeyMissing' | 'unknown';

export interface PinEntryOptions extends CommandOptions {
  /** 4–12, ISO 9564. */
  readonly minDigits: number;
  readonly maxDigits: number;
  /** How long the pad waits for a person, ms; default 30 s, at most 255 s. */
  readonly entryLimitMs?: number;
}

export interface PinBlockOptions extends PinEntryOptions {
  /** Formats that hold the PIN in the clear before encryption only: ASCII and IBM 3624 are not offered. */
  readonly format: 'iso0' | 'iso1' | 'iso3';
  /** Which working PIN key, 0–7. */
  readonly keySet: number;
  /** Formats 0 and 3 bind the block to it: 13–19 digits, the last one the check digit (which may be X). */
  readonly account?: Secret<string>;
}

export type PinBlockEntry =
  | {
      /** `auto`: the last digit ended it. */
      readonly completion: 'enter' | 'auto';
      readonly digits: number;
      /** Eight bytes under the PIN key. */
      readonly block: WipeableBytes;
    }
  /** The person pressed cancel. */
  | { readonly completion: 'cancel' };

export interface PresentToCardOptions extends PinEntryOptions {
  /** The APDU that selects the application whose PIN it is, e.g. SSSE (E.1). */
  readonly select: Uint8Array;
}

export type PresentedPin =
  | { readonly completion: 'enter' | 'auto'; readonly verified: true }
  | { readonly completion: 'enter' | 'auto'; readonly verified: false; readonly triesLeft: number }
  | { readonly completion: 'cancel' };

export interface LoadPinKeyOptions extends CommandOptions {
  readonly keySet: number;
  /** 16 or 24 bytes, encrypted under the pad's master key; a clear key is never taken. */
  readonly encryptedKey: Uint8Array;
  /** What the key's maker says encrypting zeros gives: at least its first three bytes. */
  readonly checkValue: Uint8Array;
}

export interface PinPad extends Device {
  readonly deviceClass: 'pinPad';
  readonly keys: PinPadKeys;
  onPinPadEvent(listener: (event: PinPadEvent) => void): Unsubscribe;
  /** PIN to the platform, as an encrypted block. */
  enterPinBlock(options: PinBlockOptions): Promise<Completion<PinBlockEntry, PinPadFault>>;
  /** PIN to the card in the pad's own slot (VERIFY); `unsupportedCommand` where it has none. */
  presentPinToCard(options: PresentToCardOptions): Promise<Completion<PresentedPin, PinPadFault>>;
  loadPinKey(options: LoadPinKeyOptions): Promise<Completion<void, PinPadFault>>;
  beep(options: CommandOptions): Promise<Completion<void, PinPadFault>>;
  /** `unsupportedCommand` where the pad has no display. Never anything about a person. */
  showText(text: string, options: CommandOptions): Promise<Completion<void, PinPadFault>>;
}
