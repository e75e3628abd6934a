/** The one form of every rule pack. A pack that fits has at least one rule of each of the five kinds, and no id twice. */
import * as z from 'zod/mini';
import { JsonNumber, type JsonValue, parseJsonBytes } from '../json.ts';
import { type RuleKind, type RulePack, ruleKinds } from './rule-pack.ts';

const code = z.string().check(z.regex(/^\S{1,50}$/));
const decimal = z.string().check(z.regex(/^\d{1,12}(\.\d{1,6})?$/));
const day = z.iso.date();
const years = z.int().check(z.minimum(0), z.maximum(150));
const common = { id: z.string().check(z.regex(/^[A-Z]+-\d{1,4}$/)), does: z.enum(['hold', 'remind']) };

const rule = z.union([
  z.strictObject({ ...common, kind: z.literal('drugs'), check: z.enum(['restrictedUse', 'traceCode']) }),
  z.strictObject({ ...common, kind: z.literal('drugs'), check: z.literal('mostAtOnce'), code, most: decimal }),
  z.strictObject({ ...common, kind: z.literal('care'), check: z.enum(['asOrdered', 'asExecuted', 'quantity']) }),
  z.strictObject({
    ...common,
    kind: z.literal('care'),
    check: z.literal('split'),
    whole: code,
    parts: z.readonly(z.array(code).check(z.minLength(1))),
  }),
  z.strictObject({ ...common, kind: z.literal('policy'), check: z.enum(['scope', 'quota', 'dispute']) }),
  z.strictObject({ ...common, kind: z.literal('price'), check: z.enum(['published', 'price', 'unit', 'inForce']) }),
  z.strictObject({
    ...common,
    kind: z.literal('price'),
    check: z.literal('specialAndBasic'),
    special: code,
    basic: code,
  }),
  z.strictObject({ ...common, kind: z.literal('visitTruth'), check: z.literal('inHospital') }),
  z.strictObject({ ...common, kind: z.literal('visitTruth'), check: z.literal('age'), code, from: years, to: years }),
]);

const published = z.strictObject({
  code,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  unit: z.string().check(z.minLength(1), z.maxLength(20)),
  price: decimal,
  level: z.enum(['01', '02', '03']),
  list: z.string().check(z.minLength(1), z.maxLength(60)),
  from: day,
  until: z.exactOptional(day),
  restricted: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(500))),
  traced: z.exactOptional(z.boolean()),
});

const schema = z
  .strictObject({
    id: z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,40}$/)),
    version: z.int().check(z.minimum(1)),
    issuedOn: day,
    freshForDays: z.int().check(z.minimum(1), z.maximum(366)),
    published: z.readonly(z.array(published).check(z.minLength(1))),
    rules: z.readonly(z.array(rule)),
  })
  .check(
    z.refine((pack) => missingKinds(pack.rules).length === 0, {
      path: ['rules'],
      error: `has no rule of one of the kinds ${ruleKinds.join(', ')}`,
    }),
    z.refine((pack) => new Set(pack.rules.map(({ id }) => id)).size === pack.rules.length, {
      path: ['rules'],
      error: 'names one id twice',
    }),
    z.refine((pack) => pack.rules.every((one) => one.check !== 'age' || one.from <= one.to), {
      path: ['rules'],
      error: 'has an age that ends before it begins',
    }),
  );

/** The JSON Schema of rule packs. It cannot say what stands in `description`. */
export function rulePackJsonSchema(): unknown {
  return {
    title: 'Yizhan rule pack 监控规则包',
    description: 'Prices are decimal yuan. Beyond this schema: a rule of each of the five kinds, no id twice.',
    ...z.toJSONSchema(schema, { io: 'input' }),
  };
}

/** The rules do not fit; each trouble is `path: what is wrong`. */
export class RulesError extends Error {
  override readonly name = 'RulesError';
  readonly troubles: readonly string[];

  constructor(troubles: readonly string[]) {
    super(`The rule pack does not fit: ${troubles.join('; ')}`);
    this.troubles = troubles;
  }
}

/** @throws RulesError, also for bytes that are no JSON. */
export function parseRules(bytes: Uint8Array): RulePack {
  let value: JsonValue;
  try {
    value = parseJsonBytes(bytes);
  } catch (error) {
    throw new RulesError([`pack: ${error instanceof Error ? error.message : 'not JSON'}`]);
  }
  const result = schema.safeParse(plain(value));
  if (result.success) return result.data;
  throw new RulesError(result.error.issues.map((issue) => `${issue.path.join('.') || 'pack'}: ${issue.message}`));
}

function missingKinds(rules: readonly { readonly kind: RuleKind }[]): readonly RuleKind[] {
  return ruleKinds.filter((kind) => !rules.some((one) => one.kind === kind));
}

function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
