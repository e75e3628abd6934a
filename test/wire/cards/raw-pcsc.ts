/**
 * A PC/SC program that says exactly what a test wants, word by word.
 *
 * Structures are typed from pcsc-lite's winscard_msg.h (protocol 4:4).
 */
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

type Word = number | { readonly text: string; readonly bytes: number };

export class RawPcsc {
  readonly #socket: Socket;
  readonly closed: Promise<void>;
  #stream: Buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  constructor(socketPath: string) {
    this.#socket = connect({ path: socketPath });
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (bytes: Buffer) => {
      this.#stream = Buffer.concat([this.#stream, bytes]);
      this.#wake?.();
    });
    this.closed = new Promise((resolve) => this.#socket.on('close', () => resolve()));
    onTestFinished(() => void this.#socket.destroy());
  }

  say(command: number, words: readonly Word[], data: Uint8Array = new Uint8Array(0)): void {
    const body = Buffer.concat(words.map(bytesOf));
    this.#socket.write(Buffer.concat([bytesOf(body.length), bytesOf(command), body, data]));
  }

  async hear(bytes: number): Promise<Buffer> {
    while (this.#stream.length < bytes) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const heard = this.#stream.subarray(0, bytes);
    this.#stream = this.#stream.subarray(bytes);
    return heard;
  }

  /** Says it and hears the same structure again: the last word is the return code. */
  async ask(command: number, words: readonly Word[]): Promise<{ readonly rv: number; word(at: number): number }> {
    this.say(command, words);
    const reply = await this.hear(Buffer.concat(words.map(bytesOf)).length);
    return { rv: reply.readUInt32LE(reply.length - 4), word: (at) => reply.readUInt32LE(at) };
  }

  async establish(): Promise<number> {
    return (await this.ask(0x01, [2, 0, 0])).word(4);
  }

  async connectCard(
    context: number,
    reader: string,
    share: number,
    protocols = 3,
  ): Promise<{ readonly rv: number; readonly card: number; readonly protocol: number }> {
    const name = { text: reader, bytes: 128 };
    const reply = await this.ask(0x04, [context, name, share, protocols, 0, 0, 0]);
    return { rv: reply.rv, card: reply.word(140), protocol: reply.word(144) };
  }

  async transmit(card: number, protocol: number, apdu: Uint8Array): Promise<{ readonly rv: number; answer: Buffer }> {
    this.say(0x09, [card, protocol, 16, apdu.length, 3, 16, 258, 0], apdu);
    const reply = await this.hear(32);
    const rv = reply.readUInt32LE(28);
    return { rv, answer: rv === 0 ? await this.hear(reply.readUInt32LE(24)) : Buffer.alloc(0) };
  }

  hangUp(): void {
    this.#socket.destroy();
  }
}

function bytesOf(word: Word): Buffer {
  if (typeof word !== 'number') return Buffer.concat([Buffer.from(word.text)], word.bytes);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(word);
  return bytes;
}
