/**
 * What every device host process does: opens the given transports for its parent until that is gone.
 *
 * One promise: it never outlives its parent, not even with a library whose exit
 * handlers wait for a thread that hangs.
 */
import { Socket } from 'node:net';
import { systemClock } from '../system-clock.ts';
import type { HostCommand } from './host-messages.ts';
import { HostRoom } from './host-room.ts';
import type { HostTransports } from './host-transports.ts';
import { HOST_WIRE_FD, HostWire } from './host-wire.ts';

export function serveHost(transports: HostTransports): HostWire {
  const wire = new HostWire(new Socket({ fd: HOST_WIRE_FD }), {
    message: (command) => room.take(command as HostCommand),
    ended: () => process.kill(process.pid, 'SIGKILL'),
  });
  const room = new HostRoom(transports, systemClock, (message) => wire.send(message));
  // A key pressed at the terminal reaches the whole group; only the parent decides when we end.
  process.on('SIGINT', () => undefined);
  const ready = (): void => wire.send({ tell: 'ready' });
  // What cannot be loaded says so itself, at the first open.
  (transports.load?.() ?? Promise.resolve()).then(ready, ready);
  return wire;
}
