/** 关爱版: help is offered by itself after two errors or twenty seconds without an act, and never over a page. */
import { describe, expect, it } from 'vitest';
import { expectFree } from './endings.ts';
import type { Plan } from './patient.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const care = (plan: Plan): Plan => ({
  'S-HOME': ({ patient, hand }: VirtualKiosk) => {
    patient.touch({ do: 'setHome', home: 'care' });
    hand('insertCard');
  },
  ...plan,
});

/** On which pages help was offered, in order, each once. */
function watchOffers(kiosk: VirtualKiosk): string[] {
  const pages: string[] = [];
  kiosk.kiosk.screen.connect((message) => {
    if (message.type !== 'screen' || !message.screen.helpOffered) return;
    const { name } = message.screen.body;
    if (pages.at(-1) !== name) pages.push(name);
  });
  return pages;
}

function kioskIn(): VirtualKiosk {
  const kiosk = new VirtualKiosk({ bills: ['small'] });
  kiosk.hand = kiosk.hand.bind(kiosk);
  return kiosk;
}

describe('somebody at 关爱版', () => {
  it('[part of Y4-12a] who does nothing for 20 s is asked whether somebody should come; an act takes it back', async () => {
    const kiosk = kioskIn();
    const offers = watchOffers(kiosk);
    const seen: unknown[] = [];
    await kiosk.visit(
      care({
        'S-BILL': ({ hall, patient }) => {
          const look = (): unknown => seen.push(patient.screen?.helpOffered ?? false);
          hall.clock.timer(19_000, look);
          hall.clock.timer(21_000, () => {
            look();
            patient.touch({ do: 'confirm' });
          });
        },
        'S-SPLIT': ({ patient }) => {
          seen.push(patient.screen?.helpOffered ?? false);
          patient.pay();
        },
      }),
    );
    expect(seen).toEqual([false, true, false]);
    expect(offers).toContain('S-BILL');
    expect(kiosk.ended).toEqual(['settled']);
    // The next person starts without it.
    expect(kiosk.patient.screen?.helpOffered).toBeUndefined();
    expectFree(kiosk);
  });

  it('whose card is not understood twice is asked at once', async () => {
    const kiosk = kioskIn();
    const seen: unknown[] = [];
    await kiosk.visit({
      'S-HOME': ({ patient }) => {
        patient.touch({ do: 'setHome', home: 'care' });
        patient.open('settleOutpatient');
      },
      'S-ID-HELP': ({ hall, hand, patient }) => {
        hand('showText', 'https://example.invalid');
        hall.clock.timer(1_000, () => {
          seen.push(patient.screen?.helpOffered ?? false);
          hand('showText', 'https://example.invalid/2');
        });
        hall.clock.timer(2_000, () => {
          seen.push(patient.screen?.helpOffered ?? false);
          patient.touch({ do: 'cancel' });
        });
      },
    });
    expect(seen).toEqual([false, true]);
    expectFree(kiosk);
  });

  it('is not asked while money moves', async () => {
    const kiosk = kioskIn();
    const offers = watchOffers(kiosk);
    kiosk.insurance.delayAnswer(30_000, { transaction: '2207' });
    await kiosk.visit(care({}));
    expect(offers).not.toContain('S-CONFIRMING');
    expectFree(kiosk);
  });
});

it('nobody is asked at the usual home', async () => {
  const kiosk = kioskIn();
  const offers = watchOffers(kiosk);
  await kiosk.visit({
    'S-BILL': ({ hall, patient }) => void hall.clock.timer(30_000, () => patient.touch({ do: 'confirm' })),
  });
  expect(offers).toEqual([]);
  expectFree(kiosk);
});
