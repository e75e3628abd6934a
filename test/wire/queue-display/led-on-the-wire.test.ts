/** The LED display behind a pseudo-terminal and a TCP door, opened by the real bus: the unmodified serialport library. */
import { expect, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { LedQueueDisplay } from '../../../drivers/queue-display/led-queue-display.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { SimLedDisplay } from '../../../hardware-sim/devices/queue-display/sim-led-display.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';

test.each(['pty', 'tcp'] as const)(
  'a call reaches an LED display on a %s, also after it was unplugged',
  async (how) => {
    const size = { cells: 24, rows: 2 };
    const board = new SimLedDisplay({ clock: systemClock, ...size });
    const door =
      how === 'pty'
        ? await PtyDoor.open(board, systemClock)
        : await openByteDoor((signal) => board.openByteLink(signal));
    const address = 'path' in door ? `serial:${door.path}?baudRate=57600` : door.address;
    const bus = createDeviceBus({ clock: systemClock });
    const display = new LedQueueDisplay({ id: 'queue-display', address, bus, clock: systemClock, ...size });
    const reaching = (state: string): Promise<void> =>
      new Promise((resolve) => {
        if (display.state === state) resolve();
        else display.onStateChanged((now) => now === state && resolve());
      });
    try {
      await reaching('online');
      expect(await display.call({ number: 'A012', place: '3号窗口' }, { timeoutMs: 10_000 })).toMatchObject({
        done: true,
      });
      expect(board.text()).toEqual(['A012 3号窗口', '']);
      board.unplug();
      await reaching('powerOff');
      board.plugIn();
      await reaching('online');
      expect(await display.notice(['暂停服务'], { timeoutMs: 10_000 })).toMatchObject({ done: true });
      expect(board.text()[0]?.trim()).toBe('暂停服务');
    } finally {
      await display.close();
      await door.close();
      await bus.close();
    }
  },
);
