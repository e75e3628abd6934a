/**
 * The insurance platform as its wire shows it: gateway, sign-in, one transaction per request. Written from the reference
 * alone. One promise: whatever arrives gets an answer of the interface, and only transactions that the interface says
 * change something change something.
 */
import { compactSecond, dayText, secondText } from '../beijing-time.ts';
import { answerJson } from '../json-exchange.ts';
import type { Party, PartyAnswer, PartyClock, PartyRequest } from '../party.ts';
import type { ECredentialCentre } from '../people/e-credential-centre.ts';
import type { Patient } from '../people/patients.ts';
import { fieldOf, isObject, readJson, type WireObject } from '../wire-json.ts';
import { AgreementRegister, type Department, type Institution, type Practitioner } from './agreement-register.ts';
import { CatalogueDesk } from './catalogue-desk.ts';
import { EnquiryDesk } from './enquiry-desk.ts';
import { AnswerWriter, type Envelope, readEnvelope } from './envelope.ts';
import { checkInput } from './field-check.ts';
import { FilingDesk } from './filing-desk.ts';
import { GatewayHeaders, turnedAway } from './gateway-headers.ts';
import { InsuredPeople } from './insured-people.ts';
import { MoneyDesk } from './money-desk.ts';
import { Refusal } from './refusal.ts';
import { ReviewDesk } from './review-desk.ts';
import { SettlementDesk, type SettlementRules } from './settlement-desk.ts';
import { StatementDesk, type StatementRules } from './statement-desk.ts';
import { rowsOf } from './statement-lines.ts';
import { StayDesk } from './stay-desk.ts';
import { answerStay } from './stay-nodes.ts';
import { DECODE_PATHS, isTransactionPath, pathFits, TRANSACTIONS } from './transactions.ts';
import { UploadDesk } from './upload-desk.ts';
import { type RepeatedVisit, VisitDesk } from './visit-desk.ts';
import { answerVisit } from './visit-nodes.ts';

export interface InsuranceOptions extends SettlementRules {
  /** `undefined` = the gateway asks for no signature. */
  readonly callers: ReadonlyMap<string, string> | undefined;
  /** `output` as a JSON string. */
  readonly outputAsText: boolean;
  /** Whether 5201 rows carry the local field `setl_id`. */
  readonly visitRowsCarrySettlement: boolean;
  /** Whether 5203 answers by visit when no `setl_id` is given. */
  readonly settlementByVisit: boolean;
  readonly repeatedVisit: RepeatedVisit;
  /** One entry for every transaction, beside the REST paths. */
  readonly singlePath: string;
  readonly statements: StatementRules;
}

export const INSURANCE_DEFAULTS: InsuranceOptions = {
  callers: undefined,
  outputAsText: false,
  visitRowsCarrySettlement: true,
  settlementByVisit: true,
  repeatedVisit: 'newVisit',
  singlePath: '/mss/web/api/fsi/callService',
  secondSettle: 'settlesTwice',
  offSiteReversal: 'refused',
  laterSettlement: 'sameVisit',
  statements: { words: 'oneDigit', listsEqual: false },
};

export interface InsuranceFiles {
  readonly institution: Institution;
  readonly departments: readonly Department[];
  readonly practitioners: readonly Practitioner[];
  readonly patients: readonly Patient[];
}

export class InsuranceParty implements Party {
  readonly register: AgreementRegister;
  readonly people: InsuredPeople;
  /** The hospital's own line comes to the same desk as the wire. */
  readonly visits: VisitDesk;
  readonly stays: StayDesk;
  /** Hands: what people file, where they lie, what the centre's supervision looks for. */
  readonly filings: FilingDesk;
  readonly reviews = new ReviewDesk();
  readonly settlements: SettlementDesk;
  /** What has arrived after the money. */
  readonly uploads: UploadDesk;
  readonly statements: StatementDesk;
  readonly catalogues = new CatalogueDesk();
  readonly #options: InsuranceOptions;
  readonly #clock: PartyClock;
  readonly #gateway: GatewayHeaders | undefined;
  readonly #enquiries: EnquiryDesk;
  readonly #money: MoneyDesk;
  readonly #writer: AnswerWriter;
  readonly #signIns = new Map<string, string>();
  #signInSequence = 0;

