/**
 * How the patient screen may look and reach: language, letters, contrast, low controls, the working hand, the plain home.
 *
 * One promise: a look is chosen by a touch, holds for one session, and says nothing about who chose it; it is read
 * from the page word by word and never written anywhere.
 */

export type Language = 'zh' | 'en';
/** 标准, 大字, 特大 */
export type TextSize = 'standard' | 'large' | 'extraLarge';
/** Usual colours; white on black (高对比); dark blue on cream (柔和); black on white without any colour (黑白). */
export type Contrast = 'standard' | 'dark' | 'soft' | 'mono';
/** `low`: everything that is touched, and every amount, stands in the lower part (低位). */
export type Reach = 'usual' | 'low';
/** `left`: the action column of a wide screen stands on the left (左手). */
export type Hand = 'right' | 'left';
/** `care`: 关爱版, four big tiles. */
export type HomeKind = 'usual' | 'care';

/** What holds for every screen of the session; reset when it ends. */
export interface ScreenSettings {
  readonly language: Language;
  readonly textSize: TextSize;
  readonly contrast: Contrast;
  readonly reach: Reach;
  readonly hand: Hand;
  readonly home: HomeKind;
}

export type LookIntent =
  | { readonly do: 'setLanguage'; readonly language: Language }
  | { readonly do: 'setTextSize'; readonly textSize: TextSize }
  | { readonly do: 'setContrast'; readonly contrast: Contrast }
  | { readonly do: 'setReach'; readonly reach: Reach }
  | { readonly do: 'setHand'; readonly hand: Hand }
  | { readonly do: 'setHome'; readonly home: HomeKind };

export const USUAL_LOOK: ScreenSettings = {
  language: 'zh',
  textSize: 'standard',
  contrast: 'standard',
  reach: 'usual',
  hand: 'right',
  home: 'usual',
};

/** Every word of each look, the usual one first. */
export const LOOKS: { readonly [Key in keyof ScreenSettings]: readonly ScreenSettings[Key][] } = {
  language: ['zh', 'en'],
  textSize: ['standard', 'large', 'extraLarge'],
  contrast: ['standard', 'dark', 'soft', 'mono'],
  reach: ['usual', 'low'],
  hand: ['right', 'left'],
  home: ['usual', 'care'],
};

const LOOK_OF: Readonly<Record<LookIntent['do'], keyof ScreenSettings>> = {
  setLanguage: 'language',
  setTextSize: 'textSize',
  setContrast: 'contrast',
  setReach: 'reach',
  setHand: 'hand',
  setHome: 'home',
};

/** `fields` came over the wire; anything that is not exactly one look is `undefined`. */
export function readLookIntent(fields: ReadonlyMap<string, unknown>): LookIntent | undefined {
  const does = fields.get('do');
  if (typeof does !== 'string' || !Object.hasOwn(LOOK_OF, does) || fields.size !== 2) return undefined;
  const key = LOOK_OF[does as LookIntent['do']];
  const word = (LOOKS[key] as readonly string[]).find((known) => known === fields.get(key));
  return word === undefined ? undefined : ({ do: does, [key]: word } as LookIntent);
}

export function isLookIntent(intent: { readonly do: string }): intent is LookIntent {
  return Object.hasOwn(LOOK_OF, intent.do);
}

/** The settings after the touch. The plain home is for who wants large print: it brings it, unless a size was chosen. */
export function lookedAt(settings: ScreenSettings, intent: LookIntent, sizeChosen: boolean): ScreenSettings {
  const key = LOOK_OF[intent.do];
  const next = { ...settings, [key]: new Map<string, unknown>(Object.entries(intent)).get(key) } as ScreenSettings;
  if (intent.do !== 'setHome' || sizeChosen) return next;
  return { ...next, textSize: intent.home === 'care' ? 'large' : 'standard' };
}

/** Whether all fields are the same values. */
export function same<Fields extends object>(one: Fields, other: Fields): boolean {
  const right = new Map<string, unknown>(Object.entries(other));
  return Object.entries(one).every(([key, word]) => right.get(key) === word);
}
