/**
 * 知情同意书留存联: what was signed before it was charged, for the patient to take home, on the slip of its bill
 * (Y3-14a, SZ-255).
 *
 * One promise: the items and amounts are those that stood on the page that was signed, and the signer is the one who was
 * chosen there; nobody is named but by the mask.
 */
import type { PaperBlock } from '../../drivers/receipt-printer/paper-document.ts';
import { formatYuan } from '../money.ts';
import type { ConsentItem } from '../region/consent.ts';
import type { Language, Signer } from '../screen/messages.ts';
import { lines, pair, type Words } from './bilingual-rows.ts';
import { consentEn, signersEn } from './text/en-consent.ts';
import { type ConsentTextId, consentZh, signersZh } from './text/zh-consent.ts';

export interface ConsentCopy {
  /** `con_…` */
  readonly id: string;
  /** Of this bill. */
  readonly items: readonly ConsentItem[];
  readonly signer: Signer;
  /** yyyy-MM-dd HH:mm:ss */
  readonly signedAt: string;
}

interface OnSlip {
  readonly language: Language;
  readonly maskedName: string;
  readonly consentCopy?: ConsentCopy | undefined;
}

/** Nothing when nothing was signed. */
export function consentRows({ language, maskedName, consentCopy }: OnSlip): readonly PaperBlock[] {
  if (!consentCopy) return [];
  const { id, items, signer, signedAt } = consentCopy;
  const say = (text: ConsentTextId): Words => both(language, consentZh[text], consentEn[text]);
  const totalFen = items.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return [
    { kind: 'feed', lines: 1 },
    { kind: 'rule', fill: '=' },
    ...lines(say('consentTitle'), { align: 'center', bold: true, size: 2 }),
    ...lines(say('consentCopy'), { align: 'center' }),
    ...pair(say('consentNumber'), id),
    ...pair(say('patient'), maskedName),
    ...lines(say('consentLine')),
    ...items.flatMap(itemRows),
    { kind: 'rule' },
    ...pair(say('consentTotal'), formatYuan(totalFen), true),
    ...lines(say('agreed')),
    ...pair(say('signedBy'), both(language, signersZh[signer], signersEn[signer]), true),
    ...pair(say('signedAt'), signedAt),
    ...pair(say('signedWhere'), say('atKiosk')),
  ];
}

function itemRows({ name, specification, unitPrice, quantity, unit, amountFen }: ConsentItem): readonly PaperBlock[] {
  return [
    { kind: 'rule', fill: '.' },
    { kind: 'text', text: `${name} ${specification}`.trim(), bold: true },
    ...pair({ zh: `${unitPrice} × ${quantity} ${unit}`.trim() }, formatYuan(amountFen)),
  ];
}

function both(language: Language, zh: string, en: string): Words {
  return { zh, en: language === 'en' ? en : undefined };
}
