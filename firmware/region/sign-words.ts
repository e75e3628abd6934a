/**
 * The copy linter of the sign: 医疗保障定点医疗机构 is the only form; what people make up beside it is not shown (SZ-71).
 *
 * One promise: a profile with a self-made form anywhere in it is refused before it is in force.
 */

/** 医保定点, 定点医保, 医保指定, 医保合作, 医保协议 …, with or without 医院, 单位, 机构 behind them. */
const SELF_MADE =
  /医保(?:指定|定点|特约|合作|协议)(?:医院|单位|机构|医疗机构|门诊|药店)?|(?:定点|指定)医保(?:医院|单位|机构)?|医疗保障(?:指定|特约|合作)(?:医院|单位|机构)/;

/** The form that was found; `undefined` where there is none. */
export function selfMadeSign(text: string): string | undefined {
  return SELF_MADE.exec(text)?.[0];
}
