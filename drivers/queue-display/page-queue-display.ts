/**
 * A queue display that is a web page on a second screen.
 *
 * "Shown" is said when a page has drawn it. One promise: a page that comes, or comes again, shows what should stand
 * there now; a call that ended with a fault is not shown afterwards.
 */
import { abortable } from '../card-reader/abortable.ts';
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import type { BoardPages, BoardView } from './board-pages.ts';
import { CallRounds } from './call-rounds.ts';
import { rowsOfCall, rowsOfNotice } from './display-rows.ts';
import type { DisplayFault, QueueCall, QueueDisplay, QueueDisplayEvent, Shown } from './queue-display.ts';

export interface PageQueueDisplayOptions {
  /** The device map's id. */
  readonly id: string;
  readonly clock: Clock;
  readonly pages: BoardPages;
}

/** A page has room; the limits are those of a sentence that is read from five metres. */
const SIZE = { cells: 48, rows: 4, charset: 'gb18030-2000' } as const;
const EARLIER = 4;
const EMPTY = { call: undefined, earlier: [], notice: undefined } as const;

type Showing = Completion<Shown, DisplayFault>;
type Content = Omit<BoardView, 'id'>;

export class PageQueueDisplay implements QueueDisplay {
  readonly id: string;
  readonly deviceClass = 'queueDisplay';
  readonly identity = 'second screen';
  readonly #pages: BoardPages;
  readonly #queue: CommandQueue;
  readonly #rounds: CallRounds;
  readonly #events = new Set<(event: QueueDisplayEvent) => void>();
  readonly #states = new Set<(state: DeviceState) => void>();
  readonly #releases: readonly Unsubscribe[];
  #content: Content = EMPTY;
  #views = 0;
  #state: DeviceState = 'powerOff';
  #lastFault: LastFault | undefined;

  constructor({ id, clock, pages }: PageQueueDisplayOptions) {
    this.id = id;
    this.#pages = pages;
    this.#queue = new CommandQueue(clock);
    this.#rounds = new CallRounds(clock, (event) => this.#onRound(event));
    this.#releases = [
      pages.onComing((send) => {
        send({ type: 'view', view: this.#view() });
        this.#is('online');
      }),
      pages.onGoing(() => {
        if (pages.count > 0) return;
        this.#lastFault = { fault: 'deviceNotReady', detail: 'no page is open', atWallMs: clock.wallMs() };
        this.#queue.drop();
        this.#is('powerOff');
      }),
    ];
    if (pages.count > 0) this.#state = 'online';
  }

  get state(): DeviceState {
    return this.#state;
  }

  get lastFault(): LastFault | undefined {
    return this.#lastFault;
  }

  get cells(): number {
    return SIZE.cells;
  }

  get rows(): number {
    return SIZE.rows;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { ...SIZE, profile: 'page', confirms: true, voice: true };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  }

  onQueueEvent(listener: (event: QueueDisplayEvent) => void): Unsubscribe {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  call(call: QueueCall, options: CommandOptions): Promise<Showing> {
    const laid = rowsOfCall(call, SIZE);
    if (!laid.done) return Promise.resolve(failed(laid.fault, laid.detail));
    const { number, place } = call;
    const maskedName = laid.name === 'shown' ? call.maskedName?.reveal() : undefined;
    this.#rounds.begin(call);
    return this.#show(options, laid.name, (before) => ({
      call: { number, place, time: 1, ...(maskedName !== undefined && { maskedName }) },
      earlier: this.#earlier(before, number),
      notice: undefined,
    }));
  }

  answered(number: string): void {
    this.#rounds.answered(number);
  }

  notice(texts: readonly string[], options: CommandOptions): Promise<Showing> {
    const laid = rowsOfNotice(texts, SIZE);
    if (!laid.done) return Promise.resolve(failed(laid.fault, laid.detail));
    this.#rounds.end();
    return this.#show(options, 'none', () => ({ ...EMPTY, notice: texts }));
  }

  clear(options: CommandOptions): Promise<Showing> {
    this.#rounds.end();
    return this.#show(options, 'none', () => EMPTY);
  }

  close(): Promise<void> {
    this.#rounds.end();
    this.#queue.drop();
    for (const release of this.#releases) release();
    this.#content = EMPTY;
    this.#is('offline');
    return Promise.resolve();
  }

  /** The numbers that a glance away may have missed; a number that is called again is not among them. */
  #earlier({ call, earlier }: Content, number: string): Content['earlier'] {
    const last = call ? [{ number: call.number, place: call.place }] : [];
    return [...last, ...earlier].filter((one) => one.number !== number).slice(0, EARLIER);
  }

  #show(options: CommandOptions, name: Shown['name'], change: (before: Content) => Content): Promise<Showing> {
    return this.#queue.run<Showing, DisplayFault>(options, async (signal) => {
      if (this.#pages.count === 0) throw new LinkLostError('no page is open');
      const before = this.#content;
      this.#content = change(before);
      try {
        await this.#drawn(signal);
        this.#lastFault = undefined;
        return completed({ proof: 'shown', name });
      } catch (error) {
        // Nobody knows what stands there: a page that is still open is wiped, one that comes finds it empty.
        this.#content = { ...EMPTY, earlier: before.earlier };
        this.#tellPages();
        throw error;
      }
    });
  }

  #drawn(signal: AbortSignal): Promise<void> {
    let release = (): void => undefined;
    const drawn = new Promise<void>((resolve) => {
      const { id } = this.#tellPages();
      release = this.#pages.onHeard((message) => {
        if (message.type === 'drawn' && message.viewId === id) resolve();
      });
    });
    return abortable(drawn, signal).finally(() => release());
  }

  #onRound(event: QueueDisplayEvent): void {
    const { call } = this.#content;
    if (event.event === 'voiceWanted' && call?.number === event.number && event.time > call.time) {
      this.#content = { ...this.#content, call: { ...call, time: event.time } };
      this.#tellPages();
    }
    for (const listener of [...this.#events]) listener(event);
  }

  #tellPages(): BoardView {
    this.#views += 1;
    const view = this.#view();
    this.#pages.send({ type: 'view', view });
    return view;
  }

  #view(): BoardView {
    return { id: `brd_${this.#views}`, ...this.#content };
  }

  #is(state: DeviceState): void {
    if (state === this.#state || this.#state === 'offline') return;
    this.#state = state;
    for (const listener of [...this.#states]) listener(state);
  }
}
