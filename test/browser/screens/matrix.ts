/**
 * The matrix: every screen of the gallery × layout × text size × contrast × language × reach (× hand, × plain home),
 * drawn without a reload and measured; axe-core in pairs; every reason at the largest size; the sheet on every screen;
 * words that are longer, and written from the right.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { type Found, openWalker, type Walker } from './matrix-walker.ts';
import { takePictures } from './pictures.ts';

const HELP = `npm run test:screens -- [--screen S-HOME[,S-BILL]] [--layout portrait] [--json] [--pictures]

Draws every screen of kiosk-ui/gallery.ts in every look in headless Chromium and measures it: nothing cut, nothing on
top of anything else, targets, gaps and edges (4.3), contrast computed (4.4), 低位 (4.9), focus order, axe-core.

  --screen NAMES   only these screens
  --layout NAME    only portrait or landscape
  --pictures       measures nothing and takes the pictures of docs/screens.md (docs/screens/*.webp)
  --json           one line with the figures at the end

Exit 0: nothing found. 1: something found. 2: wrong use.
`;

const { values } = read();
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!chromiumPath) {
  process.stderr.write('No Chromium on this machine: apt-get install chromium.\n');
  process.exit(1);
}
const layouts = (['portrait', 'landscape'] as const).filter(
  (one) => values.layout === undefined || values.layout === one,
);
const names = values.screen?.split(',');
const axe = createRequire(import.meta.url)('axe-core') as { readonly source: string };
const startedMs = performance.now();
const browser = await launchChromium();
const found: Found[] = [];
const sum = { states: 0, axeRuns: 0 };
try {
  if (values.pictures === true) {
    const taken = await takePictures(browser);
    process.stderr.write(`${taken.files} pictures, ${Math.round(taken.bytes / 1024)} KiB, docs/screens.md\n`);
    if (values.json === true) process.stdout.write(`${JSON.stringify({ ok: true, ...taken })}\n`);
  } else {
    await measure();
  }
} finally {
  await browser.close();
}

async function measure(): Promise<void> {
  await Promise.all(
    layouts.map(async (layout) => {
      const walker = await openWalker({ browser, layout, names, axeSource: axe.source });
      try {
        await walk(walker);
      } finally {
        await walker.close();
      }
    }),
  );
  const wallMs = Math.round(performance.now() - startedMs);
  for (const line of grouped(found)) process.stderr.write(`${line}\n`);
  const good = found.length === 0 && sum.states > 0;
  process.stderr.write(
    `${sum.states} looks drawn and measured, ${sum.axeRuns} by axe-core, ${found.length} offences, ${Math.round(wallMs / 1000)} s\n`,
  );
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ ok: good, ...sum, offences: found.length, wallMs })}\n`);
  }
  process.exitCode = good ? 0 : 1;
}

async function walk(walker: Walker): Promise<void> {
  const steps = walker.steps();
  let told = 0;
  for (const [at, step] of steps.entries()) {
    const { found: more, states, axeRuns } = await step.run();
    found.push(...more.map((one) => ({ ...one, layout: walker.layout })));
    sum.states += states;
    sum.axeRuns += axeRuns;
    const percent = Math.floor(((at + 1) / steps.length) * 10) * 10;
    if (percent > told) process.stderr.write(`${walker.layout}: ${percent} %\n`);
    told = percent;
  }
  found.push(
    ...walker.complaints.map((offence) => ({ layout: walker.layout, title: 'the page complains', look: '', offence })),
  );
}

/** The same offence in many looks is one line. */
function grouped(all: readonly Found[]): readonly string[] {
  const looks = new Map<string, string[]>();
  for (const { layout = '', title, offence, look } of all) {
    const what = `${layout} ${title}: ${offence}`;
    looks.set(what, [...(looks.get(what) ?? []), look]);
  }
  return [...looks].map(
    ([what, where]) => `${what} [${where[0]}${where.length > 1 ? ` and ${where.length - 1} more` : ''}]`,
  );
}

function read() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean' },
        screen: { type: 'string' },
        layout: { type: 'string' },
        json: { type: 'boolean' },
        pictures: { type: 'boolean' },
      },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${HELP}`);
    process.exit(2);
  }
}
