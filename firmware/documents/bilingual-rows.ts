/**
 * Rows of a slip, in Chinese and, for a session held in English, with the English beside or below it.
 *
 * One promise: a label is never cut or wrapped to make room; what does not fit beside goes below.
 */
import type { PaperBlock, TextBlock } from '../../drivers/receipt-printer/paper-document.ts';
import type { Language } from '../screen/messages.ts';
import { en } from './text/en.ts';
import { type PaperTextId, zh } from './text/zh.ts';

/** A word in one or both languages. */
export interface Words {
  readonly zh: string;
  readonly en?: string | undefined;
}

export type Say = (id: PaperTextId) => Words;

/** 80 mm paper. */
const CELLS = 48;
/** Labels of short values end at one place, so that the eye finds the values. */
const LEAST_LABEL = 20;

export function wording(language: Language): Say {
  return (id) => ({ zh: zh[id], en: language === 'en' ? en[id] : undefined });
}

/** Label on the left, value on the right edge. A value in words has its English under it. */
export function pair(label: Words, value: string | Words, bold = false): readonly PaperBlock[] {
  const chinese = typeof value === 'string' ? value : value.zh;
  const english = typeof value === 'string' ? undefined : value.en;
  const both = label.en === undefined ? label.zh : `${label.zh} ${label.en}`;
  if (english === undefined && cellsOf(both) + 1 + cellsOf(chinese) <= CELLS) return [pairRow(both, chinese, bold)];
  const first = pairRow(label.zh, chinese, bold);
  return label.en === undefined ? [first] : [first, pairRow(label.en, english ?? '', bold)];
}

function pairRow(left: string, right: string, bold: boolean): PaperBlock {
  const width = Math.max(cellsOf(left) + 1, Math.min(LEAST_LABEL, CELLS - cellsOf(right)));
  return {
    kind: 'row',
    bold,
    columns: [
      { text: left, width },
      { text: right, width: CELLS - width, align: 'right' },
    ],
  };
}

/** One line in each language, the English smaller when the Chinese is large. */
export function lines(words: Words, style: Omit<TextBlock, 'kind' | 'text'> = {}): readonly PaperBlock[] {
  const { size: _, ...plain } = style;
  const chinese: PaperBlock = { kind: 'text', text: words.zh, ...style };
  return words.en === undefined ? [chinese] : [chinese, { kind: 'text', text: words.en, ...plain }];
}

/** A sentence in large letters; one that needs more than a line is broken into lines of about one length. */
export function large(sentence: string): PaperBlock {
  const width = CELLS / 2;
  const even = Math.ceil(cellsOf(sentence) / Math.ceil(Math.max(cellsOf(sentence), 1) / width));
  return { kind: 'text', text: brokenAtWords(sentence, even).join('\n'), bold: true, size: 2 };
}

/** Lines of at most `width` cells; a single word that is wider stays whole. */
export function brokenAtWords(sentence: string, width: number): readonly string[] {
  const broken: string[] = [''];
  // Chinese breaks anywhere but before a closing mark, other words at their ends.
  for (const word of sentence.split(/(?<=\s|\p{Script=Han})(?![),.。,;:!?])|(?=\p{Script=Han})/u)) {
    const line = broken.at(-1) ?? '';
    if (line !== '' && cellsOf(line + word.trimEnd()) > width) broken.push(word);
    else broken[broken.length - 1] = line + word;
  }
  return broken.map((line) => line.trim());
}

/** Columns with cells of the widths given: the first on the left edge, the others right-aligned. */
export function columns(texts: readonly string[], widths: readonly number[]): PaperBlock {
  return {
    kind: 'row',
    columns: texts.map((text, index) => ({
      text,
      width: widths[index] ?? 2,
      align: index === 0 ? ('left' as const) : ('right' as const),
    })),
  };
}

/** The same columns as headings, a row for each language. */
export function headings(texts: readonly (Words | undefined)[], widths: readonly number[]): readonly PaperBlock[] {
  const chinese = columns(
    texts.map((words) => words?.zh ?? ''),
    widths,
  );
  if (texts.every((words) => words?.en === undefined)) return [chinese];
  return [
    chinese,
    columns(
      texts.map((words) => words?.en ?? ''),
      widths,
    ),
  ];
}

/** As the printer counts: ASCII is one cell, everything else two. */
export function cellsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 1 : 2), 0);
}
