/** 自费项目知情同意书 on paper, in Chinese. */

export const consentZh = {
  consentTitle: '自费项目知情同意书',
  consentCopy: '(患者留存联)',
  consentNumber: '同意书编号',
  patient: '患者',
  consentLine: '下列项目医保不付,全部由您自己付钱。收费前已经告诉您,您可以不同意,不同意就不收。',
  consentTotal: '自费合计',
  agreed: '以上项目和金额已经知道,同意使用并自己付钱。',
  signedBy: '签字人',
  signedAt: '签字时间',
  signedWhere: '签字地点',
  atKiosk: '自助机',
} as const;

export type ConsentTextId = keyof typeof consentZh;

export const signersZh = { patient: '患者本人', relative: '近亲属', guardian: '监护人' } as const;
