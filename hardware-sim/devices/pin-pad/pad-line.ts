/**
 * The line of a PIN pad, at the pad's end: frames in, frames and keys out (E.3).
 *
 * Written apart from any driver: a frame is cut out of a string here.
 */
export class PadLine {
  readonly #obey: (body: string) => void;
  readonly #say: (bytes: Uint8Array) => void;
  #heard = '';

  constructor(obey: (body: string) => void, say: (bytes: Uint8Array) => void) {
    this.#obey = obey;
    this.#say = say;
  }

  forget(): void {
    this.#heard = '';
  }

  hear(bytes: Uint8Array): void {
    this.#heard += Buffer.from(bytes).toString('latin1');
    for (;;) {
      const start = this.#heard.indexOf('\x02');
      if (start < 0) {
        this.#heard = '';
        return;
      }
      this.#heard = this.#heard.slice(start);
      const length = this.#heard.slice(1, 4);
      if (length.length < 3 && /^\d*$/.test(length)) return;
      const end = 4 + Number(length) + 3;
      if (/^\d{3}$/.test(length) && this.#heard.length < end) return;
      const checked = this.#heard.slice(1, end - 2);
      const good =
        /^\d{3}$/.test(length) && checked.endsWith('\x03') && this.#heard.slice(end - 2, end) === checkOf(checked);
      this.#heard = this.#heard.slice(good ? end : 1);
      if (good) this.#obey(checked.slice(3, -1));
    }
  }

  answer(body: Uint8Array | string): void {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
    const checked = `${String(text.length).padStart(3, '0')}${text}\x03`;
    this.#say(Buffer.from(`\x02${checked}${checkOf(checked)}`, 'latin1'));
  }

  key(code: number): void {
    this.#say(Uint8Array.of(code));
  }
}

function checkOf(checked: string): string {
  const check = [...checked].reduce((sum, character) => sum ^ character.charCodeAt(0), 0);
  return check.toString(16).toUpperCase().padStart(2, '0');
}
