/**
 * The page's line to the firmware.
 *
 * Tries again for ever with back-off. One promise: what the page shows is what
 * the firmware says now; once the line is gone nothing of the old screen can be
 * touched, and after a moment nothing of it can be read.
 */
import type { FromPage, HeadsetToPage, Intent, Screen, ScreenName, ToPage } from '../firmware/screen/messages.ts';
import { after } from './browser-time.ts';

export type View =
  /** `moneyAt`: where a person is, when the line broke while money was moving. */
  | { readonly kind: 'starting' | 'outOfService'; readonly moneyAt: string | undefined }
  | { readonly kind: 'screen'; readonly screen: Screen };

/** What is paid, or being settled, goes on without the line. */
const MONEY_MOVES: ReadonlySet<ScreenName> = new Set(['S-PAY', 'S-CONFIRMING']);
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 3_000;
/** A firmware that restarts is back before this; the patient sees the starting page from here on. */
const COVER_AFTER_MS = 800;
const GIVE_UP_HOPE_MS = 20_000;

export class Connection {
  readonly #url: string;
  readonly #draw: (view: View) => void;
  readonly #toHeadset: (message: HeadsetToPage) => void;
  #socket: WebSocket | undefined;
  #screenId: string | undefined;
  #moneyAt: string | undefined;
  #retryMs = FIRST_RETRY_MS;
  #cancelCovers: (() => void) | undefined;

  /** `draw` runs synchronously for each change and leaves the DOM changed. */
  constructor(url: string, draw: (view: View) => void, toHeadset: (message: HeadsetToPage) => void) {
    this.#url = url;
    this.#draw = draw;
    this.#toHeadset = toHeadset;
    this.#expectLoss(0);
    this.#open();
  }

  /** Says what was touched on the given screen; a touch on a screen that is gone is dropped here already. */
  readonly send = (screenId: string, intent: Intent): void => {
    if (screenId === this.#screenId) this.say({ type: 'intent', screenId, intent });
  };

  readonly say = (message: FromPage): void => {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  };

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#hear(JSON.parse(String(event.data)));
    });
    // A refused connection and a broken one both end in `close`.
    socket.addEventListener('close', () => {
      if (socket !== this.#socket) return;
      this.#screenId = undefined;
      this.#expectLoss(COVER_AFTER_MS);
      after(this.#retryMs, () => this.#open());
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    });
  }

  #hear(message: ToPage): void {
    // A refused intent is followed by the current screen: that is all the patient needs to see.
    if (message.type === 'key' || message.type === 'spoken') this.#toHeadset(message);
    if (message.type !== 'screen') return;
    this.#cancelCovers?.();
    this.#cancelCovers = undefined;
    this.#retryMs = FIRST_RETRY_MS;
    this.#screenId = message.screen.id;
    const { body, help } = message.screen;
    // A help page lies over the screen below and changes nothing of it.
    if (body.name !== 'S-HELP') this.#moneyAt = MONEY_MOVES.has(body.name) ? help.window : undefined;
    this.#draw({ kind: 'screen', screen: message.screen });
    this.say({ type: 'drawn', screenId: message.screen.id });
  }

  /** Covers the screen soon and loses hope later, both counted from the first loss only. */
  #expectLoss(coverAfterMs: number): void {
    if (this.#cancelCovers) return;
    const say = (kind: 'starting' | 'outOfService') => () => this.#draw({ kind, moneyAt: this.#moneyAt });
    const cover = after(coverAfterMs, say('starting'));
    const lost = after(GIVE_UP_HOPE_MS, say('outOfService'));
    this.#cancelCovers = () => {
      cover();
      lost();
    };
  }
}
