/** The camera's self-test: a fresh frame comes, and the lens is free. The frame is wiped unseen. */
import type { Camera, LensWord } from '../../drivers/camera/camera.ts';
import { type AtKiosk, answerTo, failed, inUse, notTested, passed, type SelfTest, unexpected } from './self-test.ts';

/** Several looks must agree before a lens counts as covered, ms. */
const LOOKS_MS = 3_500;

export async function testCamera(camera: Camera, kiosk: AtKiosk): Promise<SelfTest> {
  const { clock, busy } = kiosk;
  if (camera.lens === 'covered') return covered();
  if (busy()) return inUse();
  const taken = await camera.takePicture(answerTo(kiosk));
  if (taken.done) taken.value.wipe();
  else if (taken.fault === 'cameraInoperable') {
    return failed('Frames come, but they are no pictures.', 'Unplug the camera and plug it in; else replace it.');
  } else if (taken.fault === 'timeOut') {
    return failed('It is open, but no frame comes.', 'Unplug the camera and plug it in.');
  } else return unexpected(taken);
  const lens = camera.lens === 'unknown' ? await firstWord(camera, clock) : camera.lens;
  if (lens === 'covered') return covered();
  if (lens === 'unknown') return notTested('A frame came; whether the lens is free can’t be told yet.');
  return passed('A fresh frame came, the lens is free. The frame was wiped.');
}

const covered = (): SelfTest =>
  failed('The lens is covered, or it is dark.', 'Take away what covers the lens and clean it; switch the light on.');

function firstWord(camera: Camera, clock: AtKiosk['clock']): Promise<LensWord> {
  return new Promise((resolve) => {
    const end = (): void => {
      stop();
      cancel();
      resolve(camera.lens);
    };
    const stop = camera.onCameraEvent(({ event }) => event === 'lensChanged' && end());
    const cancel = clock.timer(LOOKS_MS, end);
  });
}
