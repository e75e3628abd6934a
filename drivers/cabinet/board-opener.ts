/**
 * Which board an address of the device map opens.
 *
 * `gpio:CHIP` is the computer's own lines; everything else is Firmata on the bus's
 * byte link. One promise: nothing of either is loaded for the other.
 */
import type { Clock, DeviceBus } from '../ports.ts';
import type { FirmataBoards } from './firmata-boards.ts';
import type { BoardPins, LevelListener, PinBoard } from './pin-board.ts';
import type { PinPlan } from './pin-plan.ts';

/** Opens another kind of board, e.g. `openGpioBoard` with tools of its own. */
export type OpenPinBoard = (pins: BoardPins, onLevel: LevelListener, signal: AbortSignal) => Promise<PinBoard>;

export interface BoardAddress {
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  /** Default: by the address. */
  readonly openBoard?: OpenPinBoard;
}

export function boardPins(plan: PinPlan): BoardPins {
  return {
    inputs: plan.inputs.map(({ pin, pullUp }) => ({ pin, pullUp })),
    outputs: [
      ...Object.values(plan.relays).map(({ pin }) => ({ pin, part: 'relay' as const })),
      ...Object.values(plan.lights).flatMap((lamps) =>
        Object.values(lamps).map(({ pin }) => ({ pin, part: 'lamp' as const })),
      ),
    ],
  };
}

/** Loaded with the first board that answers: the library weighs more than the rest of the drivers together. */
export function loadBoardLibrary(): Promise<typeof import('./firmata-boards.ts')> {
  return import('./firmata-boards.ts');
}

export function boardOpener(
  options: BoardAddress,
  pins: BoardPins,
  onLevel: LevelListener,
): (signal: AbortSignal) => Promise<PinBoard> {
  const { openBoard, address, bus, clock } = options;
  if (openBoard) return (signal) => openBoard(pins, onLevel, signal);
  if (address.startsWith('gpio:')) {
    return async (signal) => {
      const { openGpioBoard } = await import('./gpio-transport.ts');
      return openGpioBoard({ chip: address.slice('gpio:'.length), pins, onLevel, clock }, signal);
    };
  }
  let boards: FirmataBoards | undefined;
  return async (signal) => {
    const link = await bus.openByteLink(address, signal);
    const { FirmataBoards } = await loadBoardLibrary();
    boards ??= new FirmataBoards(pins, clock, onLevel);
    return boards.open(link, signal);
  };
}
