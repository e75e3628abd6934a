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
  voice: {
    open: '声音',
    title: '声音大小和快慢',
    volume: '声音大小：第 {step} 档，共 5 档',
    silent: '现在没有声音',
    softer: '小声一点',
    louder: '大声一点',
    speeds: { 0.8: '说慢一点', 1: '平常快慢', 1.2: '说快一点' },
    dialects: { yue: '说粤语' },
    close: '好了',
  },
};
