/** One's own affairs beside paying, in Chinese. */
import type { AffairTexts } from './affair-texts.ts';

export const zhAffairs: AffairTexts = {
  reprint: {
    printing: '正在补打，请稍等',
    ready: '请取走凭条',
    unconfirmed: '请取走凭条，没有就到窗口补打',
    none: '本机现在打不出来',
    copy: '第 {copy} 份，上面印有“补打”',
    invoice: '用手机扫一扫，看电子票据',
    another: '再打别的',
  },
};
