/** The number of a settlement, typed on the glass: from the keys to the session. */
import { expect, test } from 'vitest';
import type { Intent } from '../../firmware/screen/messages.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { chromiumPath } from './chromium.ts';
import { openShownPage } from './shown-page.ts';

test.skipIf(!chromiumPath)(
  'a typed number can be looked up only when it is whole, and exactly that number is said',
  async () => {
    const sample = gallery.find(({ title }) => title === 'S-MONEY-ASK');
    if (!sample) throw new Error('The gallery lost its question for a number.');
    const shown = await openShownPage(sample);
    try {
      const said: Intent[] = [];
      shown.hub.onIntent((_, intent) => said.push(intent));
      const lookUp = shown.page.locator('[data-does="number"]');
      for (const key of 'cuxmysf9h2jd') {
        expect(await lookUp.isEnabled()).toBe(false);
        await shown.page.locator(`[data-does="key ${key}"]`).tap();
        // The gate for double touches counts real time.
        await shown.page.waitForTimeout(450);
      }
      await lookUp.tap();
      await expect.poll(() => said).toEqual([{ do: 'number', number: 'cuxmysf9h2jd' }]);
    } finally {
      await shown.close();
    }
  },
  60_000,
);
