/** 适老化: every journey in the largest letters and with the voice at its loudest, as in the usual look. */
import { describe, expect, test } from 'vitest';
import type { Intent, ScreenSettings } from '../../firmware/screen/messages.ts';
import { runOnVirtualTime } from '../../hardware-sim/main.ts';
import { onVirtualTime, scenarioNamed } from '../support/live-walk.ts';

/** One of each journey and medium. */
const JOURNEYS = [
  ...['outpatient-card', 'outpatient-qr', 'outpatient-consent', 'outpatient-several-bills', 'outpatient-proxy'],
  ...['registration-new', 'registration-check-in', 'inpatient-deposit', 'inpatient-discharge', 'inpatient-daily-list'],
  ...['price-enquiry', 'reprint-slip', 'records-looked-at', 'refund-some-lines', 'complaint-with-number'],
  ...['guides-read', 'help-called', 'money-found'],
] as const;

/** The page of somebody who touches once more before anything else: 特大, or the voice. */
async function after(name: string, touch: Intent) {
  /** The first look of each screen: with the end of a session all of it is gone again. */
  const looks = new Map<string, ScreenSettings>();
  let touchedAt = '';
  const result = await runOnVirtualTime(scenarioNamed(name), {
    seed: 1,
    overlook: (page) => ({
      connect: (listener) => {
        const connection = page.connect((message) => {
          if (message.type === 'screen') {
            const { id, body, settings } = message.screen;
            if (body.name !== 'S-HOME' && body.name !== 'S-OUT' && !looks.has(body.name))
              looks.set(body.name, settings);
            // Each who comes does it: the one before took it along.
            if (body.name === 'S-HOME' && touchedAt !== id) {
              touchedAt = id;
              connection.send({ type: 'intent', screenId: id, intent: touch });
            }
          }
          listener(message);
        });
        return connection;
      },
    }),
  });
  return { result, looks };
}

const otherThanTouches = (failure: string): boolean => !failure.startsWith('touches');
const walked = new Map<string, ReturnType<typeof onVirtualTime>>();

function asUsual(name: string): ReturnType<typeof onVirtualTime> {
  const known = walked.get(name) ?? onVirtualTime(name);
  walked.set(name, known);
  return known;
}

describe('one touch before the journey', () => {
  for (const [version, touch] of [
    ['大字版', { do: 'setTextSize', textSize: 'extraLarge' }],
    ['语音版', { do: 'setVolume', volume: 5 }],
  ] as const) {
    test(`[Y4-12a] each journey comes to the same end in the ${version} as in the usual one`, async () => {
      for (const name of JOURNEYS) {
        const usual = await asUsual(name);
        const { result, looks } = await after(name, touch);
        expect(result.ended, name).toBe(usual.ended);
        expect(result.violations, name).toEqual([]);
        // One touch more than usual, and nothing else is another.
        expect(result.failures.filter(otherThanTouches), name).toEqual(usual.failures.filter(otherThanTouches));
        if (touch.do !== 'setTextSize') continue;
        expect(looks.size, name).toBeGreaterThan(0);
        for (const [screen, { textSize }] of looks) expect(textSize, `${name} ${screen}`).toBe('extraLarge');
      }
    }, 60_000);
  }
});
