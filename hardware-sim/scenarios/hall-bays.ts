/**
 * The devices beyond reader, scanner and printer that a scenario's cabinet has, and the hands at them.
 *
 * They are the twins of the live kiosk's bays, plugged in without a door. One promise: the kiosk's device map names
 * exactly the devices that the scenario asks for.
 */

import type { Clock } from '../../drivers/ports.ts';
import { createBays } from '../bays/all-bays.ts';
import type { Bay, BayHand } from '../bays/bay.ts';
import { FacePlace } from '../bays/face-place.ts';
import type { Parties } from '../parties/virtual-world.ts';
import { DEMO_INSTITUTION } from '../parties/virtual-world.ts';
import type { DeviceSockets } from '../world/boot.ts';
import type { Given } from '../world/hands.ts';

/** What a scenario may put into its cabinet. */
export const bayNames = [
  ...(['cabinet', 'camera', 'idCardReader', 'faceTerminal'] as const),
  ...(['pinPad', 'bankTerminal', 'queueDisplay'] as const),
] as const;
export type BayName = (typeof bayNames)[number];

/** What a scenario may do at them: the bay's name and the hand's. A test holds them against the bays. */
export const bayHandNames = [
  ...(['cabinet.openService', 'cabinet.closeService', 'cabinet.openPaper', 'cabinet.closePaper'] as const),
  ...(['cabinet.forceCase', 'cabinet.closeCase', 'cabinet.tilt', 'cabinet.setUpright'] as const),
  ...(['cabinet.cutMains', 'cabinet.restoreMains', 'cabinet.turnKey', 'cabinet.press'] as const),
  ...(['cabinet.stepUp', 'cabinet.stepAway', 'cabinet.unplug', 'cabinet.plugIn'] as const),
  ...(['camera.coverLens', 'camera.uncoverLens', 'camera.unplug', 'camera.plugIn'] as const),
  ...(['idCardReader.present', 'idCardReader.document', 'idCardReader.takeAway'] as const),
  ...(['idCardReader.unplug', 'idCardReader.plugIn'] as const),
  ...(['faceTerminal.stepInFront', 'faceTerminal.somebodyElse', 'faceTerminal.holdUpPicture'] as const),
  ...(['faceTerminal.stepAway', 'faceTerminal.cutPlatformLine', 'faceTerminal.unplug', 'faceTerminal.plugIn'] as const),
  ...(['pinPad.openHousing', 'pinPad.unplug', 'pinPad.plugIn'] as const),
  ...(['bankTerminal.unplug', 'bankTerminal.plugIn', 'queueDisplay.unplug', 'queueDisplay.plugIn'] as const),
  ...(['disk.fill', 'disk.makeRoom'] as const),
] as const;
export type BayHandName = (typeof bayHandNames)[number];

export interface HallBaysOptions {
  readonly names: readonly BayName[];
  readonly clock: Clock;
  readonly parties: Parties;
  readonly person: () => string;
}

/** What the second display of the hall is like, as its bay builds it. */
const DISPLAY = { cells: 24, rows: 2 };

export class HallBays {
  readonly #bays: readonly Bay[];

  constructor({ names, ...hallway }: HallBaysOptions) {
    const all = names.length === 0 ? [] : createBays({ ...hallway, facePlace: new FacePlace(() => undefined) });
    this.#bays = all.filter(({ id }) => names.some((name) => name === id));
  }

  /** Rows of the device map. */
  get rows(): Readonly<Record<string, object>> {
    return Object.fromEntries(this.#bays.map((bay) => rowOf(bay)));
  }

  /** Those that are there beside the cabinet's own board. */
  get others(): readonly Exclude<BayName, 'cabinet'>[] {
    const there = this.#bays.map(({ id }) => id);
    return bayNames.filter((name): name is Exclude<BayName, 'cabinet'> => name !== 'cabinet' && there.includes(name));
  }

  get sockets(): Pick<DeviceSockets, 'byteLinks' | 'frameSources'> {
    const cables = this.#bays.flatMap(({ id, cable }) => (cable ? [{ address: addressOf(id), cable }] : []));
    return {
      byteLinks: new Map(
        cables.flatMap(({ address, cable }) => (cable.carries === 'bytes' ? [[address, cable.open] as const] : [])),
      ),
      frameSources: new Map(
        cables.flatMap(({ address, cable }) => (cable.carries === 'frames' ? [[address, cable.open] as const] : [])),
      ),
    };
  }

  can(name: BayHandName): boolean {
    const hand = this.#handOf(name);
    return hand !== undefined && hand.can?.() !== false;
  }

  /** @throws Error when the cabinet has no such device, or hands cannot do that now */
  use(name: BayHandName, given: Given): void {
    const hand = this.#handOf(name);
    if (!hand) throw new Error(`Nobody can do "${name}" in this scenario: its "devices" do not have it.`);
    if (hand.can?.() === false) throw new Error(`"${name}" is not possible now.`);
    hand.use(given);
  }

  #handOf(name: BayHandName): BayHand | undefined {
    const [id = '', what = ''] = name.split('.');
    return this.#bays.find((bay) => bay.id === id)?.hands[what];
  }
}

function addressOf(id: string): string {
  return `sim:bay:${id}`;
}

function rowOf({ id }: Bay): readonly [string, object] {
  const address = addressOf(id);
  if (id === 'faceTerminal') {
    const { code: institutionCode } = DEMO_INSTITUTION;
    return ['face', { id: 'face', match: 'platform', address, institutionCode, padLevel: 'none' }];
  }
  const kebab = id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return [id, { id: kebab, address, ...(id === 'queueDisplay' ? DISPLAY : {}) }];
}
