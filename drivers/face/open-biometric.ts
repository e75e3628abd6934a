/**
 * The face check that a site has, by its entry in the device map: on this kiosk, in a module, or at the platform.
 *
 * One promise: an entry that can't work here (no camera, no model files) is a
 * device that says so and what to do, never a kiosk that does not start.
 */
import type { Camera } from '../camera/camera.ts';
import type { Clock, DeviceBus, RandomSource } from '../ports.ts';
import { UnfitDeviceError } from '../supervisor.ts';
import type { Biometric, PadLevel } from './biometric.ts';
import { EngineProcess } from './engine-process.ts';
import { usualFacePolicy } from './face-policy.ts';
import { LineFaceTerminal } from './line-face-terminal.ts';
import { modelsMissing } from './models-missing.ts';
import { ModuleBiometric } from './module-biometric.ts';
import { OnDeviceBiometric } from './on-device-biometric.ts';
import { photoProgram } from './photo-program.ts';
import { PlatformBiometric } from './platform-biometric.ts';
import { RestingEngine } from './resting-engine.ts';
import { SpareEngine } from './spare-engine.ts';

/** As the device map has it; `match` says who looks and matches. */
export type FaceEntry = OnDeviceEntry | ModuleEntry | PlatformEntry;

interface OnDeviceEntry {
  readonly id: string;
  readonly match: 'onDevice';
  /** The reader maker's decoder of chip photos: a program and its words. */
  readonly photoDecoder?: readonly string[] | undefined;
  /** Where the model package lies, when it is not the installed one. */
  readonly modelFolder?: string | undefined;
  /** Without a look for this long the models leave the memory. */
  readonly restAfterMinutes: number;
  /** `atStart`: the models are tried once when the kiosk starts; `whenNeeded`: at the first look. */
  readonly load: 'atStart' | 'whenNeeded';
  /** A second engine waits, loaded, while faces are looked at (docs/face.md): a lost one is back at once. */
  readonly spare: boolean;
  /** Turns of the head that are asked for; a site's profile may ask for more than one. */
  readonly challenges: number;
}

interface ModuleEntry {
  readonly id: string;
  readonly match: 'module';
  readonly address: string;
  /** Must give a JPEG: the module takes nothing else. */
  readonly photoDecoder?: readonly string[] | undefined;
  /** What the module's laboratory report allows to say. */
  readonly padLevel: PadLevel;
}

interface PlatformEntry {
  readonly id: string;
  readonly match: 'platform';
  readonly address: string;
  /** 定点医药机构编号 under which the terminal was filed. */
  readonly institutionCode: string;
  readonly padLevel: PadLevel;
}

export interface FaceWorld {
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly camera: Camera | undefined;
}

const A_MINUTE_MS = 60_000;

/** @throws Error for an entry that needs a camera where the map has none: a mistake of the site file. */
export function openBiometric(entry: FaceEntry, world: FaceWorld): Biometric {
  switch (entry.match) {
    case 'onDevice':
      return onDevice(entry, world);
    case 'module': {
      const { id, address, padLevel, photoDecoder } = entry;
      const { bus, clock } = world;
      return new ModuleBiometric({ id, address, padLevel, bus, clock, ...decoding(photoDecoder, clock) });
    }
    case 'platform': {
      const { id, address, padLevel, institutionCode } = entry;
      const { bus, clock, random } = world;
      const terminal = new LineFaceTerminal({ address, bus, clock, institutionCode });
      return new PlatformBiometric({ id, terminal, clock, random, padLevel });
    }
  }
}

function onDevice(entry: OnDeviceEntry, { clock, random, camera }: FaceWorld): Biometric {
  const { id, photoDecoder, modelFolder, restAfterMinutes, load, challenges, spare } = entry;
  if (!camera) throw new Error(`The device map's face (${id}) matches on the kiosk and needs a camera.`);
  const folder = modelFolder === undefined ? {} : { modelFolder };
  const startOne = () => new EngineProcess({ clock, ...folder });
  const spares = spare ? new SpareEngine({ clock, start: startOne }) : undefined;
  return new OnDeviceBiometric({
    ...{ id, camera, clock, random },
    policy: { ...usualFacePolicy, challenges },
    startEngine: () => {
      const missing = modelsMissing(modelFolder);
      if (missing) throw new UnfitDeviceError(missing);
      return new RestingEngine({
        ...{ clock, restAfterMs: restAfterMinutes * A_MINUTE_MS, load },
        start: () => spares?.take() ?? startOne(),
        rested: () => spares?.rest(),
      });
    },
    ...decoding(photoDecoder, clock),
  });
}

function decoding(words: readonly string[] | undefined, clock: Clock) {
  return words && { decodePhoto: photoProgram({ words, clock }) };
}
