/**
 * The transactions this kiosk uses: number, REST path under the regional gateway (protocols/insurance.md B) and
 * whether an answer that stays away may have moved money.
 */
export interface Transaction {
  /** `infno` */
  readonly number: string;
  readonly path: string;
  /** `money` moves it or tells what became of it: any doubt is `unknown`. `sameAgain`: repeating it does no harm. */
  readonly weight: 'money' | 'sameAgain';
  /** Which time limit of the region profile. */
  readonly limit: 'settleMs' | 'otherMs';
}

const service = (number: string, path: string): Transaction => ({
  number,
  path: `/fsi/api/${path}`,
  weight: 'sameAgain',
  limit: 'otherMs',
});

export const transactions = {
  signIn: service('9001', 'signInSignOutService/signIn'),
  drugCatalogue: service('1301', 'catalogdownservice/downCatalog1301'),
  serviceCatalogue: service('1305', 'catalogdownservice/downCatalog1305'),
  consumableCatalogue: service('1306', 'catalogdownservice/downCatalog1306'),
  person: service('1101', 'fsiPsnInfoService/queryPsnInfo'),
  institution: service('1201', 'fsiFixMedInsService/queryFixMedIns'),
  entitlement: service('2001', 'fsiPsnPriorityInfoService/queryPsnPriorityInfo'),
  registerVisit: service('2201', 'outpatientDocInfoService/outpatientRregistration'),
  uploadVisit: service('2203A', 'outpatientDocInfoService/outpatientMdtrtinfoUpA'),
  uploadFees: service('2204', 'outpatientDocInfoService/outpatientFeeListUp'),
  cancelFees: service('2205', 'outpatientDocInfoService/outpatientFeeListUpCancel'),
  preSettle: { ...service('2206', 'outpatientSettleService/preSettletment'), limit: 'settleMs' },
  settle: {
    ...service('2207', 'outpatientSettleService/saveSettletmentV2'),
    weight: 'money',
    limit: 'settleMs',
  },
  settleWithoutPassword: {
    ...service('2207A', 'outpatientSettleService/saveSettletment'),
    weight: 'money',
    limit: 'settleMs',
  },
  voidSettlement: {
    ...service('2208', 'outpatientSettleService/cancleSettletment'),
    weight: 'money',
    limit: 'settleMs',
  },
  admit: { ...service('2401', 'hospitalRegisterService/hospitalRegisterSave'), weight: 'money' },
  cancelAdmission: service('2404', 'hospitalRegisterService/hospitalRegisterCancel'),
  discharge: service('2402', 'dscgService/dischargeProcess'),
  cancelDischarge: service('2405', 'dscgService/dischargeUndo'),
  uploadInpatientFees: service('2301', 'hospFeeDtlService/feeDtlUp'),
  cancelInpatientFees: service('2302', 'hospFeeDtlService/feeDtlCl'),
  preSettleStay: { ...service('2303', 'hospSettService/preSett'), limit: 'settleMs' },
  settleStay: { ...service('2304', 'hospSettService/settV2'), weight: 'money', limit: 'settleMs' },
  voidStay: { ...service('2305', 'hospSettService/settCl'), weight: 'money', limit: 'settleMs' },
  reverse: { ...service('2601', 'reverseService/revsMethod'), weight: 'money' },
  // No source names a path for 5201; this one follows its neighbours.
  visits: { ...service('5201', 'fsiIntegratedQueryService/queryMdtrtInfo'), weight: 'money' },
  settlement: { ...service('5203', 'fsiIntegratedQueryService/querySetlInfo'), weight: 'money' },
  reviewBefore: service('3101', 'riskConService/beforeAnalyze'),
  reviewDuring: service('3102', 'riskConService/courseAnalyze'),
  chronicFilings: service('5301', 'fsiIntegratedQueryService/queryPsnOpspReg'),
  // No source names a path for 5302 either.
  filings: service('5302', 'fsiIntegratedQueryService/queryPsnFixmedins'),
  inHospital: service('5303', 'fsiIntegratedQueryService/queryInhospInfo'),
  sale: service('3505', 'goodsService/goodsSell'),
  saleReturn: service('3506', 'goodsService/goodsSellReturn'),
  settlementList: service('4101', 'medinfoupload/setllistinfoupld'),
  // Nobody names a path for 4205.
  selfPayVisit: service('4205', 'ownPayPatnService/otpMdtrtInfoUp'),
  department: service('5101', 'fsiIntegratedQueryService/queryFixmedinsDept'),
  compareTotals: service('3201', 'ybSettlementStmtService/stmtTotal'),
  compareLines: service('3202', 'ybSettlementStmtService/stmtDetail'),
  uploadFile: service('9101', 'fileupload/upload'),
  downloadFile: service('9102', 'fileupload/download'),
  practitioner: service('5102', 'fsiIntegratedQueryService/queryFixmedinsPracPsn'),
} as const satisfies Record<string, Transaction>;

/** The QR decode has its own envelope (D.1) and its own path, also where all transactions share one entry. */
export const decodePath = '/fsi/api/hsecfc/localQrCodeQuery';
