/** What an exchange with a party was about and what came of it, in words for the wire log. */
import type { Exchange } from '../live-hall.ts';
import { transactionOf } from '../parties/mischief.ts';
import type { PartyAnswer } from '../parties/party.ts';
import { readJson, textOf, type WireObject } from '../parties/wire-json.ts';
import type { WireDetail, WireRow } from './workbench-messages.ts';

const LONGEST_WORDS = 120;
/** Characters of one body that are kept. */
const LONGEST_BODY = 32_000;
/** Long numbers in a path say nothing to a reader. */
const LONG_WORD = /[^/?=&]{13,}(?=[/?]|$)/g;

export function exchangeRow(
  exchange: Exchange,
): Pick<WireRow, 'party' | 'way' | 'what' | 'outcome' | 'words' | 'poll'> {
  const { party, request, answer } = exchange;
  const transaction = party === 'insurance' ? transactionOf(request) : undefined;
  const path = request.path.replace(LONG_WORD, '…');
  const what = transaction ?? `${request.method} ${path}`;
  const end = answer ? endOf(answer) : { outcome: 'noAnswer' as const, words: '' };
  return { party, way: 'exchange', what, ...end, poll: isPoll(exchange, end.words) };
}

/** Asked again and again, and nothing new was answered. */
function isPoll({ party, request, answer }: Exchange, words: string): boolean {
  if (party === 'payment') return request.method === 'GET' && words === 'waiting';
  if (party !== 'hospital' || request.path !== '/v1/calls') return false;
  const calls = answer && objectOf(answer.body)?.['calls'];
  return Array.isArray(calls) && calls.length === 0;
}

export function exchangeParts({ request, answer }: Exchange): WireDetail['parts'] {
  const head = `${request.method} ${request.path}\n${headerText(request.headers)}`;
  const asked = { title: 'request', ...shorten(`${head}\n\n${bodyText(request.body)}`) };
  if (!answer) return [asked];
  const heard = `${answer.status}\n${headerText(answer.headers)}\n\n${bodyText(answer.body)}`;
  return [asked, { title: 'answer', ...shorten(heard) }];
}

function endOf(answer: PartyAnswer): Pick<WireRow, 'outcome' | 'words'> {
  const root = objectOf(answer.body);
  if (!root) return { outcome: 'refused', words: `HTTP ${answer.status}` };
  const code = textOf(root, 'infcode');
  if (code !== undefined && code !== '0') {
    return { outcome: 'refused', words: (textOf(root, 'err_msg') ?? code).slice(0, LONGEST_WORDS) };
  }
  if (answer.status >= 400) return { outcome: 'refused', words: textOf(root, 'reason') ?? `HTTP ${answer.status}` };
  return { outcome: 'done', words: textOf(root, 'state') ?? '' };
}

function objectOf(body: Uint8Array): WireObject | undefined {
  try {
    const root = readJson(new TextDecoder().decode(body));
    return typeof root === 'object' && root !== null && !Array.isArray(root) ? (root as WireObject) : undefined;
  } catch {
    return undefined;
  }
}

function headerText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** Indented when it is JSON; numbers as they stand on the wire would be lost in it, so amounts keep their text. */
function bodyText(body: Uint8Array): string {
  const text = new TextDecoder().decode(body);
  if (text.length > LONGEST_BODY) return text;
  try {
    return indented(text);
  } catch {
    return text;
  }
}

/** `JSON.rawJSON` keeps each number as it was written (12.50 stays 12.50). */
function indented(text: string): string {
  const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };
  const keep = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && context?.source ? rawJSON(context.source) : value;
  return JSON.stringify(JSON.parse(text, keep as (key: string, value: unknown) => unknown), undefined, 2);
}

function shorten(text: string): { readonly text: string; readonly cut: boolean } {
  return { text: text.slice(0, LONGEST_BODY), cut: text.length > LONGEST_BODY };
}
