import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openTcpByteLink } from '../../../drivers/byte-link/tcp-transport.ts';
import { LinkLostError } from '../../../drivers/ports.ts';

let server: Server | undefined;
const accepted: Socket[] = [];

afterEach(async () => {
  for (const socket of accepted.splice(0)) socket.destroy();
  const closing = server;
  server = undefined;
  if (closing?.listening) {
    closing.close();
    await once(closing, 'close');
  }
});

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const forever = new AbortController().signal;

describe('a byte link over TCP', () => {
  test('carries bytes both ways, unchanged', async () => {
    const port = await listen((socket) => socket.pipe(socket));
    const link = await openTcpByteLink('127.0.0.1', port, forever);
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
    await link.close();
  });

  test.each<[string, (socket: Socket) => void]>([
    ['ends it in order', (socket) => socket.end()],
    ['resets it', (socket) => socket.resetAndDestroy()],
  ])('is lost when the device %s while idle', async (_name, hangUp) => {
    const port = await listen((socket) => socket.once('data', () => hangUp(socket)));
    const link = await openTcpByteLink('127.0.0.1', port, forever);
    const lost = new Promise<LinkLostError>((resolve) => link.onLost(resolve));
    await link.write(Uint8Array.of(1), forever);
    expect(await lost).toBeInstanceOf(LinkLostError);
    await expect(link.write(Uint8Array.of(2), forever)).rejects.toBeInstanceOf(LinkLostError);
    const later = new Promise((resolve) => link.onLost(resolve));
    expect(await later).toBe(await lost);
    await link.close();
  });

  test('a write that the device never takes ends with the signal, or with the loss', async () => {
    const port = await listen((socket) => socket.pause());
    const link = await openTcpByteLink('127.0.0.1', port, forever);
    const big = new Uint8Array(32 * 1024 * 1024);
    const abort = new AbortController();
    const first = link.write(big, abort.signal);
    const second = link.write(big, forever);
    abort.abort(new Error('deadline'));
    await expect(first).rejects.toThrow('deadline');
    accepted[0]?.resetAndDestroy();
    await expect(second).rejects.toBeInstanceOf(LinkLostError);
    await link.close();
  });

  test('nothing listening is LinkLostError, giving up is the signal’s reason', async () => {
    const port = await listen(() => undefined);
    server?.close();
    await expect(openTcpByteLink('127.0.0.1', port, forever)).rejects.toBeInstanceOf(LinkLostError);
    const given = AbortSignal.abort(new Error('enough'));
    await expect(openTcpByteLink('127.0.0.1', port, given)).rejects.toThrow('enough');
  });

  test('closing in order is no loss', async () => {
    const port = await listen(() => undefined);
    const link = await openTcpByteLink('127.0.0.1', port, forever);
    let losses = 0;
    link.onLost(() => {
      losses += 1;
    });
    await link.close();
    await link.close();
    expect(losses).toBe(0);
    await expect(link.write(Uint8Array.of(1), forever)).rejects.toBeInstanceOf(LinkLostError);
  });
});
