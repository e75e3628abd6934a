/** What a headset says beside what stands on the glass, in Chinese. */
import type { HeadsetWords } from './headset-words.ts';

export const zhHeadset: HeadsetWords = {
  button: '按钮',
  disabled: '现在不能按',
  on: '已选',
  off: '没选',
  top: '从头听',
  bottom: '最后一项',
  noButton: '这里不是按钮，请按下一项',
  noWayBack: '这一页请听完再选',
  starting: '请稍候',
};
