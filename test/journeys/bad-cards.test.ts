/** Cards that are wrong, broken or gone in the middle: said in words, nothing charged, the card free. */
import { describe, expect, it } from 'vitest';
import { bankCard, issueCard } from '../../hardware-sim/devices/cards.ts';
import { MischievousCard } from '../../hardware-sim/devices/mischievous-card.ts';
import type { CardManners } from '../../hardware-sim/devices/social-security-card.ts';
import type { VirtualCard } from '../../hardware-sim/devices/virtual-card.ts';
import { PATIENTS } from '../../hardware-sim/parties/people/patients.ts';
import { EXAMPLE_PAID, expectExplained, expectFree, expectUntouched } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const [zhang] = PATIENTS;
if (!zhang) throw new Error('Nobody is invented.');

const NAME = 0x09;
const HOLDER_NUMBER = 0x08;
const card = (manners: CardManners): VirtualCard => issueCard(zhang, { manners });
const notGbk = new Uint8Array(30).fill(0xff);
notGbk.set([0x81, 0x20, 0xfe]);

describe('cards that cannot be read', () => {
  const bad: readonly [what: string, () => VirtualCard][] = [
    ['a name record that says it is longer than it is', () => card({ quirks: { lengthSays: { [NAME]: 200 } } })],
    ['a name record that says it is shorter than it is', () => card({ quirks: { lengthSays: { [NAME]: 2 } } })],
    ['a holder number that says it has no length', () => card({ quirks: { lengthSays: { [HOLDER_NUMBER]: 0 } } })],
    ['a name that is not GBK', () => card({ quirks: { valueIs: { [NAME]: notGbk } } })],
    ['a card without a holder number', () => card({ quirks: { without: [HOLDER_NUMBER] } })],
    ['answers that end too early', () => new MischievousCard(card({}), { kind: 'cut', toBytes: 3 })],
    ['answers without a status word', () => new MischievousCard(card({}), { kind: 'statusLost' })],
    ['a chip that announces more for ever', () => new MischievousCard(card({}), { kind: 'announcesForever' })],
    ['a chip that falls silent', () => new MischievousCard(card({}), { kind: 'silentFrom', apdu: 3 })],
    ['a bank card', () => bankCard()],
  ];
  for (const [what, make] of bad) {
    it(`${what} ends on a page that says so, and the card comes out`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.visit({
        'S-HOME': ({ hall }) => hall.slot.insert(make()),
        'S-ID-HELP': ({ patient }) => patient.touch({ do: 'cancel' }),
      });
      expectExplained(kiosk, 'S-ID-HELP', 'cardUnreadable');
      expectUntouched(kiosk);
      expect(kiosk.ended).toEqual(['canceled']);
      expect(kiosk.patient.screens).toContain('S-TAKE-CARD');
      expect(kiosk.wire).not.toContain('1101');
    });
  }

  it('a third-generation card that nobody can authenticate is sent to the window', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-HOME': 'insertThirdGenerationCard', 'S-ID-HELP': 'cancel' });
    expectExplained(kiosk, 'S-ID-HELP', 'cardNeedsAuthentication');
    expectUntouched(kiosk);
  });

  it('a patient whose card cannot be read shows a code on the same page and goes on', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-HOME': 'insertBankCard',
      'S-ID-HELP': ({ hall }) => {
        hall.slot.remove();
        hall.scanner.show(hall.parties.showECredential('zhang'));
      },
    });
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expectFree(kiosk);
  });

  it('a page that asks for another card goes home by itself when nobody is there', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-HOME': 'insertBankCard', 'S-ID-HELP': 'removeCard' });
    expect(kiosk.ended).toEqual(['timeOut']);
    expectUntouched(kiosk);
  });
});

describe('cards that are moved', () => {
  it('a wrong-way card is told to be turned over, and turned over it goes on', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-HOME': 'insertCardWrongWay', 'S-ID-HELP': 'turnOverCard' });
    expectExplained(kiosk, 'S-ID-HELP', 'cardUpsideDown');
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });

  it('a card torn off in any APDU is asked for once more, and then goes on', async () => {
    let torn = 0;
    for (let apdu = 1; ; apdu += 1) {
      const kiosk = new VirtualKiosk();
      await kiosk.visit({
        'S-HOME': ({ hall }) => {
          hall.slot.faults.tearOffAtApdu(apdu);
          kiosk.hand('insertCard');
        },
        'S-ID-HELP': 'insertCard',
        'S-WHO': ({ hall, patient }) => {
          hall.slot.remove();
          patient.touch({ do: 'decline' });
        },
      });
      expectUntouched(kiosk);
      if (!kiosk.patient.screens.includes('S-ID-HELP')) break;
      torn += 1;
      expectExplained(kiosk, 'S-ID-HELP', 'cardTornOff');
      expect(kiosk.patient.screens).toContain('S-WHO');
    }
    // Two selections and five records at the very least.
    expect(torn).toBeGreaterThanOrEqual(7);
  });

  it('a card that is taken out while the bill is shown does not end the visit', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-WHO': 'nothing',
      'S-BILL': ({ hall, patient, ...rest }) => {
        void rest;
        hall.slot.remove();
        hall.clock.timer(1_000, () => patient.touch({ do: 'confirm' }));
      },
    });
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });

  it('a card that is left in the slot is called for, noted, and never kept from its owner', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-WHO': 'decline', 'S-TAKE-CARD': 'nothing' });
    expect(kiosk.audited('card.left')).toHaveLength(1);
    expect(kiosk.hall.slot.card).toBeDefined();
    expect(kiosk.hall.slot.remove()).toBeDefined();
    await kiosk.visit({});
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });
});
