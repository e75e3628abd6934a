/**
 * What the end of a settlement will owe, decided while bill and person are still at hand.
 *
 * Who sends what is the place's rule: where the hospital drives the visit it uploads by itself; where the kiosk does,
 * the kiosk sends settlement list, trace codes, goods and invoice too. Nothing here names the person in the clear.
 */
import { Secret } from '../../drivers/secret.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { FeeSplit, Person, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { OwedUpload } from '../settlement/settlements.ts';
import type {
  GoodsContent,
  PersonContent,
  SaleContent,
  SelfPayVisitContent,
  SettlementListContent,
} from './contents.ts';
import type { UploadRules } from './upload-rules.ts';

/** `psn_cert_type`: 01 居民身份证, 99 其他身份证件. */
const IDENTITY_CARD = '01';
const OTHER = '99';
/** `med_chrgitm_type` of what stands on shelves: 卫生材料, 西药, 中药饮片, 中成药. */
const GOODS: ReadonlySet<string> = new Set(['08', '09', '10', '11']);
const SELF_SERVICE = '自助服务';

export interface Settling {
  readonly bill: Bill;
  readonly person: Pick<Person, 'name' | 'certificateNumber' | 'personNumber'> & {
    /** 01 居民身份证 when left out. */
    readonly certificateType?: string;
    /** 就诊卡: the only number of somebody without any certificate, such as a newborn. */
    readonly visitCardNumber?: Secret<string>;
  };
  readonly kioskId: string;
  /** `null` = at own expense. */
  readonly insured: { readonly question: SettleQuestion; readonly splits: readonly FeeSplit[] } | null;
}

export function owedUploads(settling: Settling, rules: UploadRules): readonly OwedUpload[] {
  const { bill, insured } = settling;
  const owed: OwedUpload[] = [];
  const owe = (kind: OwedUpload['kind'], content: object, more: Partial<OwedUpload> = {}): void => {
    owed.push({ kind, on: 'settled', facts: {}, person: new Secret(JSON.stringify(content)), ...more });
  };
  const sends = new Set(rules.kioskSends);
  if (insured && sends.has('settlementList')) owe('settlementList', listContent(settling, insured));
  if (!insured && sends.has('selfPayVisits')) owe('selfPayVisit', selfPayContent(settling));
  if (sends.has('goods') && bill.flow !== 'refund') {
    const goods = goodsContent(bill);
    if (goods.lines.length > 0) owe('saleEvent', goods, { facts: { way: 'sold' } });
  }
  if (sends.has('traceCodes')) {
    for (const line of bill.lines.filter(({ traceDue }) => traceDue === true)) {
      const waitsForContent = rules.traceCodes === 'atDispensing';
      owe('traceCodes', saleContent(settling, line), { part: line.lineNumber, waitsForContent });
    }
  }
  if (sends.has('eInvoice')) {
    const undoes = bill.flow === 'refund';
    if (undoes) owe('eInvoice', {}, { part: 'red', facts: { action: 'red' } });
    if (!undoes || bill.lines.length > 0) owe('eInvoice', {}, { facts: { action: 'issue' } });
  }
  return owed;
}

function personContent({ name, visitCardNumber, ...person }: Settling['person']): PersonContent {
  const own = person.certificateNumber.reveal();
  const certificateType = own === '' ? OTHER : (person.certificateType ?? IDENTITY_CARD);
  return {
    name: name.reveal(),
    certificateType,
    certificateNumber: own === '' ? (visitCardNumber?.reveal() ?? '') : own,
  };
}

function listContent(
  { bill, person, kioskId }: Settling,
  { question, splits }: NonNullable<Settling['insured']>,
): SettlementListContent {
  const { doctorCode, doctorName, departmentCode, departmentName, diagnoses } = bill;
  return {
    person: personContent(person),
    personNumber: person.personNumber.reveal(),
    ...{ visitId: question.visitId, insuredArea: question.insuredArea },
    ...{ insuranceType: question.insuranceType, medicalType: question.medicalType },
    recordNumber: bill.outpatientNumber,
    begunOn: bill.visitedAt.slice(0, 10),
    ...{ doctorCode, doctorName, departmentCode, departmentName, diagnoses, splits },
    filledBy: { department: SELF_SERVICE, person: kioskId },
  };
}

function selfPayContent({ bill, person }: Settling): SelfPayVisitContent {
  const { visitedAt, medicalType, departmentCode, departmentName, diagnoses, lines } = bill;
  const told = lines.map(({ lineNumber, catalogueCode, hospitalCode, name, specification, unit, ...line }) => {
    const { quantity, unitPrice, amountFen, doctorCode, doctorName, category } = line;
    const item = { lineNumber, catalogueCode, hospitalCode, name, specification, unit };
    return { ...item, quantity, unitPrice, amountFen, doctorCode, doctorName, category };
  });
  const visit = { begunAt: visitedAt, medicalType, departmentCode, departmentName, diagnoses, lines: told };
  return { person: personContent(person), ...visit };
}

function goodsContent({ lines }: Bill): GoodsContent {
  const goods = lines.filter(({ category }) => GOODS.has(category));
  return {
    lines: goods.map(({ lineNumber, catalogueCode, hospitalCode, quantity, unitPrice, amountFen }) => {
      return { lineNumber, catalogueCode, hospitalCode, quantity, unitPrice, amountFen };
    }),
  };
}

function saleContent({ bill, person, kioskId, insured }: Settling, line: Bill['lines'][number]): SaleContent {
  const { catalogueCode, hospitalCode, name, quantity, unitPrice, doctorName, traceCodes, goods } = line;
  return {
    person: personContent(person),
    ...(insured ? { personNumber: person.personNumber.reveal() } : {}),
    insuredArea: insured?.question.insuredArea ?? '',
    visitNumber: bill.outpatientNumber,
    prescriberName: doctorName,
    operatorName: kioskId,
    line: { catalogueCode, hospitalCode, name, quantity, unitPrice, prescription: line.prescription !== undefined },
    ...(traceCodes ? { traceCodes } : {}),
    ...(goods ? { goods } : {}),
  };
}
