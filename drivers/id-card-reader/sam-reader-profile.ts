/**
 * How a maker's reader behaves where the text of E.2 leaves it open.
 *
 * One promise: what is a guess stands here and nowhere else, so that a look at
 * the real thing is a change of one value.
 */
export interface SamReaderProfile {
  /**
   * How to learn that a card has left after it was read. `latestAddress`: 读追加信息 fails when it is
   * gone (a guess from the status table, not seen on a real module; a module that does not know the
   * question is noticed and treated as `none`). `none`: only the next card tells that the last one left.
   */
  readonly presence: 'latestAddress' | 'none';
  /** Between two looks while somebody is there, ms. */
  readonly watchMs: number;
  /** Between two looks when nothing has happened for `idleAfterMs`, ms. */
  readonly idleWatchMs: number;
  readonly idleAfterMs: number;
  /** The longest time for every answer but the card itself, ms (field practice: 0.5–1 s). */
  readonly answerMs: number;
  /** The longest time for text and photo, ms (field practice: 3 s). */
  readonly readMs: number;
  /** How long a selected card that nobody reads is believed to be there under `none`, ms. */
  readonly believedMs: number;
}

export const USUAL_SAM_READER: SamReaderProfile = {
  presence: 'latestAddress',
  watchMs: 200,
  idleWatchMs: 1_000,
  idleAfterMs: 30_000,
  answerMs: 1_000,
  readMs: 3_000,
  believedMs: 10_000,
};
