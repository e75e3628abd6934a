/** One spoken sentence a screen, and one for help that is offered, as a type: a new screen that says nothing does not compile. */
import type { ScreenName } from '../../firmware/screen/messages.ts';

export type PromptName = ScreenName | 'helpOffered';
export type PromptTexts = Readonly<Record<PromptName, string>>;
