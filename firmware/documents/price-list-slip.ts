/**
 * 价格公示单: published prices on paper, each with every field that the law wants (SZ-187, SZ-188, SZ-189), the edition
 * they are of, and whom to ask or to call (SZ-191, SZ-193).
 *
 * One promise: all of it is of one edition, nothing is cut to fit, and nobody is named.
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import { fieldsOf, nameOf, type PriceEdition, type PriceItem } from '../catalogue/price-item.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { cellsOf, lines, pair, type Words } from './bilingual-rows.ts';
import { priceEn, priceFieldsEn, priceLevelsEn } from './text/en-prices.ts';
import { type PriceTextId, priceFieldsZh, priceLevelsZh, priceZh } from './text/zh-prices.ts';

export interface PriceListSlip {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly edition: Pick<PriceEdition, 'id' | 'version' | 'publishedOn' | 'ownership'>;
  readonly items: readonly PriceItem[];
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
}

/** Beside its label a value has at least so much room; a longer one goes under it. */
const BESIDE = 26;

export function priceListSlip({ config, profile, edition, items, ...slip }: PriceListSlip): PaperDocument {
  const english = slip.language === 'en';
  const say = (id: PriceTextId): Words => ({ zh: priceZh[id], en: english ? priceEn[id] : undefined });
  const window = config.hospital.helpWindow;
  const filled = ({ zh, en }: Words): Words => ({
    zh: zh.replace('{window}', window),
    en: en?.replace('{window}', window),
  });
  const phones = [...new Set(['12345', profile.texts.complaintPhone])].join(' ');
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(say('priceTitle'), { align: 'center', bold: true, size: 2 }),
      { kind: 'rule' },
      ...pair(say('edition'), `${edition.id}/${edition.version}`),
      ...pair(say('publishedOn'), edition.publishedOn, true),
      ...pair(say('printedOn'), slip.printedAt),
      ...items.flatMap((item) => itemRows(item, say, english)),
      { kind: 'rule', fill: '=' },
      ...(edition.ownership === 'public' ? lines(say('zeroMarkup')) : []),
      ...lines(say('onlyThese')),
      { kind: 'rule' },
      ...lines(say('ways'), { bold: true }),
      ...(['person', 'electronic', 'paper'] as const).flatMap((way) => lines(filled(say(way)))),
      ...pair(say('hospitalPhone'), config.hospital.phone, true),
      ...pair(say('hotline'), phones, true),
      { kind: 'text', text: profile.texts.slogan, align: 'center' },
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}

function itemRows(item: PriceItem, say: (id: PriceTextId) => Words, english: boolean): readonly PaperBlock[] {
  return [
    { kind: 'rule', fill: '=' },
    { kind: 'text', text: nameOf(item), bold: true, size: 2 },
    ...(item.selfPriced === true ? lines(say('selfPriced'), { bold: true }) : []),
    ...fieldsOf(item).flatMap(({ field, value }) => {
      const label = { zh: priceFieldsZh[field], en: english ? priceFieldsEn[field] : undefined };
      if (field === 'level') return pair(label, levelOf(value, english));
      return labelled(label, value, field === 'price' || field === 'unit');
    }),
    ...(item.pricedBy === undefined ? [] : labelled(say('pricedBy'), item.pricedBy, false)),
  ];
}

/** A long value reads on under its label, over the whole width. */
function labelled(label: Words, value: string, bold: boolean): readonly PaperBlock[] {
  if (cellsOf(value) <= BESIDE) return pair(label, value, bold);
  const both = label.en === undefined ? label.zh : `${label.zh} ${label.en}`;
  return [
    { kind: 'text', text: `${both}:` },
    { kind: 'text', text: value, bold },
  ];
}

function levelOf(level: string, english: boolean): Words {
  const known = level as keyof typeof priceLevelsZh;
  return { zh: priceLevelsZh[known], en: english ? priceLevelsEn[known] : undefined };
}
