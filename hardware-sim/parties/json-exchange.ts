/**
 * JSON answers of every party, and the form of the two open contracts (hospital,
 * payment): bearer token, whole fen, refusals as `{ reason, detail }`.
 */
import { timingSafeEqual } from 'node:crypto';
import type { PartyAnswer, PartyRequest } from './party.ts';
import {
  fieldOf,
  isObject,
  NumberText,
  readJson,
  textOf,
  type WireObject,
  type WireValue,
  writeJson,
} from './wire-json.ts';

/** Becomes an answer with this status and reason word. */
export class ContractRefusal extends Error {
  override readonly name = 'ContractRefusal';
  readonly status: 400 | 401 | 404 | 405 | 409;
  readonly reason: string;

  constructor(status: ContractRefusal['status'], reason: string, detail: string) {
    super(detail);
    this.status = status;
    this.reason = reason;
  }
}

export function answerJson(status: number, body: WireValue): PartyAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: new TextEncoder().encode(writeJson(body)),
  };
}

/** Runs one exchange; refusals become answers, our own mistakes are thrown on. */
export function exchange(request: PartyRequest, token: string, work: () => WireValue): PartyAnswer {
  try {
    if (!holdsToken(request, token)) throw new ContractRefusal(401, 'unauthorized', 'bad token');
    return answerJson(200, work());
  } catch (error) {
    if (!(error instanceof ContractRefusal)) throw error;
    return answerJson(error.status, { reason: error.reason, detail: error.message });
  }
}

function holdsToken(request: PartyRequest, token: string): boolean {
  const shown = Buffer.from(request.headers['authorization'] ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}

/** @throws ContractRefusal 400 */
export function bodyOf(request: PartyRequest): WireObject {
  let body: WireValue;
  try {
    body = readJson(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    throw new ContractRefusal(400, 'malformed', 'the body is not JSON');
  }
  if (!isObject(body)) throw new ContractRefusal(400, 'malformed', 'the body is not an object');
  return body;
}

/** A text of 1–200 characters. @throws ContractRefusal 400 */
export function textField(body: WireObject, name: string): string {
  const text = textOf(body, name);
  if (text === undefined || text.length > 200 || typeof fieldOf(body, name) !== 'string') {
    throw new ContractRefusal(400, 'malformed', `${name} is missing or no text`);
  }
  return text;
}

/** A whole number ≥ 0 within 10^13. @throws ContractRefusal 400 */
export function wholeField(body: WireObject, name: string): number {
  const field = fieldOf(body, name);
  if (!(field instanceof NumberText) || !/^\d{1,13}$/.test(field.text)) {
    throw new ContractRefusal(400, 'malformed', `${name} is missing or no whole number`);
  }
  return Number(field.text);
}

/** Path segments after `/v1/`, decoded. @throws ContractRefusal */
export function pathWords(request: PartyRequest): readonly string[] {
  const [path = ''] = request.path.split('?');
  if (!path.startsWith('/v1/')) throw new ContractRefusal(404, 'notFound', 'no such path');
  try {
    return path.slice('/v1/'.length).split('/').map(decodeURIComponent);
  } catch {
    throw new ContractRefusal(400, 'malformed', 'the path is not well encoded');
  }
}
