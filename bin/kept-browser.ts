/** Runs the keeper of the kiosk's browser until a signal ends it. */
import { systemClock } from '../drivers/system-clock.ts';
import { BrowserKeeper, type KeeperEvent } from '../provisioning/kiosk-browser/browser-keeper.ts';
import { startChromium } from '../provisioning/kiosk-browser/start-chromium.ts';
import { waitingPage } from '../provisioning/kiosk-browser/waiting-page.ts';
import { printJson, say } from './command.ts';

export interface KeptChromium {
  readonly program: string;
  readonly url: string;
  readonly patienceMs: number;
  readonly flags: readonly string[];
  readonly json: boolean;
}

const ANSWER_WITHIN_MS = 2_000;

export async function keepChromium({ program, url, patienceMs, flags, json }: KeptChromium): Promise<number> {
  const asked = new AbortController();
  let said = false;
  const keeper = new BrowserKeeper({
    clock: systemClock,
    screenUrl: url,
    waitingUrl: waitingPage(),
    start: (first) => startChromium({ clock: systemClock, command: [program], flags }, first),
    answers: () => screenAnswers(url),
    patienceMs,
    tell: (event) => {
      say(`yizhan browser: ${sentence(event)}`);
      if (event.what !== 'shown' || said || !json) return;
      said = true;
      printJson({ shown: url });
    },
  });
  // For good: a terminal's Ctrl-C and the doorbell both tell it, and the second one must not cut the tidying short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked.abort());
  await keeper.keep(asked.signal);
  return 0;
}

/** Whether something serves a page there now. */
export async function screenAnswers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

function sentence(event: KeeperEvent): string {
  switch (event.what) {
    case 'shown':
      return 'the page is shown';
    case 'waiting':
      return 'no firmware answers; the waiting page stands';
    case 'reloading':
      return `the page is opened anew (${event.why})`;
    case 'restarting':
      return `the browser is started again in ${event.pauseMs} ms (${event.why}: ${event.detail})`;
  }
}
