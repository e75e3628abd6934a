/**
 * A microcontroller board with Firmata 2.4 or later, over any byte link.
 *
 * The library (firmata-io) speaks the protocol, johnny-five moves the parts; this
 * file gives them deadlines and a wire that ends. One promise: every wait ends with
 * the board's own word or with the loss, and what the board holds when the link
 * comes back is read before anything is written.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { type BoardParts, type Firmata, FirmataConnection } from './board-parts.ts';
import { FirmataGate } from './firmata-gate.ts';
import { FirmataTransport, untilTold } from './firmata-transport.ts';
import { type BoardPins, HeldOtherwiseError, type PinBoard } from './pin-board.ts';

/** A board that was reset by opening the port sits in its boot loader for a second or two, ms. */
const ASK_AGAIN_MS = 500;
/** Noise that is no message: after so much of it in a row, the thing at the other end is no Firmata board. */
const MOST_NOISE = 16_384;
/** An answer may belong to a question from before the write; so many that say otherwise do not. */
const ANSWERS_PER_WRITE = 3;
const LONGEST_IDENTITY = 64;

export class FirmataBoard implements PinBoard {
  readonly connection: Firmata;
  readonly #link: ByteLink;
  readonly #pins: BoardPins;
  readonly #gate = new FirmataGate();
  readonly #ended = new AbortController();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  #parts: BoardParts | undefined;
  readonly #written = new Map<number, boolean>();
  #nextCheck = 0;
  #looking = false;
  #lostWith: LinkLostError | undefined;

