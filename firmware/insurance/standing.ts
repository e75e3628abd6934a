/**
 * Who may bill the fund: our agreement (1201), departments (5101) and practitioners (5102).
 *
 * The promise: only a row that is there, has begun, has not ended and is not marked invalid is `active`; no row at
 * all is `unknown`, and who asks must treat that as a no (SZ-277).
 */
import type { JsonOutput } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import type { Standing } from './insurance-platform.ts';
import { anyList } from './person.ts';
import { parsePlatformTime } from './platform-time.ts';

/** `fixmedins_type` 定点医疗机构 */
const MEDICAL_INSTITUTION = '1';
const RESIDENT_ID = '01';

export function institutionInput(institution: { readonly code: string; readonly name: string }): JsonOutput {
  return {
    medinsinfo: {
      fixmedins_type: MEDICAL_INSTITUTION,
      fixmedins_name: institution.name,
      fixmedins_code: institution.code,
    },
  };
}

/** What 1201 said of our agreement. */
export interface AgreementSaid {
  readonly standing: Standing;
  /** Last instant of the period that holds now, Unix ms; `undefined` where the platform names none. */
  readonly endsAtMs: number | undefined;
}

export function readInstitutionStanding(
  output: Fields,
  code: string,
  { nowMs, onAgreement }: { readonly nowMs: number; readonly onAgreement?: (said: AgreementSaid) => void },
): Standing {
  const place = { list: 'medinsinfo', key: 'fixmedins_code', code };
  const standing = standingIn(output, place, nowMs);
  const ends = rowsOf(output, place)
    .filter((row) => standingOf(row, nowMs) === standing)
    .flatMap((row) => endOf(row) ?? []);
  onAgreement?.({ standing, endsAtMs: ends.length > 0 ? Math.max(...ends) : undefined });
  return standing;
}

export function departmentInput(departmentCode: string): JsonOutput {
  return { data: { hosp_dept_codg: departmentCode } };
}

export function readDepartmentStanding(output: Fields, code: string, nowMs: number): Standing {
  return standingIn(output, { list: 'feedetail', key: 'hosp_dept_codg', code }, nowMs);
}

export function practitionerInput(practitionerCode: string): JsonOutput {
  return {
    data: {
      prac_psn_type: practitionerType(practitionerCode),
      psn_cert_type: RESIDENT_ID,
      certno: '',
      prac_psn_name: '',
      prac_psn_code: practitionerCode,
    },
  };
}

/** 执业人员分类, told by the code's letter: 1 医师, 2 护士, 3 药师, 4 医技人员. */
function practitionerType(code: string): string {
  if (code.startsWith('HJ')) return '4';
  if (code.startsWith('HY') || code.startsWith('Y')) return '3';
  return code.startsWith('N') ? '2' : '1';
}

export function readPractitionerStanding(output: Fields, code: string, nowMs: number): Standing {
  return standingIn(output, { list: 'feedetail', key: 'prac_psn_code', code }, nowMs);
}

interface Place {
  readonly list: string;
  readonly key: string;
  readonly code: string;
}

function rowsOf(output: Fields, { list, key, code }: Place): readonly Fields[] {
  const rows = output.names().length === 0 ? [] : anyList(output, list);
  return rows.filter((row) => row.optionalText(key) === code);
}

function standingIn(output: Fields, place: Place, nowMs: number): Standing {
  const standings = rowsOf(output, place).map((row) => standingOf(row, nowMs));
  // Several rows are several periods of the same filing: one that holds today is enough.
  const order: readonly Standing[] = ['active', 'paused', 'ended'];
  return order.find((standing) => standings.includes(standing)) ?? 'unknown';
}

function endOf(row: Fields): number | undefined {
  return parsePlatformTime(row.optionalText('endtime') ?? row.optionalText('enddate') ?? '');
}

function standingOf(row: Fields, nowMs: number): Standing {
  const begin = parsePlatformTime(row.optionalText('begntime') ?? row.optionalText('begndate') ?? '');
  const end = endOf(row);
  if (end !== undefined && end <= nowMs) return 'ended';
  if (begin !== undefined && begin > nowMs) return 'paused';
  if ((row.optionalText('vali_flag') ?? '1') !== '1') return 'paused';
  // 医保医师标志 of 5102
  return row.optionalText('hi_dr_flag') === '0' ? 'paused' : 'active';
}
