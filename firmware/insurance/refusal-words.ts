/**
 * What a refusal of the platform is about, told by its words.
 *
 * The interface has one failure code for everything, so three cases that change what the kiosk may do next can only
 * be told by the text. The promise: a text that fits none of them is an ordinary refusal.
 */
const SIGN_IN = /未签到|重新签到|请先签到|(签到|sign_?no).{0,12}(失效|过期|无效|不存在|错误|invalid|expired)/i;
const NOT_FOUND =
  /不存在|未找到|没有找到|找不到|未查询?到|没有查询?到|查无|无(此|该|对应|相关|符合).{0,12}(记录|交易|数据|信息)?/;
/** A refusal about somebody or something else that is not there. */
const ABOUT_ANOTHER = /人员|参保|机构|签到|医师|操作员|科室|区划/;
const ALREADY_REVERSED = /已(经|被)?冲正|重复冲正/;

export function tellsInvalidSignIn(message: string): boolean {
  return SIGN_IN.test(message);
}

/** The asked-for transaction or settlement is not known (now). */
export function tellsNotFound(message: string): boolean {
  return NOT_FOUND.test(message) && !ABOUT_ANOTHER.test(message);
}

/** 2601 repeated: the original had been reversed before. */
export function tellsAlreadyReversed(message: string): boolean {
  return ALREADY_REVERSED.test(message);
}
