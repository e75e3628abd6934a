/** The camera: pulled, hung, covered, and sending noise in place of pictures. */
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { usualLens } from '../../../drivers/camera/lens-watch.ts';
import type { Clock } from '../../../drivers/ports.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { busWith } from '../../support/bench-bus.ts';
import { type MakeSoaked, noise, word } from './soaked-device.ts';

/** A frame every two seconds and a look a minute: a day of frames, not a day of computing. */
function cameraOn(clock: Clock) {
  const twin = new SimCamera({ clock, fps: 0.5 });
  const bus = busWith({ openFrameSource: (_address, signal) => twin.openFrameSource(signal) });
  const lens = { ...usualLens, lookEveryMs: 60_000 };
  const options = { id: 'camera', address: 'sim:camera', bus, clock, lens, silenceMs: 5_000 };
  return { twin, device: new FrameCamera(options) };
}

const camera: MakeSoaked = (clock, stream) => {
  const { twin, device } = cameraOn(clock);
  return {
    device,
    use: async () => {
      twin.stepInFront('jia');
      const taken = await device.takePicture({ timeoutMs: 20_000 });
      if (taken.done) taken.value.wipe();
      twin.stepAway();
      return word(taken);
    },
    trouble: {
      unplug: () => twin.unplug(),
      hang: () => twin.hang(),
      covered: () => twin.coverLens(),
      noise: () => twin.faults.nextFrame(noise(stream, 4_000)),
    },
    mend: () => {
      twin.uncoverLens();
      twin.unplug();
      twin.plugIn();
    },
  };
};

export const cameraDevices: Readonly<Record<string, MakeSoaked>> = { camera };
