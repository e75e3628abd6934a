/** What a headset says beside what stands on the glass, and the words of the voice's own sheet, as a type. */
import type { Dialect, VoiceSpeed } from '../../firmware/screen/messages.ts';

export interface HeadsetWords {
  /** After the words of a button. */
  readonly button: string;
  readonly disabled: string;
  readonly on: string;
  readonly off: string;
  /** Before the first unit when one has come round. */
  readonly top: string;
  /** Before the last one, coming from the first. */
  readonly bottom: string;
  /** 确定 on what is no button. */
  readonly noButton: string;
  /** 返回 where there is no way out. */
  readonly noWayBack: string;
  /** The sheet on which the voice is chosen. */
  readonly voice: {
    readonly open: string;
    readonly title: string;
    readonly volume: string;
    readonly silent: string;
    readonly softer: string;
    readonly louder: string;
    readonly speeds: Readonly<Record<VoiceSpeed, string>>;
    readonly dialects: Readonly<Record<Dialect, string>>;
    readonly close: string;
  };
}
