/**
 * The settlement slip with its itemised fee list (医保结算单, 门诊费用明细清单).
 *
 * Every figure is the centre's; lines, subtotals and the split add up to it to
 * the fen, or the slip is not made (Z-6.3.2, SZ-242, SZ-243).
 */
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Bill, BillLine } from '../hospital/hospital-gateway.ts';
import type { CentreSettlement, SettlementAmounts } from '../insurance/insurance-platform.ts';
import { type Fen, formatYuan } from '../money.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { Language } from '../screen/messages.ts';
import { spreadOverLines } from './allocation.ts';
import { en } from './text/en.ts';
import { categoriesZh, insurancesZh, type PaperTextId, zh } from './text/zh.ts';

export interface SlipMaterial {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly language: Language;
  readonly maskedName: string;
  readonly insuranceType: string;
  readonly bill: Bill;
  readonly settlementNumber: string;
  readonly centre: CentreSettlement;
  readonly receiptNumber: string;
  readonly nextStep: string;
  readonly consentId: string | undefined;
  /** 1 = the first; from 2 on the slip is marked 补打. */
  readonly copy: number;
}

/** The lines of a bill do not add up to what the centre settled: nothing true could be printed. */
export class SlipDiffersError extends Error {
  override readonly name = 'SlipDiffersError';
}

const CELLS = 48;

export function settlementSlip(material: SlipMaterial): PaperDocument {
  const { amounts } = material.centre;
  const linesFen = material.bill.lines.reduce((sum, line) => sum + line.amountFen, 0);
  if (linesFen !== amounts.totalFen) {
    throw new SlipDiffersError(`lines add up to ${linesFen} fen, the centre settled ${amounts.totalFen} fen`);
  }
  const say = wording(material.language);
  return {
    blocks: [
      { kind: 'text', text: material.config.hospital.institutionName, align: 'center', bold: true },
      { kind: 'text', text: say('slipTitle'), align: 'center', bold: true, size: 2 },
      ...copyMark(material, say),
      { kind: 'rule' },
      ...heading(material, say),
      { kind: 'rule' },
      ...feeList(material.bill.lines, amounts.ownFen, say),
      { kind: 'rule' },
      ...subtotals(material.bill.lines, amounts.totalFen, say),
      { kind: 'rule' },
      ...split(amounts, say),
      { kind: 'rule' },
      ...footer(material, say),
      { kind: 'feed', lines: 3 },
      { kind: 'cut', mode: 'partial' },
    ],
  };
}

type Say = (id: PaperTextId) => string;

function wording(language: Language): Say {
  return (id) => (language === 'en' ? `${zh[id]} ${en[id]}` : zh[id]);
}

function copyMark({ copy }: SlipMaterial, say: Say): PaperBlock[] {
  if (copy <= 1) return [];
  const text = `${say('copyMark')} ${say('copyCount').replaceAll('{copy}', String(copy))}`;
  return [{ kind: 'text', text, align: 'center', bold: true, size: 2 }];
}

function heading(material: SlipMaterial, say: Say): PaperBlock[] {
  const { bill, centre } = material;
  return [
    pair(say('name'), material.maskedName),
    pair(say('insurance'), insurancesZh[material.insuranceType] ?? material.insuranceType),
    pair(say('settlementNumber'), material.settlementNumber),
    pair(say('centreNumber'), centre.settlementId),
    pair(say('receiptNumber'), material.receiptNumber),
    pair(say('department'), `${bill.departmentName} ${bill.doctorName}`),
    pair(say('settledAt'), centre.settledAt),
  ];
}

