/** On a pair of pseudo terminals: the unmodified native library and the kernel's own line discipline. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openSerialByteLink } from '../../../drivers/byte-link/serial-transport.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';

const forever = new AbortController().signal;
const noSocat = spawnSync('socat', ['-V']).error !== undefined;
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** A serial cable: our port, and a program at the other end that gives back what it gets. */
async function cable(program: string): Promise<{ path: string; pull: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-serial-'));
  const path = join(folder, 'port');
  const socat: ChildProcess = spawn('socat', [`pty,raw,echo=0,link=${path}`, program], { stdio: 'ignore' });
  const gone = once(socat, 'exit');
  const pull = async (): Promise<void> => {
    socat.kill('SIGKILL');
    await gone;
  };
  cleanUp.push(async () => {
    await pull();
    rmSync(folder, { recursive: true, force: true });
  });
  while (!existsSync(path)) await sleep(5);
  return { path, pull };
}

async function open(path: string): Promise<ByteLink> {
  const link = await openSerialByteLink(path, { baudRate: 115_200 }, forever);
  cleanUp.push(() => link.close());
  return link;
}

describe.skipIf(noSocat)('a byte link over a serial port', () => {
  test('carries bytes both ways, unchanged', async () => {
    const { path } = await cable('exec:cat');
    const link = await open(path);
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const received: number[] = [];
    const back = new Promise<void>((resolve) => {
      link.onData((bytes) => {
        received.push(...bytes);
        if (received.length === 256) resolve();
      });
    });
    await link.write(every, forever);
    await back;
    expect(received).toEqual([...every]);
  });

  test('is lost when the cable is pulled while nothing is sent', async () => {
    const { path, pull } = await cable('exec:cat');
    const link = await open(path);
    const lost = new Promise<LinkLostError>((resolve) => link.onLost(resolve));
    await pull();
    expect(await lost).toBeInstanceOf(LinkLostError);
    await expect(link.write(Uint8Array.of(1), forever)).rejects.toBeInstanceOf(LinkLostError);
  });

  test('is lost when the cable is pulled in the middle of traffic, without burning the processor', async () => {
    const { path, pull } = await cable('exec:yes');
    const link = await open(path);
    const lost = new Promise<LinkLostError>((resolve) => link.onLost(resolve));
    await new Promise<void>((resolve) => link.onData(() => resolve()));
    await pull();
    expect(await lost).toBeInstanceOf(LinkLostError);
    const before = process.cpuUsage();
    await sleep(300);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(200);
  });

  test('a write to a port that is gone is never left without an end', async () => {
    const { path, pull } = await cable('exec:cat');
    const link = await open(path);
    const lost = new Promise<LinkLostError>((resolve) => link.onLost(resolve));
    await pull();
    // The kernel may still take it before the hang-up is noticed; without an end it would be neither.
    const end = await link.write(new Uint8Array(4_096), forever).then(
      () => 'taken',
      (error: unknown) => error,
    );
    // Taken or not, the loss is told, and from then on nothing is taken any more.
    if (end === 'taken') expect(await lost).toBeInstanceOf(LinkLostError);
    else expect(end).toBeInstanceOf(LinkLostError);
    await expect(link.write(Uint8Array.of(1), forever)).rejects.toBeInstanceOf(LinkLostError);
  });

  test('a port that is not there is LinkLostError, giving up is the signal’s reason', async () => {
    await expect(openSerialByteLink('/dev/no-such-port', { baudRate: 9_600 }, forever)).rejects.toBeInstanceOf(
      LinkLostError,
    );
    const given = AbortSignal.abort(new Error('enough'));
    await expect(openSerialByteLink('/dev/no-such-port', { baudRate: 9_600 }, given)).rejects.toThrow('enough');
  });

  test('can be opened again after it was closed', async () => {
    const { path } = await cable('exec:cat');
    const first = await openSerialByteLink(path, { baudRate: 9_600 }, forever);
    await first.close();
    const second = await open(path);
    const back = new Promise<string>((resolve) => second.onData((bytes) => resolve(Buffer.from(bytes).toString())));
    await second.write(Buffer.from('x'), forever);
    expect(await back).toBe('x');
  });
});
