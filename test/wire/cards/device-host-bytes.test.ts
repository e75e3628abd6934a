import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { MOST_UNTAKEN } from '../../../drivers/device-host/host-messages.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { within } from './wire-bench.ts';

/** A link through a device host to a peer of ours; `peer` is the far end. */
async function linkTo(onConnection: (peer: Socket) => void): Promise<{ host: DeviceHost; link: ByteLink }> {
  const peers = new Set<Socket>();
  const server = createServer((peer) => {
    peers.add(peer);
    peer.on('error', () => undefined);
    onConnection(peer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = new DeviceHost({ library: 'loopback', clock: systemClock });
  onTestFinished(async () => {
    await host.close();
    for (const peer of peers) peer.destroy();
    server.close();
  });
  const link = await host.openByteLink(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, within(10_000));
  return { host, link };
}

function collected(link: ByteLink, count: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    let length = 0;
    link.onData((bytes) => {
      pieces.push(bytes);
      length += bytes.length;
      if (length >= count) resolve(Buffer.concat(pieces));
    });
  });
}

test('a long print job goes through a device host and back whole and in order', async () => {
  const { link } = await linkTo((peer) => peer.pipe(peer));
  const first = Buffer.alloc(300_000, 'abcdefghij');
  const second = Buffer.alloc(200_000, '0123456789');
  const heard = collected(link, first.length + second.length);
  await Promise.all([link.write(first, within(10_000)), link.write(second, within(10_000))]);
  expect((await heard).equals(Buffer.concat([first, second]))).toBe(true);
});

test('what a device says before anyone listens is not lost', async () => {
  const { link } = await linkTo((peer) => peer.write('status'));
  expect((await collected(link, 6)).toString()).toBe('status');
});

test('a device that hangs up is a lost link, through the host too', async () => {
  const { link } = await linkTo((peer) => peer.end());
  expect(await new Promise((resolve) => link.onLost(resolve))).toBeInstanceOf(LinkLostError);
  await expect(link.write(Uint8Array.of(1), within(1_000))).rejects.toBeInstanceOf(LinkLostError);
});

test('a device that floods a kiosk which does not listen is cut off instead of filling its memory', async () => {
  const { link } = await linkTo((peer) => peer.write(Buffer.alloc(MOST_UNTAKEN + 500_000)));
  const lost = await new Promise<Error>((resolve) => link.onLost(resolve));
  expect(lost.message).toContain('faster than it is read');
});

test('a device host dies with the kiosk that started it', async () => {
  const modules = new URL('../../../drivers/', import.meta.url).href;
  const script = `
    import { DeviceHost } from '${modules}device-host/device-host.ts';
    import { systemClock } from '${modules}system-clock.ts';
    const host = new DeviceHost({ library: 'loopback', clock: systemClock });
    await host.openCardSlot('tcp-card://127.0.0.1:1', AbortSignal.timeout(10000)).catch(() => undefined);
    console.log(host.processId);`;
  const kiosk = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const child = Number(await new Promise((resolve) => kiosk.stdout.once('data', (bytes) => resolve(String(bytes)))));
  expect(child).toBeGreaterThan(1);
  kiosk.kill('SIGKILL');
  const deadline = within(5_000);
  while (runs(child)) {
    deadline.throwIfAborted();
    await pause(20);
  }
});

/** A dead process that nobody has reaped yet (state Z) does not run. */
function runs(processId: number): boolean {
  try {
    return !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
