/**
 * The patient screen: how soon a device's byte is seen, how soon a frame is painted, how soon the first one, how large
 * the page is, and what a thousand sessions leave in it.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { quantile } from '../../hardware-sim/bench/quantile.ts';
import { buildKioskPage } from '../../kiosk-ui/build.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { chromiumPath } from './acking-page.ts';
import { type Bench, type BenchRow, ratioRow, roundsOf } from './bench-row.ts';
import { scanToScreen } from './card-to-screen.ts';
import { prices } from './prices.ts';
import { ScreenStand } from './screen-stand.ts';

/** Two frames of a screen with sixty a second. */
const FRAME_TARGET_MS = 34;
const FIRST_PAINT_RATIO = 1.3;
/** What a thousand sessions may leave behind, beside the page after ten. */
const MEMORY_RATIO = 1.2;
const SESSION = ['S-HOME', 'S-BUSY card', 'S-WHO', 'S-BILL', 'S-SPLIT', 'S-PAY', 'S-CONFIRMING', 'S-DONE printing'];

export const screens: Bench = {
  name: 'screens',
  summary: 'the patient screen in Chromium: device byte to DOM, frames, first paint, size, memory after 1,000 sessions',
  run: async (share) => {
    if (!chromiumPath) return [{ name: 'screens', skipped: 'apt-get install chromium' }];
    const { folder } = await buildKioskPage();
    const stand = await ScreenStand.open(folder);
    try {
      return [
        ...(await scanToScreen(share)),
        await frames(stand, roundsOf(3, share)),
        ...(await firstPaints(stand, folder, roundsOf(20, share, 3))),
        ...(await prices.run(share)).filter((row) => row.name === 'prices.search.p99'),
        ...sizes(folder),
        await memory(stand, roundsOf(1_000, share, 20)),
      ];
    } finally {
      await stand.close();
    }
  },
};

/** Every screen of the gallery, each in turns with a word on the bare page. */
async function frames(stand: ScreenStand, rounds: number): Promise<BenchRow> {
  const { page, context } = await stand.newPage();
  await page.goto(stand.server.url);
  await page.waitForSelector('.frame');
  const [values, floors]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    for (const sample of gallery) {
      const frameMs = await stand.frameMs(page, sample);
      const bareMs = await stand.bareFrameMs(page);
      // The first round warms the page's code up.
      if (round < 0) continue;
      values.push(frameMs);
      floors.push(bareMs);
    }
  }
  await context.close();
  const [value, floor] = [quantile(values, 0.99), quantile(floors, 0.99)];
  return {
    ...{ name: 'screens.frame.p99', value, unit: 'ms', floor, ratio: value / floor },
    ...{ target: FRAME_TARGET_MS, targetOf: 'value', ok: value <= FRAME_TARGET_MS },
    note: `message to painted frame, ${values.length} screens; median ${quantile(values, 0.5).toFixed(1)} ms`,
  };
}

/** A browser that has never been here, in turns with the same home screen as a page without any script. */
async function firstPaints(stand: ScreenStand, folder: string, rounds: number): Promise<readonly BenchRow[]> {
  const still = mkdtempSync(join(tmpdir(), 'yizhan-bench-static-'));
  cpSync(folder, still, { recursive: true });
  writeFileSync(join(still, 'index.html'), await snapshot(stand, folder));
  const plain = await ScreenStand.open(still);
  const [first, firstFloor, home, homeFloor]: [number[], number[], number[], number[]] = [[], [], [], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const one = await paints(stand);
      const other = await paints(plain);
      first.push(one.firstMs);
      firstFloor.push(other.firstMs);
      home.push(one.homeMs);
      homeFloor.push(other.homeMs);
    }
  } finally {
    await plain.close();
    rmSync(still, { recursive: true, force: true });
  }
  const floorIs = 'floor: the same home screen without any script';
  return [
    ratioRow({
      ...{ name: 'screens.firstPaint', unit: 'ms', values: first, floors: firstFloor },
      ...{ targetRatio: FIRST_PAINT_RATIO, note: `first contentful paint; ${floorIs}` },
    }),
    ratioRow({
      ...{ name: 'screens.homePainted', unit: 'ms', values: home, floors: homeFloor, targetRatio: null },
      note: `the home screen that the firmware says; ${floorIs}`,
    }),
  ];
}

