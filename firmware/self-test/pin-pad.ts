/** The PIN pad's self-test: its keys are loaded, it says who it is, and it beeps. No key is read, no entry begun. */
import type { ZtPinPad } from '../../drivers/pin-pad/zt-pin-pad.ts';
import { type AtKiosk, answerTo, failed, inUse, passed, type SelfTest, unexpected } from './self-test.ts';

export async function testPinPad(pad: ZtPinPad, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  if (!busy()) {
    const looked = await pad.look(answerTo(kiosk));
    if (!looked.done) return unexpected(looked);
  }
  if (pad.keys === 'masterKeyMissing') {
    return failed(
      'The pad holds no master key: it is new, or somebody opened its housing.',
      'Find out who opened it, then have its two officers load the master key.',
    );
  }
  if (pad.keys === 'pinKeyMissing') {
    return failed('The pad holds no PIN key.', 'Have the platform send its working key again.');
  }
  if (busy()) return inUse();
  const beeped = await pad.beep(answerTo(kiosk));
  if (!beeped.done) return unexpected(beeped);
  const keys = pad.keys === 'loaded' ? 'its keys are loaded' : 'it does not say whether its keys are loaded';
  return passed(`It beeped, and ${keys}.`);
}
