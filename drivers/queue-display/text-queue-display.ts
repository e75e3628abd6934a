/**
 * A text display of a queue on a serial line or a serial server, whatever its dialect.
 *
 * "Shown" is said when the display has acknowledged the rows; one that cannot is `unconfirmed`. One promise: after a
 * loss the display shows again what it should show now, and nothing that was
 * only waiting to be shown.
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
import { pauseFor } from '../pause.ts';
import { type ByteLink, type Clock, type DeviceBus, LinkLostError, type Unsubscribe } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import { CallRounds } from './call-rounds.ts';
import type { DisplayAnswer, DisplayDialect } from './display-dialect.ts';
import { type DisplaySize, everyCell, type RowsOf, rowsOfCall, rowsOfNotice } from './display-rows.ts';
import type { DisplayFault, QueueCall, QueueDisplay, QueueDisplayEvent, Shown } from './queue-display.ts';

export interface TextQueueDisplayOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `serial:/dev/serial/by-id/…?baudRate=57600`. */
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  /** Half-width cells of a row: dots across by eight. */
  readonly cells: number;
  /** Rows of sixteen dots. */
  readonly rows: number;
}

const ANSWER_MS = 2_000;
const IDLE_PING_MS = 30_000;
const PATTERN_MS = 500; // long enough to be seen

type Showing = Completion<Shown, DisplayFault>;

export class TextQueueDisplay implements QueueDisplay {
  readonly id: string;
  readonly deviceClass = 'queueDisplay';
  readonly #options: TextQueueDisplayOptions;
  readonly #size: DisplaySize;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #listeners = new Set<(event: QueueDisplayEvent) => void>();
  readonly #dialect: DisplayDialect;
  readonly #rounds: CallRounds;
  #identity: string | undefined;
  /** What the display shows and shows again after a loss; `undefined`: nothing. */
  #frame: Uint8Array | undefined;
  #commands = 0;
  #answered: ((answer: DisplayAnswer) => void) | undefined;
  #stopReading: Unsubscribe | undefined;
  #cancelPing: Unsubscribe | undefined;

