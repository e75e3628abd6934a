/**
 * Whatever native code does in its host, the kiosk loses a device for a moment and never itself.
 *
 * Real child processes, production's side of the boundary; only the library is a bad one.
 */

import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HidCodeScanner } from '../../../drivers/code-scanner/hid-code-scanner.ts';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { isHostMessage } from '../../../drivers/device-host/host-message-check.ts';
import { HostWire } from '../../../drivers/device-host/host-wire.ts';
import type { HidLink, LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { busWith } from '../../support/bench-bus.ts';

const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);

function badHost(): DeviceHost {
  const entry = new URL('./misbehaving-host.ts', import.meta.url);
  const host = new DeviceHost({ library: 'node-hid', clock: systemClock, entry });
  onTestFinished(() => host.close());
  return host;
}

async function lossAfter(link: HidLink, provoke: () => void): Promise<{ readonly why: string; readonly ms: number }> {
  const lost = new Promise<LinkLostError>((resolve) => link.onLost(resolve));
  const startedMs = systemClock.monotonicMs();
  provoke();
  const { message } = await lost;
  return { why: message, ms: systemClock.monotonicMs() - startedMs };
}

const misdeed = (link: HidLink, number: number): void =>
  void link.write(Uint8Array.of(0, number), within(30_000)).catch(() => undefined);

/** The bound is a second; a machine that runs other tests beside gets a little more. */
const MOMENT_MS = 1_500;

const misdeeds: readonly [string, number, RegExp, number][] = [
  ['crashes with SIGSEGV', 1, /ended \(SIGSEGV\)/, MOMENT_MS],
  ['never comes back from a call', 2, /hangs/, MOMENT_MS],
  // A leak is a leak once it is large; from there on it is a moment.
  // (On a machine that gives it no turn, three heartbeats are missed before.)
  ['fills native memory', 3, /leaks memory|hangs/, 10_000],
  ['writes rubbish into the pipe', 5, /nonsense/, MOMENT_MS],
  ['says a word that was never agreed on', 7, /nonsense/, MOMENT_MS],
  ['ends as if all were well', 10, /ended \(0\)/, MOMENT_MS],
];

describe('a native library that', () => {
  test.each(misdeeds)(
    '%s is a lost device for a moment, and the next open works',
    async (_what, number, why, limitMs) => {
      const host = badHost();
      const link = await host.openHidLink('hid', within(10_000));
      const loss = await lossAfter(link, () => misdeed(link, number));
      expect(loss.why).toMatch(why);
      expect(loss.ms).toBeLessThan(limitMs);

      const again = await host.openHidLink('hid', within(10_000));
      const heard = new Promise<Uint8Array>((resolve) => again.onReport(resolve));
      await again.write(Uint8Array.of(0, 0, 7), within(5_000));
      expect([...(await heard)]).toEqual([0, 0, 7]);
    },
    30_000,
  );

  test('is stopped in its tracks (SIGSTOP) is a lost device for a moment', async () => {
    const host = badHost();
    const link = await host.openHidLink('hid', within(10_000));
    const { processId } = host;
    if (processId === undefined) throw new Error('There is no device host child.');
    const loss = await lossAfter(link, () => process.kill(processId, 'SIGSTOP'));
    expect(loss.why).toContain('hangs');
    expect(loss.ms).toBeLessThan(MOMENT_MS);
  });

  test('swallows a call for ever costs its host a second after the caller gave up, and the caller nothing', async () => {
    const host = badHost();
    const link = await host.openHidLink('stuck', within(10_000));
    const lost = new Promise<LinkLostError>((resolve) => link.onLost(resolve));
    await expect(link.write(Uint8Array.of(0, 0), within(50))).rejects.toMatchObject({ name: 'TimeoutError' });
    const startedMs = systemClock.monotonicMs();
    expect((await lost).message).toContain('a call hangs');
    expect(systemClock.monotonicMs() - startedMs).toBeLessThan(2_000);
  });

  test('floods a kiosk that does not listen yet is ended before it fills the memory', async () => {
    const host = badHost();
    const link = await host.openHidLink('hid', within(10_000));
    const loss = await lossAfter(link, () => misdeed(link, 9));
    // Whichever of the two sides comes to its bound first.
    expect(loss.why).toMatch(/floods|ended|hung up|hangs/);
  });

  test('dies after it has served is started again before anybody asks', async () => {
    const host = badHost();
    const link = await host.openHidLink('hid', within(10_000));
    await pause(1_100);
    const child = host.processId;
    await lossAfter(link, () => misdeed(link, 10));
    expect(host.processId).toBeDefined();
    expect(host.processId).not.toBe(child);
  }, 30_000);

  test('does any of it under a driver is a scanner that is away and comes back by itself', async () => {
    const host = badHost();
    const bus = busWith({ openHidLink: (_address, signal) => host.openHidLink('hid', signal) });
    const scanner = new HidCodeScanner({ id: 'code-scanner', address: 'hid:0c2e:0b61', bus, clock: systemClock });
    onTestFinished(() => scanner.close());
    for (const signal of ['SIGSEGV', 'SIGSTOP'] as const) {
      await reaching(scanner, 'online');
      const { processId } = host;
      if (processId === undefined) throw new Error('There is no device host child.');
      process.kill(processId, signal);
      await reaching(scanner, 'powerOff');
    }
    await reaching(scanner, 'online');
  }, 30_000);
});

