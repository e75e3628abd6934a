/** The A4 printer in the workbench: its tray, cover, path and cartridge, and what lies in its outlet. */
import { openIppDoor } from '../devices/page-printer/ipp-http-door.ts';
import { SimPagePrinter } from '../devices/page-printer/sim-page-printer.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay, BayHand, BayWords } from './bay.ts';

/** Sheets of a ream's half, as somebody loads them. */
const LOAD = 250;

export function pagePrinterBay({ clock }: Hallway): Bay {
  const machine = new SimPagePrinter({ clock });
  const wrong = new Set<string>();
  const pair = (name: string, breaks: BayWords, mends: BayWords, go: () => void, come: () => void) => {
    const away: BayHand = {
      words: breaks,
      look: 'breaks',
      can: () => !wrong.has(name),
      use: () => {
        wrong.add(name);
        go();
      },
    };
    const back: BayHand = {
      words: mends,
      look: 'mends',
      can: () => wrong.has(name),
      use: () => {
        wrong.delete(name);
        come();
      },
    };
    return [away, back] as const;
  };
  const [takePaperOut, loadPaper] = pair(
    'paper',
    ['取空纸盒', 'empty the tray'],
    ['装纸', 'load paper'],
    () => machine.takePaperOut(),
    () => machine.loadPaper(LOAD),
  );
  const [openCover, closeCover] = pair(
    'cover',
    ['开盖', 'open the cover'],
    ['关盖', 'close the cover'],
    () => machine.openCover(),
    () => machine.closeCover(),
  );
  const [jam, clearJam] = pair(
    'jam',
    ['卡纸', 'jam'],
    ['清除卡纸', 'clear the jam'],
    () => machine.jam(),
    () => machine.clearJam(),
  );
  const [emptyToner, changeToner] = pair(
    'toner',
    ['墨粉用尽', 'use up the toner'],
    ['换墨粉', 'change the toner'],
    () => machine.emptyToner(),
    () => machine.changeToner(),
  );
  const [unplug, plugIn] = pair(
    'cable',
    ['拔网线', 'unplug'],
    ['插网线', 'plug in'],
    () => machine.unplug(),
    () => machine.plugIn(),
  );
  const [cutPower, powerUp] = pair(
    'power',
    ['断电', 'cut its power'],
    ['上电', 'switch on'],
    () => machine.cutPower(),
    () => machine.powerUp(),
  );
  return {
    id: 'pagePrinter',
    words: ['A4 打印机', 'Page printer'],
    lamp: () => (wrong.has('cable') ? 'unplugged' : wrong.size > 0 ? 'wrong' : 'well'),
    look: () => [
      { words: ['出纸', 'sheets in the outlet'], value: String(machine.sheets().length) },
      { words: ['作业', 'jobs so far'], value: String(machine.taken) },
    ],
    hands: {
      ...{ takePaperOut, loadPaper, openCover, closeCover, jam, clearJam, emptyToner, changeToner },
      ...{ unplug, plugIn, cutPower, powerUp },
    },
    open: async () => {
      const door = await openIppDoor(machine);
      return { entry: { id: 'page-printer', address: door.address }, close: () => door.close() };
    },
  };
}
