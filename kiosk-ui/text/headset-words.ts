/** What a headset says beside what stands on the glass, as a type. */
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
  /** The page is on its way. */
  readonly starting: string;
}
