/** The LED display over the windows in the workbench: what people in the hall read on it. */
import { openByteDoor } from '../devices/byte-door.ts';
import { SimLedDisplay } from '../devices/queue-display/sim-led-display.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay } from './bay.ts';

const SIZE = { cells: 24, rows: 2 };

export function queueDisplayBay({ clock }: Hallway): Bay {
  const board = new SimLedDisplay({ clock, ...SIZE });
  let pluggedIn = true;
  let powered = true;
  return {
    id: 'queueDisplay',
    words: ['叫号屏', 'Queue display'],
    lamp: () => {
      if (!pluggedIn) return 'unplugged';
      if (!powered) return 'wrong';
      return board.text().length > 0 ? 'busy' : 'well';
    },
    look: () => {
      const rows = board.text();
      if (rows.length === 0) return [{ words: ['屏幕', 'rows'], value: '—' }];
      return rows.map((row, at) => ({ words: [`第${at + 1}行`, `row ${at + 1}`] as const, value: row.trim() || '—' }));
    },
    hands: {
      unplug: {
        words: ['拔线', 'unplug'],
        look: 'breaks',
        can: () => pluggedIn,
        use: () => {
          pluggedIn = false;
          board.unplug();
        },
      },
      plugIn: {
        words: ['插线', 'plug in'],
        look: 'mends',
        can: () => !pluggedIn,
        use: () => {
          pluggedIn = true;
          board.plugIn();
        },
      },
      cutPower: {
        words: ['断电', 'cut its power'],
        look: 'breaks',
        can: () => powered,
        use: () => {
          powered = false;
          board.cutPower();
        },
      },
      powerUp: {
        words: ['上电', 'switch on'],
        look: 'mends',
        use: () => {
          powered = true;
          board.powerUp();
        },
      },
      hang: { words: ['死机', 'hang'], look: 'breaks', use: () => board.hang() },
    },
    open: async () => {
      const door = await openByteDoor((signal) => board.openByteLink(signal));
      return { entry: { id: 'queue-display', address: door.address, ...SIZE }, close: () => door.close() };
    },
  };
}
