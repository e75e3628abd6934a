/**
 * The wire that our own two contracts share: JSON over HTTP with a bearer token (docs/interfaces/*.openapi.yaml).
 *
 * One promise: an answer is a definite no only when it carries a reason word that the contract has for that call;
 * whatever may have been done and does not say so is `unknown` or `malformed`.
 */
import type { PartyAnswer } from './hospital/hospital-gateway.ts';
import { encodeJsonBytes, JsonError, type JsonOutput, parseJsonBytes } from './json.ts';
import { FieldError, Fields } from './json-fields.ts';
import { type HttpAnswer, HttpFailure, type HttpPort } from './ports.ts';

export interface PartyWireOptions {
  readonly http: HttpPort;
  readonly url: string;
  readonly token: string;
  /** Whole exchange, ms. */
  readonly timeoutMs: number;
}

export interface PartyCall<Value, Refusal extends string> {
  readonly method: 'GET' | 'POST';
  /** Begins with `/v1/`. */
  readonly path: string;
  readonly body?: JsonOutput;
  /** Reason words of 404 and 409 for this call. */
  readonly refusals: readonly Refusal[];
  /** A `FieldError` makes the answer malformed. */
  readonly read: (answer: Fields) => Value;
}

/** `/v1/bills/{billId}` with its parameter made safe. */
export function partyPath(strings: TemplateStringsArray, ...parameters: readonly string[]): string {
  return strings.reduce((path, part, index) => path + encodeURIComponent(parameters[index - 1] ?? '') + part);
}

export class PartyWire {
  readonly #options: PartyWireOptions;

  constructor(options: PartyWireOptions) {
    this.#options = options;
  }

  async call<Value, Refusal extends string>(call: PartyCall<Value, Refusal>): Promise<PartyAnswer<Value, Refusal>> {
    const { http, url, token, timeoutMs } = this.#options;
    let answer: HttpAnswer;
    try {
      answer = await http.request({
        method: call.method,
        url: url.replace(/\/+$/, '') + call.path,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(call.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(call.body === undefined ? {} : { body: encodeJsonBytes(call.body) }),
        timeoutMs,
      });
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { outcome: error.reach === 'notSent' ? 'unreachable' : 'unknown', detail: `http ${error.kind}` };
    }
    return judge(answer, call);
  }
}

function judge<Value, Refusal extends string>(
  answer: HttpAnswer,
  call: PartyCall<Value, Refusal>,
): PartyAnswer<Value, Refusal> {
  const { status } = answer;
  if (status >= 500) return { outcome: 'unknown', detail: `http ${status}` };
  try {
    // The contracts answer every call with an object; a proxy that answers 200 with nothing has not done it.
    const fields = read(answer.body);
    if (status === 200) return { outcome: 'ok', value: call.read(fields) };
    const reason = fields.optionalText('reason');
    const refusal = call.refusals.find((word) => word === reason);
    if (refusal !== undefined && (status === 404 || status === 409)) {
      return { outcome: 'refused', reason: refusal, detail: fields.optionalText('detail')?.slice(0, 200) ?? '' };
    }
    return { outcome: 'malformed', detail: `http ${status} without a reason of this call` };
  } catch (error) {
    if (error instanceof JsonError) return { outcome: 'unknown', detail: `http ${status}, not JSON: ${error.message}` };
    if (error instanceof FieldError) return { outcome: 'malformed', detail: error.message };
    throw error;
  }
}

function read(body: Uint8Array): Fields {
  return Fields.of(parseJsonBytes(body), 'answer').root();
}
