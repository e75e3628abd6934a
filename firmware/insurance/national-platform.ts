/**
 * The insurance platform by the national interface (protocols/insurance.md A–D).
 *
 * One method is one transaction. The promise of the whole: nothing that moves money is sent twice by this client,
 * and an answer that does not prove its own case is never `ok`.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import { encodeJsonBytes } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import type { Clock, HttpPort, RandomSource } from '../ports.ts';
import type { RegionProfile } from '../region/profile.ts';
import { type CatalogueNews, NationalCatalogueNews } from './catalogue-news.ts';
import { linesOfStay, NationalInpatientCare } from './inpatient.ts';
import type { InpatientCare } from './inpatient-care.ts';
import type {
  CentreSettlement,
  CodeUse,
  Credential,
  DecodedECredential,
  FeeBatch,
  FeeSplit,
  InsurancePlatform,
  OriginalMessage,
  Person,
  PlatformAnswer,
  RegisterVisit,
  SettlementAmounts,
  SettlementState,
  SettleQuestion,
  Standing,
  VisitDetails,
  VisitIdentity,
  Voided,
} from './insurance-platform.ts';
import type { InsuranceReviews } from './insurance-reviews.ts';
import type { InsuranceUploads } from './insurance-uploads.ts';
import type { MessageIds } from './message-ids.ts';
import { NationalReviews } from './national-reviews.ts';
import { NationalStatements } from './national-statements.ts';
import { NationalUploads } from './national-uploads.ts';
import * as outpatient from './outpatient.ts';
import * as person from './person.ts';
import type { PlatformCalendar } from './platform-calendar.ts';
import { PlatformLine } from './platform-line.ts';
import { type ReviewGrades, usualGrades } from './reviews.ts';
import { findSettlement, judgeVoid, reverseMessage, settlementState } from './settlement-recovery.ts';
import * as settling from './settling.ts';
import { noSigner, type Signer, tifSigner } from './signers.ts';
import * as standing from './standing.ts';
import type { InsuranceStatements } from './statements.ts';
import { decodePath, transactions } from './transactions.ts';

export interface NationalInsurancePlatformOptions {
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly messageIds: MessageIds;
  /** Replaces the profile's signer where a province has its own. */
  readonly signer?: Signer;
  /** What the grades of 3101 and 3102 mean here; B.11 leaves it to the place. */
  readonly reviewGrades?: ReviewGrades;
  /** `mac` and `ip` of 9001; the unspecified addresses when unknown. */
  readonly terminal?: { readonly macAddress: string; readonly ipAddress: string };
  /** Every 1201 that was answered. */
  readonly onAgreement?: (said: standing.AgreementSaid) => void;
  /** Learns from every answer how far the kiosk's calendar is from the platform's. */
  readonly calendar?: PlatformCalendar;
}

export class NationalInsurancePlatform implements InsurancePlatform {
  readonly inpatient: InpatientCare;
  readonly reviews: InsuranceReviews;
  readonly uploads: InsuranceUploads;
  /** 3201, 3202 and their files. */
  readonly statements: InsuranceStatements;
  /** 1301, 1305, 1306 */
  readonly catalogueNews: CatalogueNews;
  readonly #line: PlatformLine;
  readonly #options: NationalInsurancePlatformOptions;

