/**
 * Whatever the models or the decoder do in their child, the kiosk loses a face engine for a moment and never itself.
 *
 * Real child processes, production's side of the pipe; only the libraries are bad ones. No model is needed.
 */
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isEngineMessage } from '../../../drivers/face/engine-message-check.ts';
import { LONGEST_PICTURE } from '../../../drivers/face/engine-messages.ts';
import { EngineProcess } from '../../../drivers/face/engine-process.ts';
import { type PictureBytes, UnreadablePictureError } from '../../../drivers/face/face-engine.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';

/** The bound is a second and its last heartbeat; a machine that runs other tests beside gets a little more. */
const MOMENT_MS = 2_000;
const BOTH = { template: true, liveness: true };
const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);
const picture = (first: number, length = 16): PictureBytes => {
  const bytes = new Uint8Array(length);
  bytes[0] = first;
  return { encoding: 'jpeg', bytes };
};

async function badEngine(): Promise<EngineProcess> {
  const engine = new EngineProcess({ clock: systemClock, entry: new URL('./misbehaving-engine.ts', import.meta.url) });
  onTestFinished(() => engine.close());
  await engine.started(within(20_000));
  return engine;
}

/** A heartbeat, and how late one may be before it says more about the machine than about the engine (engine-pulse.ts), ms. */
const BEAT_MS = 160;
const LATE_MS = 40;
/** What a hang may take of them: five, the one that finds it out, and one for a phase that is not ours. */
const BEATS = 7;
/** However starved the machine is, ms. */
const LONGEST_MS = 8_000;

/**
 * How often a healthy engine beside the bad one has answered in time so far.
 *
 * The kiosk counts no beat of a starved machine against an engine, so a hang is known later there by the clock, and
 * never later by this.
 */
async function healthyBeats(): Promise<() => number> {
  const healthy = await badEngine();
  let beats = 0;
  let over = false;
  onTestFinished(() => {
    over = true;
  });
  const beat = async (): Promise<void> => {
    while (!over) {
      const dueMs = systemClock.monotonicMs() + BEAT_MS;
      await new Promise<void>((resolve) => systemClock.timer(BEAT_MS, resolve));
      await healthy.examine(picture(0), BOTH, within(30_000));
      if (systemClock.monotonicMs() - dueMs <= LATE_MS) beats += 1;
    }
  };
  beat().catch(() => undefined);
  return () => beats;
}

async function lossAfter(engine: EngineProcess, provoke: () => void) {
  const lost = new Promise<LinkLostError>((resolve) => engine.onLost(resolve));
  const startedMs = systemClock.monotonicMs();
  provoke();
  const { message } = await lost;
  return { why: message, ms: systemClock.monotonicMs() - startedMs };
}

async function hangAfter(engine: EngineProcess, provoke: () => void) {
  const beats = await healthyBeats();
  const before = beats();
  const { why, ms } = await lossAfter(engine, provoke);
  const took = beats() - before;
  expect(took).toBeLessThanOrEqual(BEATS);
  expect(ms).toBeLessThan(LONGEST_MS);
  return why;
}

const misdeeds: readonly [string, number, RegExp, number][] = [
  ['crashes with SIGSEGV', 1, /ended \(SIGSEGV\)/, MOMENT_MS],
  // A leak is a leak once it is large; from there on it is a moment.
  ['fills native memory', 3, /leaks memory|hangs/, 15_000],
  ['writes rubbish into the pipe', 5, /nonsense/, MOMENT_MS],
  ['claims a message longer than any', 6, /nonsense/, MOMENT_MS],
  ['answers a figure that is no number', 7, /nonsense/, MOMENT_MS],
  ['floods the kiosk with answers that nobody asked for', 8, /nonsense/, MOMENT_MS],
  ['reads a face in figures that are no numbers', 9, /nonsense/, MOMENT_MS],
  ['says twice which weights it runs', 10, /nonsense/, MOMENT_MS],
  ['ends as if all were well', 11, /ended \(0\)|hung up/, MOMENT_MS],
  ['says more at once than any answer holds', 12, /nonsense/, MOMENT_MS],
];

const hangs: readonly [string, number, RegExp][] = [
  ['never comes back from a call on its main thread', 2, /engine hangs/],
  ['never comes back from a call on another thread', 4, /a call hangs/],
];

