/** What stands on the slips of one's own affairs beside paying, in Chinese. */
export const affairsZh = {
  dayListTitle: '住院一日清单',
  day: '日期',
  complaintTitle: '投诉建议受理单',
  complaintNumber: '受理编号',
  about: '反映的事',
  takenAt: '受理时间',
  kiosk: '自助机',
  complaintLine: '凭受理编号可在任何一台自助机查看答复。也可以拨打下面的电话。',
} as const;

export type AffairTextId = keyof typeof affairsZh;

export const complaintsZh = {
  attitude: '服务态度',
  fee: '收费',
  waiting: '等候时间',
  privacy: '个人信息',
  machine: '这台机器',
  other: '其他',
} as const;
