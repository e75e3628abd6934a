/**
 * A value about a person that must not reach a log, a metric or a dump.
 *
 * `Secret` prints as a mask whatever prints it; the value comes out only by
 * `reveal()`, which is easy to find in a review. `wipe()` forgets it.
 */
const MASK = '▒▒▒';

export class Secret<Value> {
  #value: Value | undefined;

  constructor(value: Value) {
    this.#value = value;
  }

  /** @throws Error once wiped: a caller that still needs it has outlived its session. */
  reveal(): Value {
    if (this.#value === undefined) throw new Error('This secret was wiped at the end of its session.');
    return this.#value;
  }

  wipe(): void {
    this.#value = undefined;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
