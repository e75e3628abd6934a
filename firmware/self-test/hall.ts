/** The self-tests of the second screen and of the voice: a page is open, and a short sentence was played to its end. */
import type { QueueDisplay } from '../../drivers/queue-display/queue-display.ts';
import type { Voice } from '../../drivers/voice/voice.ts';
import { type AtKiosk, answerTo, failed, inUse, passed, type SelfTest, unexpected } from './self-test.ts';

export function testSecondScreen(display: QueueDisplay): SelfTest {
  return display.state === 'online'
    ? passed('Its page is open and shows what it is told.')
    : failed('No page is open.', 'Open queue-display/ of the kiosk’s address on the second screen.');
}

/** Longer than any command of another device: a sentence is spoken. */
const SPOKEN_MS = 12_000;

export async function testVoice(voice: Voice, kiosk: AtKiosk): Promise<SelfTest> {
  if (kiosk.busy()) return inUse();
  const said = await voice.say([{ language: 'zh', text: '语音测试。' }], answerTo(kiosk, SPOKEN_MS));
  if (said.done) return passed('It said a sentence, played to its end.', 'If you heard nothing, turn the volume up.');
  switch (said.fault) {
    case 'voiceMissing':
      return failed('Nothing here can make speech.', 'As root: apt-get install espeak-ng.');
    case 'notHeard':
      return failed(
        'There is speech, and the loudspeaker did not play it.',
        'Start the second screen’s browser with --autoplay-policy=no-user-gesture-required, or check the sound card.',
      );
    default:
      return unexpected(said);
  }
}
