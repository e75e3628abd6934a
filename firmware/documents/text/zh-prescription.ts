/** 外配处方 on paper, in Chinese. */

export const prescriptionZh = {
  prescriptionTitle: '外配处方',
  externalMark: '【外购】不在本院收费',
  prescriptionNumber: '处方编号',
  feeKind: '费用类别',
  insurance: '医保',
  own: '自费',
  channel: '处方通道',
  doctorSigned: '医师签章',
  reviewed: '审方药师',
  reviewedAt: '审方时间',
  validUntil: '有效期至',
  patient: '患者',
  department: '科室',
  howTo: '怎样买药',
  firstStep: '1. 带本处方和医保码、医保卡或身份证,去哪家定点零售药店由您自己选。',
  secondStep: '2. 药店凭处方编号取方,核对后配药、收费。',
  thirdStep: '3. 请在有效期内去,看清药名和用法再拿走。',
  waiting: '药师还没有审完,现在不能打印。审完以后请在自助机“补打”里打印。',
  refused: '药师没有审过,不能打印。请回诊室找医生。',
} as const;

export type PrescriptionTextId = keyof typeof prescriptionZh;
