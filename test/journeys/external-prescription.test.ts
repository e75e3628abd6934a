/** 外配处方 at the kiosk: never charged, printed after the bill's slip, and only once a pharmacist has passed it. */
import { describe, expect, it } from 'vitest';
import { withMember } from '../../hardware-sim/parties/bad-answers.ts';
import { expectFree } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const MARKS = ['【外购】', /费用类别 +医保/, /处方通道 +门诊外配/, /医师签章 +演医 QZ990010/];

function unreviewedThenPassed(): VirtualKiosk {
  const kiosk = new VirtualKiosk({ bills: ['externalPrescription'] });
  const { mischief } = kiosk.hall.parties.wires.hospital;
  mischief.answer(1, withMember('review', 'waiting'), { path: '/bills/search' });
  return kiosk;
}

describe('a prescription for a pharmacy outside', () => {
  it('[part of Z-8.3.6, SZ-226] is not in the bill, and comes out after its slip with the four marks', async () => {
    const kiosk = new VirtualKiosk({ bills: ['externalPrescription'] });
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['settled']);
    const [slip = '', prescription = '', ...more] = kiosk.slips;
    expect(more).toEqual([]);
    expect(slip).not.toContain('演示片');
    for (const mark of MARKS) expect(prescription).toMatch(mark);
    expect(prescription).toContain('由您自己选');
    expect(bodyOf(kiosk.patient.bodies, 'S-DONE').totalFen).toBe(5_000);
    expectFree(kiosk);
  });

  it('[SZ-272] waits for its pharmacist: no paper, its number and the way on the slip, its reason in the trail', async () => {
    const kiosk = unreviewedThenPassed();
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.slips).toHaveLength(1);
    // Said before the first debit, in words of its own.
    expect(bodyOf(kiosk.patient.bodies, 'S-REMIND').reasons).toEqual(['prescriptionWaits']);
    expect(kiosk.patient.screens.indexOf('S-REMIND')).toBeLessThan(kiosk.patient.screens.indexOf('S-CONFIRMING'));
    expect(kiosk.slips[0]).toMatch(/外配处方 +CF990010\n药师还没有审完/);
    expect(kiosk.audited('prescription.unreviewed')).toHaveLength(1);
  });

  it('that finds no paper any more leaves its number on the page', async () => {
    const kiosk = new VirtualKiosk({ bills: ['externalPrescription'] });
    await kiosk.run(() => kiosk.atRest);
    // The slip of the bill has been cut off when the roll is taken out.
    const stop = kiosk.hall.printer.onPaper(({ kind }) => {
      if (kind === 'sheet') kiosk.hand('takePaperOut');
    });
    await kiosk.visit({});
    stop();
    expect(kiosk.ended.at(-1)).toBe('settledWithoutPaper');
    expect(bodyOf(kiosk.patient.bodies, 'S-NOPAPER').problem).toBe('paperOut');
    expect(kiosk.slips).toHaveLength(1);
  });

  it('is printed with the copy of that slip once the pharmacist has passed it', async () => {
    const kiosk = unreviewedThenPassed();
    await kiosk.visit({});
    await kiosk.visit({ 'S-HOME': ({ patient }) => patient.open('reprint'), 'S-ID-HELP': 'insertCard' });
    expect(kiosk.ended.at(-1)).toBe('reprinted');
    expect(kiosk.slips).toHaveLength(3);
    for (const mark of MARKS) expect(kiosk.slips[2]).toMatch(mark);
    expect(kiosk.slips[1]).not.toContain('药师还没有审完');
  });
});
