/**
 * The line to the insurance platform: one call, one envelope, one outcome.
 *
 * The promise: a money transaction is sent at most once per call of `send`, and whenever it cannot be said for sure
 * that it was not executed the outcome is `unknown` or `malformed`, never `refused` (protocols/insurance.md C.4).
 */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { JsonOutput } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import { type Clock, type HttpAnswer, HttpFailure, type HttpPort } from '../ports.ts';
import type { RegionProfile } from '../region/profile.ts';
import { encodeEnvelope, readEnvelope } from './envelope.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import { judge, reading } from './judge-answer.ts';
import type { MessageIds } from './message-ids.ts';
import type { Outing, PlatformCalendar } from './platform-calendar.ts';
import { platformDate, platformTime } from './platform-time.ts';
import { tellsInvalidSignIn } from './refusal-words.ts';
import type { Signer } from './signers.ts';
import { isOffSite, settleLimitMs } from './time-limits.ts';
import { type Transaction, transactions } from './transactions.ts';

export interface PlatformLineOptions {
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly messageIds: MessageIds;
  readonly signer: Signer;
  /** `mac` and `ip` of 9001. */
  readonly terminal: { readonly macAddress: string; readonly ipAddress: string };
  /** Hears when the platform answered. */
  readonly calendar?: PlatformCalendar | undefined;
}

/** An answer, and when its question left and it came. */
type Heard = HttpAnswer & Outing;

export interface Sending<Value> {
  readonly transaction: Transaction;
  readonly input: JsonOutput;
  /** Reads `output`; a `FieldError` makes the answer malformed. */
  readonly read: (output: Fields) => Value;
  readonly insuredArea?: string;
  /** Fixed by the caller for money; otherwise the line takes a new one. */
  readonly messageId?: string;
}

/** A file comes as its bytes; only a refusal comes in an envelope. */
export interface Downloading<Value> extends Omit<Sending<Value>, 'read' | 'messageId'> {
  /** A `FieldError` makes the answer malformed. */
  readonly read: (bytes: Uint8Array) => Value;
}

interface SignIn {
  readonly number: string;
  /** Beijing date; a sign-in is good for its day. */
  readonly date: string;
}

export interface SignedIn {
  /** `sign_no` */
  readonly number: string;
  /** `sign_time`, the platform's own; empty when it says none. */
  readonly signedAt: string;
}

/** A statement of a large hospital's month; answers with amounts are far smaller. */
const LARGEST_FILE_BYTES = 32 * 1024 * 1024;

export class PlatformLine {
  readonly #options: PlatformLineOptions;
  #signIn: SignIn | undefined;
  #signingIn: Promise<PlatformAnswer<SignedIn>> | undefined;

  constructor(options: PlatformLineOptions) {
    this.#options = options;
  }

