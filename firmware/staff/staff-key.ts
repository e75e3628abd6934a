/**
 * 工作人员钥匙: a member of staff vouches for something at the kiosk with the key that they carry (Y4-22, SZ-213b).
 *
 * One promise: nothing is vouched for but by a certificate of an authority that this kiosk was told to trust, in its time,
 * of a duty of this house, whose key signed a challenge of this very moment after its own PIN was shown.
 */
import { X509Certificate } from 'node:crypto';
import type { PersonToken } from '../../drivers/person-token/person-token.ts';
import type { PinEntry } from '../../drivers/person-token/pin-entry.ts';
import { isSignedBy } from '../../drivers/person-token/token-signature.ts';
import type { Clock, RandomSource, Unsubscribe } from '../ports.ts';

/** What somebody of the staff is there for; nobody else's certificate counts. */
const DUTIES = ['operate', 'manage', 'supervise'] as const;
export type StaffDuty = (typeof DUTIES)[number];

export interface StaffMember {
  readonly staffNumber: string;
  readonly duty: StaffDuty;
}

/** `away`: taken out, or it does not answer · `unknown`: not of this house, or not in its time. */
export type StaffRefusal = 'away' | 'unknown' | 'pinWrong' | 'pinBlocked';
export type StaffVerdict =
  | { readonly done: true; readonly member: StaffMember }
  | { readonly done: false; readonly refusal: StaffRefusal };

export interface StaffKeyParts {
  readonly token: PersonToken;
  /** PEM certificates of the authorities whose keys are trusted. */
  readonly roots: readonly string[];
  readonly clock: Clock;
  readonly random: RandomSource;
}

const COMMAND = { timeoutMs: 10_000 } as const;
const CHALLENGE_BYTES = 64;

export class StaffKey {
  readonly #token: PersonToken;
  readonly #roots: readonly X509Certificate[];
  readonly #clock: Clock;
  readonly #challenge: () => Uint8Array;

  /** @throws Error when a root is no certificate */
  constructor({ token, roots, clock, random }: StaffKeyParts) {
    this.#token = token;
    this.#roots = roots.map((pem) => new X509Certificate(pem));
    this.#clock = clock;
    this.#challenge = () => random.bytes(CHALLENGE_BYTES);
  }

  /** A key can be put in now. */
  get works(): boolean {
    return this.#token.state === 'online';
  }

  get present(): boolean {
    return this.#token.media === 'present';
  }

  /** Somebody puts a key in, or takes it out. */
  onChanged(listener: () => void): Unsubscribe {
    return this.#token.onTokenEvent(listener);
  }

  /** The PIN is used once and overwritten, whatever comes of it. */
  async vouch(pin: PinEntry): Promise<StaffVerdict> {
    try {
      return await this.#asked(pin);
    } finally {
      await this.#token.release();
    }
  }

  async #asked(pin: PinEntry): Promise<StaffVerdict> {
    const refused = (refusal: StaffRefusal): StaffVerdict => ({ done: false, refusal });
    const read = await this.#token.readCertificate(COMMAND);
    if (!read.done) {
      pin.wipe();
      return refused(read.fault === 'noMedia' || read.fault === 'deviceNotReady' ? 'away' : 'unknown');
    }
    const certificate = read.value.reveal();
    const member = this.#memberOf(certificate);
    if (!member) {
      pin.wipe();
      return refused('unknown');
    }
    const shown = await this.#token.verifyPin(pin, COMMAND);
    if (!shown.done) return refused(shown.fault === 'invalidData' ? 'pinWrong' : 'away');
    if (shown.value.verdict !== 'accepted') {
      return refused(shown.value.verdict === 'blocked' ? 'pinBlocked' : 'pinWrong');
    }
    const challenge = this.#challenge();
    const signed = await this.#token.sign(challenge, COMMAND);
    if (!signed.done) return refused('away');
    // The key that was looked at is the key that signed: another one may have been put in between.
    return isSignedBy(certificate, challenge, signed.value) ? { done: true, member } : refused('unknown');
  }

  #memberOf(certificate: X509Certificate): StaffMember | undefined {
    const nowMs = this.#clock.wallMs();
    const inTime = Date.parse(certificate.validFrom) <= nowMs && nowMs < Date.parse(certificate.validTo);
    const ours = this.#roots.some((root) => {
      try {
        return certificate.checkIssued(root) && certificate.verify(root.publicKey);
      } catch {
        return false;
      }
    });
    if (!inTime || !ours || certificate.ca) return undefined;
    const named = new Map(certificate.subject.split('\n').map((line) => line.split(/=(.*)/s, 2) as [string, string]));
    const staffNumber = named.get('serialNumber');
    const duty = DUTIES.find((one) => one === named.get('OU'));
    return staffNumber !== undefined && duty ? { staffNumber, duty } : undefined;
  }
}
