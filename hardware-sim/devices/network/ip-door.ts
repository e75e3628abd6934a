/**
 * A program that answers as `ip` does, about a virtual network.
 *
 * The kiosk's driver is production's own: it starts this program instead of the
 * machine's `ip`. One promise: the program holds nothing and ends with its door.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetEvents, NetInterface } from '../../../drivers/ports.ts';
import { ipPicture, monitorLines } from './ip-words.ts';

export interface IpDoor {
  /** Path of the program. */
  readonly program: string;
  close(): Promise<void>;
}

/** bash alone can open a TCP connection; what it is asked goes in, what comes back is printed. */
const script = (port: number): string => `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port} || exit 2
printf '%s\\n' "$*" >&3
exec cat <&3
`;

export async function openIpDoor(network: NetEvents): Promise<IpDoor> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let asked = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      if (asked.includes('\n')) return;
      asked = (asked + bytes.toString('latin1')).slice(0, 200);
      if (!asked.includes('\n')) return;
      if (asked.includes('monitor')) follow(network, socket);
      else socket.end(ipPicture(network));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-ip-'));
  const program = join(folder, 'ip');
  writeFileSync(program, script((server.address() as AddressInfo).port), { mode: 0o700 });
  return {
    program,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function follow(network: NetEvents, socket: Socket): void {
  let before: readonly NetInterface[] = network.interfaces();
  const stop = network.onChanged((after) => {
    socket.write(monitorLines(before, after));
    before = after;
  });
  socket.on('close', stop);
}
