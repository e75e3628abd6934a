/**
 * The lane to the insurance platform: settlement lists 4101, sales with trace codes 3505, self-pay visits 4205, visits
 * that could not be told before (2203A, 2204).
 *
 * One promise: a refusal that only says "I have it" is a yes, and what can't be right by asking again goes to a person
 * at once.
 */
import { createHash } from 'node:crypto';
import { Secret } from '../../drivers/secret.ts';
import type { InsurancePlatform, PlatformAnswer } from '../insurance/insurance-platform.ts';
import type { InsuranceUploads, SettlementList } from '../insurance/insurance-uploads.ts';
import { platformTime } from '../insurance/platform-time.ts';
import {
  type EndFacts,
  personOf,
  type SaleContent,
  type SelfPayVisitContent,
  type SettlementListContent,
  type VisitContent,
} from './contents.ts';
import type { UploadAnswer, UploadDesk, UploadItem } from './upload-desk.ts';

type Platform = Pick<InsurancePlatform, 'uploadVisit' | 'uploadFees' | 'institutionStanding'> & {
  readonly uploads: InsuranceUploads;
};

export function insuranceDesk(platform: Platform): UploadDesk {
  return {
    atOnce: 1,
    deliver: async ([item]) => (item ? [await deliver(platform, item)] : []),
    answers: async () => {
      const { outcome } = await platform.institutionStanding();
      return outcome === 'ok' || outcome === 'refused';
    },
  };
}

async function deliver(platform: Platform, item: UploadItem): Promise<UploadAnswer> {
  const { uploads } = platform;
  const facts = JSON.parse(item.body) as EndFacts;
  const content: unknown = JSON.parse(item.person?.reveal() ?? '{}');
  switch (item.kind) {
    case 'settlementList':
      return heard(await uploads.uploadSettlementList(listOf(facts, content as SettlementListContent)));
    case 'traceCodes': {
      const {
        goods,
        traceCodes,
        soldAt,
        personNumber,
        person,
        openedPackage = false,
        ...sale
      } = content as SaleContent;
      if (!goods) return { outcome: 'refused', reason: 'goodsUnknown', hopeless: true };
      if (!traceCodes || traceCodes.length === 0) return { outcome: 'refused', reason: 'noTraceCode', hopeless: true };
      const { pharmacistName, pharmacistLicence, ...lot } = goods;
      return heard(
        await uploads.uploadSale({
          ...sale,
          ...(personNumber === undefined ? {} : { personNumber: new Secret(personNumber) }),
          ...(facts.settlementId === undefined ? {} : { settlementId: facts.settlementId }),
          key: shortKey(item.key),
          person: personOf(person),
          receiptNumber: facts.receiptNumber ?? facts.number,
          soldAt: soldAt ?? platformTime(item.madeMs),
          ...{ pharmacistName, pharmacistLicence },
          line: { ...sale.line, ...lot, openedPackage, traceCodes },
        }),
      );
    }
    case 'selfPayVisit': {
      const { person, ...visit } = content as SelfPayVisitContent;
      return heard(await uploads.uploadSelfPayVisit({ ...visit, key: shortKey(item.key), person: personOf(person) }));
    }
    case 'visit':
      return deliverVisit(platform, content as VisitContent);
    default:
      return { outcome: 'refused', reason: `the insurance platform takes no ${item.kind}`, hopeless: true };
  }
}

function listOf(facts: EndFacts, { person, personNumber, ...list }: SettlementListContent): SettlementList {
  return {
    ...list,
    personNumber: new Secret(personNumber),
    person: personOf(person),
    settlementId: facts.settlementId ?? '',
    // The hospital's receipt has one number; where an e-invoice has a code as well, it is the hospital's to tell.
    receiptCode: facts.receiptNumber ?? facts.number,
    receiptNumber: facts.receiptNumber ?? facts.number,
    endedOn: facts.settledAt?.slice(0, 10) ?? list.begunOn,
    amounts: facts.amounts,
  };
}

async function deliverVisit(platform: Platform, content: VisitContent): Promise<UploadAnswer> {
  const { visitId, personNumber, insuredArea, medicalType, begunAt, diagnoses } = content;
  const visit = { visitId, personNumber: new Secret(personNumber), insuredArea };
  if (diagnoses.length === 0) return { outcome: 'refused', reason: 'noDiagnosis', hopeless: true };
  const told = heard(await platform.uploadVisit(visit, { medicalType, begunAt, diagnoses }));
  if (told.outcome !== 'taken') return told;
  const { chargeBatch, departmentCode, departmentName, lines } = content;
  const batch = { chargeBatch, occurredAt: begunAt, departmentCode, departmentName, lines };
  return heard(await platform.uploadFees(visit, batch));
}

/** Words with which a centre says that it has this very upload from before. */
const HAS_IT = /已上传|已存在|重复上传/;

function heard(answer: PlatformAnswer<unknown>): UploadAnswer {
  switch (answer.outcome) {
    case 'ok':
      return { outcome: 'taken' };
    case 'refused':
      // `infcode` '' = our own check: nothing was sent.
      if (answer.infcode === '') return { outcome: 'refused', reason: answer.message, hopeless: true };
      if (HAS_IT.test(answer.message)) return { outcome: 'taken' };
      return { outcome: 'refused', reason: `${answer.infcode} ${answer.message}` };
    case 'unreachable':
      return { outcome: 'unreachable', reason: answer.detail };
    case 'unknown':
    case 'malformed':
      return { outcome: 'unknown', reason: answer.detail };
  }
}

/** Thirty characters for a key of ours that may be longer: the same ones each time. */
export function shortKey(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 30);
}
