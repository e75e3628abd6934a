/** What stands on an A4 list, in Chinese, beyond the words of the slips. */
export const zhList = {
  title: '住院费用明细清单',
  inpatientNumber: '住院号',
  department: '科室',
  bed: '病区床号',
  admitted: '入院',
  discharged: '出院',
  category: '类别',
  printedAt: '打印时间',
  page: '第 {page} 页 共 {pages} 页',
  broughtForward: '承前页',
  carriedForward: '过次页',
  keep: '本清单与结算单金额一致,请妥善保管',
} as const;