function feeList(lines: readonly BillLine[], ownFen: Fen, say: Say): PaperBlock[] {
  const cash = spreadOverLines(
    ownFen,
    lines.map((line) => line.amountFen),
  );
  return [
    { kind: 'text', text: `${say('itemHeading')} / ${say('codeHeading')}` },
    columns([say('unitHeading'), say('quantityHeading'), say('priceHeading'), say('amountHeading')], FIGURES),
    columns(['', `${say('recordedHeading')}`, '', `${say('cashHeading')}`], FIGURES),
    { kind: 'rule', fill: '.' },
    ...lines.flatMap((line, index): PaperBlock[] => {
      const ownPartFen = cash[index] ?? 0;
      return [
        { kind: 'text', text: `${line.name} ${line.specification}`.trim(), bold: true },
        { kind: 'text', text: line.catalogueCode },
        columns([line.unit, line.quantity, line.unitPrice, formatYuan(line.amountFen)], FIGURES),
        columns(['', formatYuan(line.amountFen - ownPartFen), '', formatYuan(ownPartFen)], FIGURES),
      ];
    }),
  ];
}

function subtotals(lines: readonly BillLine[], totalFen: Fen, say: Say): PaperBlock[] {
  const sums = new Map<string, Fen>();
  for (const line of lines) sums.set(line.category, (sums.get(line.category) ?? 0) + line.amountFen);
  return [
    { kind: 'text', text: say('subtotals') },
    ...[...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, fen]) => pair(categoriesZh[category] ?? category, formatYuan(fen))),
    pair(say('total'), formatYuan(totalFen), true),
  ];
}

function split(amounts: SettlementAmounts, say: Say): PaperBlock[] {
  const parts: readonly [PaperTextId, Fen][] = [
    ['basic', amounts.basicFundFen],
    ['seriousIllness', amounts.seriousIllnessFen],
    ['assistance', amounts.assistanceFen],
    ['civilServant', amounts.civilServantFen],
    ['largeAmount', amounts.largeAmountFen],
    ['enterprise', amounts.enterpriseFen],
    ['otherFund', amounts.otherFundFen],
    ['hospital', amounts.hospitalFen],
    ['account', amounts.accountFen],
    ['mutualAid', amounts.mutualAidFen],
  ];
  return [
    ...parts.filter(([id, fen]) => fen !== 0 || id === 'basic').map(([id, fen]) => pair(say(id), formatYuan(fen))),
    { kind: 'text', text: `${say('own')} ${formatYuan(amounts.ownFen)}`, bold: true, size: 2, align: 'right' },
  ];
}

function footer(material: SlipMaterial, say: Say): PaperBlock[] {
  const { profile, config } = material;
  const consent = material.consentId ? [pair(say('consent'), material.consentId)] : [];
  return [
    ...consent,
    { kind: 'text', text: `${say('nextStep')}: ${material.nextStep}`, bold: true },
    { kind: 'qr', data: `yizhan:slip:${material.settlementNumber}` },
    { kind: 'text', text: say('keepSlip'), align: 'center' },
    pair(say('complaint'), [...new Set(['12345', profile.texts.complaintPhone])].join(' ')),
    pair(say('insurancePhone'), profile.texts.insurancePhone),
    pair(say('hospitalPhone'), config.hospital.phone),
    { kind: 'text', text: profile.texts.slogan, align: 'center' },
  ];
}

/** Cells of unit, quantity, price, amount. */
const FIGURES = [8, 14, 12, 14] as const;

function columns(texts: readonly [string, string, string, string], widths: readonly number[]): PaperBlock {
  return {
    kind: 'row',
    columns: texts.map((text, index) => ({
      text,
      width: widths[index] ?? 0,
      align: index === 0 ? ('left' as const) : ('right' as const),
    })),
  };
}

function pair(left: string, right: string, bold = false): PaperBlock {
  const leftCells = Math.min(30, Math.max(20, cellsOf(left) + 1));
  return {
    kind: 'row',
    bold,
    columns: [
      { text: left, width: leftCells },
      { text: right, width: CELLS - leftCells, align: 'right' },
    ],
  };
}

/** Good enough to choose a column width; the printer's own layout decides the truth. */
function cellsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 1 : 2), 0);
}
