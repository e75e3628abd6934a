/**
 * The gate between a wire and the Firmata library: whole, well-formed messages only.
 *
 * The library's own parser keeps an unended message for ever and throws on pins
 * that do not exist. One promise: whatever comes in, what comes out is a message
 * of Firmata 2.5 that the library takes without throwing, and no more than
 * `LONGEST_MESSAGE` bytes are held.
 */

/** All modes of 128 pins fit; no board sends more in one message. */
export const LONGEST_MESSAGE = 4_096;
const MOST_PINS = 128;
const LONGEST_FIRMWARE_NAME = 128;

const DIGITAL = 0x90;
const VERSION = 0xf9;
const SYSEX = 0xf0;
const SYSEX_END = 0xf7;
const FIRMWARE = 0x79;
const CAPABILITIES = 0x6c;
const ANALOG_MAPPING = 0x6a;
const PIN_STATE = 0x6e;
const PIN_END = 0x7f;

export class FirmataGate {
  readonly #held = new Uint8Array(LONGEST_MESSAGE);
  #length = 0;
  #pins = 0;
  #mapped = false;
  #versionSaid = false;
  #refusedInARow = 0;

  /** Bytes that belonged to no message since the last good one. */
  get refusedInARow(): number {
    return this.#refusedInARow;
  }

  /** → the messages that are complete now, each in a buffer of its own. */
  push(bytes: Uint8Array): Buffer[] {
    const messages: Buffer[] = [];
    for (const byte of bytes) {
      const message = this.#take(byte);
      if (!message) continue;
      this.#refusedInARow = 0;
      messages.push(message);
    }
    return messages;
  }

  #take(byte: number): Buffer | undefined {
    const sysex = this.#length > 0 && this.#held[0] === SYSEX;
    if (sysex && byte === SYSEX_END) {
      const message = Buffer.from([...this.#held.subarray(0, this.#length), SYSEX_END]);
      this.#length = 0;
      if (this.#wellFormed(message)) return message;
      this.#refusedInARow += message.length;
      return undefined;
    }
    if (byte >= 0x80) {
      // A message that was never ended is over: the next one begins here.
      this.#drop();
      if (byte === SYSEX || byte === VERSION || (byte & 0xf0) === DIGITAL) {
        this.#held[0] = byte;
        this.#length = 1;
      } else {
        this.#refusedInARow += 1;
      }
      return undefined;
    }
    if (this.#length === 0) {
      this.#refusedInARow += 1;
      return undefined;
    }
    this.#held[this.#length] = byte;
    this.#length += 1;
    if (!sysex && this.#length === 3) {
      const message = Buffer.from(this.#held.subarray(0, 3));
      this.#length = 0;
      if (message[0] === VERSION) this.#versionSaid = true;
      if (this.#versionSaid) return message;
      this.#refusedInARow += message.length;
      return undefined;
    }
    if (this.#length === LONGEST_MESSAGE) this.#drop();
    return undefined;
  }

  #drop(): void {
    this.#refusedInARow += this.#length;
    this.#length = 0;
  }

  /** @param message `F0 … F7`, everything between below 0x80 */
  #wellFormed(message: Uint8Array): boolean {
    const data = message.subarray(2, -1);
    // The library forgets what it hears before a version; what it never took must not be counted as known here.
    if (!this.#versionSaid) return false;
    switch (message[1]) {
      case FIRMWARE:
        return data.length >= 2 && data.length % 2 === 0 && data.length <= 2 + 2 * LONGEST_FIRMWARE_NAME;
      case CAPABILITIES: {
        // Fixed for a board; a second answer would only be read again.
        if (this.#pins > 0) return false;
        const pins = wholePins(data);
        if (pins === undefined) return false;
        this.#pins = pins;
        return true;
      }
      case ANALOG_MAPPING:
        if (this.#mapped || this.#pins === 0 || data.length !== this.#pins) return false;
        this.#mapped = true;
        return true;
      case PIN_STATE:
        return data.length >= 3 && data.length <= 6 && (data[0] ?? MOST_PINS) < this.#pins;
      default:
        // Strings, I2C, steppers: nothing that a cabinet asked for.
        return false;
    }
  }
}

/** Pairs of mode and resolution, a 0x7F after each pin. → how many pins, `undefined` when it is none of that. */
function wholePins(data: Uint8Array): number | undefined {
  let pins = 0;
  let at = 0;
  while (at < data.length) {
    if (data[at] === PIN_END) {
      pins += 1;
      at += 1;
    } else {
      // The library takes this byte for the end of a pin wherever it stands.
      if (data[at + 1] === PIN_END) return undefined;
      at += 2;
    }
  }
  if (at !== data.length || data[data.length - 1] !== PIN_END || pins === 0 || pins > MOST_PINS) return undefined;
  return pins;
}
