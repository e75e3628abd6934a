/** A walk by finger: a scenario's steps on the real page, screen after screen, with time to look at each. */

import type { LiveKiosk } from '../support/live-kiosk.ts';
import { onVirtualTime, scenarioNamed, standing } from '../support/live-walk.ts';
import type { Patient } from './patient.ts';

export interface Walked {
  readonly screens: readonly string[];
  readonly taps: number;
  /** Touches that reached the session. */
  readonly touches: number;
  readonly ended: string;
}

/** Where somebody else is asked before the next screen. */
const WAITING_AFTER: Readonly<Record<string, string>> = {
  'S-HOME': 'S-BUSY',
  'S-CONSENT': 'S-BUSY',
  'S-PAY': 'S-CONFIRMING',
};
export interface Looks {
  /** At each screen, before anything is done on it. */
  readonly onScreen?: (screen: string) => Promise<void>;
  /** At the screens that only say "please wait", when somebody makes the patient wait. */
  readonly onWaiting?: (screen: string) => Promise<void>;
  /** On the last page, when everything is done on it. */
  readonly onDone?: () => Promise<void>;
}

/** Takes the scenario's steps on the screens that the same scenario has on virtual time. */
export async function walkByFinger(
  live: LiveKiosk,
  patient: Patient,
  name: string,
  looks: Looks = {},
): Promise<Walked> {
  const scenario = scenarioNamed(name);
  const virtual = await onVirtualTime(name);
  live.bring(scenario);
  const [endsBefore, tapsBefore] = [live.ends.length, patient.taps];
  let touches = 0;
  const stopCounting = live.kiosk.screen.onIntent(() => {
    touches += 1;
  });
  patient.seen.splice(0, patient.seen.length, 'S-HOME');
  for (const screen of standing(virtual.screens).slice(0, -1)) {
    await patient.waitFor(screen);
    if (screen === 'S-HOME') await patient.chooseLanguage();
    await looks.onScreen?.(screen);
    for (const step of scenario.steps) if (step.on === screen) await patient.take(step);
    const waiting = WAITING_AFTER[screen];
    if (waiting && looks.onWaiting) {
      await patient.waitFor(waiting);
      await looks.onWaiting(waiting);
    }
  }
  await looks.onDone?.();
  await patient.waitFor('S-HOME');
  stopCounting();
  return {
    screens: standing(patient.seen),
    taps: patient.taps - tapsBefore,
    touches,
    ended: live.ends.slice(endsBefore).join(' '),
  };
}

/** What the walk has to be: the virtual actor's own. */
export async function expectedOf(name: string): Promise<Walked> {
  const { screens, touches, ended } = await onVirtualTime(name);
  return { screens: standing(screens), taps: touches, touches, ended };
}
