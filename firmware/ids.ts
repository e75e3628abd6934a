/** New ids and numbers from the random port. */
import type { World } from './ports.ts';
import { newNumber } from './settlement/order-fact.ts';

export interface Ids {
  /** For machines: `ses_` and 16 hex characters. */
  newId(prefix: string): string;
  /** For people: `held_` and twelve letters and digits that can be read aloud. */
  newNumber(prefix: string): string;
}

export function idsFrom(random: World['random']): Ids {
  return {
    newId: (prefix) => `${prefix}_${Buffer.from(random.bytes(8)).toString('hex')}`,
    newNumber: (prefix) => newNumber(random).replace('set', prefix),
  };
}
