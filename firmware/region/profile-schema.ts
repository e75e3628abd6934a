/**
 * The one form of every region profile, whoever wrote it.
 *
 * One promise: a profile that passes is complete, has no field that nobody reads, and stays within what the standards
 * and the safety of money allow (elderly timers are floors, the quarantine is at least 120 s, slips are kept two
 * calendar years). Every error says the path of the field.
 */
import * as z from 'zod/mini';
import { JsonNumber, type JsonValue, parseJsonBytes } from '../json.ts';
import { guides, text } from './guide-schema.ts';
import type { RegionProfile } from './profile.ts';
import { selfMadeSign } from './sign-words.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const code = z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,30}$/));
const fen = z.int().check(z.minimum(0), z.maximum(100_000_000));
const phone = z.string().check(z.regex(/^[0-9-]{3,20}$/));
const ms = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

/** Elderly time is never under the floor of product.md 2.0, and never shorter than the standard one. */
const timer = (standardFloorMs: number, elderlyFloorMs: number) =>
  z.strictObject({ standardMs: ms(standardFloorMs, 30 * MINUTE), elderlyMs: ms(elderlyFloorMs, 30 * MINUTE) }).check(
    z.refine((pair) => pair.elderlyMs >= pair.standardMs, {
      path: ['elderlyMs'],
      error: 'must not be shorter than standardMs',
    }),
  );

const consent = z
  .strictObject({
    unitPriceFen: fen,
    sumFen: fen,
    comparison: z.enum(['atLeast', 'moreThan']),
    signature: z.enum(['none', 'required']),
    printedCopy: z.exactOptional(z.boolean()),
    signers: z.readonly(z.array(z.enum(['patient', 'relative', 'guardian'])).check(z.minLength(1))),
    emergencyExempt: z.boolean(),
  })
  .check(
    z.refine((rule) => new Set(rule.signers).size === rule.signers.length, {
      path: ['signers'],
      error: 'names one kind of signer twice',
    }),
  );

const insurance = z
  .strictObject({
    paths: z.enum(['rest', 'single']),
    singlePath: z.string().check(z.regex(/^\/[\w./-]*$/)),
    signer: z.enum(['tif', 'none']),
    interfaceVersion: z.string().check(z.regex(/^\S{1,6}$/)),
    receiverSystemCode: z.string().check(z.regex(/^\S{1,10}$/)),
    timeouts: z.strictObject({
      settleMs: ms(5 * SECOND, 5 * MINUTE),
      offSiteSettleMs: z.exactOptional(ms(5 * SECOND, 5 * MINUTE)),
      otherMs: ms(SECOND, 2 * MINUTE),
    }),
    visitDrivenBy: z.enum(['hospital', 'kiosk']),
    settlePath: z.enum(['2207', '2207A']),
    settlementQuery: z.enum(['5201-then-5203', '5203-by-visit', 'none']),
    quarantineMs: ms(120 * SECOND, 60 * MINUTE),
    insuranceTypes: z.readonly(z.array(z.string().check(z.regex(/^\d{3}$/))).check(z.minLength(1))),
    credentialLifeMs: ms(MINUTE, 24 * 60 * MINUTE),
    eligibilityLifeMs: ms(SECOND, 24 * 60 * MINUTE),
    clockLimitMs: z.exactOptional(ms(SECOND, MINUTE)),
    cardThreeAuthentication: z.enum(['none', 'plugin']),
  })
  .check(
    // Or a settlement that the platform is still working on could outlive two reversals.
    z.refine((rules) => rules.quarantineMs >= rules.timeouts.settleMs, {
      path: ['quarantineMs'],
      error: 'at least as long as timeouts.settleMs',
    }),
  );

const DAY = 24 * 60 * MINUTE;
const upload = z.strictObject({
  noticeAfterMs: z.exactOptional(ms(10 * SECOND, 60 * SECOND)),
  followUpEveryMs: z.exactOptional(ms(MINUTE, DAY)),
  telephoneAfterMs: z.exactOptional(ms(10 * SECOND, 10 * MINUTE)),
  refusalsBeforePerson: z.exactOptional(z.int().check(z.minimum(1), z.maximum(20))),
  kioskSends: z.exactOptional(
    z.readonly(z.array(z.enum(['settlementList', 'selfPayVisits', 'traceCodes', 'goods', 'eInvoice']))),
  ),
  traceLimitMs: z.exactOptional(ms(MINUTE, 30 * DAY)),
  keepSealedMs: z.exactOptional(ms(DAY, 400 * DAY)),
});

const both = z.strictObject({ zh: text, en: text });

