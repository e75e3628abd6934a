/**
 * Filings of a person: 5301 慢特病, 5302 定点 and the other kinds of `biz_appy_type`, 5303 在院
 * (protocols/insurance.md B.13).
 *
 * The text names no query of its own for a trauma filing (2507 only files one); 5302 takes the kind of filing as
 * `biz_appy_type`, whose table (B.17) has 02 意外伤害, so that is what is asked. The promise: a filing holds only on
 * days that it names, and a stay is over only when it says when.
 */
import type { JsonOutput } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import type { ChronicFiling, Filing, FilingQuestion, InHospital } from './insurance-reviews.ts';
import { anyList } from './person.ts';
import { parsePlatformTime, platformTime } from './platform-time.ts';

/** `biz_appy_type` of 5302 */
export const filingKinds = { trauma: '02', designatedInstitution: '03' } as const;

const DAY_MS = 86_400_000;
/** The longest stay that is looked for. */
const STAY_AGE_MS = 366 * DAY_MS;

export function chronicInput(question: FilingQuestion): JsonOutput {
  return { data: { psn_no: question.personNumber.reveal() } };
}

export function readChronicFilings(output: Fields, nowMs: number): readonly ChronicFiling[] {
  return rowsOf(output, 'feedetail').map((row) => ({
    code: row.text('opsp_dise_code'),
    name: row.optionalText('opsp_dise_name') ?? '',
    ...spanOf(row, nowMs),
  }));
}

export function filingInput(question: FilingQuestion, kind: string): JsonOutput {
  return { data: { psn_no: question.personNumber.reveal(), biz_appy_type: kind } };
}

export function readFilings(output: Fields, institutionCode: string, nowMs: number): readonly Filing[] {
  return rowsOf(output, 'psnfixmedin').map((row) => {
    const code = row.optionalText('fixmedins_code');
    return {
      institutionCode: code,
      institutionName: row.optionalText('fixmedins_name'),
      ...spanOf(row, nowMs),
      elsewhere: code !== undefined && code !== institutionCode,
    };
  });
}

export function inHospitalInput(question: FilingQuestion, nowMs: number): JsonOutput {
  return {
    data: {
      psn_no: question.personNumber.reveal(),
      begntime: platformTime(nowMs - STAY_AGE_MS),
      endtime: platformTime(nowMs + DAY_MS),
    },
  };
}

export function readInHospital(output: Fields, institutionCode: string, nowMs: number): InHospital {
  const stays = rowsOf(output, 'data')
    .filter((row) => {
      const end = parsePlatformTime(row.optionalText('endtime') ?? '');
      return end === undefined || end > nowMs;
    })
    .map((row) => ({
      visitId: row.text('mdtrt_id'),
      institutionName: row.optionalText('fixmedins_name'),
      here: row.optionalText('fixmedins_code') === institutionCode,
      departmentName: row.optionalText('adm_dept_name'),
      admittedAt: row.optionalText('begntime'),
    }));
  return { inHospital: stays.length > 0, stays };
}

/** No output at all is an answer: there is nothing. */
function rowsOf(output: Fields, usualName: string): readonly Fields[] {
  const said = output.names().some((name) => output.has(name));
  return said ? anyList(output, usualName) : [];
}

/** Both days count; a filing without a beginning has begun. */
function spanOf(row: Fields, nowMs: number) {
  const begunOn = row.optionalText('begndate')?.slice(0, 10);
  const endsOn = row.optionalText('enddate')?.slice(0, 10);
  const begin = parsePlatformTime(begunOn ?? '');
  const end = parsePlatformTime(endsOn ?? '');
  const valid = (begin === undefined || begin <= nowMs) && (end === undefined || nowMs < end + DAY_MS);
  return { begunOn, endsOn, valid };
}
