/**
 * The one form of a price list: a head and items, each with every field that the law wants published.
 *
 * One promise: a text that passes is not empty, not longer than a screen and a slip can show, and has no character that
 * a printer or a page would act on.
 */
import * as z from 'zod/mini';
import type { PriceEdition, PriceItem } from './price-item.ts';

/** Not empty, no blanks around it, one line, no control characters and no marks that turn the writing around. */
const text = (most: number) =>
  z
    .string()
    .check(z.minLength(1), z.maxLength(most), z.regex(/^(?=\S)[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]*(?<=\S)$/u));
const code = z.string().check(z.regex(/^[A-Za-z0-9._-]{1,50}$/));
const decimal = z.string().check(z.regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/));
const day = z.iso.date();
const catalogueVersion = z.string().check(z.regex(/^\S{1,20}$/));

const common = {
  code,
  hospitalCode: z.exactOptional(code),
  unit: text(20),
  price: decimal,
  list: text(60),
  selfPriced: z.exactOptional(z.boolean()),
  pricedBy: z.exactOptional(text(60)),
  from: day,
  until: z.exactOptional(day),
};

const item = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...common,
      kind: z.literal('service'),
      name: text(100),
      contents: text(600),
      excluded: text(300),
      note: text(300),
      ownItemFiling: z.exactOptional(z.string().check(z.maxLength(60))),
    }),
    z.strictObject({
      ...common,
      kind: z.literal('drug'),
      genericName: text(100),
      tradeName: text(100),
      specification: text(100),
      form: text(40),
      maker: text(100),
      level: z.enum(['01', '02', '03']),
      purchasePrice: z.exactOptional(decimal),
    }),
    z.strictObject({
      ...common,
      kind: z.literal('consumable'),
      certificateName: text(200),
      name: text(100),
      certificateSpecification: text(200),
      certificateModel: text(100),
      maker: text(100),
      purchasePrice: z.exactOptional(decimal),
    }),
  ])
  .check(
    z.refine((one) => one.selfPriced !== true || one.pricedBy !== undefined, {
      path: ['pricedBy'],
      error: 'says whose price it is when the price is the hospital’s own',
    }),
    z.refine((one) => one.until === undefined || one.from < one.until, {
      path: ['until'],
      error: 'is after "from"',
    }),
  );

const head = z.strictObject({
  format: z.literal('yizhan-price-list/1'),
  id: z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,40}$/)),
  version: z.int().check(z.minimum(1), z.maximum(2_000_000_000)),
  publishedOn: day,
  institution: z.string().check(z.regex(/^[A-Z0-9]{1,30}$/)),
  ownership: z.enum(['public', 'nonProfit', 'forProfit']),
  items: z.int().check(z.minimum(1), z.maximum(500_000)),
  madeFrom: z.strictObject({
    service: z.exactOptional(catalogueVersion),
    drug: z.exactOptional(catalogueVersion),
    consumable: z.exactOptional(catalogueVersion),
  }),
});

/** The JSON Schemas of a list's lines, for docs/interfaces. */
export function priceListJsonSchema(): unknown {
  return {
    title: 'Yizhan price list 价格公示清单',
    description:
      'JSON Lines: the first line is a head, every other one an item. Beyond this schema: a price of the hospital’s own says whose it is, "until" is after "from", no code is in force twice on one day.',
    head: z.toJSONSchema(head, { io: 'input' }),
    item: z.toJSONSchema(item, { io: 'input' }),
  };
}

/** What is wrong with a line, or the line itself. */
export type Checked<Value> = { readonly value: Value } | { readonly trouble: string };

export function checkHead(value: unknown): Checked<PriceEdition> {
  const result = head.safeParse(value);
  if (!result.success) return { trouble: worded(result.error) };
  const { format: _, ...edition } = result.data;
  return { value: edition };
}

export function checkItem(value: unknown): Checked<PriceItem> {
  const result = item.safeParse(value);
  return result.success ? { value: result.data } : { trouble: worded(result.error) };
}

/** Names of fields and rules, never a value of the list: it may be anything. */
function worded(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}) {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`)
    .join('; ')
    .slice(0, 300);
}
