/**
 * The second screen's line to the runtime.
 *
 * Tries again for ever. One promise: what stands there is what the runtime says now; once the line is gone no number
 * stays up, and the page says plainly why.
 */
import type { BoardView, FromBoard, ToBoard } from '../../firmware/screen/messages.ts';
import { after } from '../browser-time.ts';

export type Board = { readonly kind: 'starting' | 'lost' } | { readonly kind: 'view'; readonly view: BoardView };

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 3_000;
/** A runtime that restarts is back before this; from here on nobody may believe an old number. */
const COVER_AFTER_MS = 1_500;

export class BoardLine {
  readonly #url: string;
  readonly #draw: (board: Board) => void;
  readonly #play: (clip: string) => Promise<boolean>;
  #socket: WebSocket | undefined;
  #retryMs = FIRST_RETRY_MS;
  #cancelCover: (() => void) | undefined;

  /** @param draw runs synchronously and leaves the DOM changed; @param play → whether the clip was played to its end */
  constructor(url: string, draw: (board: Board) => void, play: (clip: string) => Promise<boolean>) {
    this.#url = url;
    this.#draw = draw;
    this.#play = play;
    this.#open();
  }

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#hear(JSON.parse(String(event.data)));
    });
    socket.addEventListener('close', () => {
      if (socket !== this.#socket) return;
      this.#cancelCover ??= after(COVER_AFTER_MS, () => this.#draw({ kind: 'lost' }));
      after(this.#retryMs, () => this.#open());
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    });
  }

  #hear(message: ToBoard): void {
    if (message.type === 'say') {
      const { clip } = message;
      const told = (heard: boolean): void => this.#say({ type: 'spoken', clip, heard });
      this.#play(clip).then(told, () => told(false));
      return;
    }
    this.#cancelCover?.();
    this.#cancelCover = undefined;
    this.#retryMs = FIRST_RETRY_MS;
    this.#draw({ kind: 'view', view: message.view });
    this.#say({ type: 'drawn', viewId: message.view.id });
  }

  #say(message: FromBoard): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
