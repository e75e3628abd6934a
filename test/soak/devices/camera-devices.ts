/** What looks: the camera, pulled, hung, covered and sending noise in place of pictures; the face module; the platform's terminal. */
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { usualLens } from '../../../drivers/camera/lens-watch.ts';
import type { Biometric, FaceReference } from '../../../drivers/face/biometric.ts';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { LineFaceTerminal } from '../../../drivers/face/line-face-terminal.ts';
import { ModuleBiometric } from '../../../drivers/face/module-biometric.ts';
import { PlatformBiometric } from '../../../drivers/face/platform-biometric.ts';
import type { Clock } from '../../../drivers/ports.ts';
import { Secret } from '../../../drivers/secret.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { VirtualFaceModule } from '../../../hardware-sim/devices/face-module/virtual-face-module.ts';
import { VirtualFaceTerminal } from '../../../hardware-sim/devices/face-terminal/virtual-face-terminal.ts';
import { FaceAuthDesk } from '../../../hardware-sim/parties/people/face-auth-desk.ts';
import type { Patient } from '../../../hardware-sim/parties/people/patients.ts';
import { SeededStream } from '../../../hardware-sim/parties/seeded-stream.ts';
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

/** Stands for a JPEG of the one person that this module meets. */
const PHOTO = Uint8Array.of(0xff, 0xd8, 0x01, ...new Array<number>(300).fill(0x55), 0xff, 0xd9);
const NUMBER = '990000200001010000';

let checks = 0;

/** A check of whoever stands there, with a yes of this moment. */
async function check(device: Biometric, clock: Clock, reference: FaceReference): Promise<string> {
  checks += 1;
  const sessionId = `ses_${checks}`;
  const purpose = device.matchLocation === 'platform' ? 'platformFaceCheck' : 'matchWithIdPhoto';
  const consent = new FaceConsent({ sessionId, purpose, givenAtMs: clock.monotonicMs() });
  const ended = await device.verify({ sessionId, consent, reference }, { timeoutMs: 20_000 });
  if (!ended.done) return ended.fault;
  return ended.value.decision === 'accept' ? 'done' : ended.value.decision;
}

const faceModule: MakeSoaked = (clock, stream) => {
  const twin = new VirtualFaceModule({ clock, whose: () => 'jia' });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const device = new ModuleBiometric({ id: 'face', address: 'sim:face', bus, clock });
  return {
    device,
    use: async () => {
      twin.stepInFront(stream.below(10) === 0 ? 'yi' : 'jia');
      const told = await check(device, clock, { kind: 'jpeg', photo: new WipeableBytes(Uint8Array.from(PHOTO)) });
      twin.stepAway();
      return told;
    },
    trouble: {
      unplug: () => twin.unplug(),
      hang: () => twin.hang(),
      noise: () => twin.noise(noise(stream)),
      lens: () => {
        twin.faults.cameraBroken = true;
      },
    },
    mend: () => {
      twin.faults.cameraBroken = false;
      twin.unplug();
      twin.plugIn();
    },
  };
};

const faceTerminal: MakeSoaked = (clock, stream) => {
  const desk = new FaceAuthDesk(clock, new SeededStream(1, 'desk'));
  const twin = new VirtualFaceTerminal({ clock, desk });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const terminal = new LineFaceTerminal({ address: 'sim:terminal', bus, clock, institutionCode: 'H33010000001' });
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, () => stream.below(256)) };
  const device = new PlatformBiometric({ id: 'face', terminal, clock, random });
  const patient = { key: 'jia', identityNumber: NUMBER, name: '測試甲' } as Patient;
  return {
    device,
    use: async () => {
      twin.before = { patient };
      const told = await check(device, clock, { kind: 'platformSubject', subject: new Secret(NUMBER) });
      twin.before = undefined;
      return told;
    },
    trouble: {
      unplug: () => twin.unplug(),
      hang: () => twin.hang(),
      noise: () => twin.noise(noise(stream)),
      platformLine: () => {
        twin.faults.platformDown = true;
      },
    },
    mend: () => {
      twin.faults.platformDown = false;
      twin.unplug();
      twin.plugIn();
    },
  };
};

export const cameraDevices: Readonly<Record<string, MakeSoaked>> = { camera, faceModule, faceTerminal };
