/** What a headset hears of every screen, in a real browser: all that stands there, in its order, and nothing on the loudspeaker. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SpokenPart, ToPage } from '../../firmware/screen/messages.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { chromiumPath } from './chromium.ts';
import { openShownPage, type ShownPage } from './shown-page.ts';

const first = gallery[0];
if (!first) throw new Error('The gallery is empty.');
/** Long enough for any page, in turns. */
const MOST_TURNS = 200;
const READ_WITHIN_MS = 3_000;
/** Both by `YIZHAN_ROBOTS=all`; one in the usual run. */
const languages = process.env['YIZHAN_ROBOTS'] === 'all' ? (['zh', 'en'] as const) : (['zh'] as const);

describe.skipIf(!chromiumPath)(
  `a headset at the page in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let shown: ShownPage;
    /** What the firmware was asked to say since the last screen, and the way to answer it. */
    let turns: (readonly SpokenPart[])[] = [];
    beforeAll(async () => {
      shown = await openShownPage(first);
      shown.hub.hears({ headset: true });
      shown.hub.onSpeak(({ turn, parts }, answer) => {
        turns.push(parts);
        if (turns.length < MOST_TURNS)
          queueMicrotask(() => answer({ type: 'spoken', turn, heard: true } satisfies ToPage));
      });
    }, 60_000);
    afterAll(() => shown?.close());

    const notHeard = (words: readonly string[]): readonly string[] => {
      const all = turns
        .flat()
        .map(({ text }) => text)
        .join(' ');
      return words.filter((word) => !all.includes(word));
    };

    test.each(languages)(
      'reads every word that stands on every screen, once: %s',
      async (language) => {
        const missing: string[] = [];
        for (const sample of gallery) {
          turns = [];
          await shown.show(sample, { language, textSize: 'standard' });
          const words = await shown.page.evaluate(visibleWords);
          const patience = AbortSignal.timeout(READ_WITHIN_MS);
          while (notHeard(words).length > 0 && !patience.aborted) await pause(10);
          missing.push(...notHeard(words).map((word) => `${sample.title}: ${word}`));
          expect(turns.length, sample.title).toBeLessThan(MOST_TURNS);
        }
        expect(missing).toEqual([]);
        expect(shown.complaints).toEqual([]);
      },
      120_000,
    );
  },
);

/** Runs of Chinese characters, or English words, that can be seen and hold no number; runs in the page. */
function visibleWords(): string[] {
  const stage = document.getElementById('stage');
  const found: string[] = [];
  if (!stage) return found;
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (!owner?.checkVisibility({ visibilityProperty: true })) continue;
    if (owner.closest('[aria-hidden="true"], .clock, .countdown, .seconds-left')) continue;
    for (const [word] of (node.textContent ?? '').matchAll(/\p{Script=Han}{2,}|[A-Za-z]*[a-z]{3,}/gu)) found.push(word);
  }
  return found;
}
