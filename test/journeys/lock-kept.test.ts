/** A bill lock whose answer was lost is given back as soon as the hospital can be reached, not when it runs out. */
import { expect, it } from 'vitest';
import { VirtualKiosk } from './virtual-kiosk.ts';

it('a lock that nobody needs is given back when the hospital line is back', async () => {
  const kiosk = new VirtualKiosk();
  const { hall } = kiosk;
  kiosk.when('POST /v1/bills/B000001/lock', 'after', () => {
    hall.hospitalLine.cut();
    hall.clock.timer(90_000, () => hall.hospitalLine.restore());
  });
  await kiosk.visit({});
  await kiosk.pass(200_000);
  const { book } = hall.parties.hospital;
  expect([...book.entries.values()].filter((entry) => book.holderOf(entry) !== undefined)).toEqual([]);
});
