/** The face module in the simulated cabinet: a lens of its own, and whoever hands put before it. */
import { openByteDoor } from '../devices/byte-door.ts';
import { drawnAs } from '../devices/camera/drawn-as.ts';
import type { PersonId } from '../devices/camera/invented-people-table.ts';
import { chipPhoto } from '../devices/camera/scene-pictures.ts';
import { VirtualFaceModule } from '../devices/face-module/virtual-face-module.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay } from './bay.ts';
import { photoDecoder } from './photo-decoder.ts';
import { plugOf } from './plug-hands.ts';

const DRAWN: readonly PersonId[] = ['jia', 'yi', 'bing', 'ding'];

/** Whose chip photo these JPEG bytes are. */
const whose = (photo: Uint8Array): string | undefined =>
  DRAWN.find((person) => Buffer.from(chipPhoto(person)).equals(photo));

export function faceModuleBay({ clock, person, facePlace }: Hallway): Bay {
  const module = new VirtualFaceModule({ clock, whose });
  const plug = plugOf(module);
  const before = (): string => {
    if (!module.before) return '—';
    return module.before.spoof ? '照片 · a picture' : '有人 · somebody';
  };
  return {
    id: 'faceModule',
    words: ['人脸模组', 'Face module'],
    lamp: () => {
      if (!plug.pluggedIn()) return 'unplugged';
      if (module.hung || module.faults.cameraBroken) return 'wrong';
      return module.looking ? 'busy' : 'well';
    },
    look: () => [
      facePlace.seen('module'),
      { words: ['镜头前', 'before the lens'], value: before() },
      { words: ['记得的人', 'people it remembers'], value: String(module.people.length) },
    ],
    hands: {
      stepInFront: {
        words: ['站到镜头前', 'step in front'],
        look: 'main',
        use: () => module.stepInFront(drawnAs(person())),
      },
      somebodyElse: { words: ['换一个人', 'somebody else'], use: () => module.stepInFront(drawnAs(person(), 1)) },
      holdUpPicture: { words: ['举起照片', 'hold up a print'], use: () => module.holdUpPictureOf(drawnAs(person())) },
      stepAway: { words: ['走开', 'step away'], use: () => module.stepAway() },
      serve: facePlace.hand('module'),
      breakLens: {
        words: ['砸坏镜头', 'break its lens'],
        look: 'breaks',
        can: () => !module.faults.cameraBroken,
        use: () => {
          module.faults.cameraBroken = true;
        },
      },
      hang: { words: ['死机', 'hang'], look: 'breaks', can: () => plug.pluggedIn(), use: () => module.hang() },
      unplug: plug.hands.unplug,
      replaceLens: {
        words: ['换镜头', 'replace its lens'],
        look: 'mends',
        can: () => module.faults.cameraBroken,
        use: () => {
          module.faults.cameraBroken = false;
        },
      },
      plugIn: plug.hands.plugIn,
    },
    open: async () => {
      const door = await openByteDoor((signal) => module.openByteLink(signal));
      facePlace.offer('module', { address: door.address, photoDecoder: photoDecoder() });
      return { close: () => door.close() };
    },
  };
}