  async signIn(): Promise<PlatformAnswer<SignedIn>> {
    this.#signingIn ??= this.#askSignIn().finally(() => {
      this.#signingIn = undefined;
    });
    return this.#signingIn;
  }

  async send<Value>(sending: Sending<Value>): Promise<PlatformAnswer<Value>> {
    const first = await this.#sendSignedIn(sending);
    if (first.outcome !== 'refused' || !tellsInvalidSignIn(first.message)) return first;
    this.#signIn = undefined;
    // Refused for the sign-in means not executed, so a question may be asked again under a new id. A money
    // transaction is repeated only by whoever journals it.
    if (sending.messageId !== undefined) return first;
    const second = await this.#sendSignedIn(sending);
    return second.outcome === 'refused' ? aboutSignIn(second, sending.transaction) : second;
  }

  /** 9102: a question like any other, but its answer is a file. */
  async download<Value>(downloading: Downloading<Value>): Promise<PlatformAnswer<Value>> {
    const { transaction, read } = downloading;
    const signedIn = await this.#signNumber();
    if (signedIn.outcome !== 'ok') return signedIn;
    const answer = await this.#post({ ...downloading, read: () => undefined }, signedIn.value, LARGEST_FILE_BYTES);
    if ('outcome' in answer) return answer;
    // A brace can begin an envelope, never a zip.
    const isFile = answer.status === 200 && answer.body[0] !== 0x7b;
    if (isFile) return reading(() => read(answer.body));
    const judged = this.#judge(answer, transaction, () => undefined);
    return judged.outcome === 'ok' ? { outcome: 'malformed', detail: 'an envelope instead of a file' } : judged;
  }

  async #sendSignedIn<Value>(sending: Sending<Value>): Promise<PlatformAnswer<Value>> {
    const signedIn = await this.#signNumber();
    if (signedIn.outcome === 'refused') return turnedAway(signedIn, sending.transaction);
    return signedIn.outcome === 'ok' ? this.#exchange(sending, signedIn.value) : signedIn;
  }

  async #signNumber(): Promise<PlatformAnswer<string>> {
    const { clock } = this.#options;
    if (this.#signIn?.date === platformDate(clock.wallMs())) return { outcome: 'ok', value: this.#signIn.number };
    const signedIn = await this.signIn();
    if (signedIn.outcome === 'ok') return { outcome: 'ok', value: signedIn.value.number };
    // The transaction itself never left: whatever became of the sign-in, this call did nothing.
    return signedIn.outcome === 'refused'
      ? signedIn
      : { outcome: 'unreachable', detail: `sign-in: ${signedIn.detail}` };
  }

  async #askSignIn(): Promise<PlatformAnswer<SignedIn>> {
    const { config, clock, terminal } = this.#options;
    const date = platformDate(clock.wallMs());
    const answer = await this.#exchange(
      {
        transaction: transactions.signIn,
        input: { signIn: { opter_no: config.kioskId, mac: terminal.macAddress, ip: terminal.ipAddress } },
        read: readSignIn,
      },
      '',
    );
    if (answer.outcome === 'ok') this.#signIn = { number: answer.value.number, date };
    return answer;
  }

  async #exchange<Value>(sending: Sending<Value>, signNumber: string): Promise<PlatformAnswer<Value>> {
    const answer = await this.#post(sending, signNumber);
    return 'outcome' in answer ? answer : this.#judge(answer, sending.transaction, sending.read);
  }

  #post<Value>({ transaction, messageId, insuredArea, input }: Sending<Value>, signNumber: string, most?: number) {
    const { config, profile, clock, messageIds } = this.#options;
    const body = encodeEnvelope(
      {
        // 2207A is a path of its own; its number on the wire stays 2207.
        transaction: transaction.number === '2207A' ? '2207' : transaction.number,
        messageId: messageId ?? messageIds.next(),
        areaCode: config.hospital.areaCode,
        insuredArea: insuredArea ?? '',
        receiverSystemCode: profile.insurance.receiverSystemCode,
        interfaceVersion: profile.insurance.interfaceVersion,
        terminal: config.kioskId,
        sentAt: platformTime(clock.wallMs()),
        institutionCode: config.hospital.institutionCode,
        institutionName: config.hospital.institutionName,
        signNumber,
      },
      input,
    );
    const path = profile.insurance.paths === 'single' ? profile.insurance.singlePath : transaction.path;
    return this.post(path, body, this.#limitMs(transaction, insuredArea), most);
  }

  #limitMs(transaction: Transaction, insuredArea = ''): number {
    const { timeouts } = this.#options.profile.insurance;
    if (transaction.limit === 'otherMs') return timeouts.otherMs;
    return settleLimitMs(timeouts, isOffSite(insuredArea, this.#options.config.hospital.areaCode));
  }

  /** One signed POST; no answer at all is already an outcome. */
  async post(
    path: string,
    body: Uint8Array,
    timeoutMs: number,
    maxAnswerBytes?: number,
  ): Promise<Heard | Extract<PlatformAnswer<never>, { outcome: 'unreachable' | 'unknown' }>> {
    const { http, config, signer, clock, calendar } = this.#options;
    const sentMs = clock.monotonicMs();
    try {
      const answer = await http.request({
        method: 'POST',
        url: config.insurance.url.replace(/\/+$/, '') + path,
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', ...signer() },
        body,
        timeoutMs,
        ...(maxAnswerBytes === undefined ? {} : { maxAnswerBytes }),
      });
      const heard = { ...answer, sentMs, heardMs: clock.monotonicMs() };
      if (answer.status >= 400 && answer.status < 500) calendar?.turnedAway(heard, answer.headers['date']);
      return heard;
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { outcome: error.reach === 'notSent' ? 'unreachable' : 'unknown', detail: `http ${error.kind}` };
    }
  }

  #judge<Value>(http: Heard, transaction: Transaction, read: (output: Fields) => Value): PlatformAnswer<Value> {
    if (http.status >= 500) return { outcome: 'unknown', detail: `http ${http.status}` };
    const answer = readEnvelope(http.body);
    this.#options.calendar?.answered(http, answer.respondTime);
    return judge(http, answer, transaction, read);
  }

  get decodeTimeoutMs(): number {
    return this.#options.profile.insurance.timeouts.otherMs;
  }
}

type Refused = Extract<PlatformAnswer<never>, { outcome: 'refused' }>;

/** A refused sign-in is no word about the money that was to be moved or asked after: the call itself did nothing. */
function turnedAway(signIn: Refused, { weight }: Transaction): PlatformAnswer<never> {
  return weight === 'money' ? { outcome: 'unreachable', detail: `sign-in: infcode ${signIn.infcode}` } : signIn;
}

/** The same of a transaction that was turned away for its sign-in. */
export function aboutSignIn(refused: Refused, transaction: Transaction): PlatformAnswer<never> {
  return tellsInvalidSignIn(refused.message) ? turnedAway(refused, transaction) : refused;
}

function readSignIn(output: Fields): SignedIn {
  const signed = output.object('signinoutb');
  return { number: signed.text('sign_no'), signedAt: signed.optionalText('sign_time') ?? '' };
}
