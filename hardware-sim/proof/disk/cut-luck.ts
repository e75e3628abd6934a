/**
 * Luck of the crash proof: wires are bad often, kiosks end now and then, so that a short day meets many states.
 *
 * Disks have no luck here: what they hold after a cut is the explorer's business.
 */
import type { CallStep } from '../../../firmware/settlement/facts.ts';
import { SeededStream } from '../../parties/seeded-stream.ts';
import type { Mood } from '../answers.ts';
import type { SettlementRecord } from '../settlement-record.ts';
import type { Luck } from '../site.ts';
import { canHappen, type KioskTrouble, WIRE_TROUBLES, type WireTrouble } from '../trouble-table.ts';
import type { Draw } from '../wire.ts';

/** Of a thousand calls. */
const BAD_WIRE = 70;
const BAD_END = 12;

/** A refusal of what must be undone is a case for a person by itself; the soak has those. */
const NOT_REFUSED: ReadonlySet<CallStep> = new Set(['ins.void', 'ins.reverse', 'ins.undo', 'pay.refund', 'pay.return']);

/** Ends that leave the disk as it is; the others are drawn by the explorer. */
const ENDS: readonly KioskTrouble[] = ['killedBeforeSend', 'killedAfterEffect', 'update'];

export class CutLuck implements Luck {
  readonly draw: Draw;
  readonly #canFind: boolean;
  #stream: SeededStream;
  #isCalm = false;

  constructor(seed: number) {
    this.#stream = new SeededStream(seed, 'luck');
    this.#canFind = seed % 3 !== 0;
    this.draw = { between: (least, most) => least + this.#stream.below(Math.max(1, Math.floor(most - least + 1))) };
  }

  /** Another future from here on. */
  turn(seed: number): void {
    this.#stream = new SeededStream(seed, 'luck after the cut');
  }

  calm(): void {
    this.#isCalm = true;
  }

  wire(step: CallStep): WireTrouble | undefined {
    if (this.#isCalm || !this.#stream.chance(BAD_WIRE)) return undefined;
    const can = WIRE_TROUBLES.filter(
      (trouble) => canHappen(trouble, step) && !(trouble === 'refused' && NOT_REFUSED.has(step)),
    );
    return can[this.#stream.below(can.length)];
  }

  kiosk(): KioskTrouble | undefined {
    if (this.#isCalm || !this.#stream.chance(BAD_END)) return undefined;
    return ENDS[this.#stream.below(ENDS.length)];
  }

  disk(): undefined {
    return undefined;
  }

  mood(_call: unknown, _record: SettlementRecord, refuses: boolean): Mood {
    const roll = this.#stream.below(100);
    const wallet = roll < 80 ? 'takes' : roll < 92 ? 'asks' : roll < 96 ? 'badCode' : 'insufficientFunds';
    return { refuses, wallet, canFind: this.#canFind };
  }

  reached(): void {
    // The soak counts; here every write is reached by construction.
  }
}
