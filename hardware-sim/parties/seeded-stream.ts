/**
 * A named stream of repeatable randomness for one party or one fault.
 *
 * Each user draws from its own stream, so adding a fault does not reshuffle
 * the others. One promise: the same seed and name give the same draws.
 */
export class SeededStream {
  #state: number;

  constructor(seed: number, name: string) {
    let mixed = (seed ^ 0x9e3779b9) >>> 0;
    for (const character of name) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    this.#state = mixed;
  }

  /** 0 … 2^32−1 */
  uint32(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** 0 … bound−1 */
  below(bound: number): number {
    return this.uint32() % bound;
  }

  /** True about `perMille` times in a thousand. */
  chance(perMille: number): boolean {
    return this.below(1000) < perMille;
  }

  letters(alphabet: string, count: number): string {
    let text = '';
    for (let index = 0; index < count; index++) text += alphabet.charAt(this.below(alphabet.length));
    return text;
  }
}
