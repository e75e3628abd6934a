/** The pole display behind a pseudo-terminal and a TCP door, opened by the real bus: the unmodified serialport library. */
import { expect, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { VfdQueueDisplay } from '../../../drivers/queue-display/vfd-queue-display.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { SimVfdDisplay } from '../../../hardware-sim/devices/queue-display/sim-vfd-display.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';

test.each(['pty', 'tcp'] as const)(
  'a call reaches a pole display on a %s, also after it was unplugged',
  async (how) => {
    const board = new SimVfdDisplay();
    const door =
      how === 'pty'
        ? await PtyDoor.open(board, systemClock)
        : await openByteDoor((signal) => board.openByteLink(signal));
    const address = 'path' in door ? `serial:${door.path}?baudRate=9600` : door.address;
    const bus = createDeviceBus({ clock: systemClock });
    const display = new VfdQueueDisplay({ id: 'queue-display', address, bus, clock: systemClock });
    const reaching = (state: string): Promise<void> =>
      new Promise((resolve) => {
        if (display.state === state) resolve();
        else display.onStateChanged((now) => now === state && resolve());
      });
    try {
      await reaching('online');
      expect(await display.call({ number: 'A012', place: 'WINDOW 3' }, { timeoutMs: 10_000 })).toMatchObject({
        done: true,
        value: { proof: 'unconfirmed' },
      });
      await expect.poll(() => board.text(), { timeout: 5_000 }).toEqual(['A012 WINDOW 3', '']);
      board.unplug();
      await reaching('powerOff');
      board.plugIn();
      await reaching('online');
      expect(await display.notice(['CLOSED'], { timeoutMs: 10_000 })).toMatchObject({ done: true });
      await expect.poll(() => board.text()[0]?.trim(), { timeout: 5_000 }).toBe('CLOSED');
    } finally {
      await display.close();
      await door.close();
      await bus.close();
    }
  },
);
