/**
 * 住院费用明细清单 on A4 (SZ-245): what the outpatient list says, with the 类别 of each item, over as many pages as the
 * stay needs.
 *
 * Pure. Every page says 第 x 页 共 y 页, what it brings forward (承前页) and carries over (过次页) in all three columns of
 * money; the last page's sums are the centre's to the fen, or no page is made.
 */
import type { BillLine, DischargeBill } from '../hospital/bill.ts';
import type { CentreSettlement } from '../insurance/insurance-platform.ts';
import { type Fen, formatYuan } from '../money.ts';
import { ownExpense } from '../settlement/own-expense.ts';
import { recordedOverLines } from './allocation.ts';
import { lineNotes } from './line-notes.ts';
import { type Column, type GridLine, type GridPage, PAGE_LINES, rowLines } from './page-grid.ts';
import { SlipDiffersError } from './settlement-slip.ts';
import { spokenNumber } from './spoken-number.ts';
import { categoriesZh, insurancesZh, zh } from './text/zh.ts';
import { zhList } from './text/zh-list.ts';

export interface InpatientListMaterial {
  readonly institutionName: string;
  /** As the patient may see it on paper: masked, or in full on request (SZ-245 and the privacy rules decide). */
  readonly name: string;
  /** `undefined` = 自费. */
  readonly insuranceType: string | undefined;
  readonly bill: DischargeBill;
  /** 病区 床号 */
  readonly bed: string;
  readonly settlementNumber: string;
  readonly centre: CentreSettlement | null;
  /** yyyy-MM-dd HH:mm:ss */
  readonly printedAt: string;
  /** 1 = the first; from 2 on each page is marked 补打 (SZ-233). */
  readonly copy: number;
}

/** Item, 类别, code, unit, quantity, price, amount, 医保记账, 个人现金. */
const COLUMNS: readonly Column[] = [
  { width: 28, align: 'left' },
  { width: 10, align: 'left' },
  { width: 23, align: 'left' },
  { width: 4, align: 'left' },
  { width: 6, align: 'right' },
  { width: 10, align: 'right' },
  { width: 10, align: 'right' },
  { width: 10, align: 'right' },
  { width: 11, align: 'right' },
];

interface Sums {
  readonly amountFen: Fen;
  readonly recordedFen: Fen;
}

interface Item extends Sums {
  readonly lines: readonly GridLine[];
}

/** @throws SlipDiffersError when the lines do not add up to what was settled */
export function inpatientList(material: InpatientListMaterial): readonly GridPage[] {
  const { bill, centre } = material;
  const amounts = centre?.amounts ?? ownExpense(bill.totalFen);
  const linesFen = bill.lines.reduce((sum, line) => sum + line.amountFen, 0);
  if (linesFen !== amounts.totalFen) {
    throw new SlipDiffersError(`lines add up to ${linesFen} fen, the centre settled ${amounts.totalFen} fen`);
  }
  const recorded = recordedOverLines(
    amounts.totalFen - amounts.ownFen,
    bill.lines.map(({ level, amountFen }) => ({ amountFen, covered: level !== '03' })),
  );
  const items = bill.lines.map((line, at) => item(line, recorded[at] ?? 0));
  const ending = summary(bill.lines, { amountFen: amounts.totalFen, recordedFen: amounts.totalFen - amounts.ownFen });
  const parts = split(items, material, ending);
  let brought: Sums = { amountFen: 0, recordedFen: 0 };
  return parts.map((part, at) => {
    const last = at === parts.length - 1;
    const carried = part.reduce(added, brought);
    const lines = [
      ...head(material, at + 1, parts.length),
      ...(at > 0 ? sumLine(zhList.broughtForward, brought) : []),
      ...part.flatMap(({ lines: own }) => own),
      ...(last ? ending : [{ kind: 'rule' } as const, ...sumLine(zhList.carriedForward, carried)]),
    ];
    brought = carried;
    return { columns: COLUMNS, lines };
  });
}

