/**
 * The pages that a second screen has open: usually one, none while its browser starts, two for a moment at a reload.
 *
 * One promise: nothing is kept for a page that is not there; whoever comes is told the present, never the past.
 */
import type { Unsubscribe } from '../ports.ts';

/** What stands on the second screen. Names are masked; nothing else of a person is ever in it. */
export interface BoardView {
  /** `brd_7`: said back when it is drawn. */
  readonly id: string;
  readonly call:
    | { readonly number: string; readonly place: string; readonly maskedName?: string; readonly time: number }
    | undefined;
  /** Called before this one, the newest first. */
  readonly earlier: readonly { readonly number: string; readonly place: string }[];
  /** 暂停服务, zone, slogan: instead of calls. */
  readonly notice: readonly string[] | undefined;
}

export type ToBoard =
  | { readonly type: 'view'; readonly view: BoardView }
  /** Play this clip (`/voice/clp_3.wav`) and say how it went. */
  | { readonly type: 'say'; readonly clip: string };

export type FromBoard =
  | { readonly type: 'drawn'; readonly viewId: string }
  /** `heard`: played to its end. */
  | { readonly type: 'spoken'; readonly clip: string; readonly heard: boolean };

export interface BoardPage {
  hear(message: FromBoard): void;
  close(): void;
}

type Coming = (send: (message: ToBoard) => void) => void;

export class BoardPages {
  readonly #pages = new Set<(message: ToBoard) => void>();
  readonly #coming = new Set<Coming>();
  readonly #going = new Set<() => void>();
  readonly #hearing = new Set<(message: FromBoard) => void>();

  get count(): number {
    return this.#pages.size;
  }

  attach(send: (message: ToBoard) => void): BoardPage {
    this.#pages.add(send);
    for (const listener of [...this.#coming]) listener(send);
    return {
      hear: (message) => {
        if (this.#pages.has(send)) for (const listener of [...this.#hearing]) listener(message);
      },
      close: () => {
        if (this.#pages.delete(send)) for (const listener of [...this.#going]) listener();
      },
    };
  }

  send(message: ToBoard): void {
    for (const send of [...this.#pages]) send(message);
  }

  onComing(listener: Coming): Unsubscribe {
    this.#coming.add(listener);
    return () => this.#coming.delete(listener);
  }

  /** Called after one has gone. */
  onGoing(listener: () => void): Unsubscribe {
    this.#going.add(listener);
    return () => this.#going.delete(listener);
  }

  onHeard(listener: (message: FromBoard) => void): Unsubscribe {
    this.#hearing.add(listener);
    return () => this.#hearing.delete(listener);
  }
}
