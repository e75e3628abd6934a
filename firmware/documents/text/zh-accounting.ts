/** 补记账 on paper, in Chinese. */

export const accountingZh = {
  parkedTitle: '补记账单',
  parkedLine: '没有扣您的钱。请在截止日期前,带本单和医保卡或医保码,到人工窗口或自助机补办医保结算。',
  accountingNumber: '补记账编号',
  accountingUntil: '补办截止日期',
  accountingLine: '凭此编号可在截止日期前补办医保结算,退回医保应付的部分。',
  billNumber: '账单号',
  printedOn: '打印时间',
} as const;

export type AccountingTextId = keyof typeof accountingZh;
