/**
 * What every face engine's process does: loads its parts, then looks at pictures until its parent is gone.
 *
 * One promise: whatever the parts do, it ends with its parent, and a part that
 * can't be loaded is said in words before that.
 */
import { Socket } from 'node:net';
import { HOST_WIRE_FD, HostWire } from '../device-host/host-wire.ts';
import { ENGINE_BOUNDS, type EngineMessage, type EngineRequest } from './engine-messages.ts';
import { type EngineParts, EngineRoom } from './engine-room.ts';
import { MODEL_MANIFEST_ID } from './model-table.ts';

/** Of a loader's own words, characters. */
const LONGEST_WHY = 120;

/**
 * Pictures and tensors live outside the heap that the collector watches, so it comes late; asked for every so many
 * looks it takes 2 ms and keeps 50 MB free.
 */
const LOOKS_BETWEEN_COLLECTIONS = 8;

export function serveEngine(load: () => Promise<EngineParts>): HostWire {
  let room: EngineRoom | undefined;
  let looks = 0;
  const listener = {
    message: (request: unknown): void => room?.take(request as EngineRequest),
    ended: (): void => void process.kill(process.pid, 'SIGKILL'),
  };
  const wire = new HostWire(new Socket({ fd: HOST_WIRE_FD }), listener, ENGINE_BOUNDS);
  const tell = (message: EngineMessage): void => {
    wire.send(message);
    if (message.tell !== 'examined') return;
    looks += 1;
    // Behind the answer, so that nobody waits for it.
    if (looks % LOOKS_BETWEEN_COLLECTIONS === 0) setImmediate(() => globalThis.gc?.());
  };
  // A key pressed at the terminal reaches the whole group; only the parent decides when we end.
  process.on('SIGINT', () => undefined);
  load().then(
    (parts) => {
      room = new EngineRoom(parts, tell);
      tell({ tell: 'ready', manifest: MODEL_MANIFEST_ID });
    },
    (error: unknown) => {
      // Words of a loader about packages and model files; no picture has been seen yet.
      const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      tell({ tell: 'unfit', why: why.slice(0, LONGEST_WHY) });
    },
  );
  return wire;
}
