/** The story in Chinese, for the cashier of a hospital. */
import type { StoryWords } from './story-words.ts';

export const zh: StoryWords = {
  flow: {
    outpatient: '门诊结算',
    registration: '挂号结算',
    deposit: '住院预缴金',
    discharge: '出院结算',
    selfPay: '自费缴费',
    refund: '退费',
    conversion: '自费转医保补记账',
    parked: '挂账待补记',
  },
  plan: { payThenSettle: '先付款后结算', settleThenPay: '先结算后付款' },
  asked: {
    'hospital.lock': '请医院锁定账单',
    'hospital.confirm': '请医院确认账单已结清',
    'hospital.unlock': '请医院解锁账单',
    'pay.create': '请支付平台开立订单(手机扫码付)',
    'pay.charge': '请求扣款',
    'pay.close': '请求关闭或冲正付款订单',
    'pay.refund': '请求原路退款',
    'pay.return': '请求按原路退回一笔',
    'pay.query': '查询付款订单',
    'pay.refundState': '查询退款',
    'pay.returnQuery': '查询原付款是否成立',
    'pay.returnState': '查询退回的这一笔',
    'cash.stack': '请纸币器收下纸币',
    'cash.counter': '读取纸币器计数',
    'ins.settle': '请医保结算(2207/2304)',
    'ins.find': '向医保查询这笔结算(5201、5203)',
    'ins.reverse': '请医保冲正(2601)',
    'ins.void': '请医保撤销结算(2208/2305)',
    'ins.undo': '请医保撤销原结算(2208/2305)',
    'ins.findFormer': '向医保查询原结算(5203)',
    'ins.prepare': '请医保重新预结算保留的项目(2205、2204、2206)',
  },
  done: '已完成',
  found: {
    waiting: '未付',
    userPaying: '正在付',
    paid: '已付',
    closed: '已关闭',
    refunded: '已退款',
    notFound: '查无此笔',
    pending: '退款已受理',
    failed: '退款失败',
    reversed: '已冲正',
    counts: '有效',
    voided: '已撤销',
  },
  refused: (reason) => `对方拒绝(${reason})`,
  later: {
    laterStay: '对方拒绝:后面有一笔住院结算,须先撤销那一笔',
    laterOutpatient: '对方拒绝:后面有一笔门诊结算,须先撤销那一笔',
    laterPharmacy: '对方拒绝:后面有一笔药店购药结算,须先撤销那一笔',
    laterSettlement: '对方拒绝:后面还有一笔结算,须先撤销那一笔',
  },
  noAnswer: (why) => `没有可靠的答复(${why})`,
  late: '迟到的答复',
  agreed: ({ total, fund, account, own }) => `患者确认:总额 ${total},基金 ${fund},个人账户 ${account},自付 ${own} 元`,
  paidBefore: (yuan) => `此前已付 ${yuan} 元`,
  goesBack: (yuan) => `应按原路退回 ${yuan} 元`,
  giveUp: { patientGaveUp: '患者取消', patientGone: '患者已离开', payOrderExpired: '付款超时' },
  restarted: '本机重新启动,机前已无人',
  codeShown: '患者出示付款码',
  cashOpened: '开始收纸币',
  noteInserted: (yuan) => `放入 ${yuan} 元纸币`,
  payAbsent: '关闭后一段时间内支付平台始终没有收到付款',
  person: {
    offSiteUnknown: '异地结算结果查不清,请人工核对',
    reversalRefused: '医保拒绝冲正,请人工核对',
    voidRefused: '医保拒绝撤销,请人工核对',
    refundRefused: '退款被拒,请人工退款',
    paymentContradicts: '支付平台前后答复矛盾,请人工核对',
    insuranceContradicts: '医保前后答复矛盾,请人工核对',
    hospitalContradicts: '医院系统前后答复矛盾,请人工核对',
    hospitalUnreadable: '医院系统的答复读不懂,请人工核对账单是否已结清;本机仍在询问',
    refundHalfDone: '原结算已撤销,后续没有完成,请人工办理',
    returnRefused: '有一笔退不回原路,请人工退款',
    cashMismatch: '纸币器计数对不上,款已封存,请人工清点',
  },
  caseClosed: (by, claim, kept, note) =>
    `${by.join('、')} 办结:医保结算${claim === 'counts' ? '有效' : '不存在'},医院留存 ${kept} 元;${note}`,
  paidOut: (by, yuan) => `收费员 ${by} 付出 ${yuan} 元`,
  end: {
    settled: '办理完成',
    notSettled: '未结算,已收的都已退',
    parked: '已挂账,凭补记账编号办理',
    byPerson: '人工办结',
  },
  copyBegun: (copy) => (copy === 1 ? '开始打印凭条' : `开始补打凭条(第 ${copy} 次)`),
  copyEnded: { printed: '凭条已打印', unconfirmed: '凭条可能没有打印', failed: '凭条没有打印' },
  now: ({ word, takenFen, owedFen, caseNumber }, yuan) => {
    switch (word) {
      case 'nothingTaken':
        return '没有收过钱。';
      case 'parked':
        return '没有收过钱,账单已挂账,凭编号补办医保。';
      case 'findingOut':
        return `正在查清是否已付款,最多 ${yuan(takenFen.most)} 元;请勿重复付款。`;
      case 'held':
        return `已收 ${yuan(takenFen.most)} 元,正在办理;办不成会原路退回。`;
      case 'kept':
        return `已收 ${yuan(takenFen.most)} 元,账单已结清。`;
      case 'goingBack':
        return `正在原路退回,还没有全部退到。`;
      case 'returned':
        return '应退的钱已全部原路退回。';
      case 'atCashier':
        return `有 ${yuan(owedFen)} 元在收费窗口等患者领取。`;
      case 'withPerson':
        return `由工作人员处理,案件编号 ${caseNumber}。`;
      case 'closedByPerson':
        return `工作人员已办结,案件编号 ${caseNumber}。`;
    }
  },
  claimsNow: { none: '医保没有有效结算。', one: '医保有一笔有效结算。', open: '医保结果正在查清。' },
};
