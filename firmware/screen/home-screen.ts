/** The home screen's part of the contract in messages.ts, under its rules: ids and values, never sentences. */
import type { BothLanguages, StationOnScreen } from './affair-screens.ts';
import type { JobName } from './screen-parts.ts';

export interface HomeScreen {
  readonly name: 'S-HOME';
  /** Which ways in work at this moment. */
  readonly media: { readonly card: boolean; readonly code: boolean; readonly idCard?: boolean };
  /** Sign text from the signed profile, absent while not designated. */
  readonly plate: string | undefined;
  readonly slogan: string;
  readonly insurance: 'open' | 'closed';
  /** The hospital's system does not answer: the tiles are what works without it. */
  readonly hospital?: 'closed';
  /** Tiles, in their order. */
  readonly jobs: readonly JobName[];
  /** 公告 of today, the first one: only its title. */
  readonly notice?: BothLanguages<string> | undefined;
  /** 医保服务e站, where the place wants it named (SZ-110). */
  readonly station?: StationOnScreen | undefined;
}
