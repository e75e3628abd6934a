/**
 * Starts the machine's Chromium for a keeper: own process group, profile in memory, DevTools on inherited pipes only.
 *
 * One promise: when `kill` has resolved, neither a process nor a file of this start is left.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../drivers/ports.ts';
import type { KeptBrowser, Tab } from './browser-keeper.ts';
import { BrowserPipe } from './browser-pipe.ts';
import { START_FLAGS } from './start-flags-table.ts';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** Linux keeps this folder in memory. */
const MEMORY = '/dev/shm';
const OURS = 'yizhan-browser-';
const PROFILE = new RegExp(`^${OURS}(\\d+)-[A-Za-z0-9]{6}$`);
const START_WITHIN_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;
/** Hidden parts of the browser's own frame; it calls them pages as soon as a policy blocks `chrome:` addresses. */
const BROWSERS_OWN = /^chrome:\/\/[a-z-]+\.top-chrome\//;
const END_WITHIN_MS = 2_000;

export const installedChromium: string | undefined = USUAL_PLACES.find((place) => existsSync(place));

export interface ChromiumStart {
  readonly clock: Clock;
  /** Program and first words; the flags follow. */
  readonly command: readonly [string, ...string[]];
  /** Beside those of the table. */
  readonly flags: readonly string[];
}

/** Rejects when the program can't be started or says nothing within half a minute. */
export async function startChromium({ clock, command, flags }: ChromiumStart, url: string): Promise<KeptBrowser> {
  const folder = existsSync(MEMORY) ? MEMORY : tmpdir();
  removeOrphans(folder);
  const profile = mkdtempSync(join(folder, `${OURS}${process.pid}-`));
  const [program, ...words] = command;
  const child = spawn(
    program,
    [...words, ...START_FLAGS.map(({ flag }) => flag), ...flags, `--user-data-dir=${profile}`, url],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
      // Whatever it writes at home goes with the profile; the panel's X cookie stays where it was.
      env: { ...process.env, XAUTHORITY: process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority'), HOME: profile },
    },
  );
  const pipe = new BrowserPipe(child.stdio[3] as Writable, child.stdio[4] as Readable, clock);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  });
  void ended.then((how) => pipe.end(how));
  const browser: KeptBrowser = {
    ended,
    tabs: () => tabsOf(pipe, ANSWER_WITHIN_MS),
    open: async (at) => {
      const answer = await pipe.ask('Target.createTarget', { url: at }, ANSWER_WITHIN_MS);
      return String((answer as { targetId?: unknown }).targetId);
    },
    close: async (id) => {
      // A tab that has gone by itself is as good as closed.
      await pipe.ask('Target.closeTarget', { targetId: id }, ANSWER_WITHIN_MS).catch(() => undefined);
    },
    kill: async () => {
      await endGroup(child, ended, clock);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await tabsOf(pipe, START_WITHIN_MS);
  } catch (error) {
    await browser.kill();
    throw error;
  }
  return browser;
}

/** A keeper that was killed leaves its profile behind; its browser has ended with its pipes. */
function removeOrphans(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = PROFILE.exec(name) ?? [];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

async function tabsOf(pipe: BrowserPipe, withinMs: number): Promise<readonly Tab[]> {
  const answer = await pipe.ask('Target.getTargets', {}, withinMs);
  const { targetInfos } = answer as { targetInfos?: unknown };
  if (!Array.isArray(targetInfos)) return [];
  return targetInfos
    .filter((info) => info?.type === 'page' && !BROWSERS_OWN.test(String(info.url)))
    .map(({ targetId, title, url }) => ({ id: String(targetId), title: String(title), url: String(url) }));
}

/** Asks the whole group to end, and ends it when it does not. */
async function endGroup(child: ChildProcess, ended: Promise<string>, clock: Clock): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch {
      // Nobody is left in it.
    }
  };
  send('SIGTERM');
  const cancel = clock.timer(END_WITHIN_MS, () => send('SIGKILL'));
  await ended;
  cancel();
  send('SIGKILL');
}