  constructor(options: NationalInsurancePlatformOptions) {
    const { http, clock, random, config, profile, messageIds } = options;
    const profileSigner = profile.insurance.signer === 'tif' ? tifSigner(config.insurance, clock, random) : noSigner;
    this.#line = new PlatformLine({
      http,
      clock,
      config,
      profile,
      messageIds,
      signer: options.signer ?? profileSigner,
      calendar: options.calendar,
      terminal: options.terminal ?? { macAddress: '00:00:00:00:00:00', ipAddress: '0.0.0.0' },
    });
    const grades = options.reviewGrades ?? usualGrades;
    this.inpatient = new NationalInpatientCare(this.#line);
    this.reviews = new NationalReviews({ line: this.#line, clock, config, profile, grades });
    this.uploads = new NationalUploads(this.#line, clock, config.hospital);
    this.statements = new NationalStatements(this.#line, config);
    this.catalogueNews = new NationalCatalogueNews(this.#line);
    this.#options = options;
  }

  async signIn(): Promise<PlatformAnswer<void>> {
    const answer = await this.#line.signIn();
    return answer.outcome === 'ok' ? { outcome: 'ok', value: undefined } : answer;
  }

  async decodeECredential(codeText: Secret<string>, use: CodeUse): Promise<PlatformAnswer<DecodedECredential>> {
    const request = person.decodeRequest(codeText, {
      institutionCode: this.#options.config.hospital.institutionCode,
      operator: this.#options.config.kioskId,
      businessType: use,
    });
    const answer = await this.#line.post(decodePath, encodeJsonBytes(request), this.#line.decodeTimeoutMs);
    return 'outcome' in answer ? answer : person.readDecodeAnswer(answer.status, answer.body);
  }

  person(credential: Credential): Promise<PlatformAnswer<Person>> {
    const input = person.personInput(credential);
    return this.#line.send({ transaction: transactions.person, input, read: person.readPerson });
  }

  entitlement(
    question: Parameters<InsurancePlatform['entitlement']>[0],
  ): Promise<PlatformAnswer<{ readonly entitled: boolean; readonly reason: string | undefined }>> {
    return this.#line.send({
      transaction: transactions.entitlement,
      insuredArea: question.insuredArea,
      input: person.entitlementInput(question, this.#options.config.hospital.institutionCode),
      read: (output) => person.readEntitlement(output, this.#options.clock.wallMs()),
    });
  }

  institutionStanding(): Promise<PlatformAnswer<Standing>> {
    const { institutionCode: code, institutionName: name } = this.#options.config.hospital;
    return this.#line.send({
      transaction: transactions.institution,
      input: standing.institutionInput({ code, name }),
      read: (output) =>
        standing.readInstitutionStanding(output, code, { ...this.#options, nowMs: this.#options.clock.wallMs() }),
    });
  }

  departmentStanding(departmentCode: string): Promise<PlatformAnswer<Standing>> {
    return this.#line.send({
      transaction: transactions.department,
      input: standing.departmentInput(departmentCode),
      read: (output) => standing.readDepartmentStanding(output, departmentCode, this.#options.clock.wallMs()),
    });
  }

  practitionerStanding(practitionerCode: string): Promise<PlatformAnswer<Standing>> {
    return this.#line.send({
      transaction: transactions.practitioner,
      input: standing.practitionerInput(practitionerCode),
      read: (output) => standing.readPractitionerStanding(output, practitionerCode, this.#options.clock.wallMs()),
    });
  }

  registerVisit(visit: RegisterVisit): Promise<PlatformAnswer<{ readonly visitId: string }>> {
    return this.#line.send({
      transaction: transactions.registerVisit,
      insuredArea: visit.insuredArea,
      input: outpatient.registerVisitInput(visit),
      read: outpatient.readVisitId,
    });
  }

  uploadVisit(visit: VisitIdentity, details: VisitDetails): Promise<PlatformAnswer<void>> {
    return this.#line.send({
      transaction: transactions.uploadVisit,
      insuredArea: visit.insuredArea,
      input: outpatient.uploadVisitInput(visit, details),
      read: nothing,
    });
  }

  uploadFees(visit: VisitIdentity, batch: FeeBatch): Promise<PlatformAnswer<readonly FeeSplit[]>> {
    if (visit.care === 'inpatient') {
      return this.inpatient.uploadInpatientFees(visit, visit.medicalType ?? '', linesOfStay(batch));
    }
    return this.#line.send({
      transaction: transactions.uploadFees,
      insuredArea: visit.insuredArea,
      input: outpatient.uploadFeesInput(visit, batch),
      read: (output) => outpatient.readFeeSplits(output, batch.lines),
    });
  }

  cancelFees(visit: VisitIdentity, chargeBatch: string): Promise<PlatformAnswer<void>> {
    if (visit.care === 'inpatient') return this.inpatient.cancelInpatientFees(visit, 'all');
    return this.#line.send({
      transaction: transactions.cancelFees,
      insuredArea: visit.insuredArea,
      input: outpatient.cancelFeesInput(visit, chargeBatch),
      read: nothing,
    });
  }

  preSettle(question: SettleQuestion): Promise<PlatformAnswer<SettlementAmounts>> {
    return this.#line.send({
      transaction: question.care === 'inpatient' ? transactions.preSettleStay : transactions.preSettle,
      insuredArea: question.insuredArea,
      input: settling.preSettleInput(question),
      read: (output) => settling.readPreSettlement(output, question),
    });
  }

  settle(
    messageId: string,
    question: SettleQuestion,
    preSettled: SettlementAmounts,
  ): Promise<PlatformAnswer<CentreSettlement>> {
    const withPassword = this.#options.profile.insurance.settlePath === '2207';
    const outpatientSettle = withPassword ? transactions.settle : transactions.settleWithoutPassword;
    return this.#line.send({
      transaction: question.care === 'inpatient' ? transactions.settleStay : outpatientSettle,
      messageId,
      insuredArea: question.insuredArea,
      input: settling.settleInput(question, preSettled),
      read: (output) => settling.readSettlement(output, messageId, question),
    });
  }

  async voidSettlement(messageId: string, visit: VisitIdentity, settlementId: string): Promise<PlatformAnswer<Voided>> {
    const transaction = visit.care === 'inpatient' ? transactions.voidStay : transactions.voidSettlement;
    const answer = await this.#line.send({
      transaction,
      messageId,
      insuredArea: visit.insuredArea,
      input: settling.voidInput(visit, settlementId),
      read: (output) => settling.readVoid(output, settlementId),
    });
    return judgeVoid(answer, transaction, this.#options.profile.insurance.settlementQuery);
  }

  reverse(
    original: OriginalMessage,
    visit: VisitIdentity,
  ): Promise<PlatformAnswer<{ readonly reversed: 'reversed' | 'notFound' }>> {
    return reverseMessage(this.#line, original, visit);
  }

  findSettlement(messageId: string, visit: VisitIdentity): Promise<PlatformAnswer<CentreSettlement | undefined>> {
    const way = this.#options.profile.insurance.settlementQuery;
    return findSettlement(this.#line, { messageId, visit, way, nowMs: this.#options.clock.wallMs() });
  }

  findSettlementById(settlementId: string, visit: VisitIdentity): Promise<PlatformAnswer<SettlementState>> {
    return settlementState(this.#line, settlementId, visit);
  }
}

function nothing(_output: Fields): void {}
