/** The twin's reports and the driver's adaptor were written apart; here they meet. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthFirst64, ReportByteLink } from '../../../drivers/hid/report-byte-link.ts';
import { openHidForm } from '../../../hardware-sim/devices/hid-form.ts';
import { SerialPlug } from '../../../hardware-sim/devices/serial-plug.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const forever = new AbortController().signal;

test('a stream of any length goes through reports both ways whole and in order, and a pulled plug is a lost device', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), async (pieces) => {
      const clock = new ManualClock();
      const heard: number[] = [];
      const plug = new SerialPlug({ clock, hears: (bytes) => heard.push(...bytes) });
      const link = new ReportByteLink(await openHidForm(plug, forever), lengthFirst64);
      const back: number[] = [];
      let lost = false;
      link.onData((bytes) => back.push(...bytes));
      link.onLost(() => {
        lost = true;
      });
      const all = pieces.flatMap((piece) => [...piece]);
      for (const piece of pieces) {
        await link.write(piece, forever);
        plug.say(piece);
      }
      await clock.pass(1_000);
      expect([heard, back]).toEqual([all, all]);
      plug.pull();
      expect(lost).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a report that says more than it holds is dropped by the device', async () => {
  const heard: number[] = [];
  const plug = new SerialPlug({ clock: new ManualClock(), hears: (bytes) => heard.push(...bytes) });
  const link = await openHidForm(plug, forever);
  await link.write(Uint8Array.of(0, 200, ...new Uint8Array(63)), forever);
  await link.write(Uint8Array.of(0, 2, 7), forever);
  expect(heard).toEqual([]);
});
