/**
 * Answers that break the contract, as transforms for `Mischief.answer`: what
 * gateways, proxies and careless platforms really send.
 */
import type { Transform } from './mischief.ts';
import type { PartyAnswer } from './party.ts';
import { isList, isObject, NumberText, readJson, type WireValue, writeJson } from './wire-json.ts';

/** Changes the JSON of an answer; answers that are no JSON stay as they are. */
function changing(change: (body: WireValue) => WireValue): Transform {
  return (answer) => {
    try {
      const body = readJson(new TextDecoder().decode(answer.body));
      return { ...answer, body: new TextEncoder().encode(writeJson(change(body))) };
    } catch (error) {
      if (error instanceof SyntaxError) return answer;
      throw error;
    }
  };
}

function eachAmount(value: WireValue, change: (text: string) => WireValue): WireValue {
  if (value instanceof NumberText) return /^-?\d+\.\d\d$/.test(value.text) ? change(value.text) : value;
  if (isList(value)) return value.map((member) => eachAmount(member, change));
  if (!isObject(value)) return value;
  const changed: Record<string, WireValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) changed[name] = eachAmount(member, change);
  }
  return changed;
}

/** Every member with this name, at any depth. */
function eachMember(value: WireValue, name: string, change: (member: WireValue) => WireValue | undefined): WireValue {
  if (isList(value)) return value.map((member) => eachMember(member, name, change));
  if (!isObject(value)) return value;
  const changed: Record<string, WireValue> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const kept = key === name ? change(member) : eachMember(member, name, change);
    if (kept !== undefined) changed[key] = kept;
  }
  return changed;
}

function page(status: number, html: string): Transform {
  return () => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: new TextEncoder().encode(html),
  });
}

export const badAnswers = {
  /** `"12.50"` instead of 12.50: allowed by the interface, so a client must read it. */
  amountsAsStrings: changing((body) => eachAmount(body, (text) => text)),
  amountsNull: changing((body) => eachAmount(body, () => null)),
  amountsEmpty: changing((body) => eachAmount(body, () => '')),
  /** 12.50 → 1.250e1 */
  amountsWithExponent: changing((body) =>
    eachAmount(
      body,
      (text) =>
        new NumberText(
          `${text.replace('.', '').replace(/^(-?\d)(?=\d)/, '$1.')}e${text.replace(/^-/, '').indexOf('.') - 1}`,
        ),
    ),
  ),
  /** 12.50 → 12.505 */
  amountsWithThreeDecimals: changing((body) => eachAmount(body, (text) => new NumberText(`${text}5`))),
  infcodeOne: changing((body) => eachMember(body, 'infcode', () => new NumberText('1'))),
  infcodeWord: changing((body) => eachMember(body, 'infcode', () => 'OK')),
  withoutInfcode: changing((body) => eachMember(body, 'infcode', () => undefined)),
  outputAsString: changing((body) =>
    eachMember(body, 'output', (output) => (output === null ? null : writeJson(output))),
  ),
  htmlOk: page(200, '<html><body>系统维护中</body></html>'),
  html502: page(502, '<html><body><h1>502 Bad Gateway</h1></body></html>'),
  truncated: ((answer: PartyAnswer) => ({
    ...answer,
    body: answer.body.subarray(0, Math.floor(answer.body.length / 2)),
  })) satisfies Transform,
  empty: ((answer: PartyAnswer) => ({ ...answer, body: new Uint8Array(0) })) satisfies Transform,
} as const;

/** Leaves out every member of this name, e.g. `setlinfo` or `psn_cash_pay`. */
export function withoutMember(name: string): Transform {
  return changing((body) => eachMember(body, name, () => undefined));
}

/** Another value in every member of this name: text stays text. */
export function withMember(name: string, value: WireValue): Transform {
  return changing((body) => eachMember(body, name, () => value));
}

/** One amount wrong by so many fen: breaks an identity and nothing else. */
export function amountOff(name: string, fen: number): Transform {
  return changing((body) =>
    eachMember(body, name, (member) => {
      if (!(member instanceof NumberText) || !/^-?\d+\.\d\d$/.test(member.text)) return member;
      const moved = BigInt(member.text.replace('.', '')) + BigInt(fen);
      const digits = String(moved < 0n ? -moved : moved).padStart(3, '0');
      return new NumberText(`${moved < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
    }),
  );
}

/** A body of so many bytes that is JSON to its end. */
export function huge(bytes: number): Transform {
  return (answer) => ({
    ...answer,
    body: new TextEncoder().encode(`{"padding":"${'0'.repeat(Math.max(0, bytes - 14))}"}`),
  });
}
