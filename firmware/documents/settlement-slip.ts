/**
 * The settlement slip with its itemised fee list (医保结算单, 门诊费用明细清单).
 *
 * What the patient needs stands first and large: who, how much, where to go
 * now. Every figure is the centre's; lines, subtotals and the split add up to
 * it to the fen, or the slip is not made (Z-6.3.2, SZ-242, SZ-243).
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Bill, BillLine } from '../hospital/hospital-gateway.ts';
import type { CentreSettlement, SettlementAmounts } from '../insurance/insurance-platform.ts';
import { type Fen, formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { ownExpense } from '../settlement/own-expense.ts';
import type { ReturnView } from '../settlement/settlements.ts';
import { type Accounting, accountingRows } from './accounting-rows.ts';
import { recordedOverLines } from './allocation.ts';
import { columns, headings, large, lines, pair, type Say, type Words, wording } from './bilingual-rows.ts';
import { type ConsentCopy, consentRows } from './consent-copy.ts';
import { copyRows } from './copy-mark.ts';
import { lineNotes } from './line-notes.ts';
import { payerRows } from './payer-rows.ts';
import { unprintableRows } from './prescription-slip.ts';
import { spokenNumber } from './spoken-number.ts';
import { categoriesEn, insurancesEn } from './text/en.ts';
import { categoriesZh, insurancesZh } from './text/zh.ts';
import { promisedDay, wayRows, wayWords } from './way-rows.ts';

export interface SlipMaterial {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  /** 代办人 (Y4-12b). */
  readonly maskedProxy?: string | undefined;
  /** `undefined` = 自费. */
  readonly insuranceType: string | undefined;
  readonly bill: Bill;
  readonly settlementNumber: string;
  /** `null` = no insurance is in it. */
  readonly centre: CentreSettlement | null;
  readonly receiptNumber: string;
  /** 补记账: paid at own expense, and insurance can still settle it under this number. */
  readonly accounting?: Accounting | undefined;
  /** 电子发票: its number and the text of its code, or that it follows by itself; `undefined` = none is due from here. */
  readonly invoice?: { readonly invoiceNumber: string; readonly link: string } | 'pending' | undefined;
  readonly nextStep: string;
  readonly consentId: string | undefined;
  /** Where a consent is signed: the patient's copy of it. */
  readonly consentCopy?: ConsentCopy | undefined;
  /** Of a stay: what of the deposits goes back by which way. */
  readonly returns?: readonly ReturnView[];
  /** 1 = the first; from 2 on the slip is marked 补打. */
  readonly copy: number;
  /** When this copy is printed, yyyy-MM-dd HH:mm:ss; stands in the mark of a copy (SZ-233). */
  readonly printedAt?: string;
}

/** The lines of a bill do not add up to what the centre settled: nothing true could be printed. */
export class SlipDiffersError extends Error {
  override readonly name = 'SlipDiffersError';
}

