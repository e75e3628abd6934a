/** How somebody came: with something readable, with something that is not, or with a touch. */
import type { JourneyName, MenuName } from '../screen/screen-parts.ts';
import type { Shown, ShownProblem } from './ask-credential.ts';

export type Arrival =
  | Shown
  | ShownProblem
  /** A tile was touched: whatever else it needs is asked for. */
  | { readonly medium: 'touch'; readonly journey: JourneyName }
  /** A tile that opens other tiles. */
  | { readonly medium: 'menu'; readonly menu: MenuName }
  /** Published prices, for anybody. */
  | { readonly medium: 'prices' }
  /** "Where is my money": by a slip's code, or to be asked for. */
  | { readonly medium: 'money'; readonly number: string | undefined }
  /** Nothing but a person is wanted: say where one is. */
  | { readonly medium: 'help' };
