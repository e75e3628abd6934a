/** One spoken sentence a screen, as a type: a new screen that says nothing does not compile. */
import type { ScreenName } from '../../firmware/screen/messages.ts';

export type PromptTexts = Readonly<Record<ScreenName, string>>;
