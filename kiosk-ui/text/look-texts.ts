/** Words of the sheet that makes the page easier to see and to reach, as a type: part of the one table of the patient screen. */
import type { Contrast } from '../../firmware/screen/messages.ts';

export interface LookTexts {
  /** On the bar, on every screen. */
  readonly open: string;
  readonly title: string;
  readonly contrast: Readonly<Record<Contrast, string>>;
  readonly low: string;
  readonly left: string;
  readonly care: string;
  readonly close: string;
  /** On the plain home: the tile that calls a person. */
  readonly helpTile: string;
}
