/**
 * The doctor's door of a running kiosk: a socket in its data folder, for who may read that folder.
 *
 * Whoever connects gets one report and the line ends; nothing they say is read. One promise: a kiosk serves with or
 * without it.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';

export const DOCTOR_SOCKET = 'doctor.sock';

/** What a socket's path may be long, bytes (`sun_path` of unix(7) less its zero). */
const LONGEST_PATH = 107;

export interface DoctorDoor {
  close(): Promise<void>;
}

/** @param why tells that there is no door, in English */
export function openDoctorDoor(
  dataFolder: string,
  report: () => Promise<object>,
  why: (words: string) => void,
): DoctorDoor {
  const path = join(dataFolder, DOCTOR_SOCKET);
  const sockets = new Set<Socket>();
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    why(`${path} is too long for a socket: "yizhan doctor" can't ask this kiosk.`);
    return { close: () => Promise.resolve() };
  }
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.resume();
    report().then(
      (told) => socket.end(`${JSON.stringify(told)}\n`),
      () => socket.destroy(),
    );
  });
  server.on('error', (error) => why(`"yizhan doctor" can't ask this kiosk: ${error.message}`));
  // One of a kiosk that was killed; two kiosks on one folder are refused before this, by their books.
  rmSync(path, { force: true });
  server.listen(path, () => chmodSync(path, 0o600));
  return {
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
