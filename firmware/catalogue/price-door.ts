/**
 * Where price lists come in: a folder in which they are put down, or whoever simulates one.
 *
 * One promise: taking a list never keeps a patient waiting. In production another thread reads, checks and writes it.
 */
import type { ImportOutcome, ImportParts, SignedPriceList } from './import-price-list.ts';
import { importPriceList } from './import-price-list.ts';
import { loadedRomanizer, loadRomanizer } from './romanizer.ts';

export interface PriceDoor {
  /** Another text with each list that is put down; `undefined` = there is none. Cheap. */
  stamp(): string | undefined;
  /** Takes what lies there. Rejects for our own mistakes only. */
  take(): Promise<ImportOutcome>;
  close(): void;
}

/** In this thread: for lists of some hundreds of items. `pinyin-pro` is loaded with the first one. */
export function doorHere(
  offered: () => SignedPriceList | undefined,
  parts: () => Omit<ImportParts, 'romanize'>,
): PriceDoor {
  const stamps = new Map<Uint8Array, string>();
  const takeNow = (list: SignedPriceList, romanize: ImportParts['romanize']): ImportOutcome =>
    importPriceList(list, { ...parts(), romanize });
  return {
    stamp: () => {
      const list = offered()?.list;
      if (!list) return undefined;
      const known = stamps.get(list) ?? `list ${stamps.size + 1}`;
      stamps.set(list, known);
      return known;
    },
    take: async () => {
      const list = offered();
      if (!list) return { outcome: 'refused', reason: 'unreadable', detail: 'There is no list.' };
      const romanize = loadedRomanizer();
      // Virtual time does not wait for a module: who runs on it has loaded it before.
      return takeNow(list, romanize ?? (await loadRomanizer()));
    },
    close: () => undefined,
  };
}