  constructor(clock: PartyClock, files: InsuranceFiles, credentials: ECredentialCentre, options: InsuranceOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#gateway = options.callers && new GatewayHeaders(clock, options.callers);
    this.register = new AgreementRegister(clock, files);
    const { areaCode } = files.institution;
    const people = new InsuredPeople(files.patients, clock, credentials, areaCode);
    const visits = new VisitDesk(people, this.register, options.repeatedVisit);
    const settlements = new SettlementDesk({ clock, people, desk: visits, register: this.register, rules: options });
    this.people = people;
    this.visits = visits;
    const stays = new StayDesk(people, this.register, visits);
    this.stays = stays;
    this.filings = new FilingDesk(people, this.register, visits);
    this.settlements = settlements;
    this.uploads = new UploadDesk(settlements);
    this.statements = new StatementDesk({
      clock,
      records: () => rowsOf(settlements, areaCode),
      rules: options.statements,
      institutionCode: files.institution.code,
    });
    this.#enquiries = new EnquiryDesk({
      ...options,
      clock,
      people,
      register: this.register,
      visits,
      settlements,
      credentials,
    });
    this.#money = new MoneyDesk({ people, settlements, stays, areaCode, settlementByVisit: options.settlementByVisit });
    this.#writer = new AnswerWriter(clock, areaCode, options.outputAsText);
  }

  handle(request: PartyRequest): PartyAnswer {
    const path = request.path.split('?')[0] ?? '';
    const decoding = DECODE_PATHS.includes(path);
    if (!decoding && path !== this.#options.singlePath && !isTransactionPath(path)) {
      return answerJson(404, { code: 404, message: 'no such service' });
    }
    if (request.method !== 'POST') return answerJson(405, { code: 405, message: 'POST only' });
    const objection = this.#gateway?.objection(request);
    if (objection) return turnedAway(objection, this.#clock.wallMs());
    return decoding ? this.#decode(request.body) : this.#transact(path, request.body);
  }

  /** Hands at the centre: the agreement of the institution is paused. */
  suspendInstitution(): void {
    this.register.set(this.register.institution.code, 'paused');
  }

  suspendDepartment(code: string): void {
    this.register.set(code, 'paused');
  }

  suspendPractitioner(code: string): void {
    this.register.set(code, 'paused');
  }

  /** Hands: pauses every insurance of a person (`psn_no`). */
  pauseInsurance(personNumber: string): void {
    for (const account of this.people.byNumber(personNumber).accounts) account.status = '2';
  }

  /** Hands: the centre restarts and knows no sign-in any more. */
  forgetSignIns(): void {
    this.#signIns.clear();
  }

  #decode(body: Uint8Array): PartyAnswer {
    try {
      const request = readJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
      if (!isObject(request) || fieldOf(request, 'transType') !== 'ec.query') throw new SyntaxError('no ec.query');
      return answerJson(200, this.#enquiries.decode(request));
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
      return answerJson(200, { code: 1000, message: '请求格式不正确', data: null, orgId: '' });
    }
  }

  #transact(path: string, body: Uint8Array): PartyAnswer {
    try {
      const { institution } = this.register;
      const home = { institutionCode: institution.code, areaCode: institution.areaCode, nowMs: this.#clock.wallMs() };
      const envelope = readEnvelope(body, home);
      const transaction = TRANSACTIONS.find((one) => one.number === envelope.transaction);
      if (!transaction) throw new Refusal('交易编号不正确');
      if (path !== this.#options.singlePath && !pathFits(transaction.number, path)) {
        throw new Refusal('交易编号与服务地址不一致');
      }
      if (transaction.number !== '9001') this.#requireSignIn(envelope);
      checkInput(envelope.input, transaction.nodes);
      if (transaction.number === '9102') return this.statements.download(envelope.input);
      return this.#writer.done(this.#answer(envelope));
    } catch (error) {
      if (error instanceof Refusal) return this.#writer.refused(error.message);
      throw error;
    }
  }

  #requireSignIn(envelope: Envelope): void {
    // A sign-in holds for the rest of its day.
    if (this.#signIns.get(envelope.signNumber ?? '') !== dayText(this.#clock.wallMs()))
      throw new Refusal('签到流水号无效或已过期，请重新签到');
  }

  #signIn(): WireObject {
    const now = this.#clock.wallMs();
    this.#signInSequence += 1;
    const number = `${this.register.institution.areaCode}${compactSecond(now)}${String(this.#signInSequence).padStart(10, '0')}`;
    this.#signIns.set(number, dayText(now));
    return { signinoutb: { sign_time: secondText(now), sign_no: number } };
  }

  #answer(envelope: Envelope): WireObject {
    const node = fieldOf(envelope.input, 'data');
    const data = isObject(node) ? node : {};
    if (/^31\d\d$/.test(envelope.transaction)) return this.reviews.answer(envelope.transaction, data);
    if (/^13\d\d$/.test(envelope.transaction)) return this.catalogues.answer(envelope.transaction, data);
    switch (envelope.transaction) {
      case '9001':
        return this.#signIn();
      case '1101':
        return this.#enquiries.person(data);
      case '1201':
        return this.#enquiries.institution();
      case '2001':
        return this.#enquiries.entitlement(data);
      case '2201':
      case '2202':
      case '2203':
      case '2203A':
      case '2204':
      case '2205':
        return answerVisit(this.visits, envelope, data);
      case '2301':
      case '2302':
      case '2401':
      case '2402':
      case '2404':
      case '2405':
        return answerStay(this.stays, envelope);
      case '3505':
      case '3506':
      case '4101':
      case '4205':
        return this.uploads.answer(envelope.transaction, envelope.input);
      case '5301':
      case '5302':
      case '5303':
        return this.filings.answer(envelope.transaction, data);
      case '3201':
      case '3202':
      case '9101':
        return this.statements.answer(envelope.transaction, envelope.input);
      case '5101':
        return this.#enquiries.departments();
      case '5102':
        return this.#enquiries.practitioners(data);
      case '5201':
        return this.#enquiries.visits(data);
      case '5202':
        return this.#enquiries.diagnoses(data);
      default:
        return this.#money.answer(envelope, data);
    }
  }
}
