/**
 * The centre's accounts: 3201 对总账 and 3202 对明细账 with its files by 9101 and 9102 (reference, B.12 and B.14).
 *
 * It compares what the institution says with the centre's own records, and with nothing else. Hands can lose a
 * record, change it or turn it down, as happens at real centres.
 */
import { dayText, secondText } from '../beijing-time.ts';
import { parseDecimal, parseFen } from '../decimal.ts';
import type { PartyAnswer, PartyClock } from '../party.ts';
import { fieldOf, isList, isObject, NumberText, type WireObject } from '../wire-json.ts';
import { readZip, writeZip } from '../zip-file.ts';
import { Refusal } from './refusal.ts';
import { type FiledLine, readFiledLines, type StatementRow, writeRow } from './statement-lines.ts';
import { word } from './visit-nodes.ts';

export interface StatementRules {
  /** Which words `stmt_rslt` is written in. */
  readonly words: 'oneDigit' | 'threeDigits' | 'sixZeros';
  /** Whether 3202 lists every line, or only those that do not agree. */
  readonly listsEqual: boolean;
}

type Result = 'equal' | 'centreMore' | 'institutionMore' | 'differ';

const WORDS: Readonly<Record<StatementRules['words'], Readonly<Record<Result, string>>>> = {
  oneDigit: { equal: '0', centreMore: '1', institutionMore: '2', differ: '3' },
  threeDigits: { equal: '0', centreMore: '101', institutionMore: '102', differ: '103' },
  sixZeros: { equal: '000000', centreMore: '101', institutionMore: '102', differ: '103' },
};

const FILE_LIFE_MS = 24 * 3_600_000;
const LARGEST_FILE_BYTES = 8 * 1024 * 1024;

interface KeptFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly untilMs: number;
}

export class StatementDesk {
  readonly #clock: PartyClock;
  readonly #records: () => readonly StatementRow[];
  readonly #rules: StatementRules;
  readonly #institutionCode: string;
  readonly #files = new Map<string, KeptFile>();
  readonly #lost = new Set<string>();
  readonly #changed = new Map<string, Partial<StatementRow>>();
  readonly #turnedDown = new Map<string, string>();
  #sequence = 0;

  constructor(parts: {
    readonly clock: PartyClock;
    /** Everything that counts at the centre now; reversals are rows of their own. */
    readonly records: () => readonly StatementRow[];
    readonly rules: StatementRules;
    readonly institutionCode: string;
  }) {
    this.#clock = parts.clock;
    this.#records = parts.records;
    this.#rules = parts.rules;
    this.#institutionCode = parts.institutionCode;
  }

  /** Hands at the centre: a record is lost. */
  loseRecord(settlementId: string): void {
    this.#lost.add(settlementId);
  }

  findRecord(settlementId: string): void {
    this.#lost.delete(settlementId);
  }

  /** Hands: amounts of a record are not what 2207 answered. */
  changeRecord(settlementId: string, change: Partial<Pick<StatementRow, 'totalFen' | 'fundFen' | 'accountFen'>>): void {
    this.#changed.set(settlementId, change);
  }

  /** Hands: an irregular claim is not paid, and why (N-32). */
  turnDown(settlementId: string, cause: string): void {
    this.#turnedDown.set(settlementId, cause);
  }

