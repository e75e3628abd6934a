/** The text displays over the windows in the workbench, of lamps and of glowing characters: what people in the hall read. */
import type { ByteLink } from '../../drivers/ports.ts';
import { openByteDoor } from '../devices/byte-door.ts';
import { SimLedDisplay } from '../devices/queue-display/sim-led-display.ts';
import { SimVfdDisplay } from '../devices/queue-display/sim-vfd-display.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay, BayWords } from './bay.ts';
import { plugOf } from './plug-hands.ts';

const SIZE = { cells: 24, rows: 2 };

/** What both kinds are to hands and eyes. */
interface Board {
  text(): readonly string[];
  unplug(): void;
  plugIn(): void;
  cutPower(): void;
  powerUp(): void;
  hang(): void;
  openByteLink(signal: AbortSignal): Promise<ByteLink>;
}

export function queueDisplayBay({ clock }: Hallway): Bay {
  const board = new SimLedDisplay({ clock, ...SIZE });
  return textBay(board, { id: 'queueDisplay', words: ['叫号屏', 'Queue display'] }, { id: 'queue-display', ...SIZE });
}

export function poleDisplayBay(): Bay {
  const board = new SimVfdDisplay();
  return textBay(board, { id: 'poleDisplay', words: ['窗口小屏', 'Pole display'] }, { id: 'pole-display' });
}

function textBay(
  board: Board,
  name: { readonly id: string; readonly words: BayWords },
  entry: { readonly id: string } & Readonly<Record<string, unknown>>,
): Bay {
  const plug = plugOf(board);
  let powered = true;
  return {
    ...name,
    lamp: () => {
      if (!plug.pluggedIn()) return 'unplugged';
      if (!powered) return 'wrong';
      return board.text().length > 0 ? 'busy' : 'well';
    },
    look: () => {
      const rows = board.text();
      if (rows.length === 0) return [{ words: ['屏幕', 'rows'], value: '—' }];
      return rows.map((row, at) => ({ words: [`第${at + 1}行`, `row ${at + 1}`] as const, value: row.trim() || '—' }));
    },
    hands: {
      ...plug.hands,
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
    cable: { carries: 'bytes', open: (signal) => board.openByteLink(signal) },
    open: async () => {
      const door = await openByteDoor((signal) => board.openByteLink(signal));
      return { entry: { ...entry, address: door.address }, close: () => door.close() };
    },
  };
}
