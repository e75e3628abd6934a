/** The face check, tested without anybody being looked at: that needs a yes (docs/face.md). */
import type { Biometric } from '../../drivers/face/biometric.ts';
import { type AtKiosk, answerTo, failed, inUse, notTested, passed, type SelfTest } from './self-test.ts';

/** Loading the models on a small board takes some seconds. */
const TIMEOUT_MS = 10_000;
const REMEDY = 'Do what it says (docs/face.md); card and code go on without it.';

export async function testFace(face: Biometric, kiosk: AtKiosk): Promise<SelfTest> {
  if (kiosk.busy()) return inUse();
  if (!face.selfTest) return notTested('It can’t be tested without looking at somebody.');
  const tested = await face.selfTest(answerTo(kiosk, TIMEOUT_MS));
  if (!tested.done) return failed(`It does not work: ${tested.detail}.`, REMEDY);
  return passed('It answers, and nobody was looked at. It is no certified liveness check.');
}
