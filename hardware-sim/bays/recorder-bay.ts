/**
 * The hospital's recorder in the workbench: a camera over the kiosk, and the marks in its footage.
 */
import { openByteDoor } from '../devices/byte-door.ts';
import { VirtualRecorder } from '../devices/recorder/virtual-recorder.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay } from './bay.ts';

const CAMERA = 'entrance-1';

export function recorderBay(hallway: Pick<Hallway, 'clock'>): Bay {
  const recorder = new VirtualRecorder({ clock: hallway.clock, cameras: [CAMERA], aheadMs: 1_500 });
  return {
    id: 'recorder',
    words: ['监控录像', 'Recorder'],
    lamp: () => {
      if (!recorder.pluggedIn) return 'unplugged';
      return recorder.hung || !recorder.isRecording() ? 'wrong' : 'well';
    },
    look: () => {
      const last = recorder.marks.at(-1);
      return [
        { words: ['录像', 'recording'], value: recorder.isRecording() ? CAMERA : '—' },
        { words: ['标记', 'marks'], value: String(recorder.marks.length) },
        {
          words: ['最后标记', 'last mark'],
          value: last ? `${last.kind} ${last.interval}${last.late ? ' late' : ''}` : '—',
        },
      ];
    },
    hands: {
      stopRecording: {
        words: ['停录', 'stop recording'],
        look: 'breaks',
        can: () => recorder.isRecording(),
        use: () => recorder.stopRecording(),
      },
      startRecording: {
        words: ['续录', 'record again'],
        look: 'mends',
        can: () => !recorder.isRecording(),
        use: () => {
          recorder.changeDisk();
          recorder.startRecording();
        },
      },
      fillDisk: { words: ['硬盘满', 'fill the disk'], look: 'breaks', use: () => recorder.fillDisk() },
      setClockApart: {
        words: ['拨录像机的钟', 'set its clock apart, s'],
        with: [-60, 0, 60],
        use: (given) => recorder.setClockApart(Number(given) * 1_000),
      },
      unplug: {
        words: ['拔录像机', 'unplug'],
        look: 'breaks',
        can: () => recorder.pluggedIn,
        use: () => recorder.unplug(),
      },
      plugIn: {
        words: ['接录像机', 'plug in'],
        look: 'mends',
        can: () => !recorder.pluggedIn,
        use: () => recorder.plugIn(),
      },
      hang: {
        words: ['死机', 'hang'],
        look: 'breaks',
        can: () => recorder.pluggedIn && !recorder.hung,
        use: () => recorder.hang(),
      },
      wakeUp: { words: ['恢复', 'wake up'], look: 'mends', can: () => recorder.hung, use: () => recorder.wakeUp() },
    },
    open: async () => {
      const door = await openByteDoor((signal) => recorder.openByteLink(signal));
      return { entry: { id: 'recorder', address: door.address, camera: CAMERA }, close: () => door.close() };
    },
  };
}
