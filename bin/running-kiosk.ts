/** A kiosk that runs on this machine, asked at the doctor's door of its data folder. */
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { ServiceReport } from '../firmware/self-test/tests-in-service.ts';
import { DOCTOR_SOCKET } from '../firmware/world/doctor-door.ts';

/** Above the longest self-test, ms. */
const PATIENCE_MS = 20_000;
const LONGEST_REPORT = 1 << 20;

/** → `undefined` when no kiosk runs on this folder; rejects when one does and gives no report. */
export function askRunningKiosk(dataFolder: string): Promise<ServiceReport | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(join(dataFolder, DOCTOR_SOCKET));
    let connected = false;
    let text = '';
    const fail = (what: string): void => {
      socket.destroy();
      reject(new Error(`The kiosk that runs on ${dataFolder} ${what}.`));
    };
    socket.setTimeout(PATIENCE_MS, () => fail(`gave no report within ${PATIENCE_MS / 1_000} s`));
    socket.setEncoding('utf8');
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('data', (piece: string) => {
      text += piece;
      if (text.length > LONGEST_REPORT) fail('gave a report without an end');
    });
    socket.on('error', (error) => (connected ? fail(`ended the line: ${error.message}`) : resolve(undefined)));
    socket.on('end', () => {
      try {
        resolve(JSON.parse(text) as ServiceReport);
      } catch {
        fail('ended before its report was whole');
      }
    });
  });
}
