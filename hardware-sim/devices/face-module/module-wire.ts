/**
 * The frames of a face module as the module sees them, written from docs/interfaces/face-module.md.
 *
 * Promise: bytes that are no frame are passed over, as a real module does.
 */
export interface HostSaid {
  readonly message: number;
  readonly data: Uint8Array;
}

export class ModuleEars {
  #bytes: number[] = [];

  hear(bytes: Uint8Array): readonly HostSaid[] {
    const said: HostSaid[] = [];
    this.#bytes.push(...bytes);
    for (;;) {
      const from = this.#bytes.findIndex((byte, at) => byte === 0xef && (this.#bytes[at + 1] ?? 0xaa) === 0xaa);
      this.#bytes = from < 0 ? [] : this.#bytes.slice(from);
      const [, , message = 0, high = 0, low = 0] = this.#bytes;
      if (this.#bytes.length < 6) return said;
      const size = high * 256 + low;
      if (size > 2_048) this.#bytes = this.#bytes.slice(1);
      else if (this.#bytes.length < 6 + size) return said;
      else {
        const body = this.#bytes.slice(2, 5 + size);
        const good = body.reduce((sum, byte) => sum ^ byte, 0) === this.#bytes[5 + size];
        if (good) said.push({ message, data: Uint8Array.from(body.slice(3)) });
        this.#bytes = this.#bytes.slice(good ? 6 + size : 1);
      }
    }
  }

  forget(): void {
    this.#bytes = [];
  }
}

/** `message` 0: reply, 1: note. */
export function say(message: number, data: readonly number[]): Uint8Array {
  const body = [message, Math.floor(data.length / 256), data.length % 256, ...data];
  let parity = 0;
  for (const byte of body) parity ^= byte;
  return Uint8Array.from([0xef, 0xaa, ...body, parity]);
}