  constructor(link: ByteLink, pins: BoardPins) {
    this.#link = link;
    this.#pins = pins;
    const transport = new FirmataTransport(link, this.#ended.signal);
    this.connection = new FirmataConnection(transport);
    this.connection.setMaxListeners(0);
    this.connection.on('error', () => undefined);
    // Its own timer would ask once, on real time; `meet` asks until it is answered.
    clearTimeout(this.connection.reportVersionTimeoutId);
    link.onLost((error) => this.#lose(error));
    link.onData((bytes) => this.#read(transport, bytes));
  }

  get pinCount(): number {
    return this.connection.pins.length;
  }

  get identity(): string {
    const { name, version } = this.connection.firmware;
    const printable = (name ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, LONGEST_IDENTITY - 8);
    return `${printable || 'Firmata'} ${version?.major ?? 0}.${version?.minor ?? 0}`;
  }

  /** Until the board has said version, firmware, capabilities and analog mapping. */
  async meet(clock: Clock, signal: AbortSignal): Promise<void> {
    const { connection } = this;
    let stopAsking: Unsubscribe = () => undefined;
    const ask = (): void => {
      connection.reportVersion(() => undefined);
      connection.queryFirmware(() => undefined);
      stopAsking = clock.timer(ASK_AGAIN_MS, ask);
    };
    connection.once('queryfirmware', () => stopAsking());
    try {
      await untilTold([signal, this.#ended.signal], (done) => {
        connection.once('ready', done);
        ask();
      });
    } finally {
      stopAsking();
      connection.removeAllListeners('reportversion');
      connection.removeAllListeners('queryfirmware');
    }
    for (const { pin, mode } of this.#modes()) {
      if (!this.connection.pins[pin]?.supportedModes.includes(mode)) {
        throw new LinkLostError(`the board's pin ${pin} can not be what the pin plan makes of it`);
      }
    }
  }

  async setUp(parts: BoardParts, signal: AbortSignal): Promise<void> {
    const { connection } = this;
    for (const { pin } of [...this.#pins.outputs, ...this.#pins.inputs]) await this.#state(pin, signal);
    // What a board that was not reset still drives must be in the byte that is written next.
    for (const { pin } of this.#pins.outputs) {
      const held = connection.pins[pin];
      const bit = 1 << (pin & 7);
      const port = pin >> 3;
      const high = held?.mode === connection.MODES.OUTPUT && (held.state ?? 0) !== 0;
      connection.ports[port] = ((connection.ports[port] ?? 0) & ~bit) | (high ? bit : 0);
    }
    this.#parts = parts;
    // Boards say their version when they start; nobody asks for it from here on.
    connection.on('reportversion', () => this.#mayHaveStartedAnew());
    const silent = new Set(this.#pins.inputs.map(({ pin }) => pin));
    if (silent.size === 0) {
      parts.connect(connection);
      return;
    }
    await untilTold([signal, this.#ended.signal], (done) => {
      for (const { pin } of this.#pins.inputs) {
        connection.once(`digital-read-${pin}`, () => {
          silent.delete(pin);
          if (silent.size === 0) done();
        });
      }
      parts.connect(connection);
    });
  }

  async write(levels: ReadonlyMap<number, boolean>, signal: AbortSignal): Promise<void> {
    if (this.#lostWith) throw this.#lostWith;
    signal.throwIfAborted();
    // One after the other: a small board takes 64 bytes at a time.
    for (const [pin, high] of levels) {
      this.#written.set(pin, high);
      this.#parts?.set(pin, high);
      await this.#confirm(pin, high, signal);
    }
  }

  /**
   * Asks an input whether it is still one, and the outputs' levels one a call, in turn. Every input port is told to
   * say its level again, should a message have been lost.
   */
  async check(signal: AbortSignal): Promise<void> {
    const { inputs, outputs } = this.#pins;
    const ports = new Map(inputs.map(({ pin }) => [pin >> 3, pin]));
    for (const pin of ports.values()) this.connection.reportDigitalPin(pin, 1);
    const input = inputs[0];
    const output = outputs[this.#nextCheck % Math.max(1, outputs.length)];
    this.#nextCheck += 1;
    const before = output && this.#written.get(output.pin);
    // Asked in one breath: each answer by itself would wake this process once more.
    await Promise.all([input, output].map((asked) => asked && this.#state(asked.pin, signal)));
    if (input) {
      const mode = this.#modes()[0]?.mode;
      if (this.connection.pins[input.pin]?.mode !== mode) throw this.#forgotten();
    }
    if (!output) return;
    // It may have been written while it was asked: then either level is right.
    const right = [before, this.#written.get(output.pin)].some(
      (high) => high === undefined || this.#holds(output.pin, high),
    );
    if (!right) throw this.#forgotten();
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const lostWith = this.#lostWith;
    if (lostWith) queueMicrotask(() => listener(lostWith));
    else this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  close(): Promise<void> {
    this.#end(new LinkLostError('the board was closed by this side'));
    return this.#link.close();
  }

  #mayHaveStartedAnew(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.check(this.#ended.signal)
      .catch(() => undefined) // the loss is told by `check` itself
      .finally(() => {
        this.#looking = false;
      });
  }

  #forgotten(): LinkLostError {
    const error = new LinkLostError('the board started anew and has forgotten its pins');
    this.#lose(error);
    return error;
  }

  #modes(): { readonly pin: number; readonly mode: number }[] {
    const { MODES } = this.connection;
    return [
      ...this.#pins.inputs.map(({ pin, pullUp }) => ({ pin, mode: pullUp ? MODES.PULLUP : MODES.INPUT })),
      ...this.#pins.outputs.map(({ pin }) => ({ pin, mode: MODES.OUTPUT })),
    ];
  }

  async #confirm(pin: number, high: boolean, signal: AbortSignal): Promise<void> {
    for (let answer = 0; answer < ANSWERS_PER_WRITE; answer += 1) {
      await this.#state(pin, signal);
      if (this.#holds(pin, high)) return;
    }
    throw new HeldOtherwiseError(`pin ${pin} is not ${high ? 'high' : 'low'}`);
  }

  #holds(pin: number, high: boolean): boolean {
    const held = this.connection.pins[pin];
    return held?.mode === this.connection.MODES.OUTPUT && ((held.state ?? 0) !== 0) === high;
  }

  /** Asks a pin's mode and state; both are in `connection.pins` afterwards. */
  #state(pin: number, signal: AbortSignal): Promise<void> {
    let told: () => void = () => undefined;
    return untilTold([signal, this.#ended.signal], (done) => {
      told = done;
      this.connection.queryPinState(pin, told);
    }).finally(() => this.connection.removeListener(`pin-state-${pin}`, told));
  }

  #read(transport: FirmataTransport, bytes: Uint8Array): void {
    if (this.#ended.signal.aborted) return;
    for (const message of this.#gate.push(bytes)) {
      try {
        transport.emit('data', message);
      } catch {
        // The gate should have kept it out; a parser in an unknown state is thrown away with its link.
        this.#lose(new LinkLostError('the board said what the Firmata library can not take'));
        return;
      }
    }
    if (this.#gate.refusedInARow > MOST_NOISE) this.#lose(new LinkLostError('noise instead of a Firmata board'));
  }

  #lose(error: LinkLostError): void {
    if (this.#ended.signal.aborted) return;
    this.#lostWith = error;
    this.#end(error);
    for (const listener of [...this.#lostListeners]) listener(error);
    this.#lostListeners.clear();
    // Also when it was this side that found the board useless: the port must be free for the next attempt.
    this.#link.close().catch(() => undefined);
  }

  #end(why: LinkLostError): void {
    if (this.#ended.signal.aborted) return;
    this.#parts?.disconnect(this.connection);
    this.#ended.abort(why);
    this.#lostWith ??= why;
    this.connection.removeAllListeners();
  }
}
