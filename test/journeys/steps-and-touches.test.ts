/** How many touches and screens each journey takes (4.5), counted at the screen's own door as they arrive. */
import { describe, expect, test } from 'vitest';
import type { ScreenName } from '../../firmware/screen/messages.ts';
import { runOnVirtualTime } from '../../hardware-sim/main.ts';
import type { Scenario } from '../../hardware-sim/scenarios/scenario.ts';
import { scenarioNamed } from '../support/live-walk.ts';
import type { Plan } from './patient.ts';
import { type Setting, VirtualKiosk } from './virtual-kiosk.ts';

interface Row {
  readonly journey: string;
  readonly scenario: string;
  /** The screen that the patient came for. */
  readonly until: string;
  readonly touches: number;
  /** Screens that the patient reads or answers, the last one included. */
  readonly screens: number;
  /** Counted from here, when not from home. */
  readonly from?: string;
  /** Another hand than the scenario's. */
  readonly bent?: (scenario: Scenario) => Scenario;
}

/** Somebody else is asked; nothing is to be read but "please wait". */
const PASSING = ['S-BUSY', 'S-CONFIRMING', 'S-OUT'];

/** Two letters, as a hurried hand types. */
const twoLetters = (scenario: Scenario): Scenario => ({
  ...scenario,
  steps: scenario.steps.map((step) => (step.touch === 'search' ? { ...step, with: 'drug am' } : step)),
});

/** Every line that may go back is ticked already; who takes one off touches once more. */
const allThatMayGoBack = (scenario: Scenario): Scenario => ({
  ...scenario,
  steps: scenario.steps.filter((step) => !(step.on === 'S-REFUND-LINES' && step.touch === 'choose')),
});

const table: readonly Row[] = [
  { journey: 'outpatient by 医保码', scenario: 'outpatient-qr', until: 'S-DONE', touches: 3, screens: 5 },
  { journey: 'outpatient by card', scenario: 'outpatient-card', until: 'S-DONE', touches: 3, screens: 5 },
  {
    journey: 'outpatient, phone shows its code',
    scenario: 'outpatient-pay-code',
    until: 'S-DONE',
    touches: 3,
    screens: 5,
  },
  {
    journey: 'outpatient from elsewhere, with consent',
    scenario: 'outpatient-off-site',
    until: 'S-DONE',
    touches: 4,
    screens: 6,
  },
  {
    journey: 'outpatient, own part zero',
    scenario: 'outpatient-own-part-zero',
    until: 'S-DONE',
    touches: 2,
    screens: 4,
  },
  { journey: 'outpatient with consent', scenario: 'outpatient-consent', until: 'S-DONE', touches: 4, screens: 6 },
  {
    journey: 'outpatient with a signature',
    scenario: 'outpatient-signed-consent',
    until: 'S-DONE',
    touches: 5,
    screens: 6,
  },
  { journey: 'registration', scenario: 'registration-new', until: 'S-TICKET', touches: 4, screens: 5 },
  { journey: 'check-in', scenario: 'registration-check-in', until: 'S-TICKET', touches: 1, screens: 3 },
  { journey: 're-print', scenario: 'reprint-slip', until: 'S-REPRINT', touches: 3, screens: 5 },
  { journey: 'discharge', scenario: 'inpatient-discharge', until: 'S-RESULT', touches: 5, screens: 4 },
  {
    journey: 'refund',
    scenario: 'refund-some-lines',
    until: 'S-RESULT',
    touches: 5,
    screens: 7,
    bent: allThatMayGoBack,
  },
  {
    journey: 'price by search',
    scenario: 'price-enquiry',
    until: 'S-PRICE-ITEM',
    touches: 6,
    screens: 2,
    bent: twoLetters,
  },
  { journey: 'a page to read', scenario: 'guides-read', until: 'S-GUIDE', touches: 2, screens: 2 },
  { journey: 'complaint', scenario: 'complaint-with-number', until: 'S-COMPLAINT', touches: 3, screens: 3 },
  { journey: 'deposit', scenario: 'inpatient-deposit', until: 'S-RESULT', touches: 5, screens: 6 },
  { journey: 'rating', scenario: 'registration-check-in', until: 'S-HOME', from: 'S-RATE', touches: 1, screens: 2 },
  { journey: 'help', scenario: 'help-called', until: 'S-HELP', from: 'S-BILL', touches: 1, screens: 1 },
];

