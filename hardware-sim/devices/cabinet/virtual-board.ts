/**
 * A microcontroller board with Firmata on the bench.
 *
 * It knows pins, not what hangs on them. One promise: it answers as the protocol
 * text says, keeps its pins while a host is away, and forgets them only when it is
 * reset or without power.
 */
import { type ByteLink, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';
import { BoardLink } from './board-link.ts';
import { type BoardSize, modesOf, type Outside, type Pin, reads, SIZES } from './board-pins.ts';
import {
  analogMappingResponse,
  capabilityResponse,
  firmwareReport,
  type HostMessage,
  HostReader,
  MODE,
  pinStateResponse,
  portReport,
  versionReport,
} from './firmata-wire.ts';

export interface VirtualBoardOptions {
  /** Opening the port resets the board, as USB boards with a DTR line do. */
  readonly resetOnOpen?: boolean;
  /** The name of its program. Default: `StandardFirmata`. */
  readonly firmware?: string;
  /** Default: `mega`. */
  readonly size?: BoardSize;
}

export class VirtualBoard {
  readonly #options: VirtualBoardOptions;
  readonly #size: BoardSize;
  readonly #pins: Pin[];
  readonly #reported: (number | undefined)[];
  readonly #changeListeners = new Set<() => void>();
  #link: BoardLink | undefined;
  #reader = new HostReader();
  #plugged = true;
  #hung = false;
  /** How often it was started, by power or by reset. */
  starts = 1;

  constructor(options: VirtualBoardOptions = {}) {
    this.#options = options;
    this.#size = options.size ?? 'mega';
    const { pins } = SIZES[this.#size];
    this.#pins = Array.from({ length: pins }, () => ({ mode: MODE.output, state: 0, outside: 'open' }));
    this.#reported = new Array<number | undefined>(Math.ceil(pins / 8)).fill(undefined);
    this.#forget();
  }

  /** What the board drives, or `undefined` for a pin that is no output. */
  driven(pin: number): boolean | undefined {
    const one = this.#pins[pin];
    return one && (one.mode === MODE.output || one.mode === MODE.pwm) ? one.state > 0 : undefined;
  }

  get pluggedIn(): boolean {
    return this.#plugged;
  }

  get hung(): boolean {
    return this.#hung;
  }

  mode(pin: number): number | undefined {
    return this.#pins[pin]?.mode;
  }

  wire(pin: number, outside: Outside): void {
    const one = this.#pins[pin];
    if (!one) return;
    one.outside = outside;
    this.#reportChanges(pin >> 3);
  }

  /** Called after anything the board drives may have changed. */
  onDriven(listener: () => void): Unsubscribe {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Pulls the cable that is also the board's power supply. */
  unplug(): void {
    this.#plugged = false;
    this.#forget();
    this.#drop('the board was unplugged');
  }

  plugIn(): void {
    if (this.#plugged) return;
    this.#plugged = true;
    this.#hung = false;
    this.#start();
  }

  /** Pulls the data line only: the board stays powered. */
  cutData(): void {
    this.#plugged = false;
    this.#drop('the data line was cut');
  }

  mendData(): void {
    this.#plugged = true;
  }

  /** The program stands still; what it drives, it goes on driving. */
  hang(): void {
    this.#hung = true;
  }

  /** The reset button, or a watchdog. `silently`: the line was not yet up when it said its name. */
  pressReset(how: { readonly silently?: boolean } = {}): void {
    this.#hung = false;
    this.#forget();
    this.#start(how.silently === true);
  }

  garbage(bytes: Uint8Array): void {
    this.#link?.deliver(bytes);
  }

  openByteLink(_signal: AbortSignal): Promise<ByteLink> {
    if (!this.#plugged) return Promise.reject(new LinkLostError('the board is not plugged in'));
    if (this.#link) return Promise.reject(new LinkLostError('the port is taken'));
    this.#reader = new HostReader();
    const link = new BoardLink(
      (bytes) => this.#take(bytes),
      () => {
        if (this.#link === link) this.#link = undefined;
      },
    );
    this.#link = link;
    if (this.#options.resetOnOpen) queueMicrotask(() => this.pressReset());
    return Promise.resolve(link);
  }

  #drop(why: string): void {
    const link = this.#link;
    this.#link = undefined;
    link?.lose(why);
  }

  #forget(): void {
    for (const [at, pin] of this.#pins.entries()) {
      pin.mode = at >= SIZES[this.#size].firstAnalog ? MODE.analog : MODE.output;
      pin.state = 0;
    }
    this.#reported.fill(undefined);
    this.#tellDriven();
  }

  #start(silently = false): void {
    this.starts += 1;
    this.#reader = new HostReader();
    if (silently) return;
    this.#say(versionReport(2, 5));
    this.#say(firmwareReport(2, 5, this.#options.firmware ?? 'StandardFirmata'));
  }

  #say(bytes: Uint8Array): void {
    if (!this.#hung) this.#link?.deliver(bytes);
  }

  #take(bytes: Uint8Array): void {
    if (this.#hung) return;
    for (const message of this.#reader.read(bytes)) this.#obey(message);
  }

  #obey(message: HostMessage): void {
    switch (message.say) {
      case 'versionQuery':
        this.#say(versionReport(2, 5));
        return;
      case 'firmwareQuery':
        this.#say(firmwareReport(2, 5, this.#options.firmware ?? 'StandardFirmata'));
        return;
      case 'capabilityQuery':
        this.#say(capabilityResponse(this.#pins.map((_pin, at) => modesOf(at, this.#size))));
        return;
      case 'analogMappingQuery': {
        const { firstAnalog } = SIZES[this.#size];
        const channels = this.#pins.map((_pin, at) => (at >= firstAnalog ? at - firstAnalog : undefined));
        this.#say(analogMappingResponse(channels));
        return;
      }
      case 'pinStateQuery': {
        const pin = this.#pins[message.pin];
        if (pin) this.#say(pinStateResponse(message.pin, pin.mode, pin.state));
        return;
      }
      case 'pinMode': {
        const pin = this.#pins[message.pin];
        if (!pin || !modesOf(message.pin, this.#size).some(([mode]) => mode === message.mode)) return;
        // Any mode begins low; a pull-up counts as a written one.
        pin.mode = message.mode;
        pin.state = message.mode === MODE.pullUp ? 1 : 0;
        this.#tellDriven();
        this.#reportChanges(message.pin >> 3);
        return;
      }
      case 'pinValue':
        this.#write(message.pin, message.high ? 1 : 0);
        return;
      case 'portValue':
        for (let bit = 0; bit < 8; bit += 1) this.#write(message.port * 8 + bit, (message.bits >> bit) & 1);
        return;
      case 'analogValue': {
        const pin = this.#pins[message.pin];
        if (pin?.mode !== MODE.pwm) return;
        pin.state = message.value;
        this.#tellDriven();
        return;
      }
      case 'reportPort':
        if (message.port >= this.#reported.length) return;
        this.#reported[message.port] = undefined;
        if (message.on) this.#report(message.port);
        return;
      case 'reset':
        this.#forget();
        return;
    }
  }

  #write(at: number, value: number): void {
    const pin = this.#pins[at];
    if (!pin) return;
    if (pin.mode === MODE.output) pin.state = value;
    // Writing a one to an input switches its pull-up on: an old habit of these boards.
    else if (pin.mode === MODE.input && value === 1) {
      pin.mode = MODE.pullUp;
      pin.state = 1;
    } else return;
    this.#tellDriven();
  }

  #bits(port: number): number {
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) if (reads(this.#pins[port * 8 + bit])) bits |= 1 << bit;
    return bits;
  }

  #report(port: number): void {
    const bits = this.#bits(port);
    this.#reported[port] = bits;
    this.#say(portReport(port, bits));
  }

  #reportChanges(port: number): void {
    const last = this.#reported[port];
    if (last !== undefined && last !== this.#bits(port)) this.#report(port);
  }

  #tellDriven(): void {
    for (const listener of [...this.#changeListeners]) listener();
  }
}
