/** 家庭共济: somebody else's account may pay, and still it is the patient's own credential that opens the bill (SZ-215). */
import { describe, expect, it } from 'vitest';
import { zhWays } from '../../kiosk-ui/text/zh-ways.ts';
import { expectFree, expectUntouched } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

/** A resident without an account of her own, and her brother, whose account pays for her. */
const PATIENT = 'tian';
const PAYER = 'ma';

describe('a family account', () => {
  it('[SZ-215] the payer’s credential opens no bill of the patient, in words that ask for the patient’s own; with that one the payer’s account pays, and the slip names 家庭共济', async () => {
    const kiosk = new VirtualKiosk({ person: PATIENT });
    const { insurance } = kiosk.hall.parties;
    const balance = (): number =>
      insurance.people.byNumber(kiosk.hall.parties.patient(PAYER).personNumber).accounts[0]?.balanceFen ?? 0;
    const before = balance();

    await kiosk.visit({
      'S-HOME': (its) => its.hand('insertCardOf', PAYER),
      'S-WHO': 'nothing',
      'S-MENU': 'removeCard',
    });
    expect(bodyOf(kiosk.patient.bodies, 'S-MENU').of).toBe('nothingToPay');
    expect(zhWays.menu.nothingToPay.line).toContain('请出示患者本人凭证');
    expect(JSON.stringify(kiosk.patient.bodies)).not.toMatch(/S-BILL|田/);
    expectUntouched(kiosk);
    await kiosk.pass(5_000);

    await kiosk.visit({});
    expect(kiosk.ended.at(-1)).toBe('settled');
    const aidFen = before - balance();
    expect(aidFen).toBeGreaterThan(0);
    const row = kiosk.slips
      .at(-1)
      ?.split('\n')
      .find((line) => line.includes('家庭共济'));
    expect(row).toContain((aidFen / 100).toFixed(2));
    expectFree(kiosk);
  });
});
