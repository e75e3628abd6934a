import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { RawPcsc } from './raw-pcsc.ts';
import { daemonWith, KnownCard, lossOf, newSlot, READ_BINARY_16, READER, until, within } from './wire-bench.ts';

/** A daemon that answers every connection's first message with these bytes. */
async function daemonThatSays(bytes: Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-pcsc-'));
  const socketPath = join(folder, 'pcscd.comm');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  return socketPath;
}

function open(socketPath: string, pattern = 'Yizhan*', signal = within(5_000)) {
  return openPcscdSlot(pattern, { socketPath }, systemClock, signal);
}

test('no daemon is a lost link', async () => {
  await expect(open('/nonexistent/pcscd.comm')).rejects.toBeInstanceOf(LinkLostError);
});

test('a daemon of another protocol is a lost link that says so', async () => {
  const socketPath = await daemonThatSays(Buffer.from('04000000040000001e001080', 'hex'));
  await expect(open(socketPath)).rejects.toThrow('another protocol');
});

test('a newer daemon that takes our version is good enough', async () => {
  const socketPath = await daemonThatSays(Buffer.from('040000000600000000000000', 'hex'));
  // It agreed, then never sent its table: only our own signal ends the wait.
  await expect(open(socketPath, 'Yizhan*', within(100))).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a daemon that sends more than it was asked for is not believed', async () => {
  const socketPath = await daemonThatSays(Buffer.alloc(4_096));
  await expect(open(socketPath)).rejects.toBeInstanceOf(LinkLostError);
});

test('a daemon that says nothing is waited for as long as the caller wants', async () => {
  const socketPath = await daemonThatSays(Buffer.alloc(0));
  await expect(open(socketPath, 'Yizhan*', within(50))).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a reader that is not there is a lost link that names the pattern', async () => {
  const { socketPath } = await daemonWith(newSlot());
  await expect(open(socketPath, 'Other*')).rejects.toThrow('Other*');
});

test('the right one of two readers is taken, and the other one’s card is not seen', async () => {
  const left = newSlot('Left Reader 00 00');
  const right = newSlot('Right Reader 01 00');
  const { socketPath } = await daemonWith(left, right);
  const slot = await open(socketPath, 'Right*');
  left.insert(new KnownCard());
  right.insert(new KnownCard(), { face: 'wrong' });
  await until(slot, 'mute');
  expect(slot.readerName).toBe('Right Reader 01 00');
  await slot.close();
});

test('while another program holds the card, the kiosk waits for it, at most as long as its deadline', async () => {
  const sim = newSlot();
  sim.insert(new KnownCard());
  const { socketPath } = await daemonWith(sim);
  const other = new RawPcsc(socketPath);
  const { card } = await other.connectCard(await other.establish(), READER, 1);
  const slot = await open(socketPath);
  await expect(slot.connect(within(120))).rejects.toMatchObject({ name: 'TimeoutError' });
  const waits = slot.connect(within(5_000));
  await other.ask(0x06, [card, 2, 0]);
  const chip = await waits;
  expect((await chip.transmit(READ_BINARY_16, within(1_000))).length).toBe(18);
  await slot.close();
});

test('what a canceled connect reached too late is given back', async () => {
  const sim = newSlot();
  sim.insert(new KnownCard());
  const { socketPath } = await daemonWith(sim);
  const slot = await open(socketPath);
  const giveUp = new AbortController();
  const late = slot.connect(giveUp.signal);
  giveUp.abort(new Error('gave up'));
  await expect(late).rejects.toThrow('gave up');
  const chip = await slot.connect(within(5_000));
  expect((await chip.transmit(READ_BINARY_16, within(1_000))).length).toBe(18);
  await slot.close();
});

test('a daemon that ends in the middle of an APDU is a lost reader', async () => {
  const sim = newSlot();
  sim.insert(new KnownCard());
  const daemon = await daemonWith(sim);
  const slot = await open(daemon.socketPath);
  const chip = await slot.connect(within(5_000));
  sim.hang();
  const stuck = chip.transmit(READ_BINARY_16, within(10_000));
  const loss = lossOf(slot);
  await daemon.close();
  await expect(stuck).rejects.toBeInstanceOf(LinkLostError);
  expect(await loss).toBeInstanceOf(LinkLostError);
  await chip.disconnect();
  await slot.close();
});
