/** The real driver on the virtual cabinet, on a clock that moves when a test says so. */
// The driver loads it with the first board; here no module may take real time in virtual time.
import '../../../drivers/cabinet/firmata-boards.ts';
import { onTestFinished } from 'vitest';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import type { CabinetStatus } from '../../../drivers/cabinet/cabinet.ts';
import type { PinPlan } from '../../../drivers/cabinet/pin-plan.ts';
import type { ByteLink, DeviceBus } from '../../../drivers/ports.ts';
import { VirtualCabinet, type VirtualCabinetOptions } from '../../../hardware-sim/devices/cabinet/virtual-cabinet.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export interface BenchOptions extends Omit<VirtualCabinetOptions, 'clock'> {
  readonly plan?: PinPlan;
  /** Stands between driver and board, e.g. to disturb the line. */
  readonly through?: (link: ByteLink, clock: ManualClock) => ByteLink;
}

export function busTo(open: (signal: AbortSignal) => Promise<ByteLink>): DeviceBus {
  return busWith({ openByteLink: (_address, signal) => open(signal) });
}

export async function onBench(options: BenchOptions = {}) {
  const clock = new ManualClock();
  const twin = new VirtualCabinet({ ...options, clock });
  const bus = busTo(async (signal) => {
    const link = await twin.board.openByteLink(signal);
    return options.through ? options.through(link, clock) : link;
  });
  const cabinet = new BoardCabinet({
    id: 'cabinet',
    address: 'serial:/dev/serial/by-id/board',
    bus,
    clock,
    ...(options.plan ? { plan: options.plan } : {}),
  });
  const heard: Partial<CabinetStatus>[] = [];
  cabinet.onCabinetEvent(({ changed }) => heard.push(changed));
  onTestFinished(() => cabinet.close());
  await settle(clock);
  return { clock, twin, cabinet, heard };
}

/** A conversation with the board is many turns long and takes no virtual time. */
export async function settle(clock: ManualClock): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await clock.drain();
}

/** Time passes, and every conversation in it comes to its end. */
export async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 250) {
    await clock.pass(Math.min(250, ms - at));
    await settle(clock);
  }
}