/** As many items on each page as fit whole, under its head and above what it has to end with. */
function split(
  items: readonly Item[],
  material: InpatientListMaterial,
  ending: readonly GridLine[],
): readonly (readonly Item[])[] {
  const room = PAGE_LINES - head(material, 1, 1).length;
  // Rule and sum below, and the sum above from the second page on.
  const carry = 2;
  const pages: Item[][] = [[]];
  let used = 0;
  for (const one of items) {
    const page = pages.at(-1);
    const above = pages.length > 1 ? 1 : 0;
    if (page && page.length > 0 && above + used + one.lines.length + carry > room) {
      pages.push([one]);
      used = one.lines.length;
    } else {
      page?.push(one);
      used += one.lines.length;
    }
  }
  const above = pages.length > 1 ? 1 : 0;
  if (above + used + ending.length > room) pages.push([]);
  return pages;
}

function item(line: BillLine, recordedFen: Fen): Item {
  const values = [
    `${line.name} ${line.specification}`.trim(),
    categoriesZh[line.category] ?? line.category,
    ...[line.catalogueCode, line.unit, line.quantity, line.unitPrice],
    ...[formatYuan(line.amountFen), formatYuan(recordedFen), formatYuan(line.amountFen - recordedFen)],
  ];
  const notes = lineNotes(line, line.level, 'zh').map(
    ({ zh: text }): GridLine => ({ kind: 'text', text, align: 'left' }),
  );
  return { lines: [...rowLines(values, COLUMNS), ...notes], amountFen: line.amountFen, recordedFen };
}

function head(material: InpatientListMaterial, page: number, pages: number): readonly GridLine[] {
  const { bill } = material;
  const { admittedAt, dischargedAt } = bill.discharge;
  const text = (words: string): GridLine => ({ kind: 'text', text: words, align: 'left' });
  const copy = material.copy > 1 ? `${zh.copyMark} ${zh.copyCount.replace('{copy}', String(material.copy))}  ` : '';
  const insurance =
    material.insuranceType === undefined
      ? zh.withoutInsurance
      : (insurancesZh[material.insuranceType] ?? material.insuranceType);
  const numbers = [
    `${zh.settlementNumber} ${spokenNumber(material.settlementNumber)}`,
    ...(material.centre ? [`${zh.centreNumber} ${material.centre.settlementId}`] : []),
  ];
  return [
    { kind: 'text', text: material.institutionName, align: 'center', bold: true },
    { kind: 'text', text: zhList.title, align: 'center', bold: true },
    text(
      `${zh.name} ${material.name}   ${zhList.inpatientNumber} ${bill.outpatientNumber}   ${zhList.department} ${bill.departmentName}   ${zhList.bed} ${material.bed}`,
    ),
    text(
      `${zhList.admitted} ${admittedAt.slice(0, 10)}   ${zhList.discharged} ${dischargedAt.slice(0, 10)}   ${zh.insurance} ${insurance}`,
    ),
    text(numbers.join('   ')),
    text(
      `${copy}${zhList.printedAt} ${material.printedAt}   ${zhList.page.replace('{page}', String(page)).replace('{pages}', String(pages))}`,
    ),
    { kind: 'rule' },
    ...rowLines(
      [
        ...[zh.itemHeading, zhList.category, zh.codeHeading, zh.unitHeading, zh.quantityHeading],
        ...[zh.priceHeading, zh.amountHeading, zh.recordedHeading, zh.cashHeading],
      ],
      COLUMNS,
      true,
    ),
    { kind: 'rule' },
  ];
}

function sumLine(words: string, sums: Sums): readonly GridLine[] {
  const { amountFen, recordedFen } = sums;
  const figures = [formatYuan(amountFen), formatYuan(recordedFen), formatYuan(amountFen - recordedFen)];
  return rowLines([words, '', '', '', '', '', ...figures], COLUMNS, true);
}

/** 分类小计 and 合计 stand together on the last page. */
function summary(billLines: readonly BillLine[], sums: Sums): readonly GridLine[] {
  const categories = new Map<string, Fen>();
  for (const line of billLines) categories.set(line.category, (categories.get(line.category) ?? 0) + line.amountFen);
  const subtotals = [...categories].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { kind: 'rule' },
    { kind: 'text', text: zh.subtotals, align: 'left', bold: true },
    ...subtotals.flatMap(([category, fen]) =>
      rowLines(['', categoriesZh[category] ?? category, '', '', '', '', formatYuan(fen), '', ''], COLUMNS),
    ),
    ...sumLine(zh.total, sums),
    { kind: 'text', text: zhList.keep, align: 'center' },
  ];
}

function added(sums: Sums, one: Sums): Sums {
  return { amountFen: sums.amountFen + one.amountFen, recordedFen: sums.recordedFen + one.recordedFen };
}
