/**
 * How the bench's cabinet is wired to its board: the harness drawing, as data.
 *
 * Written for the simulator alone; that the product's default pin plan fits it is
 * what the tests show.
 */

/** Which pin a contact ends on, and whether it is closed to ground at rest. */
export interface Contact {
  readonly pin: number;
  readonly atRest: 'closed' | 'open';
}

export const CONTACTS = {
  serviceDoor: { pin: 22, atRest: 'closed' },
  paperDoor: { pin: 23, atRest: 'closed' },
  case: { pin: 24, atRest: 'closed' },
  tilt: { pin: 25, atRest: 'closed' },
  helpButton: { pin: 27, atRest: 'open' },
  headset: { pin: 28, atRest: 'open' },
  maintenanceKey: { pin: 29, atRest: 'open' },
  supervisorKey: { pin: 30, atRest: 'open' },
  upsOnBattery: { pin: 31, atRest: 'open' },
  upsLow: { pin: 32, atRest: 'open' },
  previousKey: { pin: 33, atRest: 'open' },
  nextKey: { pin: 34, atRest: 'open' },
  okKey: { pin: 35, atRest: 'open' },
  backKey: { pin: 38, atRest: 'open' },
  repeatKey: { pin: 39, atRest: 'open' },
} as const satisfies Record<string, Contact>;

/** The infrared sensor drives its line: high while it sees somebody. */
export const PRESENCE_PIN = 26;

/** Driven high = lit. */
export const LAMPS: Readonly<Record<string, Partial<Record<'red' | 'green' | 'blue', number>>>> = {
  cardReader: { green: 40, red: 41 },
  scanner: { green: 42, red: 43 },
  receiptPrinter: { green: 44, red: 45 },
  idCardReader: { green: 46, red: 47 },
  pinPad: { green: 48, red: 49 },
  statusInService: { red: 5, green: 6, blue: 7 },
};

/** Driven high = the contact is closed. */
export const RELAYS: Readonly<Record<string, number>> = { printerPower: 36, audibleAlarm: 37 };
