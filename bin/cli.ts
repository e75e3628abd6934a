/**
 * The command line: finds the one thin file of a command and runs it.
 *
 * Every command answers `--help`; with `--json` its last line on standard
 * output is one JSON object. Exit 0 good, 1 found trouble, 2 wrong use.
 */
import type { Command } from './command.ts';
import { UsageError } from './command.ts';

const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<{ command: Command }> }>> = {
  up: { summary: 'start the kiosk; with --sim the simulated one', load: () => import('./commands/up.ts') },
  browser: {
    summary: 'keep the patient screen on the panel in a locked-down Chromium',
    load: () => import('./commands/browser.ts'),
  },
  sim: { summary: 'run and list scenarios on virtual time', load: () => import('./commands/sim.ts') },
  paper: { summary: 'decode an ESC/POS byte stream into paper', load: () => import('./commands/paper.ts') },
  doctor: { summary: 'list the devices and what is wrong with them', load: () => import('./commands/doctor.ts') },
  journal: { summary: 'list settlements, show the story of one', load: () => import('./commands/journal.ts') },
  reconcile: {
    summary: 'each day and month against every other party’s books',
    load: () => import('./commands/reconcile.ts'),
  },
  uploads: {
    summary: 'what waits to be delivered, and the proof of what was',
    load: () => import('./commands/uploads.ts'),
  },
  plan: { summary: 'contingency plans and their drill', load: () => import('./commands/plan.ts') },
  prices: {
    summary: 'editions of the published prices, what each changed, and their export',
    load: () => import('./commands/prices.ts'),
  },
  clauses: { summary: 'the clause table: what is met, by which test', load: () => import('./commands/clauses.ts') },
  bench: { summary: 'measure, as ratios against a floor of the same run', load: () => import('./commands/bench.ts') },
};

function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return [
    'yizhan (医站): the runtime of a medical-insurance kiosk',
    '',
    ...rows,
    '',
    'yizhan COMMAND --help says more.',
  ].join('\n');
}

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  const entry = commands[name];
  if (!entry) {
    process.stderr.write(`yizhan: there is no command "${name}".\n\n${overview()}\n`);
    return 2;
  }
  const { command } = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${(await command.helpFor?.(rest[0])) ?? command.help}\n`);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`yizhan ${name}: ${error.message}\n\n${command.help}\n`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
