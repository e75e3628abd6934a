/**
 * Entry of a device host process: one native library, nothing of the kiosk.
 *
 * One promise: it never outlives its parent, not even with a hung library.
 */
import { systemClock } from '../system-clock.ts';
import { HOST_LIBRARIES, type HostCommand, type HostMessage } from './host-messages.ts';
import { HostRoom } from './host-room.ts';
import { HOST_TRANSPORTS } from './host-transports.ts';

const library = HOST_LIBRARIES.find((name) => name === process.argv[2]);
const send = process.send?.bind(process);
if (!library || !send) throw new Error('A device host is started by the kiosk, with the name of its library.');

const tell = (message: HostMessage): void => {
  if (process.connected) send(message);
};
const room = new HostRoom(HOST_TRANSPORTS[library], systemClock, tell);
process.on('message', (command: HostCommand) => room.take(command));
// SIGKILL, because a native library's exit handler may wait for a thread that hangs.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A key pressed at the terminal reaches the whole group; only the parent decides when we end.
process.on('SIGINT', () => undefined);
tell({ tell: 'ready' });
