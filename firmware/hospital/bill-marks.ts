/**
 * Marks that the hospital puts on bills and lines and that rules turn on. All may be missing: a mark that is not there
 * says nothing, and firmware/region decides what nothing means at this place.
 */

import type { ExternalPrescription } from './external-prescription.ts';

/** 外伤: who was hurt tells five facts (SZ-221); each may still be missing. */
export interface Injury {
  /** yyyy-MM-dd HH:mm:ss, as told. */
  readonly happenedAt: string | undefined;
  readonly place: string | undefined;
  readonly cause: string | undefined;
  readonly state: string | undefined;
  /** yyyy-MM-dd HH:mm:ss */
  readonly receivedAt: string | undefined;
  /** Number of the trauma filing (Z-8.1.8) when the hospital knows one. */
  readonly filingId: string | undefined;
}

/** 互联网医院 (N-5): settles through the institution it belongs to. */
export interface InternetVisit {
  /** Code of the internet hospital itself. */
  readonly hospitalCode: string;
  /** `fixmedins_code` of the institution it belongs to. */
  readonly parentCode: string;
  /** Ids of the chain from consultation to prescription (SZ-288). */
  readonly chain: readonly string[];
}

export interface BillMarks {
  /** 外伤; present = the hospital marks the visit as trauma. */
  readonly injury?: Injury;
  /** 医疗纠纷, damage in care (SZ-257). */
  readonly disputed?: boolean;
  /** 智能核卡: repeated or over-quantity drugs; the person is checked once more (SZ-213c). */
  readonly personCheck?: boolean;
  /** Case against its quota (Y3-13): 病种或定额. */
  readonly quota?: 'within' | 'above';
  readonly internet?: InternetVisit;
  /**
   * SHA-256, lower-case hex, of what is charged as the hospital wrote it; who holds the bill can see whether it is still
   * that (Z-5.2.5). firmware/region/bill-digest.ts says over which text.
   */
  readonly digest?: string;
  /** Code of the chronic disease that the doctor treated (门慢特病, Z-8.3.4). */
  readonly chronicDisease?: string;
  /** 外配处方: bought at a pharmacy outside, never charged here. */
  readonly externalPrescriptions?: readonly ExternalPrescription[];
}

/** The hospital's word on an item's published price. */
export interface PriceSource {
  /** 已公示, 立项; false = no published price stands behind this charge (Z-6.1.4, SZ-141). */
  readonly published: boolean;
  /** Published price, decimal yuan. */
  readonly price: string | undefined;
  /** The unit that price is for. */
  readonly unit: string | undefined;
  /** 医保支付标准, decimal yuan; what is above it is the patient's own (Z-6.2.1). */
  readonly payStandard: string | undefined;
}

/** 批号, production and expiry of the package that is handed out, and who checks it. */
export interface GoodsMark {
  readonly lotNumber: string;
  /** yyyy-MM-dd */
  readonly producedOn: string;
  readonly expiresOn: string;
  readonly pharmacistName: string;
  /** `phar_prac_cert_no` */
  readonly pharmacistLicence: string;
}

/** 减免, 儿童加收, 第二部位, 急诊加收: why a price may differ from the published one (Z-5.3.1). */
export const PRICE_REASONS = ['reduction', 'childSurcharge', 'secondPart', 'emergencySurcharge'] as const;
export type PriceReason = (typeof PRICE_REASONS)[number];

export interface LineMarks {
  readonly priceSource?: PriceSource;
  /** Why this line's price is not the published one; not there when it is. */
  readonly priceReason?: PriceReason;
  /** 限定支付 (Z-5.1.6); `basisId` is missing when nobody has given the basis. */
  readonly restricted?: { readonly basisId: string | undefined };
  /** 特需服务 (SZ-176). */
  readonly special?: boolean;
  /** Catalogue code of the basic item that a 特需 item stands for. */
  readonly basicItemCode?: string;
  /** What was ordered and what was carried out (Z-5.2.5); both equal the charged code when all is well. */
  readonly orderedCode?: string;
  readonly executedCode?: string;
  /** How many of it were ordered and carried out, decimal (SZ-178, Y3-11a). */
  readonly orderedQuantity?: string;
  readonly executedQuantity?: string;
  /** 费用单号: the hospital's charge sheet, which its stock keeping joins by. */
  readonly costOrderId?: string;
  /** 外配: bought elsewhere, never charged here (Z-8.3.6). */
  readonly external?: boolean;
  /** SZ-272: a prescription is printed only when a pharmacist has passed it. */
  readonly prescription?: {
    readonly prescriptionId: string;
    readonly review: 'waiting' | 'passed' | 'refused';
  };
  /** Must carry 追溯码 (SZ-273), now or when dispensed as the region profile says. */
  readonly traceDue?: boolean;
  /** What 3505 wants of the goods; known to the hospital's stock keeping. */
  readonly goods?: GoodsMark;
  /** Held now; more may come with `dispensed`. */
  readonly traceCodes?: readonly string[];
  /** On the bill of a refund: `feedetl_sn` of the same line in the former settlement. */
  readonly formerLineNumber?: string;
}
