/** What a headset says beside what stands on the glass, in English. */
import type { HeadsetWords } from './headset-words.ts';

export const enHeadset: HeadsetWords = {
  button: 'button',
  disabled: 'not available now',
  on: 'chosen',
  off: 'not chosen',
  top: 'from the top',
  bottom: 'last item',
  noButton: 'Not a button, press next',
  noWayBack: 'Please hear this page first',
  voice: {
    open: 'Sound',
    title: 'How loud and how fast',
    volume: 'Loudness: step {step} of 5',
    silent: 'No sound now',
    softer: 'Softer',
    louder: 'Louder',
    speeds: { 0.8: 'Slower', 1: 'Usual pace', 1.2: 'Faster' },
    dialects: { yue: 'Cantonese' },
    close: 'Done',
  },
};
