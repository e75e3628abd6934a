/**
 * The files of 3202: tab-separated text in a zip, in both directions (protocols/insurance.md B.12).
 *
 * The promise: a line of the platform's file is either read whole or named as broken; none is left out in silence, and
 * a broken line is told by its place, never by its content.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { Secret } from '../../drivers/secret.ts';
import { FieldError } from '../json-fields.ts';
import { formatYuan, parseYuan } from '../money.ts';
import { forStaff } from './envelope.ts';
import { comparisonOf } from './statement-words-table.ts';
import type { BrokenLine, LineCompared, LinesCompared, StatementLine } from './statements.ts';

/** A day of one institution is far smaller; more is a bomb or a mistake. */
const LARGEST_TEXT_BYTES = 64 * 1024 * 1024;
/** The clock of the zip format begins here; the platform does not look at it. */
const NO_TIME = '1980-01-01T00:00:00';
const COLUMNS = 10;

/** One line per settlement, no heading. */
export function statementText(lines: readonly StatementLine[]): string {
  return lines
    .map(({ settlementId, visitId, personNumber, totalFen, fundFen, accountFen, reversal }) =>
      [
        settlementId,
        visitId,
        personNumber.reveal(),
        formatYuan(totalFen),
        formatYuan(fundFen),
        formatYuan(accountFen),
        reversal ? '1' : '0',
      ].join('\t'),
    )
    .join('\n');
}

export function zipText(name: string, text: string): Uint8Array {
  return zipSync({ [name]: [strToU8(text), { mtime: NO_TIME }] });
}

/** @throws FieldError when the bytes are no zip with exactly one text, or the text is too large. */
export function unzipText(bytes: Uint8Array): string {
  let texts: readonly Uint8Array[];
  try {
    texts = Object.values(unzipSync(bytes, { filter: ({ originalSize }) => originalSize <= LARGEST_TEXT_BYTES }));
  } catch {
    throw new FieldError('the file is not a sound zip');
  }
  const [text] = texts;
  if (!text || texts.length !== 1) throw new FieldError(`the zip holds ${texts.length} texts of an allowed size`);
  return strFromU8(text);
}

export function readComparedLines(text: string): LinesCompared {
  const lines: LineCompared[] = [];
  const broken: BrokenLine[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.startsWith('psn_no\t')) continue;
    try {
      lines.push(readLine(line));
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      broken.push({ line: index + 1, why: error.message });
    }
  }
  return { lines, broken };
}

/** psn_no, mdtrt_id, setl_id, msgid, stmt_rslt, refd_setl_flag, memo, medfee_sumamt, fund_pay_sumamt, acct_pay */
function readLine(line: string): LineCompared {
  const columns = line.split('\t').map((column) => column.trim());
  if (columns.length !== COLUMNS) throw new FieldError(`${columns.length} columns, not ${COLUMNS}`);
  const [personNumber = '', visitId = '', settlementId = '', messageId = '', word = '', flag, memo = '', ...amounts] =
    columns;
  if (settlementId === '') throw new FieldError('setl_id is missing');
  if (flag !== '0' && flag !== '1') throw new FieldError('refd_setl_flag is neither 0 nor 1');
  const [totalFen, fundFen, accountFen] = amounts.map((text, index) => {
    const fen = parseYuan(text);
    if (fen === undefined) throw new FieldError(`amount ${index + 1} is not decimal`);
    return fen;
  });
  return {
    settlementId,
    messageId,
    visitId,
    personNumber: new Secret(personNumber),
    result: comparisonOf(word),
    reversal: flag === '1',
    memo: forStaff(memo),
    totalFen: totalFen ?? 0,
    fundFen: fundFen ?? 0,
    accountFen: accountFen ?? 0,
  };
}