/** The home screen as it stands in the DOM, its styles, and no script. */
async function snapshot(stand: ScreenStand, folder: string): Promise<string> {
  const { page, context } = await stand.newPage();
  await page.goto(stand.server.url);
  await page.waitForSelector('.frame');
  const drawn = await page.evaluate(() => document.getElementById('stage')?.outerHTML ?? '');
  await context.close();
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  const head = /<head>[\s\S]*<\/head>/.exec(index)?.[0].replace(/<script[\s\S]*?<\/script>/g, '') ?? '';
  return `<!doctype html><html lang="zh-CN">${head}<body>${drawn}</body></html>`;
}

async function paints(stand: ScreenStand): Promise<{ readonly firstMs: number; readonly homeMs: number }> {
  const { page, context } = await stand.newPage();
  await page.goto(stand.server.url);
  await page.waitForSelector('.frame');
  const times = await page.evaluate(async () => {
    const frame = new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
    const homeMs = await frame;
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    return { firstMs: first?.startTime ?? Number.NaN, homeMs };
  });
  await context.close();
  return times;
}

function sizes(folder: string): readonly BenchRow[] {
  const files = readdirSync(join(folder, 'assets')).map((name) => ({
    name,
    bytes: readFileSync(join(folder, 'assets', name)),
  }));
  const of = (...endings: readonly string[]): Uint8Array =>
    Buffer.concat(files.filter(({ name }) => endings.includes(extname(name))).map(({ bytes }) => bytes));
  const row = (name: string, bytes: Uint8Array, note: string): BenchRow => ({
    ...{ name: `screens.size.${name}`, value: bytes.length, unit: 'bytes', floor: null, ratio: null },
    ...{ target: null, targetOf: 'value', ok: true, note },
  });
  const code = of('.js', '.css');
  return [
    row('bundle', code, `scripts and styles, both pages; ${gzipSync(code).length} bytes with gzip`),
    row('letters', of('.otf', '.woff2'), 'two weights of Chinese letters'),
    row('clips', of('.opus'), 'spoken sentences in three voices'),
  ];
}

/** After rubbish has been collected; beside the same page after ten sessions. */
async function memory(stand: ScreenStand, sessions: number): Promise<BenchRow> {
  const { page, context } = await stand.newPage();
  await page.goto(stand.server.url);
  await page.waitForSelector('.frame');
  const devtools = await context.newCDPSession(page);
  const heapMb = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / 1e6;
  };
  const samples = SESSION.flatMap((title) => gallery.filter((sample) => sample.title === title).slice(0, 1));
  const session = async (): Promise<void> => {
    for (const { body, deadline } of samples) {
      const drawn = new Promise<void>((resolve) => {
        const stop = stand.hub.onDrawn((id) => {
          if (id !== stand.hub.current?.id) return;
          stop();
          resolve();
        });
      });
      stand.hub.show(body, deadline);
      await drawn;
    }
    stand.hub.resetSettings();
  };
  for (let one = 0; one < 10; one += 1) await session();
  const floor = await heapMb();
  for (let one = 0; one < sessions; one += 1) await session();
  const value = await heapMb();
  await context.close();
  return {
    ...{ name: 'screens.memory', value, unit: 'MB', floor, ratio: value / floor },
    ...{ target: MEMORY_RATIO, targetOf: 'ratio', ok: value / floor <= MEMORY_RATIO },
    note: `the page's heap after ${sessions} sessions of ${samples.length} screens; floor: after ten`,
  };
}
