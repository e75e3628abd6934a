import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import type { SlotMedia } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import {
  PROTOCOL,
  type ReaderState,
  readerTable,
  SCARD,
  STATE,
  takeRequest,
  waitEvent,
} from '../../../hardware-sim/devices/pcsc-daemon-wire.ts';
import { READER, within } from './wire-bench.ts';

const empty: ReaderState = {
  name: READER,
  events: 1,
  state: STATE.absent,
  sharing: 0,
  atr: new Uint8Array(0),
  protocol: 0,
};
const atr = Uint8Array.of(0x3b, 0x00);
const filled: ReaderState = { ...empty, events: 2, state: STATE.present, atr, protocol: PROTOCOL.t0 };

/** A daemon that is so busy that each table leaves in one piece with the event that made it old. */
async function hastyDaemon(tables: readonly (readonly ReaderState[])[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-hasty-'));
  const socketPath = join(folder, 'pcscd.comm');
  const left = [...tables];
  const server = createServer((socket) => {
    let stream = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      stream = Buffer.concat([stream, bytes]);
      for (let request = takeRequest(stream); request; request = takeRequest(stream)) {
        stream = stream.subarray(request.taken);
        if (request.name === 'version') socket.write(request.struct);
        const table = request.name === 'wait' ? left.shift() : undefined;
        if (!table) continue;
        const news = left.length > 0 ? waitEvent(SCARD.success) : Buffer.alloc(0);
        socket.write(Buffer.concat([readerTable(table), news]));
      }
    });
    onTestFinished(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(folder, { recursive: true, force: true });
  });
  return socketPath;
}

test('news that arrives in one piece with the reader table is news, not a broken daemon', async () => {
  const socketPath = await hastyDaemon([[empty], [filled], [{ ...empty, events: 3 }], [{ ...filled, events: 4 }]]);
  const slot = await openPcscdSlot(READER, { socketPath }, systemClock, within(5_000));
  onTestFinished(() => slot.close());
  const seen: SlotMedia['kind'][] = [slot.media().kind];
  await new Promise<void>((resolve, reject) => {
    slot.onLost(reject);
    slot.onMediaChanged(({ kind }) => {
      seen.push(kind);
      if (seen.length === 4) resolve();
    });
  });
  expect(seen).toEqual(['notPresent', 'present', 'notPresent', 'present']);
});