  /** What the centre will clear. */
  rows(from: string, to: string): readonly StatementRow[] {
    return this.#records()
      .filter(({ settlementId }) => !this.#lost.has(settlementId) && !this.#turnedDown.has(settlementId))
      .map((row) => ({ ...row, ...this.#changed.get(row.settlementId) }))
      .filter((row) => dayText(row.atMs) >= from && dayText(row.atMs) <= to);
  }

  /** @throws Refusal */
  answer(transaction: '3201' | '3202' | '9101', input: WireObject): WireObject {
    if (transaction === '9101') return this.#upload(nodeOf(input, 'fsUploadIn'));
    const data = nodeOf(input, 'data');
    return transaction === '3201' ? this.#totals(data) : this.#details(data);
  }

  /** 3201 @throws Refusal */
  #totals(data: WireObject): WireObject {
    const [from, to] = period(data);
    const office = word(data, 'setl_optins');
    const rows = this.rows(from, to).filter(
      (row) =>
        row.insuranceType === word(data, 'insutype') &&
        row.clearingType === word(data, 'clr_type') &&
        row.clearingOffice === office,
    );
    const ours = [sum(rows, 'totalFen'), sum(rows, 'fundFen'), sum(rows, 'accountFen'), rows.length];
    const asked = [fen(data, 'medfee_sumamt'), fen(data, 'fund_pay_sumamt'), fen(data, 'acct_pay'), count(data)];
    const result = compare(ours, asked);
    const text = result === 'equal' ? '对账平' : '总额或笔数不一致';
    return { stmtinfo: { setl_optins: office, stmt_rslt: this.#word(result), stmt_rslt_dscr: text } };
  }

  /** 9101 @throws Refusal */
  #upload(node: WireObject): WireObject {
    this.#requireOurs(node);
    const list = fieldOf(node, 'in');
    if (!isList(list) || list.length === 0 || list.length > LARGEST_FILE_BYTES) throw new Refusal('文件内容不能为空');
    const numbers = list.map((item) => (item instanceof NumberText ? Number(item.text) : Number.NaN));
    if (!numbers.every((byte) => Number.isInteger(byte) && byte >= -128 && byte <= 255)) {
      throw new Refusal('文件内容不是字节数组');
    }
    return this.#keep(word(node, 'filename'), Uint8Array.from(numbers));
  }

  /** 3202 @throws Refusal */
  #details(data: WireObject): WireObject {
    const [from, to] = period(data);
    const file = this.#file(word(data, 'file_qury_no'));
    const filed = filedLines(file.bytes);
    for (const name of ['totalFen', 'fundFen'] as const) {
      const said = fen(data, name === 'totalFen' ? 'medfee_sumamt' : 'fund_pay_sumamt');
      if (said !== sum(filed, name)) throw new Refusal('上传明细合计与对账总额不一致');
    }
    if (count(data) !== filed.length) throw new Refusal('上传明细笔数与对账笔数不一致');
    const office = word(data, 'setl_optins');
    const clearingType = word(data, 'clr_type');
    const rows = this.rows(from, to).filter(
      (row) => row.clearingOffice === office && (clearingType === '' || row.clearingType === clearingType),
    );
    const text = this.#compareAll(rows, filed).join('\n');
    const name = `${this.#institutionCode}_stmt_${from}_${to}.zip`;
    const zip = writeZip({ name: name.replace('.zip', '.txt'), bytes: new TextEncoder().encode(text) });
    return { fileinfo: this.#keep(name, zip) };
  }

  /** 9102: the bytes themselves. @throws Refusal */
  download(input: WireObject): PartyAnswer {
    const node = nodeOf(input, 'fsDownloadIn');
    this.#requireOurs(node);
    const file = this.#file(word(node, 'file_qury_no'));
    if (file.name !== word(node, 'filename')) throw new Refusal('文件名与文件查询号不一致');
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: file.bytes };
  }

  #compareAll(rows: readonly StatementRow[], filed: readonly FiledLine[]): readonly string[] {
    const ours = new Map(rows.map((row) => [row.settlementId, row]));
    const lines: string[] = [];
    const add = (row: Omit<StatementRow, 'atMs'>, result: Result, memo = ''): void => {
      if (result !== 'equal' || this.#rules.listsEqual) lines.push(writeRow(row, this.#word(result), memo));
    };
    const seen = new Set<string>();
    for (const line of filed) {
      const row = ours.get(line.settlementId);
      const again = seen.has(line.settlementId);
      seen.add(line.settlementId);
      if (row && !again) {
        const same =
          row.totalFen === line.totalFen && row.fundFen === line.fundFen && row.accountFen === line.accountFen;
        add(row, same ? 'equal' : 'differ');
        continue;
      }
      const cause = this.#turnedDown.get(line.settlementId);
      const known =
        cause === undefined ? undefined : this.#records().find((one) => one.settlementId === line.settlementId);
      const nothing = { messageId: '', insuranceType: '', clearingType: '', clearingOffice: '' };
      add({ ...nothing, ...(known ?? line) }, 'institutionMore', cause ?? '');
    }
    for (const row of rows) if (!seen.has(row.settlementId)) add(row, 'centreMore');
    return lines;
  }

  #word(result: Result): string {
    return WORDS[this.#rules.words][result];
  }

  #keep(name: string, bytes: Uint8Array): WireObject {
    this.#sequence += 1;
    const number = `F${String(this.#sequence).padStart(20, '0')}`;
    const untilMs = this.#clock.wallMs() + FILE_LIFE_MS;
    this.#files.set(number, { name, bytes, untilMs });
    return { file_qury_no: number, filename: name, dld_endtime: secondText(untilMs) };
  }

  #file(number: string): KeptFile {
    const file = this.#files.get(number);
    if (!file || file.untilMs < this.#clock.wallMs()) throw new Refusal('文件不存在或已过期');
    return file;
  }

  #requireOurs(node: WireObject): void {
    if (word(node, 'fixmedins_code') !== this.#institutionCode) throw new Refusal('定点医药机构编号与接入机构不一致');
  }
}

function nodeOf(input: WireObject, name: string): WireObject {
  const node = fieldOf(input, name);
  return isObject(node) ? node : {};
}

function filedLines(bytes: Uint8Array): readonly FiledLine[] {
  try {
    return readFiledLines(new TextDecoder('utf-8', { fatal: true }).decode(readZip(bytes).bytes));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('上传文件不是有效的压缩文本');
  }
}

function compare(ours: readonly number[], asked: readonly number[]): Result {
  if (ours.every((value, index) => value === asked[index])) return 'equal';
  if (ours.every((value, index) => value >= (asked[index] ?? 0))) return 'centreMore';
  return ours.every((value, index) => value <= (asked[index] ?? 0)) ? 'institutionMore' : 'differ';
}

function sum<Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): number {
  return rows.reduce((total, row) => total + row[name], 0);
}

function period(data: WireObject): readonly [from: string, to: string] {
  const from = word(data, 'stmt_begndate');
  const to = word(data, 'stmt_enddate');
  if (from > to) throw new Refusal('对账开始日期晚于结束日期');
  return [from, to];
}

function fen(data: WireObject, name: string): number {
  const value = parseFen(word(data, name));
  if (value === undefined) throw new Refusal(`data.${name}金额不正确`);
  return value;
}

function count(data: WireObject): number {
  const value = parseDecimal(word(data, 'fixmedins_setl_cnt'), 0);
  if (value === undefined) throw new Refusal('data.fixmedins_setl_cnt不正确');
  return Number(value);
}
