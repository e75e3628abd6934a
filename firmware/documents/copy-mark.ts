/**
 * 补打: what tells a copy from the first slip (SZ-233): the mark, which copy it is, when it was printed.
 *
 * One promise: the first slip carries none of it, and no copy comes without all of it.
 */
import type { PaperBlock } from '../../drivers/receipt-printer/paper-document.ts';
import type { Language } from '../screen/messages.ts';
import { lines, pair, wording } from './bilingual-rows.ts';

export interface Copied {
  readonly language: Language;
  /** 1 = the first. */
  readonly copy: number;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt?: string;
}

export function copyRows({ copy, printedAt, language }: Copied): readonly PaperBlock[] {
  if (copy <= 1) return [];
  const say = wording(language);
  const count = (text: string): string => text.replaceAll('{copy}', String(copy));
  const [mark, counted] = [say('copyMark'), say('copyCount')];
  const english = mark.en && counted.en ? `${mark.en} ${count(counted.en)}` : undefined;
  return [
    ...lines({ zh: `${mark.zh} ${count(counted.zh)}`, en: english }, { align: 'center', bold: true, size: 2 }),
    ...(printedAt === undefined ? [] : pair(say('printedAt'), printedAt)),
  ];
}
