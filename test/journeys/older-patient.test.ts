/** A retired patient at the glass: letters, times, and a finger that is slower than the printer. */
import { describe, expect, it } from 'vitest';
import type { ScreenName, ToPage } from '../../firmware/screen/messages.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

/** The first look of each screen that ends by itself: size of its letters and how long it stays, ms. */
function watched(kiosk: VirtualKiosk) {
  const looks = new Map<ScreenName, { readonly textSize: string; readonly wholeMs: number }>();
  const ids = new Map<ScreenName, Set<string>>();
  kiosk.kiosk.screen.connect((message: ToPage) => {
    if (message.type !== 'screen') return;
    const { id, body, settings, deadline } = message.screen;
    if (deadline && !looks.has(body.name)) {
      looks.set(body.name, { textSize: settings.textSize, wholeMs: deadline.wholeMs });
    }
    ids.set(body.name, (ids.get(body.name) ?? new Set()).add(id));
  });
  return { looks, ids };
}

describe('from sixty on', () => {
  it('[part of Y4-12a] a patient born in 1951 reads large print and has the longer times from the greeting on', async () => {
    const kiosk = new VirtualKiosk({ person: 'li', bills: ['allCovered'] });
    await kiosk.run(() => kiosk.atRest);
    const { looks } = watched(kiosk);
    await kiosk.visit({});
    expect(looks.get('S-WHO')).toEqual({ textSize: 'large', wholeMs: 4_000 });
    expect(looks.get('S-BILL')).toEqual({ textSize: 'large', wholeMs: 120_000 });
    expect(looks.get('S-DONE')).toEqual({ textSize: 'large', wholeMs: 40_000 });
    // The next person starts from the standard.
    expect(kiosk.patient.screen).toMatchObject({ settings: { textSize: 'standard' }, body: { name: 'S-HOME' } });
  });

  it('whoever is younger keeps the standard', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    const { looks } = watched(kiosk);
    await kiosk.visit({});
    expect(looks.get('S-WHO')).toEqual({ textSize: 'standard', wholeMs: 2_000 });
    expect(looks.get('S-DONE')).toEqual({ textSize: 'standard', wholeMs: 20_000 });
  });

  it('one touch changes it, and it is not proposed again', async () => {
    const kiosk = new VirtualKiosk({ person: 'li', bills: ['allCovered'] });
    await kiosk.run(() => kiosk.atRest);
    const { looks } = watched(kiosk);
    await kiosk.visit({ 'S-WHO': ({ patient }) => patient.touch({ do: 'setTextSize', textSize: 'standard' }) });
    expect(looks.get('S-BILL')).toEqual({ textSize: 'standard', wholeMs: 60_000 });
  });

  it('what was chosen before the card was read stays chosen', async () => {
    const kiosk = new VirtualKiosk({ person: 'li', bills: ['allCovered'] });
    await kiosk.run(() => kiosk.atRest);
    const { looks } = watched(kiosk);
    await kiosk.visit({
      'S-HOME': (its) => {
        its.patient.touch({ do: 'setTextSize', textSize: 'extraLarge' });
        its.hand('insertCard');
      },
    });
    expect(looks.get('S-WHO')?.textSize).toBe('extraLarge');
  });
});

describe('the paper', () => {
  for (const [textSize, high, wide] of [
    ['standard', 1, 1],
    ['large', 2, 1],
    ['extraLarge', 2, 2],
  ] as const) {
    it(`[part of Y4-12a] of a session in ${textSize} has letters ${high} high and ${wide} wide`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.visit({ 'S-WHO': ({ patient }) => patient.touch({ do: 'setTextSize', textSize }) });
      const name = kiosk.hall.slips.flatMap(({ lines }) =>
        lines.flatMap(({ marks }) => marks.filter((mark) => mark.kind === 'glyph' && mark.text === '姓')),
      );
      expect(name).toMatchObject([{ style: { scaleX: wide, scaleY: high } }]);
      expect(kiosk.patient.screen).toMatchObject({ settings: { textSize: 'standard' } });
    });
  }
});

describe('the result page', () => {
  it('is one page from the tick to the slip: a touch under way when the slip comes out still counts', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    const { ids } = watched(kiosk);
    let aimedAt = '';
    await kiosk.visit({
      'S-DONE': ({ patient, hall, kiosk: { screen } }) => {
        expect(patient.body).toMatchObject({ paper: 'printing' });
        aimedAt = patient.screen?.id ?? '';
        // The finger comes down before the slip is out and leaves the glass after it.
        const page = screen.connect((message) => {
          if (message.type !== 'screen' || message.screen.body.name !== 'S-DONE') return;
          if (message.screen.body.paper === 'printing') return;
          hall.clock.timer(100, () => {
            page.send({ type: 'intent', screenId: aimedAt, intent: { do: 'rate', stars: 5 } });
            page.close();
          });
        });
      },
    });
    expect(kiosk.patient.bodies).toContainEqual(expect.objectContaining({ paper: 'ready', rating: 'given' }));
    expect(ids.get('S-DONE')).toEqual(new Set([aimedAt]));
  });
});
