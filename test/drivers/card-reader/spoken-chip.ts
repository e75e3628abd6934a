/**
 * A chip that knows a list of commands and the answer to each, both typed in
 * hex from the specification; anything else is 6D00. `A | B` answers A the first
 * time and B from then on.
 */
import type { CardConnection } from '../../../drivers/ports.ts';

export class SpokenChip implements CardConnection {
  readonly atr: Uint8Array;
  /** Commands as they came, hex. */
  readonly heard: string[] = [];
  readonly #answers: ReadonlyMap<string, string[]>;

  /** @param atr default: T=0 and nothing else. */
  constructor(answers: Readonly<Record<string, string>>, atr: Uint8Array = Uint8Array.of(0x3b, 0x00)) {
    this.atr = atr;
    this.#answers = new Map(
      Object.entries(answers).map(([command, answer]) => [squeeze(command), squeeze(answer).split('|')]),
    );
  }

  transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const command = toHex(apdu);
    this.heard.push(command);
    return Promise.resolve(fromHex(this.#next(command)));
  }

  #next(command: string): string {
    const answers = this.#answers.get(command) ?? ['6D00'];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? '6D00';
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(squeeze(hex).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

function squeeze(hex: string): string {
  return hex.replaceAll(/\s/g, '').toUpperCase();
}
