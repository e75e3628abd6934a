/** The staff card's self-test: how many PIN tries the card has left, asked without spending one. */
import type { PersonToken } from '../../drivers/person-token/person-token.ts';
import { type AtKiosk, answerTo, failed, inUse, passed, type SelfTest, unexpected } from './self-test.ts';

export async function testPersonToken(token: PersonToken, kiosk: AtKiosk): Promise<SelfTest> {
  const { busy } = kiosk;
  if (token.media === 'notPresent') {
    return passed(
      'The reader answers; no card is in it.',
      'Put a staff card in to see how many PIN tries it has left.',
    );
  }
  if (busy()) return inUse();
  const asked = await token.pinState(answerTo(kiosk));
  if (!asked.done) {
    if (asked.fault === 'invalidMedia' || asked.fault === 'keyNotFound' || asked.fault === 'formatNotSupported') {
      return failed(
        'What is in the reader is no staff card, or it does not answer.',
        'Put the staff card in, chip first.',
      );
    }
    if (asked.fault === 'noMedia') return passed('The reader answers; the card was taken out.');
    return unexpected(asked);
  }
  switch (asked.value.pin) {
    case 'blocked':
      return failed(
        'The card in the reader is blocked: too many wrong PINs were shown to it.',
        'Have it unblocked by whoever keeps its PUK; until then use another card.',
      );
    case 'shown':
      return passed('A staff card is in the reader, and its PIN has been shown.');
    default: {
      const { triesLeft } = asked.value;
      const tries =
        triesLeft === undefined ? 'does not say how many PIN tries it has left' : `has ${triesLeft} PIN tries left`;
      const last = triesLeft === 1 ? 'The next wrong PIN blocks it.' : undefined;
      return passed(`The card in the reader ${tries}; none was spent.`, last);
    }
  }
}
