/** Words of the centre's `memo` by which a claim is told that it is not paid (N-32); the memo itself is shown. */
const words = ['拒付', '不予支付', '不予结算', '违规', '不合规', '审核扣减', '审核不通过', '驳回'];

export function tellsRejection(memo: string): boolean {
  return words.some((word) => memo.includes(word));
}
