/** What patients do not touch: the cabinet's board. */
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import { VirtualCabinet } from '../../../hardware-sim/devices/cabinet/virtual-cabinet.ts';
import { busWith } from '../../support/bench-bus.ts';
import { type MakeSoaked, word } from './soaked-device.ts';

const cabinet: MakeSoaked = (clock, stream) => {
  const twin = new VirtualCabinet({ clock });
  const bus = busWith({ openByteLink: (_address, signal) => twin.board.openByteLink(signal) });
  const device = new BoardCabinet({ id: 'cabinet', address: 'serial:/dev/serial/by-id/board', bus, clock });
  return {
    device,
    use: async () => {
      twin.press(80);
      const flashRate = stream.below(2) === 0 ? 'slow' : 'off';
      return word(await device.setLight('cardReader', { flashRate }, { timeoutMs: 3_000 }));
    },
    trouble: {
      unplug: () => twin.board.unplug(),
      hang: () => twin.board.hang(),
      door: () => twin.openDoor('service'),
    },
    mend: () => {
      twin.board.unplug();
      twin.board.plugIn();
      twin.closeDoor('service');
    },
  };
};

export const cabinetDevices: Readonly<Record<string, MakeSoaked>> = { cabinet };
