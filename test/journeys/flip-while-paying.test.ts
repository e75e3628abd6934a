/** Between 2206 and 2207 a person stands at the screen for minutes; a doctor's standing may change meanwhile. */
import { expect, it } from 'vitest';
import { VirtualKiosk } from './virtual-kiosk.ts';

it('[SZ-246] a doctor who is suspended while the phone pays: the settlement is refused and the money comes back', async () => {
  const kiosk = new VirtualKiosk();
  await kiosk.visit({
    'S-PAY': (its) => {
      its.hand('suspendDoctor', 'D990001000001');
      its.hand('payByPhone');
    },
  });
  expect(kiosk.books).toEqual({ claims: 0, chargedFen: 0, confirmed: 0 });
});
