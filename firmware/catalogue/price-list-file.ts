/**
 * Reads a price list (JSON Lines, UTF-8): a head, then one item a line. docs/interfaces/price-list.md says it in full.
 *
 * One promise: whatever the bytes are, reading them costs a bounded time and memory and ends with items that fit their
 * form, or with a PriceListError that names the line.
 */
import type { PriceEdition, PriceItem } from './price-item.ts';
import { type Checked, checkHead, checkItem } from './price-list-schema.ts';

/** Bytes of a whole list: half a million items of an ordinary length. */
export const MAX_LIST_BYTES = 384 * 1024 * 1024;
/** Bytes of one line; the longest honest one is under 8 KiB. */
export const MAX_LINE_BYTES = 16 * 1024;

const LINE_FEED = 10;

/** The list does not fit its form. */
export class PriceListError extends Error {
  override readonly name = 'PriceListError';
  /** 1 = the head. */
  readonly line: number;

  constructor(line: number, trouble: string) {
    super(`Line ${line} of the price list: ${trouble}`);
    this.line = line;
  }
}

/** @throws PriceListError */
export function readEdition(list: Uint8Array): PriceEdition {
  const [head] = linesOf(list);
  return checked(checkHead(parsed(head ?? new Uint8Array(), 1)), 1);
}

/**
 * The items with their lines, one at a time.
 * @throws PriceListError from the iteration
 */
export function* readItems(list: Uint8Array): Generator<{ readonly item: PriceItem; readonly line: number }> {
  const edition = readEdition(list);
  let line = 0;
  for (const bytes of linesOf(list)) {
    line += 1;
    if (line === 1) continue;
    if (line - 1 > edition.items) throw new PriceListError(line, `the head says ${edition.items} items`);
    yield { item: checked(checkItem(parsed(bytes, line)), line), line };
  }
  if (line - 1 !== edition.items) throw new PriceListError(line, `the head says ${edition.items} items`);
}

function* linesOf(list: Uint8Array): Generator<Uint8Array> {
  if (list.length > MAX_LIST_BYTES) throw new PriceListError(1, `longer than ${MAX_LIST_BYTES} bytes`);
  let number = 0;
  for (let start = 0; start < list.length; ) {
    number += 1;
    const found = list.indexOf(LINE_FEED, start);
    // A last line without its end is a list that was cut off.
    if (found < 0) throw new PriceListError(number, 'does not end with a line feed');
    if (found - start > MAX_LINE_BYTES) throw new PriceListError(number, `longer than ${MAX_LINE_BYTES} bytes`);
    yield list.subarray(start, found);
    start = found + 1;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parsed(bytes: Uint8Array, line: number): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new PriceListError(line, 'no JSON in UTF-8');
  }
}

function checked<Value>(result: Checked<Value>, line: number): Value {
  if ('trouble' in result) throw new PriceListError(line, result.trouble);
  return result.value;
}
