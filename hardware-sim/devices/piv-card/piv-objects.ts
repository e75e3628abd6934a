/**
 * What lies on a PIV card beside its keys (SP 800-73-4 part 1, section 3 and appendix A).
 *
 * Every object is written whole from the tables of that document; nobody's
 * data is in any of them.
 */
import { gzipSync } from 'node:zlib';
import { field, joined } from './ber-field.ts';

/** Tags as GET DATA names them. */
export const OBJECT = {
  discovery: 0x7e,
  certificate9e: 0x5fc101,
  chuid: 0x5fc102,
  certificate9a: 0x5fc105,
  capabilities: 0x5fc107,
  printedInformation: 0x5fc109,
  certificate9c: 0x5fc10a,
  certificate9d: 0x5fc10b,
} as const;

/** Readable only after the PIN (part 1, table 1). */
export const BEHIND_PIN: ReadonlySet<number> = new Set([0x5fc103, 0x5fc108, 0x5fc109]);

/** The whole AID with its version, `A000000308 00001000 0100`. */
export const AID = Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00, 0x01, 0x00);
/** What a terminal must at least say of it: RID and PIX without the version. */
export const AID_WITHOUT_VERSION = 9;

const NONE = new Uint8Array(0);
const ERROR_DETECTION = field(0xfe);
const CARD_ID_BYTES = 21;

/** The application property template, what SELECT answers (part 2, table 3). */
export function propertyTemplate(): Uint8Array {
  return field(0x61, field(0x4f, AID.slice(5)), field(0x79, field(0x4f, AID.slice(0, 5))));
}

/** Says that the PIV PIN, and no other, opens the card (part 1, 3.3.2). Never in a 53. */
export function discoveryObject(): Uint8Array {
  return field(0x7e, field(0x4f, AID), field(0x5f2f, Uint8Array.of(0x40, 0x00)));
}

/** @param pressed gzip, as the specification allows and some issuers do. */
export function certificateObject(der: Uint8Array, pressed: boolean): Uint8Array {
  const bytes = pressed ? Uint8Array.from(gzipSync(der)) : der;
  return field(0x53, field(0x70, bytes), field(0x71, Uint8Array.of(pressed ? 0x01 : 0x00)), ERROR_DETECTION);
}

/** @param guid 16 bytes. @param validUntil YYYYMMDD. */
export function holderObject(guid: Uint8Array, validUntil: string): Uint8Array {
  // A FASC-N of nines says that no federal agency issued this card.
  const fascN = Uint8Array.from(Buffer.from('D4E739DA739CED39CE739DA1685A1082108CE73984119257FC', 'hex'));
  return field(
    0x53,
    field(0x30, fascN),
    field(0x34, guid),
    field(0x35, new TextEncoder().encode(validUntil)),
    field(0x3e),
    ERROR_DETECTION,
  );
}

export function capabilityObject(guid: Uint8Array): Uint8Array {
  const cardId = new Uint8Array(CARD_ID_BYTES);
  cardId.set([0xa0, 0x00, 0x00, 0x01, 0x16, 0xff, 0x02]);
  cardId.set(guid.subarray(0, CARD_ID_BYTES - 7), 7);
  const empty = [0xfa, 0xfb, 0xfc, 0xfd].map((tag) => field(tag));
  return field(
    0x53,
    field(0xf0, cardId),
    field(0xf1, Uint8Array.of(0x21)),
    field(0xf2, Uint8Array.of(0x21)),
    field(0xf3, NONE),
    field(0xf4, Uint8Array.of(0x00)),
    field(0xf5, Uint8Array.of(0x10)),
    field(0xf6, NONE),
    field(0xf7, NONE),
    joined(...empty),
    ERROR_DETECTION,
  );
}
