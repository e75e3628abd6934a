/**
 * Macros: `GS :` starts and ends the recording, `GS ^` prints it again.
 *
 * A macro holds 2048 bytes, as on real printers. Replays are limited to a budget
 * for the whole stream, because five hostile bytes can ask for half a million characters.
 */
import type { Token } from '../parser/token.ts';

const ROOM_BYTES = 2048;
const REPLAY_BUDGET_TOKENS = 200_000;

export class MacroRecorder {
  #tokens: Token[] = [];
  #bytes = 0;
  #recording = false;
  #replaying = false;
  #budget = REPLAY_BUDGET_TOKENS;

  record(token: Token): void {
    if (!this.#recording || this.#replaying) return;
    if (token.kind === 'command' && (token.row.name === 'GS :' || token.row.name === 'GS ^')) return;
    this.#bytes += token.length;
    if (this.#bytes > ROOM_BYTES) this.forget();
    else this.#tokens.push(token);
  }

  toggle(): void {
    if (this.#replaying) return;
    this.#recording = !this.#recording;
    if (!this.#recording) return;
    this.#tokens = [];
    this.#bytes = 0;
  }

  /** The tokens of `times` replays; `undefined` when a macro asks for itself or the budget is used up. */
  replay(times: number): Iterable<Token> | undefined {
    const count = this.#tokens.length * times;
    if (this.#replaying || this.#recording || count > this.#budget) return undefined;
    this.#budget -= count;
    return this.#repeat(times);
  }

  forget(): void {
    this.#tokens = [];
    this.#bytes = 0;
    this.#recording = false;
  }

  *#repeat(times: number): Iterable<Token> {
    this.#replaying = true;
    for (let time = 0; time < times; time++) yield* this.#tokens;
    this.#replaying = false;
  }
}
