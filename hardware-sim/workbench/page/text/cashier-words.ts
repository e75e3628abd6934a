/** What the cashier's page says. */
import type { Words } from './words.ts';

/** Words of the hospital's own list (hospital.openapi.yaml, settlementByNumber). */
export const moneyWords: Readonly<Record<string, Words>> = {
  nothingTaken: ['没有收过钱', 'nothing was taken'],
  parked: ['已挂账', 'parked'],
  findingOut: ['正在查清', 'being found out'],
  kept: ['已结清', 'settled'],
  goingBack: ['正在原路退回', 'on its way back'],
  returned: ['已全部退回', 'all given back'],
  atCashier: ['在窗口等领取', 'waits at the counter'],
  withPerson: ['等人工处理', 'needs a person'],
  closedByPerson: ['人工已办结', 'closed by two people'],
};

export const cashierWords = {
  title: ['医院收费处', 'Hospital cashier'],
  back: ['回工作台', 'back to the bench'],
  ask: ['这笔钱在哪里？', 'Where is this money?'],
  hint: ['凭条或屏幕上的结算编号，12 位字母数字', '12 letters and digits of the slip or the screen'],
  find: ['查询', 'Find'],
  noNumber: ['这不是结算编号，请再看一看凭条', 'That is no settlement number; please look at the slip again'],
  unknown: ['没有这个编号：本机和医院都没有办过', 'Nobody knows this number: neither this kiosk nor the hospital'],
  kioskSays: ['自助机的账', 'Books of the kiosk'],
  hospitalSays: ['医院的账', 'Books of the hospital'],
  partiesSay: ['支付、医保', 'Payment and insurance'],
  notHere: ['不在这台机器上', 'not at this kiosk'],
  notTold: ['医院还没有收到消息', 'the hospital was not told yet'],
  paid: ['已收', 'paid'],
  refunded: ['已退', 'given back'],
  claims: ['有效医保结算', 'claims that count'],
  agree: ['各方的账一致', 'All books agree'],
  differ: [
    '各方的账不一致：先不要收钱退钱，请找对账员',
    'The books differ: take and give nothing, call whoever reconciles',
  ],
  story: ['经过', 'What happened'],
  open: ['要处理的', 'To be looked after'],
  none: ['没有', 'Nothing'],
  close: ['两人办结', 'Close it, two people'],
  closeIt: ['办结', 'Close the case'],
  claimCounts: ['医保结算有效', 'the claim counts'],
  claimNone: ['医保结算不存在', 'no claim counts'],
  first: ['经办人工号', 'first staff number'],
  second: ['复核人工号', 'second staff number'],
  kept: ['医院留存（元）', 'kept by the hospital, yuan'],
  note: ['查到了什么、做了什么（不写姓名）', 'what was found and done; no names'],
  needTwo: ['要两个不同的工号和一句话', 'Two different staff numbers and a sentence'],
  notClosed: ['没有办结', 'Not closed'],
} as const satisfies Readonly<Record<string, Words>>;
