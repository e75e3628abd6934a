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
  starting: 'Please wait',
};
