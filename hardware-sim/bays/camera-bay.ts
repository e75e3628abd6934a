/** The camera, and who stands before it: invented people, a phone or a print of one, a hand over the lens. */
import { createRequire } from 'node:module';
import { openCameraDoor } from '../devices/camera/camera-door.ts';
import { drawnAs } from '../devices/camera/drawn-as.ts';
import type { ScenePicture } from '../devices/camera/scene-pictures.ts';
import { SimCamera } from '../devices/camera/virtual-camera.ts';
import type { Hallway } from './all-bays.ts';
import type { Bay } from './bay.ts';
import type { FacePlace } from './face-place.ts';
import { photoDecoder } from './photo-decoder.ts';

const SEEN: Readonly<Record<string, string>> = {
  hall: '空大厅 · empty hall',
  covered: '黑 · black',
  dim: '太暗 · too dark',
  two: '两个人 · two people',
  phone: '举着手机 · a phone held up',
  print: '举着照片 · a print held up',
  front: '正脸 · face to the lens',
  again: '正脸（另一天） · face, another day',
  left: '侧脸 · turned',
  right: '侧脸 · turned',
  far: '太远 · far away',
};

/** The face check on this kiosk, where the optional packages with its models are installed. */
function offerFaceCheck(facePlace: FacePlace): void {
  const { resolve } = createRequire(import.meta.url);
  try {
    for (const name of ['onnxruntime-node', 'sharp', 'faceplugin-face-recognition-js/package.json']) resolve(name);
  } catch {
    return;
  }
  facePlace.offer('onDevice', { photoDecoder: photoDecoder(), load: 'whenNeeded' });
}

export function cameraBay({ clock, person, facePlace }: Hallway): Bay {
  const camera = new SimCamera({ clock, fps: 10 });
  const someone = (): boolean => /-/.test(camera.sees);
  return {
    id: 'camera',
    words: ['摄像头', 'Camera'],
    lamp: () => {
      if (!camera.pluggedIn) return 'unplugged';
      return camera.hung || camera.sees === 'covered' ? 'wrong' : 'well';
    },
    look: () => [facePlace.seen('onDevice'), { words: ['镜头前', 'Before the lens'], value: seenIn(camera.sees) }],
    hands: {
      stepInFront: {
        words: ['站到镜头前', 'Step in front'],
        look: 'main',
        use: () => camera.stepInFront(drawnAs(person())),
      },
      somebodyElse: { words: ['换一个人', 'Somebody else'], use: () => camera.stepInFront(drawnAs(person(), 1)) },
      turnLeft: { words: ['向左转头', 'Turn left'], can: someone, use: () => camera.turn('left') },
      turnRight: { words: ['向右转头', 'Turn right'], can: someone, use: () => camera.turn('right') },
      faceCamera: { words: ['看镜头', 'Look at the lens'], can: someone, use: () => camera.faceCamera() },
      joined: { words: ['旁边又来一人', 'Somebody joins'], use: () => camera.joinedBySomebody() },
      holdUp: {
        words: ['举起', 'Hold up'],
        with: ['phone', 'print'],
        use: (given) => camera.holdUp(given === 'phone' ? 'phone' : 'print'),
      },
      stepAway: { words: ['走开', 'Step away'], use: () => camera.stepAway() },
      serve: facePlace.hand('onDevice'),
      coverLens: { words: ['遮住镜头', 'Cover the lens'], look: 'breaks', use: () => camera.coverLens() },
      uncoverLens: { words: ['移开遮挡', 'Uncover the lens'], look: 'mends', use: () => camera.uncoverLens() },
      hang: { words: ['死机', 'Hang'], look: 'breaks', use: () => camera.hang() },
      unplug: { words: ['拔线', 'Unplug'], look: 'breaks', use: () => camera.unplug() },
      plugIn: { words: ['插线', 'Plug in'], look: 'mends', use: () => camera.plugIn() },
    },
    cable: { carries: 'frames', open: (signal) => camera.openFrameSource(signal) },
    open: async () => {
      const door = await openCameraDoor(camera);
      offerFaceCheck(facePlace);
      return { entry: { id: 'camera', address: door.address }, close: () => door.close() };
    },
  };
}

function seenIn(picture: ScenePicture): string {
  return SEEN[picture.split('-').at(-1) ?? ''] ?? picture;
}
