/**
 * What an ended print may have left hanging from the head, and how it is cut off.
 *
 * One promise: no print begins below the remains of another one. They show a
 * person's masked name and amounts, so they become a sheet of their own; each
 * needless cut costs about 4 cm of paper and nothing else.
 */
import { CUT_FEED_LINES, type EncodeOptions, jobStart, processIdRequest, type Segment } from './encoder.ts';

/**
 * Lives as long as the driver, through lost links and the printer's own power
 * cycles, but not through our own end, and no printer can tell what hangs from
 * its head. A blind cut at each start would give a blank scrap to somebody
 * nearly every time, and eat the roll in a restart loop; so a start cuts only
 * when whoever keeps a durable record of begun prints calls `suspect`.
 */
export class Remains {
  #hanging = false;
  #aloneTried = false;

  /** True from the first byte of a print until it, or the cut after it, has ended well. */
  get hanging(): boolean {
    return this.#hanging;
  }

  /** Whether to cut without waiting for the next print. */
  get due(): boolean {
    return this.#hanging && !this.#aloneTried;
  }

  /** Something of a print may be on paper from now on. */
  suspect(): void {
    this.#hanging = true;
    this.#aloneTried = false;
  }

  /** Once for each print: a printer that never proves its cut would otherwise cut up its whole roll. */
  triedAlone(): void {
    this.#aloneTried = true;
  }

  /** A print or a cut ended well: what is at the head is what its maker wanted there. */
  gone(): void {
    this.#hanging = false;
  }
}

/** `GS V 65 0`: feed past the cutter, full cut. A partial one would leave the remains on the next slip's edge. */
const FULL_CUT = [0x1d, 0x56, 0x41, 0x00];
/** `ESC d n`: without a cutter, as far as the tear bar. */
const TO_TEAR_BAR = [0x1b, 0x64, CUT_FEED_LINES];

/** Makes a sheet of whatever is at the head, proved like any other segment. */
export function encodeCutOff({ profile, nextProcessId }: Omit<EncodeOptions, 'glyphRaster'>): readonly Segment[] {
  const processId = profile.processId ? nextProcessId() : undefined;
  const { outlet } = profile;
  // A presenter keeps half a slip to itself: whoever stands there now may not be whose name is on it.
  const off = outlet?.kind === 'presenter' ? outlet.cutOff : profile.cuts ? FULL_CUT : TO_TEAR_BAR;
  const bytes = Uint8Array.from([
    ...jobStart(profile),
    ...off,
    ...(processId === undefined ? [] : processIdRequest(processId)),
  ]);
  return [{ bytes, lines: CUT_FEED_LINES, processId, part: 'cut' }];
}