type Seen = { readonly screen: string } | { readonly touch: string };

/** Screens as they are pushed, touches as they arrive. */
async function overlooked({ scenario, bent = (same) => same }: Row): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  await runOnVirtualTime(bent(scenarioNamed(scenario)), {
    seed: 1,
    overlook: (page) => ({
      connect: (listener) => {
        const connection = page.connect((message) => {
          if (message.type === 'screen') seen.push({ screen: message.screen.body.name });
          listener(message);
        });
        return {
          ...connection,
          send: (message) => {
            if (message.type === 'intent') seen.push({ touch: message.intent.do });
            connection.send(message);
          },
        };
      },
    }),
  });
  return seen;
}

/** Where the last stay on a screen began, before an index: a screen that is pushed anew is the same stay. */
function startOfStay(seen: readonly Seen[], screen: string, before: number): number {
  const other = (one: Seen): boolean => 'screen' in one && one.screen !== screen;
  const last = seen.slice(0, before).findLastIndex((one) => 'screen' in one && one.screen === screen);
  const left = seen.slice(0, Math.max(0, last)).findLastIndex(other);
  return seen.findIndex((one, at) => at > left && 'screen' in one && one.screen === screen);
}

describe('touches and screens of a journey', () => {
  for (const row of table) {
    const { journey, until, from = 'S-HOME' } = row;
    test(`[Y1-6] ${journey}: no more than ${row.touches} touches, and ${row.screens} screens: one more fails`, async () => {
      const seen = await overlooked(row);
      const end = startOfStay(seen, until, seen.length);
      const start = startOfStay(seen, from, end);
      expect(start, `${from} before ${until}`).toBeGreaterThanOrEqual(0);
      const way = seen.slice(start + 1, end + 1);
      const touches = way.flatMap((one) => ('touch' in one ? [one.touch] : []));
      expect(touches.length, touches.join(', ')).toBeLessThanOrEqual(row.touches);
      expect(touches.length, 'somebody did something').toBeGreaterThan(0);
      const screens = way
        .flatMap((one) => ('screen' in one && !PASSING.includes(one.screen) ? [one.screen] : []))
        .filter((screen, at, all) => screen !== all[at - 1]);
      expect(screens.length, screens.join(', ')).toBe(row.screens);
    });
  }
});

describe('a person', () => {
  // One page of each kind that a walk by card, at the ward and to a refund comes by.
  const walks: readonly { readonly setting: Setting; readonly plan: Plan }[] = [
    { setting: {}, plan: {} },
    { setting: { bills: [], booked: ['medicine'] }, plan: {} },
    { setting: { bills: [], stays: ['ready'] }, plan: {} },
    { setting: { bills: [] }, plan: { 'S-HOME': ({ patient }) => patient.open('complaint') } },
    { setting: { bills: [] }, plan: { 'S-HOME': ({ patient }) => patient.open('records'), 'S-ID-HELP': 'insertCard' } },
  ];

  test('[part of Y1-8] is one touch away on every page that somebody can act on', async () => {
    const asked = new Set<ScreenName>();
    for (const { setting, plan } of walks) {
      const plain = new VirtualKiosk(setting);
      await plain.run(() => plain.atRest);
      await plain.visit(plan);
      const pages = new Set(plain.patient.screens);
      for (const page of pages) {
        if (asked.has(page) || PASSING.some((one) => one === page)) continue;
        const kiosk = new VirtualKiosk(setting);
        await kiosk.run(() => kiosk.atRest);
        kiosk.patient.come({ ...plan, [page]: 'help', 'S-HELP': 'nothing' });
        await kiosk
          .run(() => kiosk.patient.body?.name === 'S-HELP', 60_000)
          .catch((error: unknown) => {
            throw new Error(`no help at ${page}`, { cause: error });
          });
        asked.add(page);
      }
    }
    expect([...asked].sort()).toEqual(expect.arrayContaining(['S-BILL', 'S-DONE', 'S-HOME', 'S-PAY', 'S-RECORDS']));
    expect(asked.size).toBeGreaterThan(12);
  });
});
