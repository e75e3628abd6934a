/**
 * What the loudspeaker may say: the texts of the clips, by voice. It has nothing else.
 *
 * One promise: no value of any screen stands in these sentences, so nothing private can be said aloud.
 */
import { enPrompts } from '../text/en-prompts.ts';
import type { PromptTexts } from '../text/prompt-texts.ts';
import { zhPrompts } from '../text/zh-prompts.ts';

/** `yue` reads the Chinese sentences in Cantonese: the dialect pack that is here as an example. */
export const VOICES = ['zh', 'en', 'yue'] as const;
export type ClipVoice = (typeof VOICES)[number];

export const prompts: Readonly<Record<ClipVoice, PromptTexts>> = { zh: zhPrompts, en: enPrompts, yue: zhPrompts };
