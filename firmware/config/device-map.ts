/**
 * The device map of a site: which devices this kiosk has, and where each is found.
 *
 * One row a device class. Addresses are read by the bus that opens them, not here.
 */
import * as z from 'zod/mini';
import { printerProfileNames } from '../../drivers/receipt-printer/printer-profile.ts';

const text = z.string().check(z.minLength(1));
/** `id`: what health and doctor call it; `address`: e.g. `serial:/dev/serial/by-id/…`, `pcsc:Yizhan*`, `tcp://…`. */
const device = z.strictObject({ id: text, address: text });

export const deviceMapSchema = z.strictObject({
  cardReader: z.optional(device),
  idCardReader: z.optional(device),
  codeScanner: z.optional(device),
  receiptPrinter: z.optional(z.extend(device, { profile: z.optional(z.enum(printerProfileNames)) })),
  /** Lights, doors, sensors, relays: a Firmata board, or the machine's own pins. */
  cabinet: z.optional(device),
});

export type DeviceMap = z.infer<typeof deviceMapSchema>;
