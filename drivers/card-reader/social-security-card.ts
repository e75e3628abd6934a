/**
 * Reads a 社会保障卡: SSSE, then EF05, then EF06 (insurance interface E.1).
 *
 * It promises a card that holds together or one fault word; what it read is in
 * `Secret`s and nowhere else.
 */
import { type Completion, completed, failed } from '../device.ts';
import type { CardConnection } from '../ports.ts';
import { Secret } from '../secret.ts';
import { CardRefusal, ChipDialogue, STATUS_WORDS, statusText } from './apdu.ts';
import { type CardAuthentication, openHolderFile } from './card-authentication.ts';
import type { CardReadFault, SocialSecurityCard } from './card-reader.ts';
import { algorithmMark } from './card-record.ts';
import * as values from './card-values.ts';
import { RecordFile, type RecordLayout } from './record-file.ts';

/** DF name of the social-security environment: `sx1.sh.` and 社会保障 in GBK. */
const SSSE = Uint8Array.of(0x73, 0x78, 0x31, 0x2e, 0x73, 0x68, 0x2e, 0xc9, 0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf);

const ISSUER_FILE = 0xef05;
const ISSUER_LAYOUT: RecordLayout = [
  { tag: 0x01, bytes: 16 },
  { tag: 0x02, bytes: 1 },
  { tag: 0x03, bytes: 4 },
  { tag: 0x04, bytes: 12 },
  { tag: 0x05, bytes: 4 },
  { tag: 0x06, bytes: 4 },
  { tag: 0x07, bytes: 9 },
];

const HOLDER_FILE = 0xef06;
const HOLDER_LAYOUT: RecordLayout = [
  { tag: 0x08, bytes: 18 },
  { tag: 0x09, bytes: 30 },
  { tag: 0x4e, bytes: 20 },
  { tag: 0x0a, bytes: 1 },
  { tag: 0x0b, bytes: 1 },
  { tag: 0x0c, bytes: 3 },
  { tag: 0x0d, bytes: 4 },
];

export interface CardReadOptions {
  readonly signal: AbortSignal;
  readonly authentication?: CardAuthentication | undefined;
}

/** Rejects with what the connection rejects with; everything the chip does wrong is a fault word. */
export async function readSocialSecurityCard(
  connection: CardConnection,
  options: CardReadOptions,
): Promise<Completion<SocialSecurityCard, CardReadFault>> {
  try {
    return completed(await readCard(new ChipDialogue(connection, options.signal), options.authentication));
  } catch (error) {
    if (error instanceof CardRefusal) return failed(error.fault, error.message);
    throw error;
  }
}

async function readCard(
  chip: ChipDialogue,
  authentication: CardAuthentication | undefined,
): Promise<SocialSecurityCard> {
  const algorithm = await selectSsse(chip);

  const issuer = await RecordFile.select(chip, ISSUER_FILE, ISSUER_LAYOUT);
  const id = values.cardId(await issuer.require(0x01));
  const specificationVersion = values.specificationVersion(await issuer.require(0x03));
  const validUntil = await issuer.read(0x06);
  const cardNumber = values.cardNumber(await issuer.require(0x07));
  const cardId = new Secret(id);

  if (specificationVersion.startsWith('3')) await openHolderFile(chip, authentication, { algorithm, cardId });

  const holder = await RecordFile.select(chip, HOLDER_FILE, HOLDER_LAYOUT);
  const socialSecurityNumber = values.socialSecurityNumber(await holder.require(0x08));
  const name = values.holderName(await holder.require(0x09), await holder.read(0x4e));
  const sex = await holder.read(0x0a);
  const birthDate = await holder.read(0x0d);

  return {
    cardId,
    cardNumber: new Secret(cardNumber),
    socialSecurityNumber: new Secret(socialSecurityNumber),
    name: new Secret(name),
    specificationVersion,
    issuerArea: id.slice(0, 6),
    validUntil: validUntil && values.packedDate(validUntil, 'the end of validity'),
    sex: secretOf(sex && values.sex(sex)),
    birthDate: secretOf(birthDate && values.packedDate(birthDate, 'the date of birth')),
  };
}

/** @returns the card's algorithm mark */
async function selectSsse(chip: ChipDialogue): Promise<number> {
  const { data, status } = await chip.ask({ cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: SSSE });
  if (status === STATUS_WORDS.ok) return algorithmMark(data);
  const what = status === STATUS_WORDS.fileNotFound ? 'no social-security card' : "SSSE can't be selected";
  throw new CardRefusal('invalidMedia', `${what}: ${statusText(status)}`);
}

function secretOf(value: string | undefined): Secret<string> | undefined {
  return value === undefined ? undefined : new Secret(value);
}
