/**
 * What a recorder port is told at its start, and which of its status words changed.
 *
 * One promise: an id that passes has only letters that go on the wire.
 */
import type { ByteLink, Clock, DeviceBus } from '../ports.ts';
import type { Opened } from '../supervisor.ts';
import type { RecorderStatus } from './recorder.ts';
import { isCamera } from './recorder-line.ts';

export interface LineRecorderOptions {
  /** The device map's id. */
  readonly id: string;
  /** `tcp://host:port` or `serial:…`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  /** The kiosk's own number, as it stands on its plate. */
  readonly kioskId: string;
  /** The recorder's id of the camera that sees this kiosk. */
  readonly camera: string;
  /** Different for every start of the kiosk, so that a recorder can tell its marks apart. 4 to 16 letters or digits. */
  readonly bootId: string;
}

/** @throws TypeError when an id has letters that do not go on the wire */
export function checkRecorderOptions({ camera, kioskId, bootId }: LineRecorderOptions): void {
  if (!isCamera(camera) || !isCamera(kioskId)) {
    throw new TypeError('A camera or kiosk id has letters, digits, . _ and - only.');
  }
  if (!/^[A-Za-z0-9]{4,16}$/.test(bootId)) throw new TypeError('A boot id has 4 to 16 letters or digits.');
}

/** Only what differs; the clock's measurements move with every answer and are read, not told. */
export function changedStatus(before: RecorderStatus, after: RecorderStatus): Partial<RecorderStatus> | undefined {
  const names = (Object.keys(after) as (keyof RecorderStatus)[]).filter(
    (name) => !name.startsWith('clock') && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, after[name]]));
}

/** Rejects with `LinkLostError` or `signal.reason`. */
export async function openRecorderLink(
  { bus, address }: LineRecorderOptions,
  signal: AbortSignal,
): Promise<Opened<ByteLink>> {
  const link = await bus.openByteLink(address, signal);
  return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
}
