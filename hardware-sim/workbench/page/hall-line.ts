/**
 * The page's line to the hall: the newest snapshot, the last wire rows, and what
 * became of the last request. It comes back by itself when the line was lost.
 */
import type { CashierView, FromPage, FromServer, Snapshot, WireRow } from '../workbench-messages.ts';

export interface Note {
  /** Grows, so that the same words twice are two notes. */
  readonly count: number;
  readonly what: string;
  /** `undefined` when it was done. */
  readonly why: string | undefined;
}

export interface View {
  readonly open: boolean;
  readonly snapshot: Snapshot | undefined;
  /** Oldest first. */
  readonly rows: readonly WireRow[];
  readonly note: Note | undefined;
  /** What the cashier was told last. */
  readonly money: CashierView | undefined;
}

export type Ask = (request: FromPage) => void;

const ROWS_KEPT = 300;
const RETRY_MS = 700;

export class HallLine {
  readonly #url: string;
  readonly #draw: (view: View) => void;
  #socket: WebSocket | undefined;
  #view: View = { open: false, snapshot: undefined, rows: [], note: undefined, money: undefined };
  #notes = 0;

  constructor(url: string, draw: (view: View) => void) {
    this.#url = url;
    this.#draw = draw;
    this.#open();
  }

  readonly ask: Ask = (request) => {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  };

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#show({ open: true, rows: [] }));
    socket.addEventListener('message', (event) => this.#hear(JSON.parse(String(event.data))));
    // A refused line and a broken one both end here.
    socket.addEventListener('close', () => {
      this.#show({ open: false });
      setTimeout(() => this.#open(), RETRY_MS);
    });
  }

  #hear(message: FromServer): void {
    switch (message.type) {
      case 'snapshot': {
        const before = this.#view.snapshot?.screenUrl;
        const moved = this.#view.snapshot !== undefined && before !== message.snapshot.screenUrl;
        // The page's content policy names the address of the kiosk's screen: another one needs another page.
        if (moved) location.reload();
        this.#show({ snapshot: message.snapshot });
        return;
      }
      case 'rows':
        this.#show({ rows: [...this.#view.rows, ...message.rows].slice(-ROWS_KEPT) });
        return;
      case 'money':
        this.#show({ money: message.money });
        return;
      case 'done':
        this.#note(message.what, undefined);
        return;
      case 'notDone':
        this.#note(message.what, message.why);
        return;
    }
  }

  #note(what: string, why: string | undefined): void {
    this.#notes += 1;
    this.#show({ note: { count: this.#notes, what, why } });
  }

  #show(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#draw(this.#view);
  }
}
