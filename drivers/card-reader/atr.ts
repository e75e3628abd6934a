/**
 * What a chip says of itself when it is powered: the answer to reset (ISO 7816-3, 8.2).
 *
 * A contactless card has none; the reader makes one up for it (PC/SC part 3,
 * 3.1.3.2.3). One promise: bytes that are no answer to reset are `undefined`,
 * and nothing is read past their end.
 */

export interface AnswerToReset {
  /** Transmission protocols in the order of their TD bytes: 0 = T=0, 1 = T=1; `[0]` when there is none. */
  readonly protocols: readonly number[];
  /** At most 15 bytes. */
  readonly historical: Uint8Array;
  /** The reader's own words for a card in its field. */
  readonly contactless: boolean;
}

const LONGEST_ATR = 33;
const TS = [0x3b, 0x3f];
/** T=15 names no protocol: its bytes hold for all of them. */
const GLOBAL = 15;

export function parseAtr(atr: Uint8Array): AnswerToReset | undefined {
  const [ts, t0] = atr;
  if (ts === undefined || t0 === undefined || !TS.includes(ts) || atr.length > LONGEST_ATR) return undefined;
  const interfaceBytes: number[] = [];
  const protocols: number[] = [];
  let at = 2;
  // The high half of T0 and of each TD says which of TA, TB, TC, TD follow.
  for (let indicator: number | undefined = t0; indicator !== undefined; ) {
    const follow: number = indicator >> 4;
    const count = [1, 2, 4, 8].filter((bit) => (follow & bit) !== 0).length;
    interfaceBytes.push(...atr.subarray(at, at + count));
    at += count;
    if (at > atr.length) return undefined;
    indicator = (follow & 8) === 0 ? undefined : atr[at - 1];
    if (indicator !== undefined) protocols.push(indicator & 0x0f);
  }
  const historical = atr.slice(at, at + (t0 & 0x0f));
  if (historical.length !== (t0 & 0x0f)) return undefined;
  // A check byte follows as soon as any protocol but T=0 is offered.
  const checkBytes = protocols.some((protocol) => protocol !== 0) ? 1 : 0;
  if (atr.length !== at + historical.length + checkBytes) return undefined;
  const offered = protocols.filter((protocol) => protocol !== GLOBAL);
  const contactless =
    ts === 0x3b && interfaceBytes.length === 2 && interfaceBytes[0] === 0x80 && interfaceBytes[1] === 1;
  return { protocols: offered.length === 0 ? [0] : offered, historical, contactless };
}

/** Historical bytes of a storage card: 80, then an application identifier of PC/SC's own RID, then SS and NN NN. */
const STORAGE_CARD = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06];
const STORAGE_BYTES = 15;

/** Card names NN NN that turn up in hospitals: gate cards, canteen cards, bracelets (PC/SC part 3 supplement). */
const STORAGE_NAMES: Readonly<Record<number, string>> = {
  1: 'MIFARE Classic 1K',
  2: 'MIFARE Classic 4K',
  3: 'MIFARE Ultralight',
  38: 'MIFARE Mini',
  58: 'MIFARE Ultralight C',
  59: 'FeliCa',
};

/** What storage card this is, or `undefined` for everything that has a processor or can't be told. */
export function storageCardIn(atr: Uint8Array): string | undefined {
  const answer = parseAtr(atr);
  if (!answer?.contactless || answer.historical.length !== STORAGE_BYTES) return undefined;
  if (!STORAGE_CARD.every((byte, at) => byte === answer.historical[at])) return undefined;
  const name = (answer.historical[9] ?? 0) * 256 + (answer.historical[10] ?? 0);
  return STORAGE_NAMES[name] ?? 'a contactless memory';
}

/**
 * Whether a command with data may also ask for an answer. Under T=0 it may not: the answer is
 * announced by 61xx and fetched. In a reader's field there is no T=0, whatever the first TD says.
 */
export function carriesAnswerWithData(atr: Uint8Array): boolean {
  const answer = parseAtr(atr);
  return answer !== undefined && (answer.contactless || answer.protocols[0] !== 0);
}
