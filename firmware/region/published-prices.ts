/** Published prices as the bill check needs them, wherever they come from: the rule pack or the price list in force. */
import type { PublishedItem } from './rule-pack.ts';

/** One price with the days on which it holds. */
export type PublishedPrice = Pick<PublishedItem, 'price' | 'unit' | 'list' | 'from' | 'until'>;

export interface PublishedPrices {
  /** All periods of a code, oldest first; `undefined` = never published. */
  of(code: string): readonly PublishedPrice[] | undefined;
}
