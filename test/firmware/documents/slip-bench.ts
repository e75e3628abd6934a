/** A known bill as a slip, and what the virtual printer's decoder reads from the bytes that our encoder makes of it. */
import { encodeDocument } from '../../../drivers/receipt-printer/encoder.ts';
import { layOut } from '../../../drivers/receipt-printer/layout.ts';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { chineseClone } from '../../../drivers/receipt-printer/printer-profile.ts';
import { TextEncoding } from '../../../drivers/receipt-printer/text-encoding.ts';
import { type SlipMaterial, settlementSlip } from '../../../firmware/documents/settlement-slip.ts';
import type { BillLine } from '../../../firmware/hospital/hospital-gateway.ts';
import { decodePaper } from '../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { amounts, bill, config, line, profile } from '../kiosk-fixture.ts';

type Row = readonly [name: string, specification: string, unit: string, price: string, quantity: string, fen: number];

function billLine(row: Row, catalogueCode: string, rest: Pick<BillLine, 'category' | 'level'>): BillLine {
  const [name, specification, unit, unitPrice, quantity, amountFen] = row;
  return line({ name, specification, unit, unitPrice, quantity, amountFen, catalogueCode, ...rest });
}

/** Example 1 of the reference, H.3: 557.40, of which 45.60 is not covered and 190.25 is paid in cash. */
export const exampleLines: readonly BillLine[] = [
  billLine(['普通门诊诊察费', '次', '次', '50.00', '1', 5_000], '990102000010000', { category: '02', level: '01' }),
  billLine(['演示片', '0.5g×24片', '盒', '36.50', '2', 7_300], 'X99AA01A001A00101010101', {
    category: '09',
    level: '01',
  }),
  billLine(['示例胶囊(乙类)', '20mg×14粒', '盒', '128.80', '1', 12_880], 'X99AA02B002E00101010202', {
    category: '09',
    level: '02',
  }),
  billLine(['演示检查', '单侧', '次', '260.00', '1', 26_000], '990203000020000', { category: '03', level: '02' }),
  billLine(['自费营养片', '60片', '瓶', '45.60', '1', 4_560], 'X99ZZ09Z009Z00999090909', {
    category: '09',
    level: '03',
  }),
];

export const centre = { settlementId: 'S990001', settledAt: '2026-11-22 09:00:00', messageId: 'H990001', amounts };

export function material(change: Partial<SlipMaterial> = {}): SlipMaterial {
  return {
    config,
    profile: profile(),
    language: 'zh',
    maskedName: '张*一',
    insuranceType: '310',
    bill: bill(exampleLines),
    settlementNumber: 'set_cuxmysf9h2jd',
    centre,
    receiptNumber: 'R990001',
    nextStep: '请到二楼药房 3 号窗口取药',
    consentId: undefined,
    copy: 1,
    ...change,
  };
}

/** The bytes on the cable. No process ids stand in them: what differs between two prints differs on paper. */
export function bytesOf(document: PaperDocument): Buffer {
  const { cells, charset } = chineseClone;
  const laidOut = layOut(document, { cells, encoding: TextEncoding.of(charset) });
  const segments = encodeDocument(laidOut, { profile: chineseClone, nextProcessId: () => '0001' });
  return Buffer.concat(segments.map((segment) => segment.bytes));
}

export function printed(change: Partial<SlipMaterial> = {}): readonly string[] {
  return decodePaper(bytesOf(settlementSlip(material(change)))).lines;
}

/** The text alone, for many slips: drawing the QR code is most of the work. */
export function printedText(change: Partial<SlipMaterial>): readonly string[] {
  const { blocks } = settlementSlip(material(change));
  return decodePaper(bytesOf({ blocks: blocks.filter(({ kind }) => kind !== 'qr') })).lines;
}
