/** A bill as the hospital contract writes it: amounts integer fen, what is missing is null or not there. */

export type SettledAs = 'outpatient' | 'registration' | 'deposit' | 'discharge' | 'selfPay' | 'refund' | 'conversion';

export interface LineMarks {
  readonly priceSource?: {
    readonly published: boolean;
    readonly price: string | null;
    readonly unit: string | null;
    readonly payStandard: string | null;
  };
  readonly priceReason?: 'reduction' | 'childSurcharge' | 'secondPart' | 'emergencySurcharge';
  readonly restricted?: { readonly basisId: string | null };
  readonly special?: boolean;
  readonly basicItemCode?: string;
  readonly orderedCode?: string;
  readonly executedCode?: string;
  readonly orderedQuantity?: string;
  readonly executedQuantity?: string;
  readonly costOrderId?: string;
  readonly external?: boolean;
  readonly prescription?: { readonly prescriptionId: string; readonly review: 'waiting' | 'passed' | 'refused' };
  readonly traceDue?: boolean;
  readonly traceCodes?: readonly string[];
  readonly goods?: {
    readonly lotNumber: string;
    readonly producedOn: string;
    readonly expiresOn: string;
    readonly pharmacistName: string;
    readonly pharmacistLicence: string;
  };
  readonly formerLineNumber?: string;
}

export interface HospitalBillLine extends LineMarks {
  readonly lineNumber: string;
  readonly catalogueCode: string;
  readonly hospitalCode: string;
  readonly name: string;
  readonly specification: string;
  readonly unit: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amountFen: number;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly category: string;
  readonly level: '01' | '02' | '03';
  readonly performed: boolean;
  readonly consentId: string | null;
  readonly orderId: string;
}

export interface HospitalFeeSplit {
  readonly lineNumber: string;
  readonly amountFen: number;
  readonly outOfScopeFen: number;
  readonly overLimitFen: number;
  readonly preSelfPayFen: number;
  readonly inScopeFen: number;
  readonly level: '01' | '02' | '03';
  readonly category: string;
}

export interface UploadedVisit {
  readonly visitId: string;
  readonly chargeBatch: string;
  readonly splits: readonly HospitalFeeSplit[];
}

export interface BillMarks {
  readonly injury?: {
    readonly happenedAt: string | null;
    readonly place: string | null;
    readonly cause: string | null;
    readonly state: string | null;
    readonly receivedAt: string | null;
    readonly filingId: string | null;
  };
  readonly disputed?: boolean;
  /** 智能核卡 */
  readonly personCheck?: boolean;
  readonly quota?: 'within' | 'above';
  readonly internet?: {
    readonly hospitalCode: string;
    readonly parentCode: string;
    readonly chain: readonly string[];
  };
  readonly chronicDisease?: string;
  readonly externalPrescriptions?: readonly {
    readonly prescriptionId: string;
    readonly review: 'waiting' | 'passed' | 'refused';
    readonly feeKind: 'insurance' | 'own';
    readonly channel: string;
    readonly doctorName: string;
    readonly doctorSignature: string;
    readonly pharmacistName: string | null;
    readonly reviewedAt: string | null;
    readonly validUntil: string;
    readonly items: readonly {
      readonly name: string;
      readonly specification: string;
      readonly quantity: string;
      readonly unit: string;
      readonly usage: string;
    }[];
  }[];
  /** SHA-256 over what is charged. */
  readonly digest?: string;
}

/** A payment that was taken and may go back; `cashier` = only by hand. */
export interface EarlierPayment {
  readonly orderNumber: string | null;
  readonly paidBy: 'code' | 'card' | 'cash';
  readonly route: string | null;
  readonly paidAt: string;
  readonly amountFen: number;
  readonly refundableFen: number;
  readonly giveBack: 'route' | 'cashier';
}

export interface EarlierDeposit extends EarlierPayment {
  readonly depositId: string;
}

export interface FormerSettlement {
  readonly settlementNumber: string;
  readonly kind: SettledAs;
  readonly billId: string;
  readonly settledAt: string;
  readonly centre: {
    readonly settlementId: string;
    readonly visitId: string;
    readonly messageId: string | null;
  } | null;
  readonly totalFen: number;
  readonly fundFen: number;
  readonly accountFen: number;
  readonly ownFen: number;
  readonly payments: readonly EarlierPayment[];
}

/** What a bill of one kind says beyond its lines. */
export interface BillTerms {
  readonly deposit?: { readonly stayId: string; readonly minFen: number; readonly maxFen: number };
  readonly discharge?: {
    readonly stayId: string;
    readonly admittedAt: string;
    readonly dischargedAt: string;
    readonly dischargeWay: string;
    readonly deposits: readonly EarlierDeposit[];
    readonly depositFen: number;
  };
  readonly refund?: {
    readonly former: FormerSettlement;
    readonly refundedLineNumbers: readonly string[];
    readonly approvalId: string;
    readonly keptBatch: string | null;
  };
  readonly conversion?: {
    readonly former: FormerSettlement;
    readonly applicationId: string;
    readonly approvalId: string;
    readonly until: string;
  };
}

export interface HospitalBill extends BillMarks, BillTerms {
  readonly kind: SettledAs;
  readonly billId: string;
  readonly version: string;
  readonly institutionCode: string;
  readonly outpatientNumber: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly specialty: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  /** yyyy-MM-dd HH:mm:ss */
  readonly visitedAt: string;
  readonly medicalType: string;
  readonly emergency: boolean;
  readonly diagnoses: readonly {
    readonly code: string;
    readonly name: string;
    readonly departmentName: string;
    readonly doctorCode: string;
    readonly doctorName: string;
    readonly diagnosedAt: string;
  }[];
  readonly lines: readonly HospitalBillLine[];
  readonly totalFen: number;
  readonly uploaded: UploadedVisit | null;
}
