/**
 * Entry of a device host process: one native library, nothing of the kiosk.
 *
 * One promise: it loads no library but the one whose name it was given.
 */
import { HOST_LIBRARIES } from './host-messages.ts';
import { HOST_TRANSPORTS } from './host-transports.ts';
import { serveHost } from './serve-host.ts';

const library = HOST_LIBRARIES.find((name) => name === process.argv[2]);
if (!library) throw new Error('A device host is started by the kiosk, with the name of its library.');
serveHost(HOST_TRANSPORTS[library]);
