/** What patients do not touch: the cabinet's board, the hospital's recorder. */
// The driver loads it with the first board; here no module may take real time in virtual time.
import '../../../drivers/cabinet/firmata-boards.ts';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import { LineRecorder } from '../../../drivers/recorder/line-recorder.ts';
import { VirtualCabinet } from '../../../hardware-sim/devices/cabinet/virtual-cabinet.ts';
import { VirtualRecorder } from '../../../hardware-sim/devices/recorder/virtual-recorder.ts';
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

const recorder: MakeSoaked = (clock, stream) => {
  const twin = new VirtualRecorder({ clock, aheadMs: 3_000 });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const ids = { kioskId: 'K-0001', camera: 'entrance-1', bootId: 'b00t1' };
  const device = new LineRecorder({ id: 'recorder', address: 'tcp://recorder:7070', bus, clock, ...ids });
  return {
    device,
    use: async () => word(await device.mark(`ivl_day${stream.below(1_000_000)}x`, 'start', { timeoutMs: 2_000 })),
    trouble: {
      unplug: () => twin.unplug(),
      hang: () => twin.hang(),
      stopRecording: () => twin.stopRecording(),
      fillDisk: () => twin.fillDisk(),
    },
    mend: () => {
      twin.unplug();
      twin.plugIn();
      twin.startRecording();
      twin.changeDisk();
      // The footage of a day belongs to the recorder, not to the memory that is measured.
      twin.marks.length = 0;
    },
  };
};

export const cabinetDevices: Readonly<Record<string, MakeSoaked>> = { cabinet, recorder };
