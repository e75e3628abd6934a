/** What a held bill's slip says in Chinese: what was seen, for the person at the desk, without blame. */
import type { CaseReason, Office } from '../../region/offices.ts';

export const caseZh: Readonly<Record<CaseReason, string>> = {
  billTotalsDiffer: '账单合计与明细不符',
  billTampered: '账单内容与医院发出时不一致',
  notToldBefore: '自费项目未事先告知',
  duplicateCharge: '疑似重复收费',
  notAsExecuted: '收费项目与执行项目不一致,疑似套用',
  tooManyCharged: '收费数量多于医嘱或执行数量',
  outsideScope: '目录外项目标为医保支付',
  aboveQuota: '超定额病例,项目转为个人自付,请核对',
  caseInTalks: '账单有待处理事项,暂不进入医保结算',
  itemForOtherAge: '项目与患者年龄不符,请核对',
  foreignInstitution: '账单属于其他机构',
  doctorNotFiled: '医师备案未查到 DOC_NOT_FILED',
  injuryOfOthers: '外伤,可能由工伤保险或第三人负担',
  reviewBlocked: '医保事前事中审核未放行',
  itemNotPublished: '项目未公示价格(未经立项)',
  priceDiffers: '收费与公示价格不一致,未注明原因',
  priceAbovePublished: '超标准收费,高于公示价格',
  unitDiffers: '计价单位与公示不一致',
  itemOutOfForce: '项目编码已停用',
  specialAndBasic: '特需项目与基本项目同时收费',
  splitCharge: '疑似分解收费',
  injuryNotFiled: '外伤未备案',
  injuryFactsMissing: '外伤时间、地点、原因、伤情、接诊时间未记全',
  diagnosisMissing: '缺少诊断编码',
  restrictedUse: '限定支付药品缺少用药依据',
  tooMuchAtOnce: '药品数量超过一次可开数量',
  notAsOrdered: '收费项目与医嘱不一致,疑似串换',
  doctorAsked: '医保审核要求医师说明',
  traceCodeMissing: '药品追溯码未采集',
  prescriptionUnreviewed: '处方未经药师审核',
  inHospitalNow: '患者住院期间发生的门诊账单',
};

export const officesZh: Readonly<Record<Office, string>> = {
  counter: '人工窗口',
  priceOffice: '价格咨询处',
  filingWindow: '备案窗口',
  doctor: '诊室',
  pharmacy: '药房',
  wardOffice: '住院处',
};

/** Words of the slip itself. */
export const caseWordsZh = {
  printedOn: '打印时间',
  caseTitle: '问题处理单',
  nothingCharged: '没有扣您的钱。请带上本单,工作人员凭编号为您办理。',
  orCounter: '也可以到',
  caseNumber: '问题编号',
  billNumber: '账单号',
  list: '依据目录',
  rule: '依据规则',
  code: '代码',
} as const;

export type CaseTextId = keyof typeof caseWordsZh;
