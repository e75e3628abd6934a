/** The insurance platform's face terminal in the simulated hall: its own lens, its own line to the platform's desk. */
import { openByteDoor } from '../devices/byte-door.ts';
import { VirtualFaceTerminal } from '../devices/face-terminal/virtual-face-terminal.ts';
import { FaceAuthDesk } from '../parties/people/face-auth-desk.ts';
import type { Patient } from '../parties/people/patients.ts';
import { SeededStream } from '../parties/seeded-stream.ts';
import { DEMO_INSTITUTION } from '../parties/virtual-world.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay } from './bay.ts';
import { plugOf } from './plug-hands.ts';

export function faceTerminalBay({ clock, parties, person, facePlace }: Hallway): Bay {
  const desk = new FaceAuthDesk(clock, new SeededStream(1, 'face-auth-desk'));
  const terminal = new VirtualFaceTerminal({ clock, desk });
  const plug = plugOf(terminal);
  const stands = (patient: Patient, spoof = false): void => {
    terminal.before = { patient, spoof };
  };
  const somebodyElse = (): Patient => {
    const here = parties.patient(person());
    return parties.patients.find(({ key }) => key !== here.key) ?? here;
  };
  const before = (): string => {
    if (!terminal.before) return '—';
    return terminal.before.spoof ? '照片 · a picture' : '有人 · somebody';
  };
  return {
    id: 'faceTerminal',
    words: ['医保刷脸终端', 'Insurance face terminal'],
    lamp: () => {
      if (!plug.pluggedIn()) return 'unplugged';
      if (terminal.hung || terminal.faults.platformDown) return 'wrong';
      return terminal.looking ? 'busy' : 'well';
    },
    look: () => [
      facePlace.seen('platform'),
      { words: ['镜头前', 'before the lens'], value: before() },
      { words: ['平台线路', 'line to the platform'], value: terminal.faults.platformDown ? 'down' : 'up' },
    ],
    hands: {
      stepInFront: {
        words: ['站到镜头前', 'step in front'],
        look: 'main',
        use: () => stands(parties.patient(person())),
      },
      somebodyElse: { words: ['换一个人', 'somebody else'], use: () => stands(somebodyElse()) },
      holdUpPicture: { words: ['举起照片', 'hold up a print'], use: () => stands(parties.patient(person()), true) },
      stepAway: {
        words: ['走开', 'step away'],
        use: () => {
          terminal.before = undefined;
        },
      },
      serve: facePlace.hand('platform'),
      cutPlatformLine: {
        words: ['断平台线路', 'cut the line to the platform'],
        look: 'breaks',
        can: () => !terminal.faults.platformDown,
        use: () => {
          terminal.faults.platformDown = true;
        },
      },
      hang: { words: ['死机', 'hang'], look: 'breaks', can: () => plug.pluggedIn(), use: () => terminal.hang() },
      unplug: plug.hands.unplug,
      mendPlatformLine: {
        words: ['恢复平台线路', 'mend the line to the platform'],
        look: 'mends',
        can: () => terminal.faults.platformDown,
        use: () => {
          terminal.faults.platformDown = false;
        },
      },
      plugIn: plug.hands.plugIn,
    },
    cable: { carries: 'bytes', open: (signal) => terminal.openByteLink(signal) },
    open: async () => {
      const door = await openByteDoor((signal) => terminal.openByteLink(signal));
      facePlace.offer('platform', { address: door.address, institutionCode: DEMO_INSTITUTION.code });
      return { close: () => door.close() };
    },
  };
}
