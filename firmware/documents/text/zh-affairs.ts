/** What stands on the slips of one's own affairs beside paying, in Chinese. */
export const affairsZh = {
  dayListTitle: '住院一日清单',
  day: '日期',
  complaintTitle: '投诉建议受理单',
  complaintNumber: '受理编号',
  about: '反映的事',
  takenAt: '受理时间',
  kiosk: '自助机',
  owner: '负责答复',
  answerBy: '答复期限',
  windowTicket: '窗口排队号',
  waiting: '前面等候人数',
  source: '来源',
  updatedOn: '更新日期',
  edition: '版本',
  printedOn: '打印时间',
  email: '投诉邮箱',
  complaintLine: '凭受理编号可在任何一台自助机查看答复。也可以拨打下面的电话。',
  checkedTitle: '人卡相符确认单',
  checkedPatient: '患者',
  checkedWard: '科室',
  checkedBy: '核对人工号',
  checkedAt: '核对时间',
  checkedLine: '已核对患者本人与所持医保凭证，人卡相符。请签名后由病区留存。',
  checkedSign: '签名：____________________',
  recordTitle: '出院记录',
  invoiceTitle: '电子票据',
  invoiceLine: '用手机扫下面的码，查看和下载电子票据。',
  writtenBy: '医生',
  writtenAt: '书写时间',
} as const;

/** Words of A4 pages, which are Chinese only. */
export const zhAffairsPages = {
  recordTitle: '出院记录',
  name: '姓名',
  inpatientNumber: '住院号',
  printedAt: '打印时间',
  page: '第 {page} 页 共 {pages} 页',
  writtenBy: '医生',
} as const;

export type AffairTextId = keyof typeof affairsZh;

export const complaintsZh = {
  question: '有问题要问',
  attitude: '服务态度',
  fee: '收费',
  waiting: '等候时间',
  privacy: '个人信息',
  machine: '这台机器',
  other: '其他',
} as const;
