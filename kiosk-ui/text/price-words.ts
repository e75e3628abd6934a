/** Sentences of the price pages, as a type: a language that lacks one does not compile. */
import type { PriceFieldName, PriceKind, PricePaper } from '../../firmware/screen/messages.ts';

export interface PriceWords {
  /** The tile on the home screen, and the band of its pages. */
  readonly title: string;
  readonly kinds: Readonly<Record<PriceKind, string>>;
  /** How to type, with an example. */
  readonly ask: string;
  readonly example: string;
  readonly back: string;
  /** Which ways there are to ask for a price (SZ-191): a person, this screen, paper. */
  readonly ways: string;
  readonly found: string;
  readonly nothing: { readonly title: string; readonly line: string };
  readonly again: string;
  readonly leave: string;
  readonly selfPriced: string;
  readonly pricedBy: string;
  readonly price: string;
  readonly edition: string;
  readonly old: string;
  readonly zeroMarkup: string;
  readonly phones: string;
  readonly print: string;
  readonly keep: string;
  readonly unkeep: string;
  readonly list: string;
  readonly listTitle: string;
  readonly printList: string;
  readonly toSearch: string;
  /** Empty where there is nothing to say. */
  readonly paper: Readonly<Record<PricePaper, string>>;
  readonly fields: Readonly<Record<PriceFieldName, string>>;
  readonly levels: Readonly<Record<'01' | '02' | '03', string>>;
}
