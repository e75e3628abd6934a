/**
 * A face engine whose native libraries do their worst: the first byte of each picture names what.
 *
 * Started by tests as the program of a real child process; the kiosk's side of the boundary is production's.
 */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { HOST_WIRE_FD } from '../../../drivers/device-host/host-wire.ts';
import { serveEngine } from '../../../drivers/face/serve-engine.ts';

const hoard: unknown[] = [];
const never = (): Promise<never> => new Promise(() => undefined);

const misdeeds: Readonly<Record<number, () => unknown>> = {
  /** Crashes inside native code. */
  1: () => process.kill(process.pid, 'SIGSEGV'),
  /** A native call on the main thread that never returns. */
  2: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  /** Native memory that is never given back: 8 MiB fifty times a second. */
  3: () => setInterval(() => hoard.push(Buffer.alloc(8 * 1_048_576, 1)), 20),
  /** A thread of a library that never comes back, while the main thread is well. */
  4: () => undefined,
  /** A wild pointer writes into the pipe. */
  5: () => writeSync(HOST_WIRE_FD, Buffer.from([0, 0, 0, 8, 0xff, 0x0f, 0x99, 0x99, 1, 2, 3, 4])),
  /** Claims a message that is longer than any. */
  6: () => writeSync(HOST_WIRE_FD, Buffer.from([0x7f, 0xff, 0xff, 0xff])),
  /** A cosine that is no number, for a call that nobody made. */
  7: () => wire.send({ tell: 'compared', id: 1, cosine: Number.NaN }),
  /** Answers to calls that nobody made, as many as the pipe takes. */
  8: () =>
    setInterval(() => {
      for (let sent = 0; sent < 500; sent += 1) wire.send({ tell: 'compared', id: 1_000_000 + sent, cosine: 1 });
    }, 1),
  /** A reading whose figures are no numbers: neither too dark nor too bright, neither turned nor straight. */
  9: () => wire.send({ tell: 'examined', id: 1, template: 1, reading: { faces: 1, largest: { score: Number.NaN } } }),
  /** Says again that it is ready. */
  10: () => wire.send({ tell: 'ready', manifest: 'other-weights' }),
  11: () => process.exit(0),
  /** More in one message than any answer holds. */
  12: () => wire.send({ tell: 'unfit', why: 'x'.repeat(4_000) }),
  /** A thread of a library that turns in circles, while the main thread is well. */
  13: () => new Worker('for (;;);', { eval: true }),
};

/** A library's thread that a busy machine gives a fifth of a processor: 2.4 s for what takes half a second of work. */
const STARVED = 20;
const starvedThread = `const { parentPort } = require('node:worker_threads');
const idle = new Int32Array(new SharedArrayBuffer(4));
for (let turn = 0; turn < 24; turn += 1) {
  for (const until = performance.now() + 20; performance.now() < until; );
  Atomics.wait(idle, 0, 0, 80);
}
parentPort.postMessage('done');`;
const starved = (): Promise<unknown> =>
  new Promise((resolve) => new Worker(starvedThread, { eval: true }).once('message', resolve));

const wire = serveEngine(() =>
  Promise.resolve({
    decode: async ({ bytes }) => {
      if (bytes[0] === STARVED) await starved();
      const misdeed = misdeeds[bytes[0] ?? 0];
      if (misdeed) {
        setImmediate(misdeed);
        return never();
      }
      return { width: 8, height: 8, rgb: new Uint8Array(192) };
    },
    // A detector that is sure of nothing: no face.
    run: () => Promise.resolve([new Float32Array(2), new Float32Array(4)]),
  }),
);
