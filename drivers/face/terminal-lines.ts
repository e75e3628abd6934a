/**
 * The platform terminal's answers, one JSON object a line, out of a stream of bytes.
 *
 * One promise: at most one longest line is held, a line that is no object is
 * passed over, and what was held is zero when it was read. `data` may come as an
 * object or as a text that holds one (D.1); it comes out as an object.
 */

/** The SDK's own buffer is 20 KB. Bytes. */
export const LONGEST_ANSWER_LINE = 20_480;
const NEWLINE = 0x0a;

export class AnswerLines {
  readonly #held = new Uint8Array(LONGEST_ANSWER_LINE);
  #length = 0;
  /** A line that was longer: its rest is not another one. */
  #skipping = false;

  get held(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): readonly Readonly<Record<string, unknown>>[] {
    const answers: Readonly<Record<string, unknown>>[] = [];
    for (const byte of bytes) {
      if (byte === NEWLINE) {
        const answer = this.#skipping ? undefined : answerIn(this.#held.subarray(0, this.#length));
        if (answer) answers.push(answer);
        this.clear();
      } else if (this.#length === LONGEST_ANSWER_LINE) {
        this.#skipping = true;
      } else {
        this.#held[this.#length] = byte;
        this.#length += 1;
      }
    }
    bytes.fill(0);
    return answers;
  }

  clear(): void {
    this.#held.fill(0, 0, this.#length);
    this.#length = 0;
    this.#skipping = false;
  }
}

function answerIn(line: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const answer = objectIn(Buffer.from(line).toString('utf8'));
  if (!answer) return undefined;
  const { data } = answer;
  const inner = typeof data === 'string' ? objectIn(data) : data;
  return { ...answer, data: isObject(inner) ? inner : undefined };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
