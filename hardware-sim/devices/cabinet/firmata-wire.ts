/**
 * Firmata from the board's side, written from the protocol text 2.5.1
 * (github.com/firmata/protocol, protocol.md).
 *
 * One promise: the reader holds at most `MOST_DATA_BYTES` and finds the next
 * message after any noise.
 */

/** What a small board holds of one message, as StandardFirmata does. */
export const MOST_DATA_BYTES = 64;

export const MODE = {
  input: 0x00,
  output: 0x01,
  analog: 0x02,
  pwm: 0x03,
  servo: 0x04,
  i2c: 0x06,
  pullUp: 0x0b,
} as const;

/** What a host may ask or tell. */
export type HostMessage =
  | { readonly say: 'versionQuery' }
  | { readonly say: 'firmwareQuery' }
  | { readonly say: 'capabilityQuery' }
  | { readonly say: 'analogMappingQuery' }
  | { readonly say: 'pinStateQuery'; readonly pin: number }
  | { readonly say: 'pinMode'; readonly pin: number; readonly mode: number }
  | { readonly say: 'pinValue'; readonly pin: number; readonly high: boolean }
  /** Bit n is pin 8 × port + n. */
  | { readonly say: 'portValue'; readonly port: number; readonly bits: number }
  | { readonly say: 'analogValue'; readonly pin: number; readonly value: number }
  | { readonly say: 'reportPort'; readonly port: number; readonly on: boolean }
  | { readonly say: 'reset' };

export class HostReader {
  readonly #held: number[] = [];

  /** → the messages that these bytes complete. What a board does not know is swallowed. */
  read(bytes: Uint8Array): HostMessage[] {
    const messages: HostMessage[] = [];
    for (const byte of bytes) {
      const message = this.#take(byte);
      if (message) messages.push(message);
    }
    return messages;
  }

  #take(byte: number): HostMessage | undefined {
    const first = this.#held[0];
    if (byte === 0xf7 && first === 0xf0) {
      const sysex = this.#held.splice(0).slice(1);
      return sysexMessage(sysex);
    }
    if (byte >= 0x80) {
      this.#held.length = 0;
      if (byte === 0xf9) return { say: 'versionQuery' };
      if (byte === 0xff) return { say: 'reset' };
      this.#held.push(byte);
      return undefined;
    }
    if (first === undefined) return undefined;
    this.#held.push(byte);
    if (first === 0xf0) {
      if (this.#held.length > MOST_DATA_BYTES) this.#held.length = 0;
      return undefined;
    }
    const needed = lengthOf(first);
    if (this.#held.length < needed) return undefined;
    const [, low = 0, high = 0] = this.#held.splice(0);
    return shortMessage(first, low, high);
  }
}

function lengthOf(first: number): number {
  const kind = first & 0xf0;
  if (kind === 0xc0 || kind === 0xd0) return 2;
  return 3;
}

function shortMessage(first: number, low: number, high: number): HostMessage | undefined {
  if (first === 0xf4) return { say: 'pinMode', pin: low, mode: high };
  if (first === 0xf5) return { say: 'pinValue', pin: low, high: high !== 0 };
  switch (first & 0xf0) {
    case 0x90:
      return { say: 'portValue', port: first & 0x0f, bits: low | (high << 7) };
    case 0xd0:
      return { say: 'reportPort', port: first & 0x0f, on: low !== 0 };
    case 0xe0:
      return { say: 'analogValue', pin: first & 0x0f, value: low | (high << 7) };
    default:
      return undefined;
  }
}

function sysexMessage([id, ...data]: readonly number[]): HostMessage | undefined {
  switch (id) {
    case 0x79:
      return { say: 'firmwareQuery' };
    case 0x6b:
      return { say: 'capabilityQuery' };
    case 0x69:
      return { say: 'analogMappingQuery' };
    case 0x6d:
      return data[0] === undefined ? undefined : { say: 'pinStateQuery', pin: data[0] };
    case 0x6f: {
      const [pin, ...bits] = data;
      if (pin === undefined || bits.length === 0) return undefined;
      return { say: 'analogValue', pin, value: bits.reduce((sum, part, at) => sum + part * 2 ** (7 * at), 0) };
    }
    default:
      return undefined;
  }
}

const sysex = (id: number, data: readonly number[]): Uint8Array => Uint8Array.from([0xf0, id, ...data, 0xf7]);
const in7Bits = (value: number): number[] => [value & 0x7f, (value >> 7) & 0x7f];

export function versionReport(major: number, minor: number): Uint8Array {
  return Uint8Array.of(0xf9, major, minor);
}

export function firmwareReport(major: number, minor: number, name: string): Uint8Array {
  return sysex(0x79, [major, minor, ...[...new TextEncoder().encode(name)].flatMap(in7Bits)]);
}

/** By pin: its modes with their resolution in bits; none for a pin that Firmata can not use. */
export function capabilityResponse(pins: readonly (readonly (readonly [mode: number, bits: number])[])[]): Uint8Array {
  return sysex(
    0x6c,
    pins.flatMap((modes) => [...modes.flat(), 0x7f]),
  );
}

/** By pin: its analog channel, or `undefined`. */
export function analogMappingResponse(channels: readonly (number | undefined)[]): Uint8Array {
  return sysex(
    0x6a,
    channels.map((channel) => channel ?? 0x7f),
  );
}

export function pinStateResponse(pin: number, mode: number, state: number): Uint8Array {
  return sysex(0x6e, state > 0x7f ? [pin, mode, ...in7Bits(state)] : [pin, mode, state]);
}

export function portReport(port: number, bits: number): Uint8Array {
  return Uint8Array.of(0x90 | port, ...in7Bits(bits));
}
