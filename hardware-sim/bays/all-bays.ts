/** Every bay of the simulated cabinet, in the order in which the workbench shows them. */
import type { Clock } from '../../drivers/ports.ts';
import type { Parties } from '../parties/virtual-world.ts';
import { bankTerminalBay } from './bank-terminal-bay.ts';
import type { Bay } from './bay.ts';
import { cabinetBay } from './cabinet-bay.ts';
import { cameraBay } from './camera-bay.ts';
import { faceModuleBay } from './face-module-bay.ts';
import type { FacePlace } from './face-place.ts';
import { faceTerminalBay } from './face-terminal-bay.ts';
import { idCardReaderBay } from './id-card-reader-bay.ts';
import { networkBay } from './network-bay.ts';
import { pagePrinterBay } from './page-printer-bay.ts';
import { pinPadBay } from './pin-pad-bay.ts';
import { poleDisplayBay, queueDisplayBay } from './queue-display-bay.ts';
import { recorderBay } from './recorder-bay.ts';
import { headsetBay, secondScreenBay, voiceBay } from './second-screen-bay.ts';
import { staffTokenBay } from './staff-token-bay.ts';

/** What a bay may know of the hall: who stands there, and the parties behind it. */
export interface Hallway {
  readonly clock: Clock;
  readonly parties: Parties;
  /** A key of the invented people. */
  person(): string;
  /** Who does the face check. */
  readonly facePlace: FacePlace;
}

/** @param pages whether somebody opens the second screen's page: nothing else stands in for it */
export function createBays(hallway: Hallway, pages = false): readonly Bay[] {
  return [
    ...[idCardReaderBay(hallway), pinPadBay(hallway), bankTerminalBay(hallway), cameraBay(hallway)],
    ...[faceModuleBay(hallway), faceTerminalBay(hallway)],
    ...[poleDisplayBay(), ...(pages ? [secondScreenBay(), voiceBay(), headsetBay()] : [])],
    ...[pagePrinterBay(hallway), queueDisplayBay(hallway), cabinetBay(hallway), recorderBay(hallway)],
    ...[staffTokenBay(hallway), networkBay()],
  ];
}
