/**
 * A PIV card's own language: the commands of SP 800-73-4 part 2 that a kiosk needs, and what the answers mean.
 *
 * Written for one powered chip. It promises a value or one word; of what it
 * sent and got only status words, tags and lengths ever stand in a detail.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { type ChipAnswer, type ChipCommand, ChipDialogue, STATUS_WORDS, statusText } from '../card-reader/apdu.ts';
import { carriesAnswerWithData } from '../card-reader/atr.ts';
import type { CardConnection } from '../ports.ts';
import { encodeField, onlyField, parseFields } from './ber-fields.ts';
import type { PinState, PinVerdict, TokenAlgorithm, TokenFault, TokenSignature } from './person-token.ts';
import type { PinEntry } from './pin-entry.ts';

/** The token can't or won't. `detail` holds status words, tags and lengths, never values. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
  readonly fault: TokenFault;

  constructor(fault: TokenFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

/** RID and PIX without the version, which cards of every version take (part 2, 3.1.1). */
const PIV_APPLICATION = Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00);
const CERTIFICATE_9A = Uint8Array.of(0x5f, 0xc1, 0x05);
const DISCOVERY_OBJECT = Uint8Array.of(0x7e);
const AUTHENTICATION_KEY = 0x9a;
const PIV_PIN = 0x80;
const GLOBAL_PIN = 0x00;
/** Certificates are below 2 kB on every card sold (part 1, table 7); gunzipped ones too. bytes */
const LONGEST_OBJECT = 4_096;
const PIN_FORM = { bytes: 8, padding: 0xff } as const;
const DIGEST_INFO_SHA256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');
/** Algorithm marks (SP 800-78-4, table 6-2). */
const ALGORITHM_MARKS: Readonly<Record<TokenAlgorithm, number>> = { rsaPkcs1Sha256: 0x07, ecdsaSha256: 0x11 };
const MODULUS_BYTES = 256;

const KEY_OR_ALGORITHM_UNKNOWN = [0x6a86, 0x6a88];
const WRONG_PIN_UNCOUNTED = 0x6300;

export class PivDialogue {
  readonly #chip: ChipDialogue;
  /** Le of commands that carry data, too. */
  readonly #le: { readonly le?: number };

  constructor(connection: CardConnection, signal: AbortSignal) {
    this.#chip = new ChipDialogue(connection, signal);
    this.#le = carriesAnswerWithData(connection.atr) ? { le: 256 } : {};
  }

