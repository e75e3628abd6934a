/**
 * The hospital: locks that end by their own time, a window that takes every bill that we have held and hold no longer,
 * and a confirmation that is taken after the lock ran out as long as nobody else settled.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import { type Answered, no, ok, UNREADABLE } from './answered.ts';
import { type Bill, needing, stubborn, type World } from './world.ts';

type HospitalCall = Extract<Call, { step: `hospital.${string}` }>;

export function askHospital(world: World, call: HospitalCall, trouble: string): Answered {
  const { bill } = world;
  switch (call.step) {
    case 'hospital.lock': {
      if (bill.confirmed) return [world, no('alreadySettled')];
      if (trouble === 'refused') return [stubborn(world, 'changed'), no('changed')];
      if (world.stubborn.includes('changed') && bill.holder !== 'us') return [world, no('changed')];
      const untilMs = world.nowMs + call.ttlSeconds * 1_000;
      return [{ ...world, bill: { ...bill, holder: 'us', untilMs, wasHeld: true } }, ok(null)];
    }
    case 'hospital.unlock':
      if (bill.confirmed) return [world, no('alreadySettled')];
      return [windowTakes({ ...world, bill: { ...bill, holder: undefined } }, false), ok(null)];
    case 'hospital.confirm': {
      const told = { receiptNumber: 'R1', nextStep: '3 楼 5 号取药' };
      const unreadable = unreadableNow(world, trouble);
      if (unreadable) return whileUnreadable(world, unreadable);
      if (bill.confirmed === 'us') return [world, ok(told)];
      if (bill.confirmed) return [world, no('alreadySettled')];
      if (trouble === 'refusedOnce') return [needing(world, 'confirm'), no('changed')];
      if (trouble === 'refused' || world.stubborn.includes('confirm')) {
        return [needing(stubborn(world, 'confirm'), 'confirm'), no('changed')];
      }
      return [{ ...world, bill: { ...bill, confirmed: 'us', holder: undefined } }, ok(told)];
    }
  }
}

/** Two more than it takes to make a case of it. */
const UNREADABLE_TIMES = 14;

function unreadableNow({ bill }: World, trouble: string): Bill['unreadable'] {
  if (trouble === 'unreadable') return { left: UNREADABLE_TIMES, isDone: true };
  return trouble === 'unreadableUndone' ? { left: UNREADABLE_TIMES, isDone: false } : bill.unreadable;
}

function whileUnreadable(world: World, { left, isDone }: NonNullable<Bill['unreadable']>): Answered {
  const { bill } = world;
  const takes = isDone && !bill.confirmed && !world.stubborn.includes('confirm');
  const unreadable = left > 1 ? { left: left - 1, isDone } : undefined;
  const after = takes ? ({ ...bill, confirmed: 'us', holder: undefined } as const) : bill;
  return [needing({ ...world, bill: { ...after, unreadable } }, 'unreadable'), UNREADABLE];
}

/** Whoever stands at the window has waited for this. */
export function windowTakes(world: World, isLost: boolean): World {
  const { bill } = world;
  if (!bill.wasHeld || bill.confirmed || bill.holder) return world;
  return { ...world, bill: { ...bill, confirmed: 'window', isLost: isLost || bill.isLost } };
}

/** Our lock ends by its own time. */
export function lockEnds(world: World): World {
  const { bill } = world;
  if (bill.holder !== 'us' || world.nowMs < bill.untilMs) return world;
  return windowTakes({ ...world, bill: { ...bill, holder: undefined } }, true);
}
