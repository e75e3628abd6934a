/**
 * How loud, how fast and in which tongue the kiosk speaks, and whether a headset is in (product.md 4.8).
 *
 * One promise: what somebody chose ends with the session; older people hear it slower unless they chose otherwise.
 */
import type { TextSize } from './messages.ts';

export type * from './spoken-unit.ts';

/** Five steps; 0 is silence. */
export const VOLUMES = [0, 1, 2, 3, 4, 5] as const;
export type VoiceVolume = (typeof VOLUMES)[number];
export const SPEEDS = [0.8, 1, 1.2] as const;
export type VoiceSpeed = (typeof SPEEDS)[number];
/** A dialect of Chinese that a region's pack may bring: 粤语. */
export const DIALECTS = ['yue'] as const;
export type Dialect = (typeof DIALECTS)[number];

export interface VoiceOnScreen {
  readonly volume: VoiceVolume;
  readonly speed: VoiceSpeed;
  /** In what Chinese is spoken; an English page is spoken in English. */
  readonly tongue: 'mandarin' | Dialect;
  /** What the region's pack offers beside Mandarin. */
  readonly dialect: Dialect | undefined;
  /** Somebody listens by a headset: everything is read into it, and the loudspeaker is silent. */
  readonly headset: boolean;
}

export type VoiceIntent =
  | { readonly do: 'setVolume'; readonly volume: VoiceVolume }
  | { readonly do: 'setSpeed'; readonly speed: VoiceSpeed }
  | { readonly do: 'setTongue'; readonly tongue: 'mandarin' | Dialect };

/** 65 dB(A) at half a metre when the cabinet's amplifier is set by the book. */
const USUAL_VOLUME = 3;

/** `fields` came over the wire; anything that is not exactly one choice is `undefined`. */
export function readVoiceIntent(fields: ReadonlyMap<string, unknown>): VoiceIntent | undefined {
  if (fields.size !== 2) return undefined;
  const volume = VOLUMES.find((one) => one === fields.get('volume'));
  const speed = SPEEDS.find((one) => one === fields.get('speed'));
  const tongue = (['mandarin', ...DIALECTS] as const).find((one) => one === fields.get('tongue'));
  switch (fields.get('do')) {
    case 'setVolume':
      return volume === undefined ? undefined : { do: 'setVolume', volume };
    case 'setSpeed':
      return speed && { do: 'setSpeed', speed };
    case 'setTongue':
      return tongue && { do: 'setTongue', tongue };
    default:
      return undefined;
  }
}

export function isVoiceIntent(intent: { readonly do: string }): intent is VoiceIntent {
  return intent.do === 'setVolume' || intent.do === 'setSpeed' || intent.do === 'setTongue';
}

export class VoiceChoice {
  #volume: VoiceVolume = USUAL_VOLUME;
  #speed: VoiceSpeed | undefined;
  #tongue: VoiceOnScreen['tongue'] = 'mandarin';
  #dialect: Dialect | undefined;
  #headset = false;

  onScreen(textSize: TextSize): VoiceOnScreen {
    return {
      volume: this.#volume,
      speed: this.#speed ?? (textSize === 'standard' ? 1 : 0.8),
      tongue: this.#tongue,
      dialect: this.#dialect,
      headset: this.#headset,
    };
  }

  get headset(): boolean {
    return this.#headset;
  }

  /** False when nothing is different now. */
  choose(intent: VoiceIntent): boolean {
    const before = this.#key();
    if (intent.do === 'setVolume') this.#volume = intent.volume;
    else if (intent.do === 'setSpeed') this.#speed = intent.speed;
    else if (intent.tongue === 'mandarin' || intent.tongue === this.#dialect) this.#tongue = intent.tongue;
    return this.#key() !== before;
  }

  /** The session is over; a headset that is still in stays in. */
  reset(): void {
    this.#volume = USUAL_VOLUME;
    this.#speed = undefined;
    this.#tongue = 'mandarin';
  }

  offer(dialect: Dialect | undefined): void {
    this.#dialect = dialect;
  }

  /** False when it was so before. */
  plugged(headset: boolean): boolean {
    const changed = headset !== this.#headset;
    this.#headset = headset;
    return changed;
  }

  #key(): string {
    return `${this.#volume} ${this.#speed} ${this.#tongue}`;
  }
}
