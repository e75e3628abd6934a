/**
 * Loading a working PIN key that its maker encrypted under the pad's master key.
 *
 * One promise: a key whose check value is not the one its maker told is erased
 * again; no clear key passes here.
 */
import { type Completion, completed, failed } from '../device.ts';
import { checkValueOf, erasePinKey, loadPinKeyUnderMaster } from './pad-commands.ts';
import type { PadDialogue } from './pad-dialogue.ts';
import type { LoadPinKeyOptions, PinPadFault } from './pin-pad.ts';

const LEAST_CHECK_BYTES = 3;
const LAST_KEY_SET = 7;

/** Rejects as `PadDialogue.ask` does. */
export async function loadPinKey(
  pad: PadDialogue,
  { keySet, encryptedKey, checkValue }: Pick<LoadPinKeyOptions, 'keySet' | 'encryptedKey' | 'checkValue'>,
  answerMs: number,
  signal: AbortSignal,
): Promise<Completion<void, PinPadFault>> {
  if (encryptedKey.length !== 16 && encryptedKey.length !== 24) {
    return failed('invalidData', 'a PIN key has 16 or 24 bytes: single length is no protection any more');
  }
  if (checkValue.length < LEAST_CHECK_BYTES || keySet < 0 || keySet > LAST_KEY_SET) {
    return failed('invalidData', 'a check value has at least three bytes, a key set is 0 to 7');
  }
  const told = await pad.ask(loadPinKeyUnderMaster(keySet, encryptedKey), checkValueOf, answerMs, signal);
  if ('fault' in told) return failed(told.fault, told.detail);
  const both = Math.min(told.length, checkValue.length);
  if (both >= LEAST_CHECK_BYTES && checkValue.subarray(0, both).every((byte, at) => byte === told[at])) {
    return completed(undefined);
  }
  await pad.set(erasePinKey(keySet), answerMs, signal);
  return failed('keyInvalid', 'the check value is another: the key was erased');
}
