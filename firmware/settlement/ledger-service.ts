/**
 * The ledger behind a message port: what runs in the worker, whatever store it is given.
 *
 * Time and randomness come with each question, so the ledger here has none of its own. The thread does nothing else, so
 * between questions it sleeps on a number that grows with each, not in an event loop: a third less to wake it.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Store } from '../ports.ts';
import { openLedger } from './ledger.ts';
import {
  type LedgerQuestion,
  type LedgerReply,
  packError,
  packValue,
  unpackArgs,
  type WorkerStart,
} from './ledger-messages.ts';
import type { Ledger } from './settlement-ledger.ts';

const NO_BYTES = new Uint8Array(0);

/** Until it is asked to close. */
export function serveLedger(
  port: MessagePort,
  { path, sealingKey, bell, ...start }: WorkerStart,
  openStore: (path: string) => Store,
): void {
  let present: { readonly monoMs: number; readonly wallMs: number } = start;
  let given = new Uint8Array(0);

  const clock = {
    monotonicMs: () => present.monoMs,
    wallMs: () => present.wallMs,
    timer: () => () => undefined,
  };
  const random = {
    bytes: (count: number): Uint8Array => {
      if (given.length < count) throw new Error('The question brought too little randomness.');
      const bytes = given.slice(0, count);
      given = given.slice(count);
      return bytes;
    },
  };

  let opened: Ledger | undefined;

  function answer({ id, name, args, monoMs, wallMs, random: bytes }: LedgerQuestion): LedgerReply {
    present = { monoMs, wallMs };
    given = new Uint8Array(bytes ?? NO_BYTES);
    try {
      if (name === 'close' && !opened) return { id, ok: true, value: undefined };
      opened ??= openLedger({ store: openStore(path), sealingKey, random, clock });
      const value = (opened[name] as (...all: readonly unknown[]) => unknown)(...unpackArgs(name, args));
      return { id, ok: true, value: packValue(name, value) };
    } catch (error) {
      return { id, ok: false, error: packError(error) };
    }
  }

  const asked = new Int32Array(bell);
  for (let heard = 0; ; ) {
    const put = receiveMessageOnPort(port) as { readonly message: LedgerQuestion } | undefined;
    if (!put) {
      // Not at all when one more was put meanwhile.
      Atomics.wait(asked, 0, heard);
      continue;
    }
    heard += 1;
    port.postMessage(answer(put.message));
    if (put.message.name === 'close') break;
  }
  port.close();
}
