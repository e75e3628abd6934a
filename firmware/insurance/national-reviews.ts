/** Reviews and filings by the national interface: one method is one question, and nothing here changes anything. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Clock } from '../ports.ts';
import type { RegionProfile } from '../region/profile.ts';
import {
  chronicInput,
  filingInput,
  filingKinds,
  inHospitalInput,
  readChronicFilings,
  readFilings,
  readInHospital,
} from './filings.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import type {
  ChronicFiling,
  Filing,
  FilingQuestion,
  InHospital,
  InsuranceReviews,
  ReviewFinding,
  ReviewQuestion,
} from './insurance-reviews.ts';
import type { PlatformLine } from './platform-line.ts';
import { type ReviewGrades, type ReviewPhase, readFindings, reviewInput } from './reviews.ts';
import { transactions } from './transactions.ts';

export interface NationalReviewsOptions {
  readonly line: PlatformLine;
  readonly clock: Clock;
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly grades: ReviewGrades;
}

export class NationalReviews implements InsuranceReviews {
  readonly #options: NationalReviewsOptions;

  constructor(options: NationalReviewsOptions) {
    this.#options = options;
  }

  chronicFilings(question: FilingQuestion): Promise<PlatformAnswer<readonly ChronicFiling[]>> {
    const { line, clock } = this.#options;
    return line.send({
      transaction: transactions.chronicFilings,
      insuredArea: question.insuredArea,
      input: chronicInput(question),
      read: (output) => readChronicFilings(output, clock.wallMs()),
    });
  }

  designatedInstitutions(question: FilingQuestion): Promise<PlatformAnswer<readonly Filing[]>> {
    return this.#filings(question, filingKinds.designatedInstitution);
  }

  inHospital(question: FilingQuestion): Promise<PlatformAnswer<InHospital>> {
    const { line, clock, config } = this.#options;
    return line.send({
      transaction: transactions.inHospital,
      insuredArea: question.insuredArea,
      input: inHospitalInput(question, clock.wallMs()),
      read: (output) => readInHospital(output, config.hospital.institutionCode, clock.wallMs()),
    });
  }

  async traumaFiling(
    question: FilingQuestion,
  ): Promise<PlatformAnswer<{ readonly filed: boolean; readonly filings: readonly Filing[] }>> {
    const answer = await this.#filings(question, filingKinds.trauma);
    if (answer.outcome !== 'ok') return answer;
    const filings = answer.value;
    return { outcome: 'ok', value: { filed: filings.some((filing) => filing.valid), filings } };
  }

  reviewBefore(question: ReviewQuestion): Promise<PlatformAnswer<readonly ReviewFinding[]>> {
    return this.#review(question, 'before');
  }

  reviewDuring(question: ReviewQuestion): Promise<PlatformAnswer<readonly ReviewFinding[]>> {
    return this.#review(question, 'during');
  }

  #filings(question: FilingQuestion, kind: string): Promise<PlatformAnswer<readonly Filing[]>> {
    const { line, clock, config } = this.#options;
    return line.send({
      transaction: transactions.filings,
      insuredArea: question.insuredArea,
      input: filingInput(question, kind),
      read: (output) => readFilings(output, config.hospital.institutionCode, clock.wallMs()),
    });
  }

  #review(question: ReviewQuestion, phase: ReviewPhase): Promise<PlatformAnswer<readonly ReviewFinding[]>> {
    const { line, config, profile, grades } = this.#options;
    const systemCode = profile.insurance.receiverSystemCode;
    return line.send({
      transaction: phase === 'before' ? transactions.reviewBefore : transactions.reviewDuring,
      insuredArea: question.insuredArea,
      input: reviewInput(question, { phase, systemCode, hospital: config.hospital }),
      read: (output) => readFindings(output, question, grades),
    });
  }
}
