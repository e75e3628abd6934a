/**
 * Reads a kiosk's site file (JSON) into its configuration.
 *
 * Everything in it is checked; a mistake is named by its path, so that an
 * engineer can mend it. Rules of the place are not here, they are in the pack.
 */

import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';
import { duties, type Trust } from '../region/pack-signatures.ts';
import { deviceMapSchema } from './device-map.ts';
import type { KioskConfig } from './kiosk-config.ts';

const text = z.string().check(z.minLength(1));
const like = (form: RegExp, words: string) => z.string().check(z.regex(form, words));
const url = z.url({ protocol: /^https?$/ });
const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

const siteSchema = z.strictObject({
  kioskId: like(/^[A-Za-z0-9-]{1,30}$/, 'letters, digits and hyphens, at most 30'),
  hospital: z.strictObject({
    institutionCode: like(/^H\d{11}$/, 'H and 11 digits'),
    institutionName: text,
    areaCode: like(/^\d{6}$/, 'six digits'),
    helpWindow: text,
    phone: text,
  }),
  insurance: z.strictObject({
    url,
    callerId: text,
    callerToken: text,
    messageSequence: z
      .strictObject({ first: whole(0, 9999), last: whole(0, 9999) })
      .check(z.refine(({ first, last }) => last > first, 'last must be greater than first')),
  }),
  hospitalGateway: z.strictObject({ url, token: text }),
  paymentGateway: z.strictObject({ url, token: text, merchantId: text }),
  broker: z.optional(z.strictObject({ url: z.url({ protocol: /^mqtts?$/ }), group: text })),
  devices: deviceMapSchema,
  screenPort: z._default(whole(0, 65_535), 0),
  /** The people whose signatures on packs count. */
  trust: z.strictObject({
    signers: z.array(z.strictObject({ personId: text, duty: z.enum(duties), publicKey: text })),
  }),
});

export interface Site {
  readonly config: KioskConfig;
  readonly trust: Trust;
}

/** The site file is not one; the message names each place. */
export class SiteError extends Error {
  override readonly name = 'SiteError';
}

/** @throws SiteError */
export function readSite(json: string): Site {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new SiteError(`The site file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = siteSchema.safeParse(data, { error: english().localeError });
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'top level'}: ${issue.message}`);
    throw new SiteError(`The site file has mistakes:\n${faults.join('\n')}`);
  }
  const { trust, broker, ...rest } = result.data;
  return { trust, config: { ...rest, broker } };
}
