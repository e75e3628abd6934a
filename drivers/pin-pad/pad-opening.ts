/**
 * What is said to a PIN pad before anything else, and asked of it at rest.
 *
 * One promise: whatever an earlier process had begun on the pad is over, and its
 * keys are off.
 */
import type { FramedLinkOptions } from '../byte-link/framed-link.ts';
import type { Clock } from '../ports.ts';
import {
  CONTROL,
  keyTable,
  type PadError,
  type PadInformation,
  padInformationOf,
  USER_INFORMATION,
} from './pad-commands.ts';
import type { PadDialogue } from './pad-dialogue.ts';
import type { PinPadProfile } from './pin-pad-profile.ts';

/** The address may be serial, TCP or HID. */
export interface ZtPinPadOptions extends FramedLinkOptions {
  /** The device map's id. */
  readonly id: string;
  readonly clock: Clock;
  readonly profile?: PinPadProfile;
}

/** Rejects as `PadDialogue.ask` does. Settings that a pad does not know are no reason to do without it. */
export async function setUpPad(
  pad: PadDialogue,
  profile: PinPadProfile,
  signal: AbortSignal,
): Promise<PadInformation | PadError> {
  await pad.set(CONTROL.plainHex, profile.answerMs, signal);
  const information = await askPad(pad, profile, signal);
  for (const body of [CONTROL.inputOff, keyTable(profile.keyCodes), CONTROL.soundOn]) {
    await pad.set(body, profile.answerMs, signal);
  }
  return information;
}

/** Rejects as `PadDialogue.ask` does. Keys that are on without an entry are put off. */
export async function askPad(
  pad: PadDialogue,
  profile: PinPadProfile,
  signal: AbortSignal,
): Promise<PadInformation | PadError> {
  const information = await pad.ask(USER_INFORMATION, padInformationOf, profile.answerMs, signal);
  if ('inputOn' in information && information.inputOn) await pad.set(CONTROL.inputOff, profile.answerMs, signal);
  return information;
}
