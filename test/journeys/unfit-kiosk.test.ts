/** The kiosk itself is not fit to serve: an open cabinet, staff, mains, the disk. Nobody is received, and nothing is left of who was there. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBoardLibrary } from '../../firmware/kiosk.ts';
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import { LEAST_ROOM_BYTES } from '../../firmware/session/readiness.ts';
import { expectFree, expectUntouched } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

// Virtual time waits for no module.
beforeAll(() => loadBoardLibrary());

const reasonOn = (body: ScreenBody | undefined): string | undefined =>
  body?.name === 'S-OUT' ? body.reason : undefined;

async function withCabinet(): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk({ devices: ['cabinet'], bills: ['small'] });
  await kiosk.run(() => kiosk.atRest);
  await kiosk.pass(2_000);
  return kiosk;
}

const openings = [
  ['the service door is opened', 'cabinet.openService', 'cabinet.closeService'],
  ['the paper door is opened', 'cabinet.openPaper', 'cabinet.closePaper'],
  ['the housing is forced', 'cabinet.forceCase', 'cabinet.closeCase'],
  ['the kiosk is tilted', 'cabinet.tilt', 'cabinet.setUpright'],
] as const;

describe('an open cabinet', () => {
  for (const [what, away, back] of openings) {
    it(`ends whoever is there within a second when ${what}: nothing of them is on the page, and the card comes out`, async () => {
      const kiosk = await withCabinet();
      kiosk.patient.come({ 'S-BILL': (its) => its.hall.useBay(away, undefined), 'S-WHO': 'nothing' });
      await kiosk.run(() => kiosk.patient.body?.name === 'S-BILL');
      const shownAtMs = kiosk.hall.clock.monotonicMs();
      await kiosk.run(() => kiosk.patient.body?.name === 'S-TAKE-CARD');
      expect(kiosk.hall.clock.monotonicMs() - shownAtMs).toBeLessThan(1_000);
      await kiosk.run(() => reasonOn(kiosk.patient.body) === 'cabinetOpen');
      expect(kiosk.ended).toEqual(['closed']);
      expect(kiosk.audited('kiosk.cabinetOpen')).toHaveLength(1);
      await kiosk.pass(120_000);
      expect(reasonOn(kiosk.patient.body)).toBe('cabinetOpen');
      kiosk.hall.useBay(back, undefined);
      await kiosk.run(() => kiosk.atRest, 5_000);
      expect(kiosk.audited('kiosk.fit')).toHaveLength(1);
      expectUntouched(kiosk);
      await kiosk.visit({});
      expect(kiosk.ended).toEqual(['closed', 'settled']);
    });
  }

  it('opened while the centre settles: the money comes to its known end without anybody, and the slip is there for the one who asks', async () => {
    const kiosk = await withCabinet();
    kiosk.when('2207', 'before', () => kiosk.hall.useBay('cabinet.openService', undefined));
    kiosk.insurance.delayAnswer(5_000, { transaction: '2207' });
    kiosk.patient.come({});
    await kiosk.run(() => reasonOn(kiosk.patient.body) === 'cabinetOpen' && kiosk.openSettlements.length === 0);
    await kiosk.pass(30_000);
    kiosk.hall.useBay('cabinet.closeService', undefined);
    await kiosk.run(() => kiosk.atRest);
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
    expectFree(kiosk);
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.open('reprint'),
      'S-ID-HELP': 'insertCard',
      'S-WHO': 'removeCard',
    });
    expect(kiosk.ended).toEqual(['closed', 'reprinted']);
  });
});

describe('staff at the key switch, and mains that is gone', () => {
  const pauses = [
    ['staffAtWork', 'cabinet.turnKey', 'maintenance', 'cabinet.turnKey', 'run'],
    ['onBattery', 'cabinet.cutMains', undefined, 'cabinet.restoreMains', undefined],
  ] as const;
  for (const [reason, away, given, back, again] of pauses) {
    it(`${reason}: who is being served comes to the end, and nobody new is received until it is over`, async () => {
      const kiosk = await withCabinet();
      kiosk.patient.come({
        'S-BILL': ({ hall, patient }) => {
          hall.useBay(away, given);
          hall.clock.timer(2_000, () => patient.touch({ do: 'confirm' }));
        },
      });
      await kiosk.run(() => reasonOn(kiosk.patient.body) === reason);
      expect(kiosk.ended).toEqual(['settled']);
      kiosk.hand('showCode');
      await kiosk.pass(60_000);
      expect(reasonOn(kiosk.patient.body)).toBe(reason);
      expect(kiosk.audited('session.opened')).toHaveLength(1);
      kiosk.hall.useBay(back, again);
      await kiosk.run(() => kiosk.atRest, 5_000);
      expectFree(kiosk);
    });
  }

  it('a card that was put in meanwhile has to come out before the home screen is back', async () => {
    const kiosk = await withCabinet();
    kiosk.hall.useBay('cabinet.cutMains', undefined);
    await kiosk.run(() => reasonOn(kiosk.patient.body) === 'onBattery', 5_000);
    kiosk.hand('insertCard');
    await kiosk.pass(5_000);
    kiosk.hall.useBay('cabinet.restoreMains', undefined);
    await kiosk.run(() => kiosk.patient.body?.name === 'S-TAKE-CARD', 5_000);
    kiosk.hand('removeCard');
    await kiosk.run(() => kiosk.atRest, 5_000);
    expectUntouched(kiosk);
  });
});

describe('a board that is away', () => {
  it('closes nothing: what nobody can ask is no reason to send people away', async () => {
    const kiosk = await withCabinet();
    kiosk.hall.useBay('cabinet.unplug', undefined);
    await kiosk.pass(30_000);
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['settled']);
  });
});

describe('a disk that fills', () => {
  it(`takes nobody new below ${LEAST_ROOM_BYTES / 1_048_576} MiB; the session that is open is finished and written`, async () => {
    const kiosk = new VirtualKiosk({ bills: ['small'] });
    await kiosk.run(() => kiosk.atRest);
    kiosk.patient.come({
      'S-BILL': ({ hall, patient }) => {
        hall.useBay('disk.fill', undefined);
        hall.clock.timer(15_000, () => patient.touch({ do: 'confirm' }));
      },
    });
    await kiosk.run(() => reasonOn(kiosk.patient.body) === 'diskTrouble');
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
    kiosk.hall.useBay('disk.makeRoom', undefined);
    await kiosk.run(() => kiosk.atRest, 15_000);
    expectFree(kiosk);
  });
});
