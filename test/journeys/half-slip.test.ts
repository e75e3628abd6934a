/** A slip that stopped half-way carries a person's masked name and amounts: the next person must not get it with their own. */
import { expect, it } from 'vitest';
import { VirtualKiosk } from './virtual-kiosk.ts';

for (const [hand, undo] of [
  ['openCover', 'closeCover'],
  ['unplugPrinter', 'plugInPrinter'],
] as const) {
  it(`${hand}: half of one patient's slip does not hang on the next patient's`, async () => {
    const kiosk = new VirtualKiosk();
    kiosk.when('POST /v1/bills/B000001/confirm', 'after', () => {
      kiosk.hall.clock.timer(1_200, () => kiosk.hand(hand));
    });
    kiosk.patient.come({});
    await kiosk.run(() => kiosk.ended.length > 0);
    kiosk.hand(undo);
    await kiosk.pass(120_000);
    kiosk.hall.parties.hospital.addBill('zhang', 'small');
    await kiosk.visit({});
    expect(kiosk.slips.at(-1)?.match(/医疗保障结算单/g)).toHaveLength(1);
  });
}

it('a power cut of the kiosk in mid-slip: half of one patient’s slip does not hang on the next patient’s', async () => {
  const kiosk = new VirtualKiosk();
  kiosk.when('POST /v1/bills/B000001/confirm', 'after', () => {
    kiosk.hall.clock.timer(1_200, () => {
      kiosk.hall.cutPower();
      kiosk.hall.clock.timer(5_000, () => kiosk.hall.restorePower());
    });
  });
  kiosk.patient.come({});
  await kiosk.pass(120_000);
  kiosk.hall.parties.hospital.addBill('zhang', 'small');
  await kiosk.visit({});
  expect(kiosk.slips.at(-1)?.match(/医疗保障结算单/g)).toHaveLength(1);
});
