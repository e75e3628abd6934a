/**
 * The envelope around every transaction: reads and checks a request, writes an
 * answer (reference, section A). One promise: nothing behind it sees a request
 * whose sender, time or message id is not in order.
 */
import { compactMillisecond, compactSecond, parseSecond } from '../beijing-time.ts';
import { answerJson } from '../json-exchange.ts';
import type { PartyAnswer, PartyClock } from '../party.ts';
import { fieldOf, isObject, readJson, textOf, type WireObject, type WireValue, writeJson } from '../wire-json.ts';
import { checkFields } from './field-check.ts';
import { Refusal } from './refusal.ts';

export interface Envelope {
  readonly transaction: string;
  readonly messageId: string;
  readonly institutionCode: string;
  readonly operator: string;
  readonly signNumber: string | undefined;
  /** `insuplc_admdvs` */
  readonly insuredArea: string | undefined;
  readonly input: WireObject;
}

const TABLE =
  'infno:6! msgid:30! mdtrtarea_admvs:6! insuplc_admdvs:6 recer_sys_code:10! dev_no:100 dev_safe_info:2000 cainfo:1024 ' +
  'signtype:10 infver:6! opter_type:3! opter:30! opter_name:50! inf_time:DT! fixmedins_code:12! fixmedins_name:200! sign_no:30';
const MESSAGE_WINDOW_MS = 600_000;

/** @throws Refusal when the envelope is not in order. */
export function readEnvelope(
  body: Uint8Array,
  home: { readonly institutionCode: string; readonly areaCode: string; readonly nowMs: number },
): Envelope {
  const root = parseBody(body);
  checkFields(root, TABLE, '报文');
  const field = (name: string): string => textOf(root, name) ?? '';
  const messageId = field('msgid');
  if (field('fixmedins_code') !== home.institutionCode) throw new Refusal('定点医药机构编号与接入机构不一致');
  if (field('mdtrtarea_admvs') !== home.areaCode) throw new Refusal('就医地医保区划不正确');
  const sentAt = /^\w{12}\d{18}$/.test(messageId) ? parseSecond(messageId.slice(12, 26)) : undefined;
  if (!messageId.startsWith(home.institutionCode) || sentAt === undefined) throw new Refusal('发送方报文ID格式不正确');
  if (Math.abs(sentAt - home.nowMs) > MESSAGE_WINDOW_MS) throw new Refusal('发送方报文ID时间超出允许范围');
  if (!['1', '2', '3'].includes(field('opter_type'))) throw new Refusal('经办人类别不正确');
  if (!/^\d{6}$/.test(field('mdtrtarea_admvs'))) throw new Refusal('就医地医保区划不正确');
  const input = fieldOf(root, 'input') ?? {};
  if (!isObject(input)) throw new Refusal('交易输入格式不正确');
  const insuredArea = textOf(root, 'insuplc_admdvs');
  if (insuredArea === undefined && holdsPersonNumber(input)) throw new Refusal('参保地医保区划不能为空');
  return {
    transaction: field('infno'),
    messageId,
    institutionCode: field('fixmedins_code'),
    operator: field('opter'),
    signNumber: textOf(root, 'sign_no'),
    insuredArea,
    input,
  };
}

function parseBody(body: Uint8Array): WireValue {
  try {
    return readJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal('报文不是有效的JSON');
  }
}

function holdsPersonNumber(input: WireObject): boolean {
  return Object.values(input).some((node) => textOf(Array.isArray(node) ? node[0] : node, 'psn_no') !== undefined);
}

/** Writes answers of one platform; some gateways hand `output` over as JSON text. */
export class AnswerWriter {
  readonly #clock: PartyClock;
  readonly #areaCode: string;
  readonly #outputAsText: boolean;
  #sequence = 0;

  constructor(clock: PartyClock, areaCode: string, outputAsText: boolean) {
    this.#clock = clock;
    this.#areaCode = areaCode;
    this.#outputAsText = outputAsText;
  }

  done(output: WireObject): PartyAnswer {
    return this.#write('0', null, this.#outputAsText ? writeJson(output) : output);
  }

  refused(message: string): PartyAnswer {
    return this.#write('-1', message, null);
  }

  #write(code: '0' | '-1', message: string | null, output: WireValue): PartyAnswer {
    const now = this.#clock.wallMs();
    this.#sequence = (this.#sequence + 1) % 10_000_000_000;
    return answerJson(200, {
      // A bare number for success and text for failure: both forms occur in the field.
      infcode: code === '0' ? 0 : code,
      inf_refmsgid: this.#areaCode + compactSecond(now) + String(this.#sequence).padStart(10, '0'),
      refmsg_time: compactMillisecond(now),
      respond_time: compactMillisecond(now),
      err_msg: message,
      warn_msg: null,
      cainfo: null,
      signtype: null,
      output,
    });
  }
}
