/** Patients who give up or walk away at any screen: nothing live is left, the card is out, and they can come again. */
import { describe, expect, it } from 'vitest';
import type { ScreenName } from '../../firmware/screen/messages.ts';
import { expectFree, expectUntouched } from './endings.ts';
import type { Deed, Plan } from './patient.ts';
import { type Setting, VirtualKiosk } from './virtual-kiosk.ts';

/** Every screen of the journey on which a patient can think better of it, with the way to say so. */
const WAYS_OUT: readonly (readonly [ScreenName, Deed])[] = [
  ['S-WHO', 'decline'],
  ['S-BILL', 'cancel'],
  ['S-CONSENT', 'decline'],
  ['S-PAPER-WARN', 'cancel'],
  ['S-SPLIT', 'cancel'],
  ['S-PAY', 'cancel'],
];

const SETTINGS: readonly Setting[] = (['hospital', 'kiosk'] as const).flatMap((visitDrivenBy) =>
  (['payThenSettle', 'settleThenPay'] as const).map((money) => ({ visitDrivenBy, money })),
);

/** Wang's bill needs consent, and there is no paper: every screen of the way comes up. */
function everyScreen(setting: Setting): VirtualKiosk {
  const kiosk = new VirtualKiosk({ person: 'wang', bills: ['consent20000'], ...setting });
  kiosk.hand('takePaperOut');
  return kiosk;
}

/** Fee lines that the kiosk brought and nobody settled have left the centre again (2205). */
function expectNoFees(kiosk: VirtualKiosk, { visitDrivenBy }: Setting): void {
  if (visitDrivenBy !== 'kiosk') return;
  const lines = [...kiosk.hall.parties.insurance.visits.visits.values()].map((visit) => visit.lines.size);
  expect(lines.filter((count) => count > 0)).toEqual([]);
}

async function comesAgain(kiosk: VirtualKiosk): Promise<void> {
  await kiosk.pass(10_000);
  await kiosk.visit({});
  expect(kiosk.ended.at(-1)).toBe('settledWithoutPaper');
  expect(kiosk.books).toEqual({ claims: 1, chargedFen: 25_000, confirmed: 1 });
  expectFree(kiosk);
}

for (const setting of SETTINGS) {
  // Who does nothing meets the two ways of driving a visit and the two orders of money; their product adds nothing.
  const walksAway = (setting.visitDrivenBy === 'hospital') === (setting.money === 'payThenSettle');
  describe(`visit driven by the ${setting.visitDrivenBy}, ${setting.money}`, () => {
    for (const [screen, wayOut] of WAYS_OUT) {
      it(`who gives up at ${screen} leaves nothing behind and can come again`, async () => {
        const kiosk = everyScreen(setting);
        await kiosk.visit({ [screen]: wayOut });
        expect(kiosk.patient.screens).toContain(screen);
        expectUntouched(kiosk);
        await kiosk.pass(5_000);
        expectNoFees(kiosk, setting);
        await comesAgain(kiosk);
      });

      for (const [what, atWho] of [
        ['with the card', 'removeCard'],
        ['and forgets the card', 'nothing'],
      ] as const) {
        if (!walksAway) continue;
        it(`who walks away at ${screen} ${what} leaves nothing behind and can come again`, async () => {
          const kiosk = everyScreen(setting);
          const gone: Plan = Object.fromEntries(
            WAYS_OUT.slice(WAYS_OUT.findIndex(([name]) => name === screen)).map(([name]) => [name, 'nothing']),
          );
          // S-WHO goes on by itself; whoever is gone then does nothing any more.
          await kiosk.visit({
            ...gone,
            'S-WHO': screen === 'S-WHO' ? 'nothing' : atWho,
            'S-NOT-SETTLED': 'nothing',
            'S-STOP': 'nothing',
            'S-TAKE-CARD': 'nothing',
          });
          kiosk.hall.slot.remove();
          expect(['timeOut', 'notSettled']).toContain(kiosk.ended[0]);
          expectUntouched(kiosk);
          await comesAgain(kiosk);
        });
      }
    }

    it('who leaves while the centre is slow leaves nothing behind, whatever the centre was asked', async () => {
      const asked = ['1101', '5101', '5102', '2001', '2206'];
      for (const transaction of [...asked, ...(setting.visitDrivenBy === 'kiosk' ? ['2201', '2203A', '2204'] : [])]) {
        const kiosk = everyScreen(setting);
        await kiosk.run(() => kiosk.atRest);
        kiosk.insurance.delayAnswer(15_000, { transaction });
        await kiosk.visit({
          'S-BUSY': ({ hall, patient }) => {
            const leave = (): void => {
              if (patient.body?.name === 'S-BUSY' && patient.body.slow) patient.touch({ do: 'cancel' });
            };
            hall.clock.timer(3_500, leave);
          },
        });
        expect(kiosk.ended).toEqual(['canceled']);
        expectUntouched(kiosk);
        await kiosk.pass(20_000);
        expectNoFees(kiosk, setting);
        await comesAgain(kiosk);
      }
    });
  });
}

describe('idle', () => {
  it('is warned about for the whole time that the rules give, and one touch goes on', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-BILL': ['nothing', 'confirm'],
      'S-STILL-THERE': ({ hall, patient }) => void hall.clock.timer(25_000, () => patient.touch({ do: 'confirm' })),
    });
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });

  it('may be answered by asking for help, and the page that was open comes back', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-BILL': ['nothing', 'confirm'], 'S-STILL-THERE': 'help', 'S-HELP': 'confirm' });
    expect(kiosk.patient.screens.join(' ')).toContain('S-STILL-THERE S-HELP S-BILL');
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });

  it('help at the home screen says where a person is and asks for no credential', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-HOME': 'help', 'S-HELP': 'nothing' });
    expect(kiosk.patient.screens.slice(-3)).toEqual(['S-HOME', 'S-HELP', 'S-HOME']);
    expect(kiosk.patient.screen?.help.window).toBe('1号人工窗口');
    expectUntouched(kiosk);
  });

  it('can be ended at once on the warning', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-BILL': 'nothing', 'S-STILL-THERE': 'cancel' });
    expect(kiosk.ended).toEqual(['canceled']);
    expect(kiosk.patient.screens.filter((name) => name === 'S-STILL-THERE')).toHaveLength(1);
    expectUntouched(kiosk);
  });

  it('gives a person with large print twice the time', async () => {
    const shown = async (large: boolean): Promise<number> => {
      const kiosk = new VirtualKiosk();
      let sinceMs = 0;
      await kiosk.visit({
        'S-BILL': ({ patient }) => {
          if (large) patient.touch({ do: 'setTextSize', textSize: 'large' });
          // The page that is already up counts on; the next one has the longer time.
          patient.touch({ do: 'confirm' });
        },
        'S-SPLIT': ({ hall }) => {
          sinceMs = hall.clock.monotonicMs();
        },
      });
      expect(kiosk.ended).toEqual(['timeOut']);
      return kiosk.hall.clock.monotonicMs() - sinceMs;
    };
    expect(await shown(true)).toBeGreaterThan(1.7 * (await shown(false)));
  });
});
