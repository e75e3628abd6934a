/**
 * The device map of a site: which devices this kiosk has, and where each is found.
 *
 * One row a device class. Addresses are read by the bus that opens them, not here.
 */
import * as z from 'zod/mini';
import { pinPadProfileNames } from '../../drivers/pin-pad/pin-pad-profile.ts';
import { queueDisplayProfileNames } from '../../drivers/queue-display/open-queue-display.ts';
import { printerProfileNames } from '../../drivers/receipt-printer/printer-profile.ts';
import { pinPlanSchema, reportsSchema } from './wiring-schema.ts';

const text = z.string().check(z.minLength(1));
const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
/** `id`: what health and doctor call it; `address`: e.g. `serial:/dev/serial/by-id/…`, `pcsc:Yizhan*`, `tcp://…`. */
const device = z.strictObject({
  id: text,
  address: text,
  /** 检测认证证书: its number and its last day. */
  certificate: z.exactOptional(
    z.strictObject({ number: text, until: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day, yyyy-MM-dd')) }),
  ),
});
export type DeviceCertificate = NonNullable<z.infer<typeof device>['certificate']>;

/** The ID reader maker's licensed program that opens chip photos, and its words. */
const photoDecoder = z.optional(z.array(text).check(z.minLength(1)));
/** Never more than a laboratory's report says; without one it is `none`. */
const padLevel = z._default(z.enum(['none', 'nirOr3d', 'labEvaluated']), 'none');

/**
 * `match` says who looks: this kiosk through its `camera`, with the photo on the ID chip; a face module, with the same
 * photo; or the insurance platform's terminal, with the platform's own.
 */
const face = z.discriminatedUnion('match', [
  z.strictObject({
    id: text,
    match: z.literal('onDevice'),
    photoDecoder,
    modelFolder: z.optional(text),
    restAfterMinutes: z._default(whole(1, 60), 3),
    load: z._default(z.enum(['atStart', 'whenNeeded']), 'atStart'),
    challenges: z._default(whole(0, 3), 1),
    spare: z._default(z.boolean(), true),
  }),
  z.strictObject({ id: text, match: z.literal('module'), address: text, photoDecoder, padLevel }),
  z.strictObject({ id: text, match: z.literal('platform'), address: text, institutionCode: text, padLevel }),
]);

export const deviceMapSchema = z.strictObject({
  /** `motor`: it pushes cards out by itself. */
  cardReader: z.optional(z.extend(device, { motor: z.exactOptional(z.boolean()) })),
  /** `reports`: how a reader on `hid:` packs its stream. */
  idCardReader: z.optional(z.extend(device, { reports: z.exactOptional(reportsSchema) })),
  codeScanner: z.optional(device),
  receiptPrinter: z.optional(z.extend(device, { profile: z.optional(z.enum(printerProfileNames)) })),
  /** `card-slot`: with a display, and a card slot of its own that the PIN goes to. `reports`: only for `hid:`. */
  pinPad: z.optional(
    z.extend(device, {
      profile: z.optional(z.enum(pinPadProfileNames)),
      reports: z.exactOptional(reportsSchema),
    }),
  ),
  bankTerminal: z.optional(device),
  camera: z.optional(device),
  /** The face check (人证比对): one of three. docs/face.md. */
  face: z.optional(face),
  /** `cells`: half-width cells of a row; `rows`: of sixteen dots; the profile `cd5220` has its own of both. */
  queueDisplay: z.optional(
    z.extend(device, {
      profile: z.optional(z.enum(queueDisplayProfileNames)),
      cells: z._default(whole(4, 128), 24),
      rows: z._default(whole(1, 8), 2),
    }),
  ),
  /** Two rows of twenty glowing characters (CD5220), beside or instead of the LED display. */
  poleDisplay: z.optional(device),
  /** The hall's second screen: a page of the kiosk's own server. */
  secondScreen: z.optional(z.extend(device, { address: z._default(z.literal('page:'), 'page:') })),
  /** Calls numbers aloud: on the second screen, or on a sound card of the machine, e.g. `alsa:default`. */
  voice: z.optional(
    z.extend(device, {
      address: z._default(
        z.string().check(z.regex(/^(?:page:|alsa:[\w:,=.-]{1,60})$/, '"page:" or "alsa:" and ALSA’s name of the card')),
        'page:',
      ),
    }),
  ),
  /** The headphone socket's own sound device: nothing but the headset may hang on it (product.md 4.8). */
  headset: z.optional(
    z.extend(device, {
      address: z.string().check(z.regex(/^alsa:[\w:,=.-]{1,60}$/, '"alsa:" and ALSA’s name of the card')),
    }),
  ),
  /** A print queue for A4 lists: `ipp://host:631/printers/name`. */
  pagePrinter: z.optional(device),
  /** The hospital's recorder (Y3-20a); `camera`: its own id of the camera that sees this kiosk. */
  recorder: z.optional(z.extend(device, { camera: text })),
  /** The reader for the staff's own cards. */
  /** `roots`: PEM certificates of the authorities whose staff keys this kiosk trusts; without one none opens anything. */
  personToken: z.optional(z.extend(device, { roots: z._default(z.array(text), []) })),
  /** The machine's own network: `kernel:`, or `ip:PATH` of a program that talks as `ip` does. */
  network: z.optional(
    z.strictObject({
      id: text,
      address: z._default(
        z.string().check(z.regex(/^(?:kernel:|ip:\/.+)$/, '"kernel:" or "ip:" and a full path')),
        'kernel:',
      ),
    }),
  ),
  /** Lights, doors, sensors, relays: a Firmata board, or the machine's own pins. */
  cabinet: z.optional(z.extend(device, { plan: z.exactOptional(pinPlanSchema) })),
});

export type DeviceMap = z.infer<typeof deviceMapSchema>;
