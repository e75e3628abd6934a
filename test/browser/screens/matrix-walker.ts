/** One layout's walk through the matrix: which samples are drawn in which looks, step by step. */
import type { Browser } from 'playwright-core';
import { reasons } from '../../../firmware/reasons.ts';
import { USUAL_LOOK } from '../../../firmware/screen/looks.ts';
import type { ScreenSettings } from '../../../firmware/screen/messages.ts';
import type { Sample } from '../../../kiosk-ui/gallery.ts';
import type { Layout } from '../../../kiosk-ui/theme.ts';
import type { Drawing, Found as FoundInLook, Measured } from './draw-and-measure.ts';
import { type DrawnPage, openDrawnPage, servePage } from './drawn-page.ts';
import { drawingOf, everyLook, inPairs, samplesOf } from './looks-to-see.ts';

export type Found = FoundInLook & { readonly layout?: Layout };

export interface WalkerOptions {
  readonly browser: Browser;
  readonly layout: Layout;
  readonly names: readonly string[] | undefined;
  readonly axeSource: string;
}

export interface Step {
  run(): Promise<Measured>;
}

export interface Walker {
  readonly layout: Layout;
  readonly complaints: readonly string[];
  steps(): readonly Step[];
  close(): Promise<void>;
}

/** Letters are there before anything is measured. */
export async function openWalker({ browser, layout, names, axeSource }: WalkerOptions): Promise<Walker> {
  const server = await servePage();
  const pages: DrawnPage[] = [];
  const open = async (query?: string): Promise<DrawnPage> => {
    const drawn = await openDrawnPage(browser, server.url, layout, query);
    pages.push(drawn);
    const [first] = samplesOf({ names: undefined });
    if (first) await draw(drawn, drawingOf(first, layout, [USUAL_LOOK]));
    await drawn.page.evaluate(() => document.fonts.ready.then(() => undefined));
    return drawn;
  };
  const usual = await open();
  await usual.page.evaluate(axeSource);
  const [long, right] = [await open('words=long'), await open('words=right')];
  const samples = samplesOf({ names });
  return {
    layout,
    get complaints() {
      return pages.flatMap(({ complaints }) => complaints);
    },
    steps: () => [
      ...samples.map((sample, at) => {
        const looks = everyLook(layout, sample.body);
        const sheet = looks.filter(({ contrast }) => contrast === 'standard');
        return {
          run: async () =>
            together([
              await draw(usual, drawingOf(sample, layout, looks, inPairs(looks, at))),
              // One look of each sample in turn: the sheet is the same over all of them.
              await draw(usual, {
                ...drawingOf(sample, layout, [sheet[(at * 5) % sheet.length] ?? USUAL_LOOK]),
                sheet: true,
              }),
              await draw(long, drawingOf(sample, layout, packLooks)),
              await draw(right, drawingOf(sample, layout, packLooks)),
            ]),
        };
      }),
      ...(names ? [] : refusals().map((sample) => ({ run: () => draw(usual, drawingOf(sample, layout, largest)) }))),
    ],
    close: async () => {
      await Promise.all(pages.map((drawn) => drawn.close()));
      await server.close();
    },
  };
}

export function draw({ page }: DrawnPage, drawing: Drawing): Promise<Measured> {
  return page.evaluate(
    (given) => (window as unknown as { drawAndMeasure(drawing: Drawing): Promise<Measured> }).drawAndMeasure(given),
    drawing,
  );
}

/** Where other languages come to: their words are 60 % longer than Chinese, or written from the right (4.10). */
const packLooks: readonly ScreenSettings[] = [USUAL_LOOK, { ...USUAL_LOOK, textSize: 'large' }];
const largest: readonly ScreenSettings[] = (['zh', 'en'] as const).flatMap((language) =>
  (['usual', 'low'] as const).map(
    (reach): ScreenSettings => ({ ...USUAL_LOOK, language, reach, textSize: 'extraLarge' }),
  ),
);

/** The fullest screens that say a reason, for each reason. */
export function refusals(): readonly Sample[] {
  const number = 'set_cuxmysf9h2jd';
  return Object.entries(reasons).flatMap(([reason, { staffCode }]): Sample[] => [
    {
      title: `S-NOT-SETTLED ${reason}`,
      body: { name: 'S-NOT-SETTLED', reason, staffCode, refund: 'refundComing', number, removeCard: true },
    },
    { title: `S-ID-HELP ${reason}`, body: { name: 'S-ID-HELP', problem: reason, staffCode } },
    { title: `S-OUT ${reason}`, body: { name: 'S-OUT', reason, staffCode } },
  ]);
}

function together(all: readonly Measured[]): Measured {
  return {
    found: all.flatMap(({ found }) => found),
    states: all.reduce((sum, { states }) => sum + states, 0),
    axeRuns: all.reduce((sum, { axeRuns }) => sum + axeRuns, 0),
  };
}
