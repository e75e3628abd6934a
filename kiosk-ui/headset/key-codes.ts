/**
 * The five keys on a keyboard: help keys that are wired as one, and whoever tries the simulator without a cabinet.
 *
 * One promise: with no headset in, a keyboard does what a browser does with it.
 */
import type { HeadsetKeyName } from './headset-reader.ts';

const KEYS: Readonly<Record<string, HeadsetKeyName>> = {
  ArrowUp: 'previous',
  ArrowLeft: 'previous',
  ArrowDown: 'next',
  ArrowRight: 'next',
  Enter: 'ok',
  Escape: 'back',
  Backspace: 'back',
  Home: 'repeat',
  KeyR: 'repeat',
};

/** `listens`: a headset is in now. */
export function onHeadsetKeys(listens: () => boolean, press: (key: HeadsetKeyName) => void): void {
  addEventListener('keydown', (event) => {
    const key = Object.hasOwn(KEYS, event.code) ? KEYS[event.code] : undefined;
    if (key === undefined || !listens()) return;
    event.preventDefault();
    if (!event.repeat) press(key);
  });
}
