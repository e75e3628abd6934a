/** The queue display's self-test: every cell lit for half a second, then what stood there before. */
import type { TextQueueDisplay } from '../../drivers/queue-display/text-queue-display.ts';
import { type AtKiosk, answerTo, failed, inUse, notTested, passed, type SelfTest, unexpected } from './self-test.ts';

export async function testQueueDisplay(display: TextQueueDisplay, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  if (busy()) return inUse();
  const shown = await display.showTestPattern(answerTo(kiosk));
  if (shown.done && shown.value.proof === 'unconfirmed') {
    return notTested(
      'A test pattern was sent; this display can’t say whether it showed it.',
      'Ask again and look: every cell lights up for half a second.',
    );
  }
  if (shown.done) return passed('It showed a test pattern, and shows again what stood there before.');
  if (shown.fault === 'hardwareError') {
    return failed(
      'The display refused the test pattern.',
      'Check that cells and rows in the site file are those of this display.',
    );
  }
  return unexpected(shown);
}
