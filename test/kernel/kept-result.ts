/**
 * The last result of the kernel guest, kept in its page of `docs/`.
 *
 * One promise: only the part between this architecture's marks is written anew,
 * and it says of each case what happened, also when it failed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { CASES } from './cases.ts';
import type { GuestWord } from './guest-words.ts';

export type CaseWord = GuestWord & { readonly word: 'case' };

export interface KeptResult {
  readonly architecture: string;
  readonly kernel: string;
  readonly engine: string;
  /** Building, booting and all cases. */
  readonly seconds: number;
  readonly cases: readonly CaseWord[];
}

const PAGE = new URL('../../docs/kernel-guest.md', import.meta.url);

export function keepResult(result: KeptResult): void {
  const [begin, end] = ['begin', 'end'].map((side) => `<!-- ${side} of the ${result.architecture} result -->`);
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(`${begin}\n`);
  const [, after] = rest?.split(`${end}\n`) ?? [];
  if (before === undefined || after === undefined) throw new Error(`${PAGE.pathname} has no place for this result`);
  writeFileSync(PAGE, `${before}${begin}\n${table(result)}\n${end}\n${after}`);
}

function table({ kernel, engine, seconds, cases }: KeptResult): string {
  const date = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0]?.toFixed(0);
  const rows = cases.map(({ name, state, why, seconds: taken }) => {
    const said = why === '' ? '' : ` ${why.replaceAll('|', '/')}`;
    return `| \`${name}\` | ${CASES[name]?.proves ?? ''} | ${state}${said} | ${taken.toFixed(1)} |`;
  });
  const passed = cases.filter(({ state }) => state === 'passed').length;
  return [
    `${date}, Debian's kernel ${kernel}, engine ${engine}: ${passed} of ${cases.length} passed in ${seconds.toFixed(0)} s`,
    `(emulated, on ${cpus().length} cores with a load of ${load} at the end: other work went on beside it).`,
    '',
    '| Case | What it proves | Result | Seconds in the guest |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
