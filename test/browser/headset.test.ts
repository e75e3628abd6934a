/** What a headset hears of every screen, in a real browser: all that stands there, in its order, and nothing on the loudspeaker. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOOKS, USUAL_LOOK } from '../../firmware/screen/looks.ts';
import type { SpokenPart, ToPage } from '../../firmware/screen/messages.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { stageSize } from '../../kiosk-ui/theme.ts';
import { chromiumPath } from './chromium.ts';
import { offences } from './page-checks.ts';
import { rulesFor } from './screens/looks-to-see.ts';
import { openShownPage, type ShownPage } from './shown-page.ts';

const first = gallery[0];
const other = gallery.find(({ title }) => title === 'S-HELP');
const bill = gallery.find(({ title }) => title === 'S-BILL');
if (!bill || !other) throw new Error('The gallery lost its bill.');
if (!first) throw new Error('The gallery is empty.');
/** Beyond the 400 ms in which a second touch counts as trembling. */
const TREMBLING_MS = 420;
/** Set to a folder to keep pictures. */
const shotFolder = process.env['YIZHAN_SCREENSHOTS'];
/** Long enough for any page, in turns. */
const MOST_TURNS = 200;
const READ_WITHIN_MS = 3_000;
/** Everything by `YIZHAN_ROBOTS=all`; in the usual run one sample a screen, in Chinese, and the largest letters. */
const everything = process.env['YIZHAN_ROBOTS'] === 'all';
const languages = everything ? (['zh', 'en'] as const) : (['zh'] as const);
const sizes = everything ? LOOKS.textSize : (['extraLarge'] as const);
const names = gallery.map(({ body }) => body.name);
const looked = gallery.filter(({ body }, place) => everything || names.indexOf(body.name) === place);

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
        for (const sample of looked) {
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

    test('the loudspeaker says the screen’s one sentence with the drawing, and is silent at a touch and with a headset', async () => {
      shown.hub.hears({ headset: false });
      // A browser allows sound after the first touch; a kiosk is started with --autoplay-policy=no-user-gesture-required.
      await shown.page.touchscreen.tap(4, 4);
      await shown.show(other, { language: 'zh', textSize: 'large' });
      await shown.page.evaluate(watchLoudspeaker);
      const spoken = () => shown.page.evaluate(() => (window as unknown as { spoken: Spoken }).spoken);
      await shown.show(bill, { language: 'zh', textSize: 'large' });
      await shown.page.waitForFunction(() => (window as unknown as { spoken: Spoken }).spoken.playing > 0);
      const [clip] = (await spoken()).clips;
      expect(clip).toMatchObject({ name: expect.stringMatching(/S-BILL/), rate: 0.8, volume: 0.6 });
      process.stdout.write(`${JSON.stringify({ sentenceStartsMs: Math.round((await spoken()).startMs) })}\n`);
      await shown.page.touchscreen.tap(4, 4);
      await shown.page.waitForFunction(() => (window as unknown as { spoken: Spoken }).spoken.paused > 0);
      shown.hub.hears({ headset: true });
      for (const sample of gallery.slice(0, 8)) await shown.show(sample, { language: 'en', textSize: 'large' });
      expect((await spoken()).clips).toHaveLength(1);
      shown.hub.hears({ headset: false });
      shown.hub.resetSettings();
    }, 60_000);

    test('the sheet of the voice fits in every size, language and layout, and chooses at a touch', async () => {
      shown.hub.hears({ dialect: 'yue', headset: false });
      const found: string[] = [];
      for (const layout of ['portrait', 'landscape'] as const) {
        await shown.page.setViewportSize(stageSize[layout]);
        await shown.page.waitForSelector(`#stage[data-layout="${layout}"]`);
        for (const textSize of sizes) {
          for (const language of LOOKS.language) {
            await shown.show(bill, { language, textSize });
            for (const does of ['looks', 'voice']) {
              await pause(TREMBLING_MS);
              await shown.page.locator(`[data-does="${does}"]`).tap();
            }
            await shown.page.waitForSelector('[data-does="louder"]');
            const rules = rulesFor({ ...USUAL_LOOK, language, textSize }, layout);
            const offending = await shown.page.evaluate(offences, rules);
            found.push(...offending.map((one) => `${layout} ${textSize} ${language}: ${one}`));
            if (shotFolder) {
              await shown.page.screenshot({ path: join(shotFolder, `voice.${layout}.${language}.${textSize}.png`) });
            }
          }
        }
      }
      expect(found).toEqual([]);
      await pause(TREMBLING_MS);
      await shown.page.locator('[data-does="louder"]').tap();
      await pause(TREMBLING_MS);
      await shown.page.locator('[data-does="setTongue"]').tap();
      await shown.page.waitForSelector('[data-does="setTongue"][aria-pressed="true"]');
      expect(shown.hub.voice).toMatchObject({ volume: 4, tongue: 'yue' });
      shown.hub.resetSettings();
    }, 60_000);
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

interface Spoken {
  readonly clips: { readonly name: string; readonly rate: number; readonly volume: number }[];
  playing: number;
  paused: number;
  /** From the call to the first sound. */
  startMs: number;
}

/** Runs in the page: notes every clip that is played aloud. */
function watchLoudspeaker(): void {
  const spoken: Spoken = { clips: [], playing: 0, paused: 0, startMs: Number.NaN };
  Object.assign(window, { spoken });
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    const calledMs = performance.now();
    spoken.clips.push({ name: this.src, rate: this.playbackRate, volume: this.volume });
    this.addEventListener('playing', () => {
      spoken.startMs = performance.now() - calledMs;
      spoken.playing += 1;
    });
    this.addEventListener('pause', () => {
      spoken.paused += 1;
    });
    return play.call(this);
  };
}
