/**
 * johnny-five's board with the cabinet's lamps and relays as its parts.
 *
 * The library keeps every board and part that was ever made, so they are made
 * once here and the connection behind them is exchanged (its IO-plugin interface).
 * One promise: a part that is moved while nothing is connected moves nothing, and
 * nothing of it is sent later.
 */
import { EventEmitter } from 'node:events';
import firmataIo from 'firmata-io';
import five from 'johnny-five';
import type { BoardPins } from './pin-board.ts';

export type Firmata = InstanceType<typeof firmataIo.Firmata>;
type Board = InstanceType<typeof five.Board>;

/** What johnny-five writes to: at most one live connection at a time. */
class ExchangeableIo extends EventEmitter {
  /** Not `Firmata`: under that name the library would translate pin 14 of a small board into pin 0. */
  readonly name = 'cabinet';
  readonly isReady = true;
  readonly HIGH = 1;
  readonly LOW = 0;
  readonly MODES: Firmata['MODES'];
  readonly pins: Firmata['pins'];
  readonly analogPins: Firmata['analogPins'];
  readonly #outputs: ReadonlySet<number>;
  connection: Firmata | undefined;

  constructor(first: Firmata, outputs: ReadonlySet<number>) {
    super();
    this.MODES = first.MODES;
    this.pins = first.pins;
    this.analogPins = first.analogPins;
    this.#outputs = outputs;
    this.setMaxListeners(0);
  }

  /** Lamps are lit or dark: no pulse width, which would be another kind of message with its own confirmation. */
  isPwm(): boolean {
    return false;
  }

  pinMode(pin: number, mode: number): void {
    const { connection } = this;
    // Setting the mode again drops an output for a moment: a relay must not let go because a cable was back.
    if (connection && connection.pins[pin]?.mode !== mode) connection.pinMode(pin, mode);
  }

  digitalWrite(pin: number, value: number): void {
    const { connection } = this;
    if (!connection) return;
    // Eight pins go out in one byte, and the library keeps what inputs read in the same place: sent back, it
    // would switch pull-ups on.
    const port = pin >> 3;
    let outputsOfPort = 0;
    for (let bit = 0; bit < 8; bit += 1) if (this.#outputs.has(port * 8 + bit)) outputsOfPort |= 1 << bit;
    connection.ports[port] = (connection.ports[port] ?? 0) & outputsOfPort;
    connection.digitalWrite(pin, value);
  }

  digitalRead(pin: number, listener: (value: number) => void): void {
    this.on(`digital-read-${pin}`, listener);
  }
}

interface Part {
  set(high: boolean): void;
}

export class BoardParts {
  readonly #io: ExchangeableIo;
  readonly #board: Board;
  readonly #pins: BoardPins;
  readonly #parts = new Map<number, Part>();
  /** How many pins the board has for which these parts were made. */
  readonly pinCount: number;

  constructor(first: Firmata, pins: BoardPins, onLevel: (pin: number, high: boolean) => void) {
    this.#pins = pins;
    this.pinCount = first.pins.length;
    this.#io = new ExchangeableIo(first, new Set(pins.outputs.map(({ pin }) => pin)));
    this.#board = new five.Board({ io: this.#io, repl: false, debug: false, sigint: false });
    this.#board.setMaxListeners(0);
    // The library waits for both words before it calls itself ready; the connection has said them already.
    this.#board.on('error', () => undefined);
    for (const { pin } of pins.inputs) this.#board.digitalRead(pin, (value) => onLevel(pin, value === 1));
    for (const { pin, part } of pins.outputs) this.#parts.set(pin, this.#makePart(pin, part));
  }

  /** From now on the parts move the pins of this connection. */
  connect(connection: Firmata): void {
    this.#io.connection = connection;
    for (const { pin, pullUp } of this.#pins.inputs) {
      connection.on(`digital-read-${pin}`, (value: number) => this.#io.emit(`digital-read-${pin}`, value));
      this.#board.pinMode(pin, pullUp ? this.#io.MODES.PULLUP : this.#io.MODES.INPUT);
    }
    for (const { pin } of this.#pins.outputs) this.#board.pinMode(pin, this.#io.MODES.OUTPUT);
    for (const { pin } of this.#pins.inputs) connection.reportDigitalPin(pin, 1);
  }

  disconnect(connection: Firmata): void {
    if (this.#io.connection === connection) this.#io.connection = undefined;
  }

  set(pin: number, high: boolean): void {
    this.#parts.get(pin)?.set(high);
  }

  #makePart(pin: number, part: 'lamp' | 'relay'): Part {
    const board = this.#board;
    if (part === 'lamp') {
      const led = new five.Led({ board, pin });
      return { set: (high) => (high ? led.on() : led.off()) };
    }
    const relay = new five.Relay({ board, pin, type: 'NO' });
    return { set: (high) => (high ? relay.close() : relay.open()) };
  }
}

export const FirmataConnection = firmataIo.Firmata;
