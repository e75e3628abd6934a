/** The hands that every device with a cable has: pull it out, put it back. One promise: what the lamp says is where the plug is. */
import type { BayHand } from './bay.ts';

export interface Plug {
  readonly pluggedIn: () => boolean;
  readonly hands: { readonly unplug: BayHand; readonly plugIn: BayHand };
}

export function plugOf(device: { unplug(): void; plugIn(): void }): Plug {
  let pluggedIn = true;
  return {
    pluggedIn: () => pluggedIn,
    hands: {
      unplug: {
        words: ['拔线', 'unplug'],
        look: 'breaks',
        can: () => pluggedIn,
        use: () => {
          pluggedIn = false;
          device.unplug();
        },
      },
      plugIn: {
        words: ['插线', 'plug in'],
        look: 'mends',
        can: () => !pluggedIn,
        use: () => {
          pluggedIn = true;
          device.plugIn();
        },
      },
    },
  };
}
