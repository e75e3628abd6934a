/**
 * Two soft tones for who has turned away already: the card is in the slot, the slip is at the mouth.
 *
 * One promise: a page works the same where a browser lets nothing be heard.
 */
import { useEffect } from 'preact/hooks';
import { after, every } from '../browser-time.ts';

/** Hz, the higher one first. */
const TONES = [880, 660] as const;
const TONE_S = 0.3;
const LOUDNESS = 0.4;

export interface ChimeProps {
  /** From the page's coming to the first chime, ms. */
  readonly afterMs?: number;
  /** Again and again, ms; once when absent. */
  readonly everyMs?: number;
}

export function Chime({ afterMs = 0, everyMs }: ChimeProps) {
  useEffect(() => {
    let stop = (): void => undefined;
    const cancel = after(afterMs, () => {
      ring();
      if (everyMs !== undefined) stop = every(everyMs, ring);
    });
    return () => {
      cancel();
      stop();
    };
  }, [afterMs, everyMs]);
  return null;
}

/** A browser that allows no sound without a touch keeps still: start it with --autoplay-policy=no-user-gesture-required. */
function ring(): void {
  try {
    const sound = new AudioContext();
    const loudness = sound.createGain();
    loudness.gain.value = LOUDNESS;
    loudness.connect(sound.destination);
    for (const [at, hertz] of TONES.entries()) {
      const tone = sound.createOscillator();
      tone.frequency.value = hertz;
      tone.connect(loudness);
      tone.start(sound.currentTime + at * TONE_S);
      tone.stop(sound.currentTime + (at + 1) * TONE_S);
      if (at === TONES.length - 1) tone.onended = () => void sound.close();
    }
  } catch {
    // No sound device at all.
  }
}
