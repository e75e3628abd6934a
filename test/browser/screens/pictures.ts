/**
 * The pictures of docs/screens.md: every screen once (portrait, Chinese, 标准), and one screen in each mode.
 *
 * Small on purpose (WebP, a third of the panel's size): they are looked at on a page, not measured.
 */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { USUAL_LOOK } from '../../../firmware/screen/looks.ts';
import type { ScreenSettings } from '../../../firmware/screen/messages.ts';
import { gallery, type Sample } from '../../../kiosk-ui/gallery.ts';
import type { Layout } from '../../../kiosk-ui/theme.ts';
import { root } from '../../support/source-files.ts';
import { openDrawnPage, servePage } from './drawn-page.ts';
import { drawingOf } from './looks-to-see.ts';
import { draw } from './matrix-walker.ts';

const FOLDER = join(root, 'docs', 'screens');
const WIDTH = { portrait: 360, landscape: 640 } as const;

interface Mode {
  readonly name: string;
  readonly says: string;
  readonly sample: string;
  readonly layout: Layout;
  readonly look: Partial<ScreenSettings>;
  readonly sheet?: boolean;
}

const split = 'S-SPLIT';
const modes: readonly Mode[] = [
  { name: 'large', says: '大字', sample: split, layout: 'portrait', look: { textSize: 'large' } },
  { name: 'extra-large', says: '特大', sample: split, layout: 'portrait', look: { textSize: 'extraLarge' } },
  { name: 'english', says: 'English', sample: split, layout: 'portrait', look: { language: 'en' } },
  {
    name: 'sheet',
    says: '调节, 声音: the sheet of the voice',
    sample: split,
    layout: 'portrait',
    look: {},
    sheet: true,
  },
  { name: 'dark', says: '黑底白字', sample: split, layout: 'portrait', look: { contrast: 'dark' } },
  { name: 'dark-home', says: '黑底白字', sample: 'S-HOME', layout: 'portrait', look: { contrast: 'dark' } },
  { name: 'soft', says: '柔和', sample: split, layout: 'portrait', look: { contrast: 'soft' } },
  { name: 'mono', says: '黑白', sample: split, layout: 'portrait', look: { contrast: 'mono' } },
  { name: 'low', says: '按键放低', sample: split, layout: 'portrait', look: { reach: 'low' } },
  {
    name: 'low-home',
    says: '按键放低, 特大',
    sample: 'S-HOME',
    layout: 'portrait',
    look: { reach: 'low', textSize: 'extraLarge' },
  },
  { name: 'low-keys', says: '按键放低', sample: 'S-MONEY-ASK', layout: 'portrait', look: { reach: 'low' } },
  { name: 'care', says: '关爱版', sample: 'S-HOME', layout: 'portrait', look: { home: 'care', textSize: 'large' } },
  { name: 'landscape', says: 'landscape', sample: split, layout: 'landscape', look: {} },
  { name: 'landscape-left', says: '左手用', sample: split, layout: 'landscape', look: { hand: 'left' } },
  { name: 'landscape-low', says: '按键放低', sample: split, layout: 'landscape', look: { reach: 'low' } },
];

export async function takePictures(browser: Browser): Promise<{ readonly files: number; readonly bytes: number }> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const server = await servePage();
  const taken: string[] = [];
  const keep = async (page: Page, name: string, layout: Layout): Promise<void> => {
    const png = await page.screenshot();
    const file = join(FOLDER, `${name}.webp`);
    await sharp(png).resize({ width: WIDTH[layout] }).webp({ quality: 82, effort: 6 }).toFile(file);
    taken.push(file);
  };
  try {
    for (const layout of ['portrait', 'landscape'] as const) {
      const drawn = await openDrawnPage(browser, server.url, layout);
      const [first] = gallery;
      if (first) await draw(drawn, drawingOf(first, layout, [USUAL_LOOK]));
      await drawn.page.evaluate(() => document.fonts.ready.then(() => undefined));
      // The wall clock would make every run's pictures new ones.
      await drawn.page.evaluate(() => {
        const still = new CSSStyleSheet();
        still.replaceSync('.clock { visibility: hidden }');
        document.adoptedStyleSheets = [still];
      });
      if (layout === 'portrait') {
        for (const sample of gallery) {
          await draw(drawn, drawingOf(sample, layout, [USUAL_LOOK]));
          await keep(drawn.page, fileOf(sample), layout);
        }
      }
      for (const mode of modes.filter((one) => one.layout === layout)) {
        const sample = gallery.find(({ title }) => title === mode.sample);
        if (!sample) throw new Error(`The gallery lost ${mode.sample}.`);
        const drawing = drawingOf(sample, layout, [{ ...USUAL_LOOK, ...mode.look }]);
        await draw(drawn, { ...drawing, sheet: mode.sheet ?? false });
        await keep(drawn.page, `mode-${mode.name}`, layout);
      }
      await drawn.close();
    }
  } finally {
    await server.close();
  }
  writeFileSync(join(root, 'docs', 'screens.md'), page());
  return { files: taken.length, bytes: taken.reduce((sum, file) => sum + statSync(file).size, 0) };
}

function fileOf({ title }: Sample): string {
  return title.replaceAll(/[^A-Za-z0-9-]+/g, '-').toLowerCase();
}

function page(): string {
  const picture = (name: string, says: string): string => `<img src="screens/${name}.webp" width="240" alt="${says}">`;
  return [
    '# The screens',
    '',
    'Written by `npm run test:screens -- --pictures`; people, bills and numbers are invented (`kiosk-ui/gallery.ts`).',
    'The same command measures every one of them in every look.',
    '',
    '## Modes',
    '',
    'One touch on the bar: 大字, language, 找人帮忙, 调节. Under 调节: four contrast modes (平常颜色, 黑底白字, 柔和,',
    '黑白), 按键放低 (低位), 左手用 on a wide screen, 关爱版 on the home screen, and the prices before anything is paid.',
    'All of it is gone when the session ends, and none of it is written down.',
    '',
    '- 低位, portrait: everything that is touched, and every amount of the patient, stands below 55 % of the height;',
    '  letters are at most 大字 there, rows and their pager stand side by side, and keys to type with are turned in pages.',
    '- 低位, landscape: the action column becomes the bottom row; lists and keys stay above it.',
    '- 左手用: the action column stands on the left.',
    '- 关爱版: four tiles, one picture, and large print.',
    '- Languages come as packs (`kiosk-ui/text`): the layout is measured with words 60 % longer than the Chinese ones and',
    '  set from the right to the left; `?words=long` and `?words=right` show it by hand.',
    '',
    ...modes.flatMap(({ name, says, sample }) => [`${picture(`mode-${name}`, `${sample}, ${says}`)}`]),
    '',
    '## Every screen: portrait, Chinese, 标准',
    '',
    ...gallery.flatMap((sample) => [`### ${sample.title}`, '', picture(fileOf(sample), sample.title), '']),
  ].join('\n');
}
