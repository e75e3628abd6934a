/**
 * The 120-row Chinese fee list of the encoder bench: one job, five programs.
 *
 * Each contender does the same work in memory: a title of double size, five
 * lines of information, 120 rows of four columns, a total, a QR code, a cut.
 * Whether its rows are right is judged by a decoder that none of them wrote.
 */

import { encodeDocument } from '../../drivers/receipt-printer/encoder.ts';
import { layOut } from '../../drivers/receipt-printer/layout.ts';
import type { PaperBlock, PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import { epsonLike } from '../../drivers/receipt-printer/printer-profile.ts';
import { TextEncoding } from '../../drivers/receipt-printer/text-encoding.ts';

export interface FeeRow {
  readonly name: string;
  readonly count: string;
  readonly price: string;
  readonly amount: string;
}

const NAMES = [
  '阿莫西林胶囊',
  '葡萄糖酸钙注射液',
  '复方丹参滴丸',
  '血常规五分类',
  '一次性使用注射器',
  '左氧氟沙星片0.5g',
  '维生素C片',
  '静脉采血',
  'CT平扫（胸部）',
  '头孢克肟分散片',
];

export const WIDTHS = [20, 6, 10, 12] as const;

export const title = '费用清单（测试）';
export const information = [
  '姓名：测试甲',
  '病历号：0000000001',
  '科室：心血管内科门诊',
  '日期：2026-11-22 10:30:00',
  '结算单号：TEST0000000000000001',
];
export const qrText = 'https://example.invalid/list/TEST0000000000000001';

/** Amounts in fen, so that the list adds up. */
const fees = Array.from({ length: 120 }, (_, at) => {
  const count = (at % 9) + 1;
  const priceFen = 125 + ((at * 737) % 90_000);
  return { name: NAMES[at % NAMES.length] ?? '', count, priceFen, amountFen: count * priceFen };
});
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

export const rows: readonly FeeRow[] = fees.map(({ name, count, priceFen, amountFen }) => ({
  name,
  count: String(count),
  price: yuan(priceFen),
  amount: yuan(amountFen),
}));
export const total = yuan(fees.reduce((sum, { amountFen }) => sum + amountFen, 0));

export const feeList: PaperDocument = {
  blocks: [
    { kind: 'text', text: title, size: 2, align: 'center' },
    ...information.map((text): PaperBlock => ({ kind: 'text', text })),
    ...rows.map(
      ({ name, count, price, amount }): PaperBlock => ({
        kind: 'row',
        columns: [
          { text: name, width: WIDTHS[0] },
          { text: count, width: WIDTHS[1], align: 'right' },
          { text: price, width: WIDTHS[2], align: 'right' },
          { text: amount, width: WIDTHS[3], align: 'right' },
        ],
      }),
    ),
    {
      kind: 'row',
      bold: true,
      columns: [
        { text: '合计', width: 24 },
        { text: total, width: 24, align: 'right' },
      ],
    },
    { kind: 'qr', data: qrText },
    { kind: 'cut', mode: 'partial' },
  ],
};

/** What stands on paper when a row is right: 48 cells, numbers flush right. */
export const rightRows: readonly string[] = rows.map(({ name, count, price, amount }) => {
  const cells = [...name].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 2), 0);
  return (
    name +
    ' '.repeat(WIDTHS[0] - cells) +
    count.padStart(WIDTHS[1]) +
    price.padStart(WIDTHS[2]) +
    amount.padStart(WIDTHS[3])
  );
});

export interface Contender {
  readonly name: string;
  readonly encode: () => Uint8Array;
}

/** Layout, encoding and process ids, as the driver does it before its first write. */
export function ourContender(): Contender {
  const encoding = TextEncoding.of(epsonLike.charset);
  let id = 0;
  const nextProcessId = (): string => {
    id = (id % 9_999) + 1;
    return String(id).padStart(4, '0');
  };
  return {
    name: 'yizhan',
    encode: () => {
      const laidOut = layOut(feeList, { cells: epsonLike.cells, encoding });
      return Buffer.concat(encodeDocument(laidOut, { profile: epsonLike, nextProcessId }).map(({ bytes }) => bytes));
    },
  };
}

export interface FeeListResult {
  readonly name: string;
  /** Median of the warm runs, ms. */
  readonly value: number;
  readonly unit: 'ms';
  readonly bytes: number;
  /** All 120 rows stand on paper exactly as `rightRows` has them. */
  readonly rowsExact: boolean;
}

export interface FeeListBench {
  /** Text lines that a byte stream puts on paper, read by a decoder of somebody else's. */
  readonly linesOf: (bytes: Uint8Array) => readonly string[];
  /** Milliseconds, any origin. */
  readonly nowMs: () => number;
  readonly runs?: number;
}

/** Runs of one contender between two of the others. */
const TURN = 50;

/** Contenders take turns of warm runs, so that a slow moment of the machine hits all of them. */
export function measureFeeList(contenders: readonly Contender[], bench: FeeListBench): readonly FeeListResult[] {
  const times = contenders.map((): number[] => []);
  const { runs = 300 } = bench;
  const each = Math.min(TURN, runs);
  const turns = Math.ceil(runs / each) + 1;
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, { encode }] of contenders.entries()) {
      for (let run = 0; run < each; run += 1) {
        const fromMs = bench.nowMs();
        encode();
        // The first turn only warms up.
        if (turn > 0) times[index]?.push(bench.nowMs() - fromMs);
      }
    }
  }
  return contenders.map(({ name, encode }, index) => {
    const sorted = (times[index] ?? []).sort((one, other) => one - other);
    const bytes = encode();
    const lines = new Set(bench.linesOf(bytes));
    const rowsExact = rightRows.every((row) => lines.has(row));
    return { name, value: sorted[sorted.length >> 1] ?? Number.NaN, unit: 'ms', bytes: bytes.length, rowsExact };
  });
}
