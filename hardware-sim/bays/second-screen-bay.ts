/**
 * The hall's second screen and its voice in the workbench: no twin stands there, the page itself does.
 *
 * It opens in any browser beside the patient's screen, under `queue-display/`; closing that window pulls it out.
 */
import type { Bay } from './bay.ts';

const PAGE = 'page:';

export function secondScreenBay(): Bay {
  return {
    id: 'secondScreen',
    words: ['第二屏', 'Second screen'],
    lamp: () => 'well',
    look: () => [{ words: ['网页', 'page'], value: 'queue-display/' }],
    hands: {},
    open: () => Promise.resolve({ entry: { id: 'second-screen', address: PAGE }, close: () => Promise.resolve() }),
  };
}

export function voiceBay(): Bay {
  return {
    id: 'voice',
    words: ['叫号语音', 'Voice'],
    lamp: () => 'well',
    look: () => [{ words: ['在哪里响', 'heard on'], value: 'queue-display/' }],
    hands: {},
    open: () => Promise.resolve({ entry: { id: 'voice', address: PAGE }, close: () => Promise.resolve() }),
  };
}

/**
 * The headset's sound device: the sound card of the machine that plays the hall. Its plug and its five keys are hands
 * of the cabinet; where there is no sound card (or no espeak-ng) the keys still move the ring on the page.
 */
export function headsetBay(): Bay {
  return {
    id: 'headset',
    words: ['耳机', 'Headset'],
    lamp: () => 'well',
    look: () => [{ words: ['在哪里响', 'heard on'], value: 'alsa:default' }],
    hands: {},
    open: () => Promise.resolve({ entry: { id: 'headset', address: 'alsa:default' }, close: () => Promise.resolve() }),
  };
}
