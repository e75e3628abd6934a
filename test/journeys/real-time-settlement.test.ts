/** 即时结算 in several ways, with the 医保码 among them, and the day's claims told to the centre in time (Y3-12). */
import { expect, it } from 'vitest';
import { expectFree } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const HOUR = 3_600_000;
const SECOND = 1_000;

it('[Y3-12] by card, by 医保码 and at the window a bill is settled at once, each once; the night agrees on them with the centre and closes the day', async () => {
  const kiosk = new VirtualKiosk({ bills: ['example'] });
  await kiosk.visit({});
  const { hospital, insurance } = kiosk.hall.parties;
  hospital.addBill('zhang', 'small');
  await kiosk.visit({ 'S-HOME': 'showCode' });
  expect(kiosk.ended).toEqual(['settled', 'settled']);
  const used = [...insurance.settlements.settlements.values()].map(({ request }) => request.credential.type);
  // `mdtrt_cert_type`: 03 the card, 01 the code.
  expect(used).toEqual(['03', '01']);
  for (const { settledAtMs } of insurance.settlements.settlements.values()) {
    expect(kiosk.hall.clock.wallMs() - settledAtMs).toBeLessThan(300 * SECOND);
  }
  // A third that the window takes first is told as settled, and claims nothing more here.
  hospital.addBill('zhang', 'small');
  await kiosk.visit({
    'S-SPLIT': (its) => {
      its.hand('settleAtWindow', 'B000003');
      its.patient.touch({ do: 'confirm' });
      its.patient.pay();
    },
  });
  expect(kiosk.hall.parties.ledger.billsSettledAtWindow()).toHaveLength(1);
  expect(kiosk.books).toMatchObject({ claims: 2, confirmed: 2 });
  expectFree(kiosk);

  await kiosk.pass(26 * HOUR);
  const day = kiosk.kiosk.reconciliation.view('2026-03-05');
  expect(day).toMatchObject({ state: 'closed', differences: [], business: { all: { count: 2 } } });
  expect(kiosk.count('3201')).toBeGreaterThan(0);
});
