/**
 * One at a time, in the order of asking: a door for work that two can't do at once.
 *
 * One promise: who gives up while waiting is gone from the line at once and has
 * started nothing; whatever the one before did, the next one's turn comes.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Rejects with `signal.reason` when given up before its turn, else as `work` does. */
  take<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = before.then(() => turn.promise);
    return new Promise<Value>((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason);
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      void before.then(async () => {
        signal.removeEventListener('abort', onAbort);
        try {
          if (!signal.aborted) resolve(await work());
        } catch (error) {
          reject(error);
        } finally {
          turn.resolve();
        }
      });
    });
  }
}
