/**
 * The virtual device of a case in a process of its own, with its hands.
 *
 * It stands apart because a kernel that waits for the device would otherwise wait
 * for the very process that serves it. Both ends of the rope are here: the case
 * starts a bench and uses its hands, the bench serves them.
 */
import { type ChildProcess, fork } from 'node:child_process';

type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };
interface Asked {
  readonly id: number;
  readonly hand: string;
  readonly words: readonly Plain[];
}
interface Answered {
  readonly id: number;
  readonly value?: Plain;
  readonly failed?: string;
}
export type Hands = Readonly<Record<string, (...words: never[]) => unknown>>;

export class Bench {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: Plain) => void; reject: (error: Error) => void }>();
  #asked = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: Answered) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.failed === undefined) waiting?.resolve(message.value);
      else waiting?.reject(new Error(`the bench: ${message.failed}`));
    });
    child.on('exit', (status) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the bench ended (${status})`));
      this.#waiting.clear();
    });
  }

  /** @param file beside this one, e.g. `benches/printer-bench.ts` */
  static async start(file: string): Promise<Bench> {
    const child = fork(new URL(file, import.meta.url), { stdio: ['ignore', 2, 2, 'ipc'] });
    const bench = new Bench(child);
    await bench.use('ready');
    return bench;
  }

  /** Uses a hand and waits until it has done its work. Rejects when it could not. */
  use<Value = Plain>(hand: string, ...words: Plain[]): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#asked += 1;
      this.#waiting.set(this.#asked, { resolve: resolve as (value: Plain) => void, reject });
      this.#child.send({ id: this.#asked, hand, words } satisfies Asked);
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

/** In the bench's process: serves the hands until the case is over. */
export function serveHands(hands: Hands): void {
  const answer = (message: Answered): void => void process.send?.(message);
  process.on('disconnect', () => process.exit(0));
  process.on('message', ({ id, hand, words }: Asked) => {
    const work = hand === 'ready' ? () => true : (hands[hand] as ((...given: readonly Plain[]) => unknown) | undefined);
    Promise.resolve()
      .then(() => {
        if (!work) throw new Error(`no hand is called ${hand}`);
        return work(...words);
      })
      .then(
        (value) => answer({ id, value: value as Plain }),
        (error: unknown) => answer({ id, failed: error instanceof Error ? error.message : String(error) }),
      );
  });
}
