/**
 * Says the one sentence of a screen on the loudspeaker (product.md 4.8).
 *
 * One promise: it plays clips that were made before, one at a time, and is silent at a touch, at the next screen, and
 * as long as a headset is in.
 */
import type { Screen } from '../../firmware/screen/messages.ts';
import type { PromptName } from '../text/prompt-texts.ts';
import type { ClipVoice } from './prompts.ts';

/** Address of a clip. */
export type ClipOf = (voice: ClipVoice, prompt: PromptName) => string | undefined;

/** A new question of the same kind says its sentence again; the same screen in other figures does not. */
export class PromptPlayer {
  readonly #clipOf: ClipOf;
  #said = '';
  #audio: HTMLAudioElement | undefined;

  constructor(clipOf: ClipOf) {
    this.#clipOf = clipOf;
  }

  /** `undefined`: there is no screen of the firmware. */
  drawn(screen: Screen | undefined): void {
    if (!screen || screen.voice.headset || screen.voice.volume === 0) {
      this.hush();
      this.#said = '';
      return;
    }
    const { volume, speed } = screen.voice;
    if (this.#audio) {
      this.#audio.volume = volume / 5;
      this.#audio.playbackRate = speed;
    }
    const voice = voiceOf(screen);
    const said = `${screen.id} ${voice}`;
    const offer = `${said} helpOffered`;
    if (screen.helpOffered) {
      if (this.#said === offer) return;
      this.#said = offer;
      this.#play(this.#clipOf(voice, 'helpOffered'), volume / 5, speed);
      return;
    }
    // Help that is taken back is not told again what the page wants.
    if (said === this.#said || this.#said === offer) return;
    this.#said = said;
    this.#play(this.#clipOf(voice, screen.body.name), volume / 5, speed);
  }

  /** A finger is on the glass: whoever acts has understood. */
  hush(): void {
    this.#audio?.pause();
    this.#audio = undefined;
  }

  #play(clip: string | undefined, volume: number, speed: number): void {
    this.hush();
    if (clip === undefined) return;
    const audio = new Audio(clip);
    audio.volume = volume;
    // Slower, at the same pitch.
    audio.preservesPitch = true;
    audio.playbackRate = speed;
    this.#audio = audio;
    audio.addEventListener('ended', () => {
      if (this.#audio === audio) this.#audio = undefined;
    });
    // A browser that allows no sound before the first touch says so; the page is understood without it.
    audio.play().catch(() => undefined);
  }
}

function voiceOf({ settings, voice }: Screen): ClipVoice {
  if (settings.language === 'en') return 'en';
  return voice.tongue === 'mandarin' ? 'zh' : voice.tongue;
}
