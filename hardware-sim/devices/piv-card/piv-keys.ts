/**
 * The private keys of a PIV card and what they do (SP 800-78-4, table 6-2; SP 800-73-4 part 2, 3.2.4 and 3.3.2).
 *
 * Real keys, made on the card by node:crypto. A key leaves the card as its
 * public half only.
 */
import {
  constants,
  createECDH,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
} from 'node:crypto';
import { field, joined } from './ber-field.ts';

export const ALGORITHM = { rsa2048: 0x07, eccP256: 0x11 } as const;
export type AlgorithmName = keyof typeof ALGORITHM;

const RSA_BYTES = 256;
const POINT_BYTES = 32;
/** Order of P-256 (FIPS 186-4, D.1.2.3). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export interface PivKey {
  readonly algorithm: number;
  readonly publicKey: KeyObject;
  /** The answer to a challenge; `undefined` when the challenge has the wrong length. */
  answer(challenge: Uint8Array): Uint8Array | undefined;
  /** 7F49: modulus and exponent, or the point. */
  publicFields(): Uint8Array;
}

export function algorithmOf(mark: number): AlgorithmName | undefined {
  if (mark === ALGORITHM.rsa2048) return 'rsa2048';
  return mark === ALGORITHM.eccP256 ? 'eccP256' : undefined;
}

export function makeKey(algorithm: AlgorithmName): PivKey {
  const { privateKey } =
    algorithm === 'rsa2048'
      ? generateKeyPairSync('rsa', { modulusLength: RSA_BYTES * 8 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return algorithm === 'rsa2048' ? rsaKey(privateKey) : eccKey(privateKey);
}

function rsaKey(privateKey: KeyObject): PivKey {
  const publicKey = createPublicKey(privateKey);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return {
    algorithm: ALGORITHM.rsa2048,
    publicKey,
    answer: (challenge) => {
      if (challenge.length !== RSA_BYTES) return undefined;
      try {
        return Uint8Array.from(privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, challenge));
      } catch {
        // A number that is not below the modulus.
        return undefined;
      }
    },
    publicFields: () => field(0x7f49, field(0x81, base64Url(n)), field(0x82, base64Url(e))),
  };
}

function eccKey(privateKey: KeyObject): PivKey {
  const publicKey = createPublicKey(privateKey);
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const secret = numberOf(base64Url(d));
  return {
    algorithm: ALGORITHM.eccP256,
    publicKey,
    answer: (challenge) => (challenge.length === POINT_BYTES ? signDigest(challenge, secret) : undefined),
    publicFields: () => field(0x7f49, field(0x86, joined(Uint8Array.of(0x04), base64Url(x), base64Url(y)))),
  };
}

/**
 * ECDSA over a digest that was made elsewhere, which node:crypto does not offer: k and k·G come from its ECDH,
 * the rest is FIPS 186-4, 6.4.
 */
function signDigest(digest: Uint8Array, secret: bigint): Uint8Array {
  for (;;) {
    const ephemeral = createECDH('prime256v1');
    const point = ephemeral.generateKeys();
    const k = numberOf(ephemeral.getPrivateKey());
    const r = numberOf(point.subarray(1, 1 + POINT_BYTES)) % P256_ORDER;
    const s = (inverse(k) * (numberOf(digest) + r * secret)) % P256_ORDER;
    if (r !== 0n && s !== 0n) return field(0x30, derInteger(r), derInteger(s));
  }
}

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  let base = value % P256_ORDER;
  for (let exponent = P256_ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P256_ORDER;
    base = (base * base) % P256_ORDER;
  }
  return result;
}

function derInteger(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return field(0x02, (bytes[0] ?? 0) > 0x7f ? joined(Uint8Array.of(0x00), bytes) : bytes);
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function base64Url(text: string): Uint8Array {
  return Buffer.from(text, 'base64url');
}
