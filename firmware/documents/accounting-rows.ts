/** 补记账 on paper: the number under which insurance settles later, and its last day; alone or on the slip of what was paid. */
import type { PaperBlock } from '../../drivers/receipt-printer/paper-document.ts';
import type { Language } from '../screen/messages.ts';
import { lines, pair, type Words } from './bilingual-rows.ts';
import { spokenNumber } from './spoken-number.ts';
import { accountingEn } from './text/en-accounting.ts';
import { type AccountingTextId, accountingZh } from './text/zh-accounting.ts';

export interface Accounting {
  /** `acc_…` */
  readonly number: string;
  /** Last day, yyyy-MM-dd, when the hospital said it. */
  readonly until: string | undefined;
}

export function accountingWords(language: Language): (id: AccountingTextId) => Words {
  return (id) => ({ zh: accountingZh[id], en: language === 'en' ? accountingEn[id] : undefined });
}

/** On the slip of a bill that was paid at own expense. */
export function accountingRows(later: Accounting | undefined, language: Language): readonly PaperBlock[] {
  if (!later) return [];
  const say = accountingWords(language);
  return [
    ...pair(say('accountingNumber'), spokenNumber(later.number), true),
    ...(later.until === undefined ? [] : pair(say('accountingUntil'), later.until, true)),
    ...lines(say('accountingLine')),
    { kind: 'rule' },
  ];
}
