/** From the hospital's queue to the hall: each number once, in its turn, and none that is old. */
import { describe, expect, test } from 'vitest';
import type { QueueCall } from '../../../drivers/queue-display/queue-display.ts';
import { HospitalCalls } from '../../../firmware/calling/hospital-calls.ts';
import type { QueueTickets } from '../../../firmware/hospital/queue-tickets.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function inHall() {
  const clock = new ManualClock();
  const queue: QueueCall[] = [];
  let down = false;
  const hospital: Pick<QueueTickets, 'callsSince'> = {
    callsSince: (after) =>
      Promise.resolve(
        down
          ? { outcome: 'unreachable', detail: 'down' }
          : {
              outcome: 'ok',
              value: { latest: queue.length, calls: after === undefined ? [] : queue.slice(after) },
            },
      ),
  };
  const called: string[] = [];
  const hall = {
    call: (call: QueueCall) => {
      called.push(`${call.number} ${call.place}`);
      return Promise.resolve({ shown: 1, of: 1 });
    },
  };
  const call = (number: string): void => {
    queue.push({ number, place: '3号窗口' });
  };
  return { clock, hospital, hall, called, call, cut: (is: boolean) => (down = is) };
}

describe('the hospital’s calls', () => {
  test('[part of Z-8.2.1.1] are called within two seconds, once each, those of before not at all', async () => {
    const { clock, called, call, ...parts } = inHall();
    call('A001');
    const calls = new HospitalCalls({ ...parts, clock });
    await clock.pass(10_000);
    expect(called).toEqual([]);
    call('A002');
    await clock.pass(2_000);
    expect(called).toEqual(['A002 3号窗口']);
    await clock.pass(60_000);
    expect(called).toHaveLength(1);
    calls.close();
    expect(clock.waiting).toBe(0);
  });

  test('two at once come one after the other, so that each is seen', async () => {
    const { clock, called, call, ...parts } = inHall();
    const calls = new HospitalCalls({ ...parts, clock });
    await clock.pass(1_000);
    call('A001');
    call('B001');
    await clock.pass(3_000);
    expect(called).toEqual(['A001 3号窗口']);
    await clock.pass(6_000);
    expect(called).toEqual(['A001 3号窗口', 'B001 3号窗口']);
    calls.close();
  });

  test('a short cut of the line loses none; after a long one nobody who has gone is called', async () => {
    const { clock, called, call, cut, ...parts } = inHall();
    const calls = new HospitalCalls({ ...parts, clock });
    await clock.pass(1_000);
    cut(true);
    call('A001');
    await clock.pass(15_000);
    cut(false);
    await clock.pass(12_000);
    expect(called).toEqual(['A001 3号窗口']);
    cut(true);
    call('A002');
    await clock.pass(120_000);
    cut(false);
    await clock.pass(12_000);
    call('A003');
    await clock.pass(3_000);
    expect(called).toEqual(['A001 3号窗口', 'A003 3号窗口']);
    calls.close();
    expect(clock.waiting).toBe(0);
  });
});