function reaching(scanner: HidCodeScanner, state: string): Promise<void> {
  return new Promise((resolve) => {
    if (scanner.state === state) resolve();
    else
      scanner.onStateChanged((now) => {
        if (now === state) resolve();
      });
  });
}

describe('the pipe to a device host', () => {
  function wireOn() {
    const pipe = new PassThrough();
    const heard: unknown[] = [];
    const ended: string[] = [];
    const wire = new HostWire(pipe, { message: (message) => heard.push(message), ended: (why) => ended.push(why) });
    return { wire, heard, ended, pipe };
  }
  const frameOf = (message: unknown): Buffer => {
    const body = serialize(message);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    return Buffer.concat([head, body]);
  };

  test('messages come out whole, however their bytes are cut', async () => {
    const messages = [
      { tell: 'ready' },
      { tell: 'data', handle: 3, bytes: new Uint8Array(5_000).fill(7) },
      { tell: 'done', id: 9 },
    ];
    const bytes = Buffer.concat(messages.map(frameOf));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const { heard, ended, pipe } = wireOn();
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        // Copies: the wire owns what it reads, and zeroes it.
        for (const [index, from] of at.entries()) pipe.write(Buffer.from(bytes.subarray(from, at[index + 1] ?? from)));
        await new Promise((resolve) => setImmediate(resolve));
        expect(heard).toEqual(messages);
        expect(ended).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('the pieces of a message are zero once it is whole, and so is what was sent once it is out', async () => {
    const { heard, pipe, wire } = wireOn();
    const frame = frameOf({ tell: 'data', handle: 3, bytes: new Uint8Array(90).fill(7) });
    const pieces = [frame.subarray(0, 40), frame.subarray(40)].map((piece) => Buffer.from(piece));
    for (const piece of pieces) pipe.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toHaveLength(1);
    // The four bytes of length are no one's.
    expect(
      Buffer.concat(pieces)
        .subarray(4)
        .every((byte) => byte === 0),
    ).toBe(true);

    const written: Buffer[] = [];
    const write = pipe.write.bind(pipe);
    pipe.write = ((bytes: Buffer, done: () => void) => write(Buffer.from(bytes), done) && written.push(bytes)) as never;
    wire.send({ tell: 'data', handle: 3, bytes: new Uint8Array(90).fill(7) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(written.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true]);
  });

  test.each([
    ['two gigabytes', 0x7f_ff_ff_ff],
    ['more than one payload and what is around it', 70_000],
    ['nothing', 0],
  ])('a message that announces %s ends the wire before anything of it is kept', async (_what, length) => {
    const { heard, ended, pipe } = wireOn();
    const head = Buffer.alloc(4);
    head.writeUInt32BE(length);
    pipe.write(head);
    await new Promise((resolve) => setImmediate(resolve));
    expect([heard, ended, pipe.destroyed]).toEqual([[], ['nonsense'], true]);
  });

  test('rubbish of any kind is a message that is checked, or the end of the wire: never a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), async (pieces) => {
        const { heard, ended, pipe } = wireOn();
        for (const piece of pieces) if (!pipe.destroyed) pipe.write(frameOrRaw(piece));
        await new Promise((resolve) => setImmediate(resolve));
        for (const message of heard) expect(typeof isHostMessage(message)).toBe('boolean');
        expect(ended.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  /** Half of them with a true length in front, so that the bytes reach the deserializer. */
  function frameOrRaw(piece: Uint8Array): Uint8Array {
    if ((piece[0] ?? 0) % 2 === 0 || piece.length === 0) return piece;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(piece.length);
    return Buffer.concat([head, piece]);
  }

  test('whatever value arrives, the check answers', () => {
    fc.assert(fc.property(fc.anything(), (value) => typeof isHostMessage(value) === 'boolean'));
    const tells = fc.constantFrom(
      'ready',
      'media',
      'data',
      'lost',
      'slotOpened',
      'hidOpened',
      'done',
      'alive',
      'powered',
      'answer',
      'failed',
    );
    fc.assert(
      fc.property(tells, fc.dictionary(fc.string(), fc.anything()), (tell, rest) => {
        expect(typeof isHostMessage({ ...rest, tell })).toBe('boolean');
      }),
    );
    expect(isHostMessage({ tell: 'data', handle: 1, bytes: new Uint8Array(65_601) })).toBe(false);
  });
});
