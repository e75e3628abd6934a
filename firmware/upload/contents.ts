/**
 * What is sealed in a row of each kind, as JSON: what the upload says of person, visit and lines. What only the
 * settlement's end knows (settlement id, receipt, final amounts) stands in the row's clear part.
 */
import { Secret } from '../../drivers/secret.ts';
import type { Diagnosis, FeeLine, FeeSplit, SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { SaleLine, SettlementList, UploadedPerson } from '../insurance/insurance-uploads.ts';

export interface PersonContent {
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  readonly gender?: string;
  readonly bornOn?: string;
}

export interface SettlementListContent {
  readonly person: PersonContent;
  readonly personNumber: string;
  readonly visitId: string;
  readonly insuredArea: string;
  readonly insuranceType: string;
  readonly medicalType: string;
  readonly recordNumber: string;
  readonly begunOn: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly splits: readonly FeeSplit[];
  readonly filledBy: { readonly department: string; readonly person: string };
  readonly stay?: NonNullable<SettlementList['stay']>;
}

/** A sold line. `undefined` members are not known yet: without them it isn't sent. */
export interface SaleContent {
  readonly person: PersonContent;
  readonly personNumber?: string;
  readonly insuredArea: string;
  readonly visitNumber: string;
  readonly prescriberName: string;
  readonly operatorName: string;
  readonly line: Omit<SaleLine, 'lotNumber' | 'producedOn' | 'expiresOn' | 'traceCodes' | 'openedPackage'>;
  /** 追溯码, one for each smallest package. */
  readonly traceCodes?: readonly string[];
  readonly openedPackage?: boolean;
  /** yyyy-MM-dd HH:mm:ss, when it was handed out. */
  readonly soldAt?: string;
  readonly goods?: {
    readonly lotNumber: string;
    readonly producedOn: string;
    readonly expiresOn: string;
    readonly pharmacistName: string;
    readonly pharmacistLicence: string;
  };
}

export interface SelfPayVisitContent {
  readonly person: PersonContent;
  readonly begunAt: string;
  readonly medicalType: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly (FeeLine & { readonly category: string })[];
}

/** 2203A and 2204 of a visit that could not be told before. */
export interface VisitContent {
  readonly visitId: string;
  readonly personNumber: string;
  readonly insuredArea: string;
  readonly medicalType: string;
  readonly begunAt: string;
  readonly chargeBatch: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly FeeLine[];
}

/** 进销存: what left the shelves, or came back. */
export interface GoodsContent {
  readonly lines: readonly {
    readonly lineNumber: string;
    readonly catalogueCode: string;
    readonly hospitalCode: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly amountFen: number;
  }[];
}

/** The clear part of every row that a settlement's end wrote. */
export interface EndFacts {
  readonly number: string;
  readonly billId: string;
  readonly settlementId?: string;
  /** yyyy-MM-dd HH:mm:ss at the centre. */
  readonly settledAt?: string;
  readonly receiptNumber?: string;
  readonly amounts: SettlementAmounts;
}

export function personOf({ name, certificateType, certificateNumber, gender, bornOn }: PersonContent): UploadedPerson {
  return {
    name: new Secret(name),
    certificateType,
    certificateNumber: new Secret(certificateNumber),
    ...(gender === undefined ? {} : { gender }),
    ...(bornOn === undefined ? {} : { bornOn: new Secret(bornOn) }),
  };
}
