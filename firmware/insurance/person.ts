/**
 * Who the patient is: QR decode (D.1), 1101 and 2001, from our words to the wire and back.
 *
 * The promise: a person's field that the platform left out arrives as an empty text (an age as −1), so that the
 * person check can say 信息不完整 by name (Z-8.1.3) instead of a general fault.
 */
import { Secret } from '../../drivers/secret.ts';
import { JsonError, type JsonObject, type JsonOutput, parseJson, parseJsonBytes } from '../json.ts';
import { FieldError, Fields } from '../json-fields.ts';
import { forStaff } from './envelope.ts';
import type { Credential, DecodedECredential, Insurance, Person, PlatformAnswer } from './insurance-platform.ts';
import { parsePlatformTime } from './platform-time.ts';

/** 居民身份证; every credential of a kiosk stands for one. */
const RESIDENT_ID = '01';
/** 正常参保 */
const INSURED = '1';

export function personInput(credential: Credential): JsonOutput {
  return {
    data: {
      mdtrt_cert_type: credential.type,
      mdtrt_cert_no: credential.number.reveal(),
      card_sn: credential.cardId?.reveal() ?? '',
      begntime: '',
      psn_cert_type: RESIDENT_ID,
      certno: credential.certificateNumber?.reveal() ?? '',
      psn_name: credential.name?.reveal() ?? '',
    },
  };
}

export function readPerson(output: Fields): Person {
  const base = output.object('baseinfo');
  const age = base.optionalText('age');
  return {
    personNumber: new Secret(base.optionalText('psn_no') ?? ''),
    name: new Secret(base.optionalText('psn_name') ?? ''),
    certificateNumber: new Secret(base.optionalText('certno') ?? ''),
    age: age !== undefined && /^\d{1,3}(\.\d)?$/.test(age) ? Math.floor(Number(age)) : -1,
    ...readGenderAndBirth(base),
    insurances: output.optionalList('insuinfo').map(readInsurance),
  };
}

function readGenderAndBirth(base: Fields): Pick<Person, 'gender' | 'bornOn'> {
  const gender = base.optionalText('gend');
  const bornOn = base.optionalText('brdy');
  return {
    ...(gender === undefined ? {} : { gender }),
    ...(bornOn === undefined ? {} : { bornOn: new Secret(bornOn.slice(0, 10)) }),
  };
}

function readInsurance(row: Fields): Insurance {
  return {
    type: row.optionalText('insutype') ?? '',
    personType: row.optionalText('psn_type') ?? '',
    active: row.optionalText('psn_insu_stas') === INSURED,
    accountBalanceFen: row.optionalAmount('balc'),
    insuredArea: row.optionalText('insuplc_admdvs') ?? '',
  };
}

export function entitlementInput(
  question: {
    readonly personNumber: Secret<string>;
    readonly insuranceType: string;
    readonly medicalType: string;
    readonly begunAt: string;
  },
  institutionCode: string,
): JsonOutput {
  return {
    data: {
      psn_no: question.personNumber.reveal(),
      insutype: question.insuranceType,
      fixmedins_code: institutionCode,
      med_type: question.medicalType,
      begntime: question.begunAt,
    },
  };
}

/** 基金款项 among the checks of 2001; the rest are remarks. */
const FUND_CHECK = '1';

/**
 * The fund pays when at least one fund row says so today.
 * @param nowMs Unix ms
 */
export function readEntitlement(
  output: Fields,
  nowMs: number,
): { readonly entitled: boolean; readonly reason: string | undefined } {
  const rows = anyList(output, 'trtinfo');
  if (rows.length === 0) throw new FieldError('no row of treatment checks');
  const enjoyed = rows.filter((row) => row.text('trt_chk_type') === FUND_CHECK && isEnjoyed(row, nowMs));
  if (enjoyed.length > 0) return { entitled: true, reason: undefined };
  const told = rows.map((row) => row.optionalText('trt_chk_rslt')).find((text) => text !== undefined);
  return { entitled: false, reason: told === undefined ? undefined : forStaff(told) };
}

function isEnjoyed(row: Fields, nowMs: number): boolean {
  if (row.text('trt_enjymnt_flag') !== '1') return false;
  const begin = parsePlatformTime(row.optionalText('begndate') ?? '');
  const end = parsePlatformTime(row.optionalText('enddate') ?? '');
  const DAY_MS = 86_400_000;
  return (begin === undefined || begin <= nowMs) && (end === undefined || nowMs < end + DAY_MS);
}

/** The list under its usual name, or else the only list there is: its node is named differently by region. */
export function anyList(output: Fields, usualName: string): readonly Fields[] {
  if (output.has(usualName)) return output.list(usualName);
  const lists = output.names().filter((name) => Array.isArray(output.value(name)));
  const [only] = lists;
  if (only === undefined || lists.length !== 1) throw new FieldError(`missing node ${usualName}`);
  return output.list(only);
}

/** `ec.query`; the code's text is opaque and used once. */
export function decodeRequest(
  codeText: Secret<string>,
  terminal: { readonly institutionCode: string; readonly operator: string; readonly businessType: string },
): JsonOutput {
  return {
    orgId: terminal.institutionCode,
    transType: 'ec.query',
    data: {
      orgId: terminal.institutionCode,
      businessType: terminal.businessType,
      operatorId: terminal.operator.slice(0, 20),
      operatorName: terminal.operator.slice(0, 30),
      officeId: '',
      officeName: '',
      deviceType: 'SelfService',
      ecQrCode: codeText.reveal(),
    },
    extra: '',
  };
}

/** `{ code, message, data }`, `data` an object or JSON inside a string; some gateways wrap it once more in `output`. */
export function readDecodeAnswer(status: number, body: Uint8Array): PlatformAnswer<DecodedECredential> {
  if (status >= 500) return { outcome: 'unknown', detail: `http ${status}` };
  try {
    const outer = Fields.of(parseJsonBytes(body), 'answer');
    const code = outer.optionalText('code') ?? outer.optionalText('infcode');
    if (code === undefined || !/^-?\d{1,9}$/.test(code)) throw new FieldError('missing code');
    if (Number(code) !== 0) {
      const message = outer.optionalText('message') ?? outer.optionalText('err_msg') ?? '';
      return { outcome: 'refused', infcode: code, message: forStaff(message) };
    }
    const data = inside(outer, outer.has('data') ? 'data' : 'output');
    return {
      outcome: 'ok',
      value: {
        token: new Secret(data.text('ecToken')),
        name: new Secret(data.optionalText('userName') ?? ''),
        certificateNumber: new Secret(data.optionalText('idNo') ?? ''),
        insuredArea: data.optionalText('insuOrg') ?? '',
      },
    };
  } catch (error) {
    if (error instanceof JsonError) return { outcome: 'unknown', detail: `http ${status}, not JSON: ${error.message}` };
    if (!(error instanceof FieldError)) throw error;
    if (status >= 400) return { outcome: 'refused', infcode: `http ${status}`, message: '' };
    return { outcome: 'malformed', detail: error.message };
  }
}

function inside(outer: Fields, name: string): Fields {
  const value = outer.value(name);
  const data = Fields.of(typeof value === 'string' && value !== '' ? parseJson(value) : (value as JsonObject), name);
  return data.has('ecToken') || !data.has('data') ? data : inside(data, 'data');
}
