/**
 * Commands and answers in parts, as the chip's side of the wire has them (ISO 7816-4, 5.3.3 and 5.3.4).
 *
 * One promise: what is held of an answer, or has come of a command, is gone at
 * the first command that does not go on with it.
 */
import { answerOnly, type IsoAnswer, type IsoCommand, STATUS } from '../iso-command.ts';
import { joined } from './ber-field.ts';

const MORE_FOLLOWS = 0x10;
/** The longest command in parts: a certificate object with its tag list. */
const LONGEST_CHAIN = 4_096;
const CHAIN_BROKEN = 0x6883;
const CONDITIONS_NOT_SATISFIED = 0x6985;
const NOTHING = new Uint8Array(0);

export class CommandParts {
  readonly #announcesEveryAnswer: boolean;
  #chain: { readonly header: string; readonly parts: readonly Uint8Array[] } | undefined;
  #held: Uint8Array = NOTHING;

  /** @param protocol under T=0 a command with data can't carry an answer: it is announced by 61xx. */
  constructor(protocol: 't0' | 't1') {
    this.#announcesEveryAnswer = protocol === 't0';
  }

  reset(): void {
    this.#chain = undefined;
    this.#held = NOTHING;
  }

  /** The command when it is whole; until then the word for the part. */
  take(command: IsoCommand): IsoCommand | IsoAnswer {
    this.#held = NOTHING;
    const asksToo = command.data.length > 0 && command.le !== undefined;
    if (this.#announcesEveryAnswer && asksToo) return answerOnly(STATUS.wrongLength);
    const header = [command.ins, command.p1, command.p2].join(' ');
    const begun = this.#chain;
    this.#chain = undefined;
    if (begun && begun.header !== header) return answerOnly(CHAIN_BROKEN);
    const parts = [...(begun?.parts ?? []), command.data];
    const data = joined(...parts);
    if (data.length > LONGEST_CHAIN) return answerOnly(STATUS.wrongLength);
    if (command.cla !== MORE_FOLLOWS) return { ...command, data };
    this.#chain = { header, parts };
    return answerOnly(STATUS.ok);
  }

  deliver(command: IsoCommand, answer: IsoAnswer): IsoAnswer {
    if (answer.status !== STATUS.ok || answer.data.length === 0) return answer;
    this.#held = answer.data;
    if (this.#announcesEveryAnswer && command.data.length > 0) return answerOnly(this.#announcement());
    return this.#nextPart(command.le ?? 256);
  }

  getResponse(command: IsoCommand): IsoAnswer {
    if (command.p1 !== 0 || command.p2 !== 0) return answerOnly(STATUS.wrongP1P2);
    if (this.#held.length === 0) return answerOnly(CONDITIONS_NOT_SATISFIED);
    return this.#nextPart(command.le ?? 256);
  }

  #nextPart(most: number): IsoAnswer {
    const data = this.#held.slice(0, most);
    this.#held = this.#held.slice(most);
    return { data, status: this.#held.length === 0 ? STATUS.ok : this.#announcement() };
  }

  #announcement(): number {
    return 0x6100 | (this.#held.length > 0xff ? 0 : this.#held.length);
  }
}
