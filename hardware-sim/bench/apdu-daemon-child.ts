/**
 * Our PC/SC daemon in a process of its own, for the APDU benchmark.
 *
 * Every contender has to cross the same process boundary; one that shared the
 * daemon's event loop would be measured against nothing.
 */
import type { Clock } from '../../drivers/ports.ts';
import { SimCardSlot } from '../devices/card-slot.ts';
import { startPcscDaemon } from '../devices/pcsc-daemon.ts';
import type { VirtualCard } from '../devices/virtual-card.ts';

const ANSWER = Uint8Array.of(...Array.from({ length: 16 }, (_, at) => at), 0x90, 0x00);
/** A chip that takes no time, so that what is left is the way to it. */
const card: VirtualCard = {
  label: 'bench-card',
  atr: Uint8Array.of(0x3b, 0x00),
  reset: () => undefined,
  transmit: (apdu) => (apdu[1] === 0xb0 ? ANSWER : Uint8Array.of(0x6d, 0x00)),
};
/** The slot asks for time only when a chip is slow; this one is not. */
const noTime: Clock = {
  monotonicMs: () => 0,
  wallMs: () => 0,
  timer: () => {
    throw new Error('The bench card takes no time.');
  },
};

const [, , socketPath = '', readerName = ''] = process.argv;
const slot = new SimCardSlot({ clock: noTime, readerName, apduMs: 0 });
slot.insert(card);
process.on('disconnect', () => process.exit(0));
await startPcscDaemon({ socketPath, slots: [slot] });
process.send?.('ready');
