/** An invented kiosk: its config, its profile, its people. Nobody and nothing here exists. */
import { readFileSync } from 'node:fs';
import { Secret } from '../../drivers/secret.ts';
import type { KioskConfig } from '../../firmware/config/kiosk-config.ts';
import type { Bill, BillLine } from '../../firmware/hospital/hospital-gateway.ts';
import type { Credential, SettlementAmounts, SettleQuestion } from '../../firmware/insurance/insurance-platform.ts';
import type { RegionProfile } from '../../firmware/region/profile.ts';
import { parseProfileBytes } from '../../firmware/region/profile-schema.ts';

export const INSTITUTION = 'H99000100001';

export const config: KioskConfig = {
  kioskId: 'KIOSK-TEST-01',
  hospital: {
    institutionCode: INSTITUTION,
    institutionName: '演示医院',
    areaCode: '990001',
    helpWindow: '1 号窗口',
    phone: '000-0000',
  },
  insurance: {
    url: 'http://insurance.example',
    callerId: 'test-caller',
    callerToken: 'TESTTOKEN',
    messageSequence: { first: 0, last: 99 },
  },
  hospitalGateway: { url: 'http://hospital.example', token: 'hospital-token' },
  paymentGateway: { url: 'http://payment.example', token: 'payment-token', merchantId: 'M-TEST' },
  broker: undefined,
  devices: { cardReader: undefined, receiptPrinter: undefined, codeScanner: undefined },
  screenPort: 0,
};

export function profileBytes(id: string): Uint8Array {
  return readFileSync(new URL(`../../firmware/region/profiles/${id}.json`, import.meta.url));
}

export function profile(id = 'national'): RegionProfile {
  return parseProfileBytes(profileBytes(id));
}

export const credential: Credential = {
  type: '03',
  number: new Secret('SIM990101'),
  cardId: new Secret('990001D1560000050000000000000101'),
  name: new Secret('张演一'),
  certificateNumber: new Secret('990001197903141012'),
};

export const question: SettleQuestion = {
  visitId: 'V1',
  personNumber: new Secret('P1'),
  insuredArea: '990001',
  credential,
  medicalType: '11',
  insuranceType: '310',
  chargeBatch: 'B1',
  totalFen: 55_740,
  useAccount: true,
};

/** Example 1 of the reference, H.3, as the wire writes it. */
export const setlinfo = {
  mdtrt_id: 'V1',
  setl_id: 'S1',
  setl_time: '2026-11-22 09:00:00',
  medfee_sumamt: 557.4,
  fulamt_ownpay_amt: '45.60',
  overlmt_selfpay: 8.8,
  preselfpay_amt: 25,
  inscp_scp_amt: '478.00',
  act_pay_dedc: 150,
  hifp_pay: 196.8,
  cvlserv_pay: null,
  hifes_pay: '',
  hifmi_pay: 0,
  hifob_pay: 0.0,
  maf_pay: '0.00',
  oth_pay: 0,
  fund_pay_sumamt: '196.80',
  hosp_part_amt: null,
  psn_part_amt: 360.6,
  acct_pay: 170.35,
  acct_mulaid_pay: 50,
  psn_cash_pay: 190.25,
  balc: 0,
};

export const amounts: SettlementAmounts = {
  totalFen: 55_740,
  outOfScopeFen: 4_560,
  overLimitFen: 880,
  preSelfPayFen: 2_500,
  inScopeFen: 47_800,
  deductibleFen: 15_000,
  basicFundFen: 19_680,
  civilServantFen: 0,
  enterpriseFen: 0,
  seriousIllnessFen: 0,
  largeAmountFen: 0,
  assistanceFen: 0,
  otherFundFen: 0,
  fundFen: 19_680,
  hospitalFen: 0,
  personFen: 36_060,
  accountFen: 17_035,
  mutualAidFen: 5_000,
  ownFen: 19_025,
  balanceAfterFen: 0,
};

export function line(change: Partial<BillLine> = {}): BillLine {
  const unitPrice = change.unitPrice ?? '50.00';
  return {
    lineNumber: `L-${change.name ?? 'one'}`,
    catalogueCode: '001102000010000',
    hospitalCode: 'H-1',
    name: 'one',
    specification: '',
    unit: '次',
    quantity: '1',
    unitPrice,
    amountFen: Math.round(Number(unitPrice) * 100 * Number(change.quantity ?? '1')),
    doctorCode: 'D990001000001',
    doctorName: '演医',
    category: '05',
    level: '01',
    performed: false,
    consentId: undefined,
    orderId: `O-${change.name ?? 'one'}`,
    ...change,
  };
}

export function bill(lines: readonly BillLine[], change: Partial<Bill> = {}): Bill {
  return {
    flow: 'outpatient',
    billId: 'bil_1',
    version: '1',
    institutionCode: INSTITUTION,
    outpatientNumber: 'OP-1',
    departmentCode: 'A01',
    departmentName: '演示科',
    specialty: 'A03',
    doctorCode: 'D990001000001',
    doctorName: '演医',
    visitedAt: '2026-11-22 08:00:00',
    medicalType: '11',
    emergency: false,
    diagnoses: [
      {
        code: 'I10.x00',
        name: '高血压',
        departmentName: '演示科',
        doctorCode: 'D990001000001',
        doctorName: '演医',
        diagnosedAt: '2026-11-22 08:10:00',
      },
    ],
    lines,
    totalFen: lines.reduce((sum, one) => sum + one.amountFen, 0),
    uploaded: undefined,
    ...change,
  };
}
