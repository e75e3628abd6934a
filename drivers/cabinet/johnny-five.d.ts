/**
 * The parts of the npm packages `johnny-five` 2.1.0 and `firmata-io` 2.3.0 that
 * the cabinet uses; the first has only loose types of others, the second none.
 */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  interface FirmataPin {
    readonly supportedModes: readonly number[];
    mode: number | undefined;
    value: number;
    state?: number;
  }

  class Firmata extends EventEmitter {
    constructor(transport: EventEmitter, options?: { readonly reportVersionTimeout?: number });
    readonly isReady: boolean;
    readonly MODES: Readonly<Record<'INPUT' | 'OUTPUT' | 'ANALOG' | 'PWM' | 'PULLUP', number>>;
    readonly HIGH: 1;
    readonly LOW: 0;
    readonly pins: readonly FirmataPin[];
    readonly analogPins: readonly number[];
    /** What is written next to each port of eight pins. */
    readonly ports: number[];
    readonly version: { readonly major?: number; readonly minor?: number };
    readonly firmware: {
      readonly name?: string;
      readonly version?: { readonly major: number; readonly minor: number };
    };
    readonly reportVersionTimeoutId: NodeJS.Timeout;
    reportVersion(callback: () => void): void;
    queryFirmware(callback: () => void): void;
    queryPinState(pin: number, callback: () => void): void;
    pinMode(pin: number, mode: number): void;
    digitalWrite(pin: number, value: number): void;
    reportDigitalPin(pin: number, value: 0 | 1): void;
  }

  const bindTransport: { readonly Firmata: typeof Firmata };
  export = bindTransport;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';

  class Board extends EventEmitter {
    constructor(options: {
      readonly io: EventEmitter;
      readonly repl: false;
      readonly debug: false;
      readonly sigint: false;
    });
    readonly isReady: boolean;
    pinMode(pin: number, mode: number): this;
    digitalRead(pin: number, listener: (value: number) => void): this;
  }

  class Led {
    constructor(options: { readonly board: Board; readonly pin: number });
    on(): this;
    off(): this;
  }

  class Relay {
    constructor(options: { readonly board: Board; readonly pin: number; readonly type: 'NO' | 'NC' });
    close(): this;
    open(): this;
  }

  const five: { readonly Board: typeof Board; readonly Led: typeof Led; readonly Relay: typeof Relay };
  export = five;
}
