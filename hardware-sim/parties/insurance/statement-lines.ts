/** Lines of the two statement files: what an institution files for 3202, and what the centre writes back. */
import { fenText, parseFen } from '../decimal.ts';
import { Refusal } from './refusal.ts';
import type { CentreRecord, SettlementDesk } from './settlement-desk.ts';

/** One record that the centre will clear; a reversal has negative amounts. */
export interface StatementRow {
  readonly settlementId: string;
  /** The message that made it; of a reversal, the 2208. */
  readonly messageId: string;
  readonly visitId: string;
  readonly personNumber: string;
  readonly insuranceType: string;
  /** `clr_type` */
  readonly clearingType: string;
  /** `clr_optins` */
  readonly clearingOffice: string;
  readonly totalFen: number;
  readonly fundFen: number;
  readonly accountFen: number;
  readonly reversal: boolean;
  readonly atMs: number;
}

/** setl_id, mdtrt_id, psn_no, medfee_sumamt, fund_pay_sumamt, acct_pay, refd_setl_flag */
export type FiledLine = Pick<
  StatementRow,
  'settlementId' | 'visitId' | 'personNumber' | 'totalFen' | 'fundFen' | 'accountFen' | 'reversal'
>;

/** Settlements and voids of the settlement desk, as they count. */
export function rowsOf(desk: SettlementDesk, areaCode: string): readonly StatementRow[] {
  const settled = [...desk.settlements.values()].filter((record) => record.state !== 'reversed');
  const voided = [...desk.voids.values()].filter((record) => record.state === 'live');
  return [
    ...settled.map((record) => rowOf(record, areaCode)),
    ...voided.map(({ original, settlementId, messageId, voidedAtMs }) => {
      const { totalFen, fundFen, accountFen, ...row } = rowOf(original, areaCode);
      const back = { totalFen: 0 - totalFen, fundFen: 0 - fundFen, accountFen: 0 - accountFen };
      return { ...row, ...back, settlementId, messageId, reversal: true, atMs: voidedAtMs };
    }),
  ];
}

function rowOf(
  { settlementId, messageId, visit, request, split, settledAtMs }: CentreRecord,
  areaCode: string,
): StatementRow {
  return {
    settlementId,
    messageId,
    visitId: visit.visitId,
    personNumber: request.personNumber,
    insuranceType: request.insuranceType,
    // 11 门诊, 21 住院
    clearingType: request.care === 'inpatient' ? '21' : '11',
    clearingOffice: areaCode,
    totalFen: split.lines.amountFen,
    fundFen: split.fundFen,
    accountFen: split.accountFen,
    reversal: false,
    atMs: settledAtMs,
  };
}

/** @throws Refusal that names the line, never its content. */
export function readFiledLines(text: string): readonly FiledLine[] {
  if (text === '') return [];
  return text.split('\n').map((line, index) => {
    const columns = line.replace(/\r$/, '').split('\t');
    const [settlementId = '', visitId = '', personNumber = '', ...rest] = columns;
    const [totalFen, fundFen, accountFen] = rest.slice(0, 3).map(parseFen);
    const flag = rest[3];
    const inForm = columns.length === 7 && settlementId !== '' && (flag === '0' || flag === '1');
    if (!inForm || totalFen === undefined || fundFen === undefined || accountFen === undefined) {
      throw new Refusal(`上传明细第${index + 1}行格式不正确`);
    }
    return { settlementId, visitId, personNumber, totalFen, fundFen, accountFen, reversal: flag === '1' };
  });
}

/** psn_no, mdtrt_id, setl_id, msgid, stmt_rslt, refd_setl_flag, memo, medfee_sumamt, fund_pay_sumamt, acct_pay */
export function writeRow(row: Omit<StatementRow, 'atMs'>, result: string, memo: string): string {
  const { personNumber, visitId, settlementId, messageId, reversal, totalFen, fundFen, accountFen } = row;
  const amounts = [totalFen, fundFen, accountFen].map(fenText);
  return [personNumber, visitId, settlementId, messageId, result, reversal ? '1' : '0', memo, ...amounts].join('\t');
}