  /** @throws TokenRefusal `invalidMedia` for any other card. */
  async select(): Promise<void> {
    const command = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: PIV_APPLICATION };
    const { data, status } = await this.#chip.ask({ ...command, ...this.#le });
    if (status !== STATUS_WORDS.ok) throw new TokenRefusal('invalidMedia', `no PIV card: ${statusText(status)}`);
    onlyField(data, 0x61, 'the property template');
  }

  /** @throws TokenRefusal, CardRefusal */
  async certificate(): Promise<X509Certificate> {
    const { data, status } = await this.#getData(CERTIFICATE_9A);
    if (status === STATUS_WORDS.fileNotFound) throw new TokenRefusal('keyNotFound', 'no certificate is in 9A');
    if (status !== STATUS_WORDS.ok) throw refusalFor(status, 'the certificate can not be read');
    return certificateIn(data);
  }

  /** Asks without a PIN, which costs no try (part 2, 3.2.1). */
  async pinState(): Promise<PinState> {
    const reference = await this.#pinReference();
    const { status } = await this.#chip.ask({ cla: 0x00, ins: 0x20, p1: 0x00, p2: reference });
    const verdict = verdictOf(status);
    if (verdict.verdict === 'accepted') return { pin: 'shown' };
    return verdict.verdict === 'blocked' ? { pin: 'blocked' } : { pin: 'notShown', triesLeft: verdict.triesLeft };
  }

  async verifyPin(pin: PinEntry): Promise<PinVerdict> {
    const p2 = await this.#pinReference();
    return await pin.lend(PIN_FORM, async (data) => {
      const { status } = await this.#chip.ask({ cla: 0x00, ins: 0x20, p1: 0x00, p2, data, holdsPin: true });
      return verdictOf(status);
    });
  }

  /** @throws TokenRefusal `accessDenied` when the card wants its PIN first. */
  async sign(challenge: Uint8Array, algorithm: TokenAlgorithm): Promise<TokenSignature> {
    const digest = createHash('sha256').update(challenge).digest();
    const block = algorithm === 'rsaPkcs1Sha256' ? paddedForRsa(digest) : digest;
    const fields = Buffer.concat([encodeField(0x82, new Uint8Array(0)), encodeField(0x81, block)]);
    const command: ChipCommand = { cla: 0x00, ins: 0x87, p1: ALGORITHM_MARKS[algorithm], p2: AUTHENTICATION_KEY };
    const { data, status } = await this.#chip.askInParts({ ...command, ...this.#le }, encodeField(0x7c, fields));
    if (status === STATUS_WORDS.securityNotSatisfied) {
      throw new TokenRefusal('accessDenied', 'the card wants its PIN before it signs');
    }
    if (KEY_OR_ALGORITHM_UNKNOWN.includes(status)) {
      throw new TokenRefusal('keyNotFound', `no key in 9A that fits its certificate: ${statusText(status)}`);
    }
    if (status !== STATUS_WORDS.ok) throw refusalFor(status, 'the card does not sign');
    const response = onlyField(onlyField(data, 0x7c, 'the signature template'), 0x82, 'the signature');
    return { algorithm, signature: Uint8Array.from(response) };
  }

  #getData(tag: Uint8Array): Promise<ChipAnswer> {
    const data = encodeField(0x5c, tag);
    return this.#chip.ask({ cla: 0x00, ins: 0xcb, p1: 0x3f, p2: 0xff, data, ...this.#le }, LONGEST_OBJECT);
  }

  /** The PIV PIN, unless the card says that its holder uses the global one (part 1, 3.3.2). */
  async #pinReference(): Promise<number> {
    const { data, status } = await this.#getData(DISCOVERY_OBJECT);
    if (status !== STATUS_WORDS.ok) return PIV_PIN;
    const fields = parseFields(onlyField(data, 0x7e, 'the discovery object'), 'the discovery object');
    const [usage = 0, preferred] = fields.find(({ tag }) => tag === 0x5f2f)?.value ?? [];
    return (usage & 0x60) === 0x60 && preferred === 0x20 ? GLOBAL_PIN : PIV_PIN;
  }
}

/** 53 { 70 certificate, 71 how it is kept, FE check }. @throws TokenRefusal, CardRefusal */
export function certificateIn(object: Uint8Array): X509Certificate {
  const fields = parseFields(onlyField(object, 0x53, 'the certificate object'), 'the certificate object');
  const bytes = fields.find(({ tag }) => tag === 0x70)?.value;
  const [kept = 0] = fields.find(({ tag }) => tag === 0x71)?.value ?? [];
  if (!bytes || bytes.length === 0) throw new TokenRefusal('keyNotFound', 'the certificate object is empty');
  // Bit 1 is the only form of keeping that was ever given out.
  if (kept > 1) throw new TokenRefusal('formatNotSupported', 'a certificate kept in an unknown form');
  try {
    return new X509Certificate(kept === 1 ? gunzipSync(bytes, { maxOutputLength: LONGEST_OBJECT }) : bytes);
  } catch {
    throw new TokenRefusal('invalidMedia', 'the certificate is none');
  }
}

/** @throws TokenRefusal when the answer is none to a PIN. */
function verdictOf(status: number): PinVerdict {
  if (status === STATUS_WORDS.ok) return { verdict: 'accepted' };
  if (status === STATUS_WORDS.authenticationBlocked || status === 0x63c0) return { verdict: 'blocked' };
  if (status >> 4 === 0x63c) return { verdict: 'wrong', triesLeft: status & 0x0f };
  if (status === WRONG_PIN_UNCOUNTED) return { verdict: 'wrong', triesLeft: undefined };
  throw refusalFor(status, 'the card takes no PIN here');
}

/** EMSA-PKCS1-v1_5 (RFC 8017, 9.2): the card does the bare sum, so the padding is ours. */
function paddedForRsa(digest: Uint8Array): Uint8Array {
  const block = new Uint8Array(MODULUS_BYTES).fill(0xff);
  const tail = Buffer.concat([Uint8Array.of(0x00), DIGEST_INFO_SHA256, digest]);
  block.set([0x00, 0x01]);
  block.set(tail, block.length - tail.length);
  return block;
}

function refusalFor(status: number, what: string): TokenRefusal {
  // 69xx: the command is known and not allowed, as VERIFY is in a contactless field (part 2, table 2).
  return new TokenRefusal(status >> 8 === 0x69 ? 'securityFail' : 'invalidMedia', `${what}: ${statusText(status)}`);
}
