/**
 * How a chip's answer gets across: at once, or by the byte protocol T=0.
 *
 * Under T=0 a command that carries data cannot carry an answer too (61xx, then
 * GET RESPONSE), and a read with the wrong length is told the right one (6Cxx).
 */
import { answerOnly, type IsoAnswer, type IsoCommand, STATUS } from './iso-command.ts';

/**
 * `direct` answers at once · `t0` 61xx after commands with data, 6Cxx for reads of the wrong length ·
 * `t0Announced` announces every answer by 61xx, reads included.
 */
export type DeliveryKind = 'direct' | 't0' | 't0Announced';

const NOTHING = new Uint8Array(0);

export class AnswerDelivery {
  readonly #kind: DeliveryKind;
  #held: Uint8Array = NOTHING;

  constructor(kind: DeliveryKind) {
    this.#kind = kind;
  }

  reset(): void {
    this.#held = NOTHING;
  }

  deliver(command: IsoCommand, answer: IsoAnswer): IsoAnswer {
    this.#held = NOTHING;
    const { data, status } = answer;
    if (status !== STATUS.ok || data.length === 0) return answer;
    if (this.#kind === 'direct') {
      return command.le === undefined ? answer : { data: data.slice(0, command.le), status };
    }
    if (command.data.length > 0 || this.#kind === 't0Announced') return this.#announce(data);
    if (command.le !== data.length) return answerOnly(0x6c00 | (data.length & 0xff));
    return answer;
  }

  /** GET RESPONSE: part of what is held, or the right length when too much is asked for. */
  getResponse(command: IsoCommand): IsoAnswer {
    if (command.p1 !== 0 || command.p2 !== 0) return answerOnly(STATUS.wrongP1P2);
    if (this.#held.length === 0) return answerOnly(0x6985);
    const le = command.le ?? 256;
    if (le > this.#held.length) return answerOnly(0x6c00 | (this.#held.length & 0xff));
    const data = this.#held.slice(0, le);
    this.#held = this.#held.slice(le);
    return { data, status: this.#held.length === 0 ? STATUS.ok : this.#announcement() };
  }

  #announce(data: Uint8Array): IsoAnswer {
    this.#held = data;
    return answerOnly(this.#announcement());
  }

  #announcement(): number {
    return 0x6100 | (this.#held.length > 0xff ? 0 : this.#held.length);
  }
}