  protected constructor(options: TextQueueDisplayOptions, dialect: DisplayDialect) {
    this.id = options.id;
    this.#dialect = dialect;
    this.#options = options;
    this.#size = { cells: options.cells, rows: options.rows, charset: dialect.charset };
    this.#queue = new CommandQueue(options.clock);
    this.#rounds = new CallRounds(options.clock, (event) => this.#tell(event));
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: (signal) => this.#open(signal),
      ready: (link, signal) => this.#ready(link, signal),
      lost: () => this.#lost(),
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get cells(): number {
    return this.#size.cells;
  }

  get rows(): number {
    return this.#size.rows;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    const { name: profile, hears } = this.#dialect;
    return { ...this.#size, profile, confirms: hears !== undefined, voice: false };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onQueueEvent(listener: (event: QueueDisplayEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  call(call: QueueCall, options: CommandOptions): Promise<Showing> {
    const rows = rowsOfCall(call, this.#size);
    if (rows.done) this.#rounds.begin(call);
    return this.#show(rows, options);
  }

  answered(number: string): void {
    this.#rounds.answered(number);
  }

  notice(texts: readonly string[], options: CommandOptions): Promise<Showing> {
    const rows = rowsOfNotice(texts, this.#size);
    if (rows.done) this.#rounds.end();
    return this.#show(rows, options);
  }

  clear(options: CommandOptions): Promise<Showing> {
    this.#rounds.end();
    return this.#run({ ...options }, undefined, this.#dialect.clear, 'none');
  }

  /** Lights every cell for half a second, then shows again what stood there; nothing comes in between. */
  showTestPattern(options: CommandOptions): Promise<Showing> {
    return this.#turn(options, async (link, signal) => {
      const before = this.#frame;
      // What a display gets that is lost while the pattern stands on it.
      this.#frame = before ?? this.#dialect.clear;
      const good = await this.#ask(link, this.#dialect.show(everyCell(this.#size)), signal);
      await pauseFor(this.#options.clock, PATTERN_MS, signal);
      const restored = await this.#ask(link, this.#frame, signal);
      if (restored) this.#frame = before;
      return this.#outcome(good && restored, 'none');
    });
  }

  async close(): Promise<void> {
    this.#rounds.end();
    this.#frame?.fill(0);
    this.#frame = undefined;
    this.#queue.drop();
    await this.#supervisor.close();
  }

  #show(laid: RowsOf, options: CommandOptions): Promise<Showing> {
    if (!laid.done) return Promise.resolve(failed(laid.fault, laid.detail));
    const frame = this.#dialect.show(laid.rows);
    return this.#run(options, frame, frame, laid.name);
  }

  /** @param keep what the display shows from its ACK on, so that a new link shows it again */
  #run(
    options: CommandOptions,
    keep: Uint8Array | undefined,
    frame: Uint8Array,
    name: Shown['name'],
  ): Promise<Showing> {
    return this.#turn(options, async (link, signal) => {
      // From its first byte on nobody knows what stands there: after a loss in the middle the display is wiped.
      this.#frame = this.#dialect.clear;
      const acknowledged = await this.#ask(link, frame, signal);
      if (acknowledged) this.#frame = keep;
      return this.#outcome(acknowledged, name);
    });
  }

  #turn(options: CommandOptions, use: (link: ByteLink, signal: AbortSignal) => Promise<Showing>): Promise<Showing> {
    return this.#queue.run<Showing, DisplayFault>(options, async (signal) => {
      const link = this.#supervisor.link;
      if (!link) throw new LinkLostError('the display is not there');
      this.#commands += 1;
      return use(link, signal).finally(() => {
        this.#commands -= 1;
      });
    });
  }

  #outcome(good: boolean, name: Shown['name']): Showing {
    if (!good) return failed('hardwareError', 'the display refused the rows');
    return completed({ proof: this.#dialect.hears ? 'shown' : 'unconfirmed', name });
  }

  /** → whether the display said yes. A silent one is given up, and its link with it; a mute one is only written to. */
  async #ask(link: ByteLink, frame: Uint8Array, signal: AbortSignal): Promise<boolean> {
    if (!this.#dialect.hears) {
      await abortable(link.write(frame, signal), signal);
      return true;
    }
    let cancel = (): void => undefined;
    try {
      const answer = new Promise<DisplayAnswer>((resolve, reject) => {
        this.#answered = resolve;
        cancel = this.#options.clock.timer(ANSWER_MS, () => {
          this.#supervisor.restart('the display does not answer').catch(() => undefined);
          reject(new LinkLostError('the display does not answer'));
        });
        link.write(frame, signal).catch(reject);
      });
      const { good, identity } = await abortable(answer, signal);
      this.#identity = identity;
      return good;
    } finally {
      cancel();
      this.#answered = undefined;
    }
  }

  async #open(signal: AbortSignal): Promise<Opened<ByteLink>> {
    const link = await this.#options.bus.openByteLink(this.#options.address, signal);
    return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
  }

  async #ready(link: ByteLink, signal: AbortSignal): Promise<void> {
    const { hears, wake } = this.#dialect;
    hears?.reset();
    this.#stopReading = link.onData((bytes) => {
      for (const answer of hears?.push(bytes) ?? []) this.#answered?.(answer);
    });
    await this.#ask(link, wake, signal);
    if (this.#frame) await this.#ask(link, this.#frame, signal);
    this.#pingWhenIdle(link);
  }

  /** A serial line does not say that a display lost its power; one that came back is dark and gets its text again. */
  #pingWhenIdle(link: ByteLink): void {
    this.#cancelPing = this.#options.clock.timer(IDLE_PING_MS, () => {
      this.#pingWhenIdle(link);
      if (this.#commands > 0) return;
      const frame = this.#frame ?? this.#dialect.wake;
      this.#queue
        .run<Showing>({ timeoutMs: IDLE_PING_MS }, async (signal) => {
          await this.#ask(link, frame, signal);
          return completed({ proof: 'shown', name: 'none' });
        })
        .catch(() => undefined);
    });
  }

  #lost(): void {
    this.#cancelPing?.();
    this.#stopReading?.();
    this.#dialect.hears?.reset();
    this.#queue.drop();
  }

  #tell(event: QueueDisplayEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