/** @throws SlipDiffersError */
export function settlementSlip(material: SlipMaterial): PaperDocument {
  const { bill, centre, config } = material;
  const amounts = centre?.amounts ?? ownExpense(bill.totalFen);
  mustAddUp(bill.lines, amounts);
  const say = wording(material.language);
  return {
    blocks: [
      { kind: 'text', text: config.hospital.institutionName, align: 'center', bold: true },
      ...lines(say(centre ? 'slipTitle' : 'ownSlipTitle'), { align: 'center', bold: true, size: 2 }),
      ...copyRows(material),
      { kind: 'rule' },
      ...person(material, say),
      { kind: 'rule' },
      ...payerRows(amounts, say, centre !== null),
      ...deposits(material, amounts),
      { kind: 'rule' },
      ...lines(say('nextStep')),
      large(material.nextStep),
      { kind: 'rule', fill: '=' },
      ...feeList(bill, amounts, say, material.language),
      { kind: 'rule' },
      ...subtotals(bill.lines, amounts.totalFen, say),
      { kind: 'rule', fill: '=' },
      ...accountingRows(material.accounting, material.language),
      ...unprintableRows(bill.externalPrescriptions, material.language),
      ...footer(material, say),
      ...consentRows(material),
      { kind: 'feed', lines: 1 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}

function mustAddUp(billLines: readonly BillLine[], amounts: SettlementAmounts): void {
  const linesFen = billLines.reduce((sum, line) => sum + line.amountFen, 0);
  if (linesFen !== amounts.totalFen) {
    throw new SlipDiffersError(`lines add up to ${linesFen} fen, the centre settled ${amounts.totalFen} fen`);
  }
  const partsFen = amounts.fundFen + amounts.hospitalFen + amounts.accountFen + amounts.ownFen;
  if (partsFen !== amounts.totalFen) {
    throw new SlipDiffersError(`payers add up to ${partsFen} fen, the centre settled ${amounts.totalFen} fen`);
  }
}

function person({ bill, centre, ...material }: SlipMaterial, say: Say): readonly PaperBlock[] {
  const doctor = [bill.departmentName, bill.doctorName].filter((name) => name !== '').join(' ');
  return [
    ...pair(say('name'), material.maskedName),
    ...(material.maskedProxy === undefined ? [] : pair(say('proxy'), material.maskedProxy)),
    ...pair(say('insurance'), insuranceWord(material, say)),
    ...pair(say('department'), doctor),
    ...pair(
      bill.discharge ? wayWords(material.language)('inpatientNumber') : say('outpatientNumber'),
      bill.outpatientNumber,
    ),
    ...pair(say('settledAt'), centre?.settledAt ?? material.printedAt ?? bill.visitedAt),
  ];
}

/** 出院: the deposits taken off, and the rest paid now or given back by the ways it came. */
function deposits(
  { bill, language, profile, printedAt = '', returns = [] }: SlipMaterial,
  { ownFen }: SettlementAmounts,
): readonly PaperBlock[] {
  if (!bill.discharge) return [];
  const own = wayWords(language);
  const { depositFen } = bill.discharge;
  const restFen = ownFen - depositFen;
  return [
    ...pair(own('depositsPaid'), formatYuan(depositFen)),
    ...pair(own(restFen > 0 ? 'restPaid' : 'restBack'), formatYuan(Math.abs(restFen)), true),
    ...returns.flatMap(wayRows(own, promisedDay(profile, printedAt))),
  ];
}

/** Cells of unit, quantity, price, amount; and of the two labelled amounts under them. */
const FIGURES = [8, 14, 12, 14] as const;
const SHARES = [10, 12, 12, 14] as const;

function feeList(
  { lines: billLines, uploaded, discharge }: Bill,
  amounts: SettlementAmounts,
  say: Say,
  language: Language,
): readonly PaperBlock[] {
  const levels = new Map(uploaded?.splits.map(({ lineNumber, level }) => [lineNumber, level]));
  const recorded = recordedOverLines(
    amounts.totalFen - amounts.ownFen,
    billLines.map(({ lineNumber, level, amountFen }) => ({
      amountFen,
      covered: (levels.get(lineNumber) ?? level) !== '03',
    })),
  );
  return [
    ...lines(discharge ? wayWords(language)('inpatientListTitle') : say('feeListTitle'), {
      align: 'center',
      bold: true,
    }),
    ...lines(say('itemHeading')),
    ...lines(say('codeHeading')),
    ...headings([say('unitHeading'), say('quantityHeading'), say('priceHeading'), say('amountHeading')], FIGURES),
    ...headings([say('recordedHeading'), undefined, say('cashHeading'), undefined], SHARES),
    ...billLines.flatMap((line, index): readonly PaperBlock[] => {
      const recordedFen = recorded[index] ?? 0;
      const cash = formatYuan(line.amountFen - recordedFen);
      return [
        { kind: 'rule', fill: '.' },
        { kind: 'text', text: `${line.name} ${line.specification}`.trim(), bold: true },
        { kind: 'text', text: line.catalogueCode },
        columns([line.unit, line.quantity, line.unitPrice, formatYuan(line.amountFen)], FIGURES),
        columns([say('recordedHeading').zh, formatYuan(recordedFen), say('cashHeading').zh, cash], SHARES),
        ...lineNotes(line, levels.get(line.lineNumber) ?? line.level, language).flatMap((note) => lines(note)),
      ];
    }),
  ];
}

function subtotals(billLines: readonly BillLine[], totalFen: Fen, say: Say): readonly PaperBlock[] {
  const sums = new Map<string, Fen>();
  for (const line of billLines) sums.set(line.category, (sums.get(line.category) ?? 0) + line.amountFen);
  const language = say('subtotals').en === undefined ? 'zh' : 'en';
  const label = (category: string): Words => word(categoriesZh, categoriesEn, category, language);
  return [
    ...lines(say('subtotals'), { bold: true }),
    ...[...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([category, fen]) => pair(label(category), formatYuan(fen))),
    ...pair(say('total'), formatYuan(totalFen), true),
  ];
}

function footer({ profile, config, ...material }: SlipMaterial, say: Say): readonly PaperBlock[] {
  return [
    ...pair(say('settlementNumber'), spokenNumber(material.settlementNumber)),
    ...(material.centre ? pair(say('centreNumber'), material.centre.settlementId) : []),
    ...pair(say('receiptNumber'), material.receiptNumber),
    ...invoiceRows(material.invoice, say),
    ...(material.consentId ? pair(say('consent'), material.consentId) : []),
    { kind: 'feed', lines: 1 },
    { kind: 'qr', data: `yizhan:slip:${material.settlementNumber}` },
    ...lines(say('keepSlip'), { align: 'center' }),
    { kind: 'feed', lines: 1 },
    ...pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
    ...pair(say('insurancePhone'), profile.texts.insurancePhone),
    ...pair(say('hospitalPhone'), config.hospital.phone),
    { kind: 'text', text: profile.texts.slogan, align: 'center' },
  ];
}

/** A number and a code to scan, or the word that both follow without anybody's doing (Z-9.1.5). */
function invoiceRows(invoice: SlipMaterial['invoice'], say: Say): readonly PaperBlock[] {
  if (invoice === undefined) return [];
  if (invoice === 'pending') return lines(say('invoicePending'));
  return [
    ...pair(say('invoiceNumber'), invoice.invoiceNumber),
    ...lines(say('invoiceScan'), { align: 'center' }),
    { kind: 'qr', data: invoice.link },
    { kind: 'feed', lines: 1 },
  ];
}

function insuranceWord({ insuranceType, language }: Pick<SlipMaterial, 'insuranceType' | 'language'>, say: Say): Words {
  if (insuranceType === undefined) return say('withoutInsurance');
  return word(insurancesZh, insurancesEn, insuranceType, language);
}

/** What a code of the interface means; a code that no table has stands for itself. */
function word(
  chinese: Readonly<Record<string, string>>,
  english: Readonly<Record<string, string>>,
  code: string,
  language: Language,
): Words {
  return { zh: chinese[code] ?? code, en: language === 'en' ? english[code] : undefined };
}
