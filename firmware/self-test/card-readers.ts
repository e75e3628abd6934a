/** The self-tests of both patients' card readers: each says what it sees in its slot or on its plate. No card is read. */
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { IdCardReader } from '../../drivers/id-card-reader/id-card-reader.ts';
import { failed, notTested, passed, type SelfTest } from './self-test.ts';

export function testCardReader({ media, identity }: CardReader): SelfTest {
  switch (media) {
    case 'notPresent':
      return passed('Its slot is empty.');
    case 'present':
      return passed('A card that answers is in its slot.', 'If it is nobody’s here, keep it for its owner.');
    case 'invalid':
      return failed(
        'Something is in its slot that does not answer.',
        'Take it out. If an empty slot says so too, clean or replace the reader.',
      );
    default:
      return notTested(`${identity ?? 'The reader'} has not said yet what is in its slot.`, 'Ask again in a moment.');
  }
}

/** Its security module has answered and checked itself, or the state were `hardwareError`. */
export function testIdCardReader({ media, identity }: IdCardReader): SelfTest {
  if (identity === undefined) {
    return failed(
      'It answers, but does not tell the number of its security module.',
      'Have the reader’s maker check the module (SAM_A).',
    );
  }
  if (media === 'invalid') {
    return failed('What lies on it is no identity card, or does not answer.', 'Take it away.');
  }
  const card = media === 'present' ? ' A card lies on it.' : '';
  return passed(`Its security module works.${card}`);
}
