/**
 * One Firmata board after another, with the same parts.
 *
 * One promise: however often the board comes and goes, johnny-five's parts are made
 * once (again only when another size of board is put in).
 */
import type { ByteLink, Clock } from '../ports.ts';
import { BoardParts } from './board-parts.ts';
import { FirmataBoard } from './firmata-board.ts';
import type { BoardPins, LevelListener, PinBoard } from './pin-board.ts';

export class FirmataBoards {
  readonly #pins: BoardPins;
  readonly #clock: Clock;
  readonly #onLevel: LevelListener;
  #parts: BoardParts | undefined;

  constructor(pins: BoardPins, clock: Clock, onLevel: LevelListener) {
    this.#pins = pins;
    this.#clock = clock;
    this.#onLevel = onLevel;
  }

  /** Owns `link` from here on. Rejects with `LinkLostError` or `signal.reason`, the link closed. */
  async open(link: ByteLink, signal: AbortSignal): Promise<PinBoard> {
    const board = new FirmataBoard(link, this.#pins);
    try {
      await board.meet(this.#clock, signal);
      if (this.#parts?.pinCount !== board.pinCount) {
        this.#parts = new BoardParts(board.connection, this.#pins, (pin, high) => this.#onLevel(pin, high));
      }
      await board.setUp(this.#parts, signal);
      return board;
    } catch (error) {
      await board.close();
      throw error;
    }
  }
}
