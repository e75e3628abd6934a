/** Chinese: how the page can be made easier to see and to reach. */
import type { LookTexts } from './look-texts.ts';

export const zhLooks: LookTexts = {
  open: '调节',
  title: '看不清、够不着，请选这里',
  contrast: { standard: '平常颜色', dark: '黑底白字', soft: '柔和', mono: '黑白' },
  low: '按键放低',
  left: '左手用',
  care: '关爱版',
  close: '好了',
  helpTile: '找人帮忙',
};
