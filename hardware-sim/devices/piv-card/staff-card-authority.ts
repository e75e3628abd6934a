/**
 * The bench's authority for staff cards: it makes keys on PIV cards and signs their certificates.
 *
 * One promise: its own key is made at run time and lives in memory only, so no
 * card of it opens a kiosk that was not told to trust it in the same run.
 */
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { type PivCardOptions, PivCardTwin } from './piv-card.ts';
import { type AlgorithmName, makeKey } from './piv-keys.ts';

/** Somebody who works in the hall. Invented: staff numbers start with 990000. */
export interface StaffMember {
  /** Handle for scenarios, e.g. `engineer-jia`. */
  readonly key: string;
  readonly name: string;
  readonly staffNumber: string;
  /** Organizational unit of the certificate, e.g. `operate`, `manage`, `supervise`. */
  readonly duty: string;
}

export interface StaffCardOptions extends Partial<Omit<PivCardOptions, 'keys' | 'certificates' | 'guid'>> {
  readonly algorithm?: AlgorithmName;
  /** Unix ms. */
  readonly notBefore?: number;
  /** Unix ms. */
  readonly notAfter?: number;
}

export interface IssuedStaffCard {
  readonly card: PivCardTwin;
  readonly certificate: X509Certificate;
}

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const AUTHENTICATION_KEY = 0x9a;
/** id-at-serialNumber (X.520): the staff number stands there. */
const SERIAL_NUMBER = '2.5.4.5';
const ISSUER = 'CN=Yizhan bench staff authority, O=Yizhan test only';
const YEAR_MS = 365 * 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

export class StaffCardAuthority {
  readonly #keys: CryptoKeyPair;
  readonly certificate: X509Certificate;
  #serial = 1;

  private constructor(keys: CryptoKeyPair, certificate: X509Certificate) {
    this.#keys = keys;
    this.certificate = certificate;
  }

  static async create(): Promise<StaffCardAuthority> {
    x509.cryptoProvider.set(crypto);
    const keys = await crypto.subtle.generateKey(SIGNING, false, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: '01',
      name: ISSUER,
      notBefore: new Date(FIRST_DAY),
      notAfter: new Date(FIRST_DAY + 10 * YEAR_MS),
      signingAlgorithm: SIGNING,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    });
    return new StaffCardAuthority(keys, new X509Certificate(Buffer.from(certificate.rawData)));
  }

  /** A new card with a new key in 9A; each call is another card, also for the same person. */
  async issue(member: StaffMember, options: StaffCardOptions = {}): Promise<IssuedStaffCard> {
    const { algorithm = 'rsa2048', notBefore = FIRST_DAY, notAfter = FIRST_DAY + 2 * YEAR_MS, ...rest } = options;
    this.#serial += 1;
    const serialNumber = this.#serial.toString(16).padStart(4, '0');
    const key = makeKey(algorithm);
    const made = await x509.X509CertificateGenerator.create({
      serialNumber,
      issuer: ISSUER,
      subject: [{ CN: [member.name] }, { [SERIAL_NUMBER]: [member.staffNumber] }, { OU: [member.duty] }],
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
      signingAlgorithm: SIGNING,
      signingKey: this.#keys.privateKey,
      publicKey: new x509.PublicKey(key.publicKey.export({ type: 'spki', format: 'der' })),
      extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)],
    });
    const der = new Uint8Array(made.rawData);
    const guid = new Uint8Array(16);
    new DataView(guid.buffer).setUint32(12, this.#serial);
    guid.set([0x99, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x00, 0x80]);
    const card = new PivCardTwin(`staff-${member.key}`, {
      ...rest,
      guid,
      keys: new Map([[AUTHENTICATION_KEY, key]]),
      certificates: new Map([[AUTHENTICATION_KEY, der]]),
    });
    return { card, certificate: new X509Certificate(der) };
  }
}

/** People of the bench who carry a staff card. Nobody here exists. */
export const TEST_STAFF = {
  engineer: { key: 'engineer', name: '測試甲', staffNumber: '990000-0101', duty: 'operate' },
  supervisor: { key: 'supervisor', name: '測試乙', staffNumber: '990000-0102', duty: 'supervise' },
} as const satisfies Record<string, StaffMember>;