describe('a face engine that', () => {
  test.each(hangs)(
    '%s is lost within six heartbeats: the call ends',
    async (_what, number, why) => {
      const engine = await badEngine();
      let call: Promise<unknown> | undefined;
      const said = await hangAfter(engine, () => {
        call = engine.examine(picture(number), BOTH, within(30_000)).catch((error: unknown) => error);
      });
      expect(said).toMatch(why);
      expect(await call).toBeInstanceOf(LinkLostError);
    },
    40_000,
  );

  test('turns in circles on another thread is lost before it has had much more processor time than any look needs', async () => {
    const engine = await badEngine();
    // A thread of ours that turns beside it gets as much, however many share the machine.
    const beside = new Worker('for (;;);', { eval: true });
    onTestFinished(() => beside.terminate().then(() => undefined));
    await new Promise<void>((resolve) => beside.once('online', resolve));
    const before = process.cpuUsage();
    let call: Promise<unknown> | undefined;
    const { why } = await lossAfter(engine, () => {
      call = engine.examine(picture(13), BOTH, within(30_000)).catch((error: unknown) => error);
    });
    const { user, system } = process.cpuUsage(before);
    expect(why).toMatch(/a call hangs/);
    expect((user + system) / 1_000).toBeLessThan(2_000);
    expect(await call).toBeInstanceOf(LinkLostError);
  }, 40_000);

  test('gets a fifth of a processor for a look is waited for, however many heartbeats that takes', async () => {
    const engine = await badEngine();
    const startedMs = systemClock.monotonicMs();
    expect((await engine.examine(picture(20), BOTH, within(30_000))).reading.faces).toBe(0);
    expect(systemClock.monotonicMs() - startedMs).toBeGreaterThan(2_000);
  }, 40_000);

  test.each(misdeeds)(
    '%s is a lost engine for a moment: the call ends, and another one works',
    async (_what, number, why, limitMs) => {
      const engine = await badEngine();
      const call = engine.examine(picture(number), BOTH, within(30_000)).catch((error: unknown) => error);
      const loss = await lossAfter(engine, () => undefined);
      expect(loss.why).toMatch(why);
      expect(loss.ms).toBeLessThan(limitMs);
      expect(await call).toBeInstanceOf(LinkLostError);

      const next = await badEngine();
      expect((await next.examine(picture(0), BOTH, within(5_000))).reading.faces).toBe(0);
    },
    40_000,
  );

  test('is stopped in its tracks (SIGSTOP), with four megabytes on the way to it, is a lost engine for a moment', async () => {
    const engine = await badEngine();
    const { processId } = engine;
    const calls: Promise<unknown>[] = [];
    const said = await hangAfter(engine, () => {
      process.kill(processId as number, 'SIGSTOP');
      for (let sent = 0; sent < 8; sent += 1) {
        calls.push(engine.examine(picture(0, LONGEST_PICTURE), BOTH, within(30_000)).catch((error: unknown) => error));
      }
    });
    expect(said).toContain('hangs');
    for (const end of await Promise.all(calls)) expect(end).toBeInstanceOf(LinkLostError);
  });

  test('is killed (kill -9) with calls under way ends every one of them', async () => {
    const engine = await badEngine();
    const calls = [0, 4, 0].map((first) => engine.examine(picture(first), BOTH, within(30_000)));
    const ends = Promise.allSettled(calls);
    await lossAfter(engine, () => process.kill(engine.processId as number, 'SIGKILL'));
    for (const end of await ends) expect(['fulfilled', 'rejected']).toContain(end.status);
    await expect(engine.examine(picture(0), BOTH, within(5_000))).rejects.toThrow('ended (SIGKILL)');
  });
});

describe('the way to the face engine', () => {
  test('a picture longer than a camera’s longest frame is refused here and sent nowhere', async () => {
    const engine = await badEngine();
    const call = engine.examine(picture(0, LONGEST_PICTURE + 1), BOTH, within(5_000));
    await expect(call).rejects.toThrow(UnreadablePictureError);
    expect((await engine.examine(picture(0, LONGEST_PICTURE), BOTH, within(5_000))).reading.faces).toBe(0);
  });

  test('who gives up while another picture is looked at is gone at once, and has sent nothing', async () => {
    const engine = await badEngine();
    const stuck = engine.examine(picture(4), BOTH, within(30_000)).catch((error: unknown) => error);
    const controller = new AbortController();
    // Would crash the engine if it were ever sent.
    const waiting = engine.examine(picture(1), BOTH, controller.signal);
    controller.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
    expect(await stuck).toMatchObject({ message: expect.stringContaining('a call hangs') });
  });

  test('whatever an engine says, it is a message or it is not: no words of any shape throw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withTypedArray: true }), (said) => {
        expect(typeof isEngineMessage(said)).toBe('boolean');
      }),
    );
    const compared = fc.record({ tell: fc.constant('compared'), id: fc.nat(), cosine: fc.double() });
    fc.assert(
      fc.property(compared, (said) => {
        expect(isEngineMessage(said)).toBe(Number.isFinite(said.cosine) && Math.abs(said.cosine) <= 1.001);
      }),
    );
  });
});
