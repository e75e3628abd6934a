/** Whoever walks away leaves nothing that the next person can read (T-LEFT), and no money is left half-way by it. */
import { describe, expect, it } from 'vitest';
import type { CabinetEvent, CabinetStatus } from '../../drivers/cabinet/cabinet.ts';
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import { confirmed } from '../../firmware/session/act.ts';
import { cabinetPresence, Presence } from '../../firmware/session/presence.ts';
import { Session, SessionOver } from '../../firmware/session/session.ts';
import { VirtualClock } from '../../hardware-sim/world/virtual-clock.ts';
import { profile } from '../firmware/kiosk-fixture.ts';
import { PresenceInHand } from '../support/presence-in-hand.ts';
import { EXAMPLE_PAID, expectUntouched } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const STARTED = Date.parse('2026-03-05T09:00:00+08:00');
const NO_SENSORS: CabinetStatus = {
  ...{ doors: {}, tamperSensor: 'notAvailable', seismicSensor: 'notAvailable', proximitySensor: 'notAvailable' },
  ...{ operatorCallButtonSensor: 'notAvailable', enhancedAudioSensor: 'notAvailable', operatorSwitch: 'notAvailable' },
  ups: 'notAvailable',
};

describe('somebody with a bill on the screen', () => {
  it('walks away: after 8 s nothing of it can be read, after 10 s more the session is over, and nothing was moved', async () => {
    const sensor = new PresenceInHand();
    const kiosk = new VirtualKiosk({ presenceSensor: sensor });
    let leftMs = 0;
    let coveredMs = 0;
    const now = (): number => kiosk.hall.clock.monotonicMs();
    const screens = await kiosk.visit({
      'S-BILL': () => {
        leftMs = now();
        sensor.says('gone');
      },
      'S-STILL-THERE': () => {
        coveredMs = now();
      },
    });
    // A glance of 0.4 s goes by before the plan's deed is done.
    expect(coveredMs - leftMs).toBe(8_400);
    expect(now() - leftMs).toBeLessThan(18_500);
    expect(screens.slice(-3)).toEqual(['S-BILL', 'S-STILL-THERE', 'S-HOME']);
    expect(kiosk.ended).toEqual(['timeOut']);
    expectUntouched(kiosk);
  });

  it('comes back in time: one touch uncovers the bill, and it is paid as if nothing had been', async () => {
    const sensor = new PresenceInHand();
    const kiosk = new VirtualKiosk({ presenceSensor: sensor });
    await kiosk.visit({
      'S-BILL': [() => sensor.says('gone'), 'confirm'],
      'S-STILL-THERE': () => {
        sensor.says('here');
        kiosk.patient.touch({ do: 'confirm' });
      },
    });
    expect(kiosk.patient.screens).toContain('S-STILL-THERE');
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });

  it('is not believed to be gone by a sensor that is stuck while fingers touch the screen', async () => {
    const sensor = new PresenceInHand();
    const kiosk = new VirtualKiosk({ presenceSensor: sensor });
    await kiosk.visit({
      'S-BILL': [() => sensor.says('gone'), 'nothing'],
      'S-STILL-THERE': [
        'confirm',
        ({ patient }) => {
          expect(patient.screens.filter((name) => name === 'S-STILL-THERE')).toHaveLength(2);
          patient.touch({ do: 'cancel' });
        },
      ],
    });
    // Covered once by the sensor; the second time only by the ordinary 60 s without a touch.
    expect(kiosk.hall.clock.monotonicMs()).toBeGreaterThan(60_000);
    expect(kiosk.ended).toEqual(['canceled']);
  });
});

it('a payment on its way is not covered and not ended by an empty place: it is settled and confirmed', async () => {
  const sensor = new PresenceInHand();
  const kiosk = new VirtualKiosk({ presenceSensor: sensor });
  await kiosk.visit({
    'S-PAY': ({ hall }) => {
      sensor.says('gone');
      hall.clock.timer(30_000, () => kiosk.hand('payByPhone'));
    },
  });
  const paying = kiosk.patient.screens.slice(0, kiosk.patient.screens.indexOf('S-DONE'));
  expect(paying).not.toContain('S-STILL-THERE');
  // Paid, printed, and nobody there to read it: the result page is covered and goes by itself.
  expect(kiosk.patient.screens).toContain('S-STILL-THERE');
  expect(kiosk.ended).toEqual(['settled']);
  expect(kiosk.books).toEqual(EXAMPLE_PAID);
  expect(kiosk.slips).toHaveLength(1);
});

it('whoever chose large print has 15 s before the cover and 20 s under it', async () => {
  const clock = new VirtualClock(STARTED);
  const sensor = new PresenceInHand();
  const shown: { readonly name: ScreenBody['name']; readonly atMs: number }[] = [];
  const session = new Session({
    id: 'ses_test',
    screen: {
      show: ({ name }) => `scr_${shown.push({ name, atMs: clock.monotonicMs() })}`,
      onIntent: () => () => undefined,
      proposeTextSize: () => undefined,
      onAttended: () => () => undefined,
      voice: { headset: false },
      settings: { language: 'zh', textSize: 'large', home: 'usual' },
    },
    clock,
    timers: profile().timers,
    ...{ cardReader: undefined, scanner: undefined, presence: new Presence(sensor, clock) },
  });
  const asked = session.ask({ name: 'S-HELP', call: 'none' }, { accept: confirmed }).catch((error: unknown) => error);
  let over: unknown;
  void asked.then((why) => {
    over = why;
  });
  clock.timer(3_000, () => sensor.says('gone'));
  await clock.runUntil(() => over !== undefined, 60_000);
  expect(shown).toEqual([
    { name: 'S-HELP', atMs: 0 },
    { name: 'S-STILL-THERE', atMs: 18_000 },
  ]);
  expect(over).toBeInstanceOf(SessionOver);
  expect(clock.monotonicMs()).toBe(38_000);
});

it('the cabinet’s sensor is the kiosk’s; while its board is away nobody is called gone', () => {
  const sensed = { word: 'unknown' as 'present' | 'notPresent' | 'unknown' | 'notAvailable' };
  const listeners = new Set<(event: CabinetEvent) => void>();
  const sensor = cabinetPresence({
    status: () => ({ ...NO_SENSORS, proximitySensor: sensed.word }),
    onCabinetEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const words: string[] = [];
  sensor.onChanged((word) => words.push(word));
  for (const word of ['notPresent', 'present', 'unknown', 'notAvailable'] as const) {
    sensed.word = word;
    for (const listener of listeners) listener({ event: 'statusChanged', changed: { proximitySensor: word } });
    for (const listener of listeners) listener({ event: 'statusChanged', changed: { tamperSensor: 'on' } });
  }
  expect(words).toEqual(['gone', 'here', 'unknown', 'unknown']);
  expect(sensor.now()).toBe('unknown');
});
