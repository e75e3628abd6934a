/**
 * The envelope of the national interface (protocols/insurance.md A).
 *
 * One promise: an answer is read as exactly one of *done* (`infcode` 0 and an output), *refused* (`infcode` another
 * whole number) or *not an envelope*; nothing in between is guessed.
 */
import { encodeJsonBytes, JsonError, type JsonObject, type JsonOutput, parseJson, parseJsonBytes } from '../json.ts';
import { FieldError, Fields } from '../json-fields.ts';

export interface EnvelopeHead {
  /** `infno` */
  readonly transaction: string;
  /** `msgid` */
  readonly messageId: string;
  /** `mdtrtarea_admvs` (spelt so) */
  readonly areaCode: string;
  /** `insuplc_admdvs`, empty until 1101 has answered. */
  readonly insuredArea: string;
  /** `recer_sys_code` */
  readonly receiverSystemCode: string;
  /** `infver` */
  readonly interfaceVersion: string;
  /** Our terminal: `dev_no`, `opter`, `opter_name`. */
  readonly terminal: string;
  /** `inf_time`, yyyy-MM-dd HH:mm:ss */
  readonly sentAt: string;
  /** `fixmedins_code`, `fixmedins_name` */
  readonly institutionCode: string;
  readonly institutionName: string;
  /** `sign_no`, empty for 9001 only. */
  readonly signNumber: string;
}

/** 经办人类别 `opter_type`: 2 = 自助终端. */
const SELF_SERVICE_TERMINAL = '2';

export function encodeEnvelope(head: EnvelopeHead, input: JsonOutput): Uint8Array {
  return encodeJsonBytes({
    infno: head.transaction,
    msgid: head.messageId,
    mdtrtarea_admvs: head.areaCode,
    insuplc_admdvs: head.insuredArea,
    recer_sys_code: head.receiverSystemCode,
    dev_no: head.terminal,
    dev_safe_info: '',
    cainfo: '',
    signtype: '',
    infver: head.interfaceVersion,
    opter_type: SELF_SERVICE_TERMINAL,
    opter: head.terminal,
    opter_name: head.terminal,
    inf_time: head.sentAt,
    fixmedins_code: head.institutionCode,
    fixmedins_name: head.institutionName,
    sign_no: head.signNumber,
    input,
  });
}

type Said =
  /** `output` is an empty object for transactions that answer nothing. */
  | { readonly kind: 'done'; readonly output: Fields }
  | { readonly kind: 'refused'; readonly infcode: string; readonly message: string }
  /** `infcode` 0, but the rest is not what the envelope promises. */
  | { readonly kind: 'broken'; readonly detail: string }
  /** HTML, cut off, another JSON: says nothing about what happened. */
  | { readonly kind: 'noEnvelope'; readonly detail: string };

/** `respondTime`: `respond_time` as the platform wrote it. */
export type EnvelopeAnswer = Said & { readonly respondTime?: string | undefined };

export function readEnvelope(body: Uint8Array): EnvelopeAnswer {
  let envelope: Fields;
  let infcode: string | undefined;
  let respondTime: string | undefined;
  try {
    envelope = Fields.of(parseJsonBytes(body), 'envelope');
    infcode = envelope.optionalText('infcode');
    respondTime = respondTimeOf(envelope);
  } catch (error) {
    return { kind: 'noEnvelope', detail: why(error) };
  }
  if (infcode === undefined) return { kind: 'noEnvelope', detail: 'missing infcode' };
  if (!/^-?\d{1,9}$/.test(infcode)) return { kind: 'noEnvelope', detail: 'infcode is no whole number' };
  try {
    if (Number(infcode) !== 0) {
      return { kind: 'refused', infcode, message: forStaff(envelope.optionalText('err_msg') ?? ''), respondTime };
    }
    return { kind: 'done', output: readOutput(envelope), respondTime };
  } catch (error) {
    return { kind: 'broken', detail: why(error), respondTime };
  }
}

/** Only the calendars are compared by it: one that is no text spoils no answer. */
function respondTimeOf(envelope: Fields): string | undefined {
  try {
    return envelope.optionalText('respond_time');
  } catch (error) {
    if (error instanceof FieldError) return undefined;
    throw error;
  }
}

/** `output` is an object, sometimes as JSON inside a string, and absent when there is nothing to say. */
function readOutput(envelope: Fields): Fields {
  const output = envelope.value('output');
  if (output === undefined || output === null || output === '') return new Fields(new Map() as JsonObject);
  return Fields.of(typeof output === 'string' ? parseJson(output) : output, 'output').root();
}

/** A message is for staff: long numbers of people that platforms like to repeat in it are masked, message ids are not. */
export function forStaff(message: string): string {
  return message
    .replace(/(?<![H\d])\d{15,}[Xx]?/g, '▒▒▒')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

function why(error: unknown): string {
  if (error instanceof JsonError) return `not JSON: ${error.message}`;
  if (error instanceof FieldError) return error.message;
  throw error;
}
