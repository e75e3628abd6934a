/**
 * The national e-credential centre as phones and hospitals meet it: a phone
 * shows a code, the platform decodes it once into a token.
 *
 * One promise: a code works once and only while it is fresh; a token only for
 * the business that follows.
 */
import type { PartyClock } from '../party.ts';
import type { SeededStream } from '../seeded-stream.ts';
import type { Patient } from './patients.ts';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const HEX = '0123456789abcdef';

export interface ECredentialRules {
  /** Life of a shown code, ms. */
  readonly codeLifeMs: number;
  /** Life of a decoded token, ms. */
  readonly tokenLifeMs: number;
}

export type Decoded =
  | { readonly outcome: 'ok'; readonly patient: Patient; readonly token: string }
  | { readonly outcome: 'unknownCode' | 'usedCode' | 'expiredCode' };

interface ShownCode {
  readonly patient: Patient;
  readonly untilMs: number;
  used: boolean;
}

export class ECredentialCentre {
  readonly #clock: PartyClock;
  readonly #stream: SeededStream;
  readonly #rules: ECredentialRules;
  readonly #codes = new Map<string, ShownCode>();
  /** 用码业务类型 of every code that it decoded, in order. */
  readonly uses: string[] = [];
  readonly #tokens = new Map<string, { readonly patient: Patient; readonly untilMs: number }>();

  constructor(clock: PartyClock, stream: SeededStream, rules: ECredentialRules) {
    this.#clock = clock;
    this.#stream = stream;
    this.#rules = rules;
  }

  /** The phone opens 医保码: a fresh code of 28 characters. */
  show(patient: Patient): string {
    if (!patient.hasECredential) throw new RangeError('This person has no 医保码.');
    // Letter first: the text must not look like a payment code.
    const code = `E${this.#stream.letters(LETTERS, 27)}`;
    this.#codes.set(code, { patient, untilMs: this.#clock.wallMs() + this.#rules.codeLifeMs, used: false });
    return code;
  }

  /** @param use 用码业务类型 */
  decode(code: string, area: string, use: string): Decoded {
    const shown = this.#codes.get(code);
    if (!shown) return { outcome: 'unknownCode' };
    if (shown.used) return { outcome: 'usedCode' };
    if (this.#clock.wallMs() >= shown.untilMs) return { outcome: 'expiredCode' };
    shown.used = true;
    this.uses.push(use);
    const token = `${area}ec${this.#stream.letters(HEX, 30)}`;
    this.#tokens.set(token, { patient: shown.patient, untilMs: this.#clock.wallMs() + this.#rules.tokenLifeMs });
    return { outcome: 'ok', patient: shown.patient, token };
  }

  /** Whose token it is; `expired` after its life, `undefined` when it never was one. */
  holderOf(token: string): Patient | 'expired' | undefined {
    const known = this.#tokens.get(token);
    if (!known) return undefined;
    return this.#clock.wallMs() >= known.untilMs ? 'expired' : known.patient;
  }
}