const form = z.strictObject({
  id: code,
  version: z.int().check(z.minimum(1)),
  title: z.strictObject({ zh: text, en: text }),
  consent,
  insurance,
  money: z.strictObject({
    order: z.enum(['payThenSettle', 'settleThenPay']),
    payOrderLifeMs: ms(30 * SECOND, 30 * MINUTE),
    useAccountByDefault: z.boolean(),
    accountPaysOutOfScope: z.exactOptional(z.boolean()),
    backWithinDays: z.exactOptional(z.int().check(z.minimum(1), z.maximum(60))),
    merchants: z.exactOptional(
      z.array(z.strictObject({ institutionCode: text, merchantId: text })).check(z.minLength(1)),
    ),
  }),
  checks: z.strictObject({
    traceCodes: z.enum(['atSettlement', 'atDispensing']),
    chronicFilings: z.boolean(),
    injuryFiling: z.boolean(),
    reviews: z.enum(['none', 'before', 'beforeAndDuring']),
    camera: z.exactOptional(z.enum(['mustSee'])),
    person: z.exactOptional(
      z.strictObject({
        inpatient: z.exactOptional(z.boolean()),
        fromFen: z.exactOptional(z.int().check(z.minimum(0))),
        sheet: z.exactOptional(z.boolean()),
      }),
    ),
  }),
  timers: z.strictObject({
    read: timer(10 * SECOND, 60 * SECOND),
    idle: timer(20 * SECOND, 120 * SECOND),
    // WCAG 2.2: at least 20 s of warning before time runs out.
    idleWarning: timer(20 * SECOND, 45 * SECOND),
    who: timer(2 * SECOND, 4 * SECOND),
    done: timer(5 * SECOND, 40 * SECOND),
    takeCard: timer(3 * SECOND, 3 * SECOND),
    left: z.exactOptional(timer(5 * SECOND, 15 * SECOND)),
    leftWarning: z.exactOptional(timer(10 * SECOND, 20 * SECOND)),
  }),
  upload: z.exactOptional(upload),
  prices: z.exactOptional(
    z.strictObject({ printedPerHour: z.exactOptional(z.int().check(z.minimum(20), z.maximum(10_000))) }),
  ),
  reprint: z.exactOptional(
    z.strictObject({
      days: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_100))),
      copiesPerDay: z.exactOptional(z.int().check(z.minimum(1), z.maximum(20))),
    }),
  ),
  guides: z.exactOptional(guides),
  information: z.exactOptional(
    z.strictObject({
      catalogue: z.readonly(z.array(z.string()).check(z.minLength(1))),
      maxAgeDays: z.int().check(z.minimum(1), z.maximum(3_660)),
    }),
  ),
  station: z.exactOptional(z.strictObject({ name: both, account: text, accountName: both })),
  complaints: z.exactOptional(
    z.strictObject({
      office: z.strictObject({ zh: text, en: text }),
      replyDays: z.int().check(z.minimum(1), z.maximum(60)),
    }),
  ),
  notices: z.exactOptional(guides),
  voice: z.exactOptional(z.strictObject({ dialect: z.enum(['yue']) })),
  texts: z.strictObject({
    plate: text,
    slogan: text,
    complaintPhone: phone,
    insurancePhone: phone,
    complaintEmail: z.string().check(z.regex(/^[^\s@]{1,60}@[^\s@]{3,60}$/)),
  }),
  retentionYears: z.int().check(z.minimum(2), z.maximum(30)),
});

/** 应公开尽公开: every page of the catalogue is there, and no page twice. */
const schema = form.check(
  z.refine(
    ({ information, guides: there = [] }) => {
      const ids = new Set(there.map(({ id }) => id));
      return ids.size === there.length && (information?.catalogue ?? []).every((id) => ids.has(id));
    },
    {
      path: ['information', 'catalogue'],
      error: 'names a page that is not among the guides, or a page stands there twice',
    },
  ),
  z.refine((words) => selfMadeSign(JSON.stringify(words)) === undefined, {
    path: ['texts'],
    error: 'has a self-made form of the sign, such as 医保定点',
  }),
);

/** The JSON Schema of region profiles, for editors and docs/interfaces. It cannot say what stands in `description`. */
export function profileJsonSchema(): unknown {
  return {
    title: 'Yizhan region profile 地区规则包',
    description:
      'Money in fen, times in ms. Beyond this schema: elderlyMs is never shorter than standardMs, no kind of signer twice.',
    ...z.toJSONSchema(schema, { io: 'input' }),
  };
}

/** The profile does not fit; each trouble is `path: what is wrong`. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly troubles: readonly string[];

  constructor(troubles: readonly string[]) {
    super(`The region profile does not fit: ${troubles.join('; ')}`);
    this.troubles = troubles;
  }
}

/** @throws ProfileError */
export function parseProfile(value: unknown): RegionProfile {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const troubles = result.error.issues.map((issue) => `${issue.path.join('.') || 'profile'}: ${issue.message}`);
  throw new ProfileError(troubles);
}

/** @throws ProfileError, also for bytes that are no JSON. */
export function parseProfileBytes(bytes: Uint8Array): RegionProfile {
  let value: JsonValue;
  try {
    value = parseJsonBytes(bytes);
  } catch (error) {
    throw new ProfileError([`profile: ${error instanceof Error ? error.message : 'not JSON'}`]);
  }
  return parseProfile(plain(value));
}

function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text);
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
