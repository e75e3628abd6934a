/**
 * What a refusal of the platform is about, told by its words.
 *
 * The interface has one failure code for everything, so the few cases that change what the kiosk may do next can only
 * be told by the text. The promise: a text that fits none of them is an ordinary refusal.
 */
const SIGN_IN = /未签到|重新签到|请先签到|(签到|sign_?no).{0,12}(失效|过期|无效|不存在|错误|invalid|expired)/i;
const NOT_FOUND =
  /不存在|未找到|没有找到|找不到|未查询?到|没有查询?到|查无|无(此|该|对应|相关|符合).{0,12}(记录|交易|数据|信息)?/;
/** A refusal about somebody or something else that is not there. */
const ABOUT_ANOTHER = /人员|参保|机构|签到|医师|操作员|科室|区划|终端/;
/** A gateway that is being redeployed misses its own parts, not the transaction. */
const GATEWAY = '(?:服务|接口|路由|网关|实例|节点|路径|页面)';
const MISSING = '(?:不存在|未找到|没有找到|找不到|未查询?到|没有查询?到|查无|无此|无对应)';
const GATEWAY_MISSING = new RegExp(`${GATEWAY}[^，,。；;：:]{0,4}${MISSING}|${MISSING}[^，,。；;：:]{0,6}${GATEWAY}`);
/** A time limit that is over (of a code, a session, a rule) is a reason; a call that took too long is none. */
const TIMED_OUT =
  /(?<!(?:签到|登录|会话|凭证|二维码|令牌|有效期)(?:已|已经)?)超时(?!限)|tim(?:e|ed)[ -]?out|[无未](?:响应|应答)/i;
const SAME_MESSAGE = /报文.{0,8}(?:重复|已存在)|重复(?:报文|提交|请求)/;
const ALREADY_VOIDED = /已经?被?(?:撤销|退费|作废)|重复(?:撤销|退费)/;
const LATER_SETTLEMENT = /后续.{0,6}结算|先撤销.{0,8}结算/;
const LATER_KINDS = [
  { kind: 'laterStay', words: /住院|出院|中途/ },
  { kind: 'laterPharmacy', words: /药店|购药/ },
  { kind: 'laterOutpatient', words: /门诊|急诊|慢特?病|门特|门慢/ },
] as const;
const ALREADY_REVERSED = /已(经|被)?冲正|重复冲正/;

export function tellsInvalidSignIn(message: string): boolean {
  return SIGN_IN.test(message);
}

/** The asked-for transaction or settlement is not known (now). */
export function tellsNotFound(message: string): boolean {
  return NOT_FOUND.test(message) && !ABOUT_ANOTHER.test(message) && !GATEWAY_MISSING.test(message);
}

/** 2601 repeated: the original had been reversed before. */
export function tellsAlreadyReversed(message: string): boolean {
  return ALREADY_REVERSED.test(message);
}

/** Something behind the gateway did not answer it, or it saw the message before: no word about what became of it. */
export function tellsNothing(message: string): boolean {
  return TIMED_OUT.test(message) || SAME_MESSAGE.test(message);
}

/** 2208 repeated: the settlement had been voided before. */
export function tellsAlreadyVoided(message: string): boolean {
  return ALREADY_VOIDED.test(message);
}

/** 2208 or 2305 while a later settlement builds on this one: that one has to be undone first. */
export function tellsLaterSettlement(message: string): boolean {
  return LATER_SETTLEMENT.test(message);
}

/** Which kind of later settlement stands in the way. */
export type LaterSettlement = 'laterStay' | 'laterOutpatient' | 'laterPharmacy' | 'laterSettlement';

/** As far as the words name it; `undefined` when they are about something else. */
export function laterSettlementIn(message: string): LaterSettlement | undefined {
  if (!tellsLaterSettlement(message)) return undefined;
  return LATER_KINDS.find(({ words }) => words.test(message))?.kind ?? 'laterSettlement';
}
