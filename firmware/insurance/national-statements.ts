/**
 * 3201, 3202, 9101 and 9102 over the platform's line. All of them only ask, so a doubt is answered by asking again;
 * the promise is that an answer about another office or another file is never taken for ours.
 */
import type { KioskConfig } from '../config/kiosk-config.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import type { PlatformLine } from './platform-line.ts';
import { yuan } from './settlement-amounts.ts';
import { readComparedLines, statementText, unzipText, zipText } from './statement-file.ts';
import { comparisonOf } from './statement-words-table.ts';
import type {
  ClearingGroup,
  InsuranceStatements,
  LinesCompared,
  LinesQuestion,
  Period,
  StatementTotals,
  TotalsCompared,
} from './statements.ts';
import { transactions } from './transactions.ts';

interface PlatformFile {
  /** `file_qury_no` */
  readonly number: string;
  readonly name: string;
}

export class NationalStatements implements InsuranceStatements {
  readonly #line: PlatformLine;
  readonly #institutionCode: string;

  constructor(line: PlatformLine, config: Pick<KioskConfig, 'hospital'>) {
    this.#line = line;
    this.#institutionCode = config.hospital.institutionCode;
  }

  async businessTime(): Promise<PlatformAnswer<string>> {
    const answer = await this.#line.signIn();
    if (answer.outcome !== 'ok') return answer;
    const { signedAt } = answer.value;
    if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(signedAt)) return { outcome: 'ok', value: signedAt };
    return { outcome: 'malformed', detail: 'sign_time is missing or no time' };
  }

  compareTotals(
    group: ClearingGroup,
    period: Period,
    totals: StatementTotals,
  ): Promise<PlatformAnswer<TotalsCompared>> {
    return this.#line.send({
      transaction: transactions.compareTotals,
      input: {
        data: {
          insutype: group.insuranceType,
          clr_type: group.clearingType,
          setl_optins: group.clearingOffice,
          ...dates(period),
          medfee_sumamt: yuan(totals.totalFen),
          fund_pay_sumamt: yuan(totals.fundFen),
          acct_pay: yuan(totals.accountFen),
          fixmedins_setl_cnt: totals.count,
        },
      },
      read: (output) => readTotals(output, group),
    });
  }

  async compareLines(question: LinesQuestion): Promise<PlatformAnswer<LinesCompared>> {
    const uploaded = await this.#upload(statementText(question.lines), question.period);
    if (uploaded.outcome !== 'ok') return uploaded;
    const { period, totals } = question;
    const compared = await this.#line.send({
      transaction: transactions.compareLines,
      input: {
        data: {
          setl_optins: question.clearingOffice,
          clr_type: question.clearingType,
          file_qury_no: uploaded.value.number,
          ...dates(period),
          medfee_sumamt: yuan(totals.totalFen),
          fund_pay_sumamt: yuan(totals.fundFen),
          cash_payamt: yuan(totals.ownFen),
          fixmedins_setl_cnt: totals.count,
        },
      },
      read: readFile,
    });
    if (compared.outcome !== 'ok') return compared;
    return this.#download(compared.value);
  }

  #upload(text: string, { from, to }: Period): Promise<PlatformAnswer<PlatformFile>> {
    const name = `${this.#institutionCode}_${from}_${to}`.replaceAll('-', '');
    const bytes = zipText(`${name}.txt`, text);
    return this.#line.send({
      transaction: transactions.uploadFile,
      // A byte of the platform's own language is signed.
      input: {
        fsUploadIn: {
          in: [...new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)],
          filename: `${name}.zip`,
          fixmedins_code: this.#institutionCode,
        },
      },
      read: readFile,
    });
  }

  #download({ number, name }: PlatformFile): Promise<PlatformAnswer<LinesCompared>> {
    return this.#line.download({
      transaction: transactions.downloadFile,
      input: { fsDownloadIn: { file_qury_no: number, filename: name, fixmedins_code: this.#institutionCode } },
      read: (bytes) => readComparedLines(unzipText(bytes)),
    });
  }
}

function dates({ from, to }: Period) {
  return { stmt_begndate: from, stmt_enddate: to };
}

function readTotals(output: Fields, { clearingOffice }: ClearingGroup): TotalsCompared {
  const info = output.object('stmtinfo');
  const office = info.optionalText('setl_optins');
  if (office !== undefined && office !== clearingOffice) {
    throw new FieldError('setl_optins is not the office that was asked about');
  }
  return { result: comparisonOf(info.text('stmt_rslt')), description: info.optionalText('stmt_rslt_dscr') ?? '' };
}

/** 3202 names the file in a node of its own, 9101 mostly not. */
function readFile(output: Fields): PlatformFile {
  const info = output.has('fileinfo') ? output.object('fileinfo') : output;
  return { number: info.text('file_qury_no'), name: info.text('filename') };
}
