/**
 * M2: 放上就办: how few touches it takes, and whether the job that opens by itself is the one somebody came for.
 *
 * The whole firmware on virtual time; a touch is an intent that the page sent because a finger was on it.
 */
import { describe, expect, test } from 'vitest';
import type { ScreenBody } from '../../firmware/screen/messages.ts';
import { type Errand, MIX, PEOPLE } from './sensible-clerk-table.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

describe('touches', () => {
  test('M2: a settlement with the 医保码 takes three touches at most, and with nothing to pay two', async () => {
    const pays = new VirtualKiosk({ person: 'zhang', bills: ['example'] });
    await pays.visit({ 'S-HOME': 'showCode', 'S-WHO': 'nothing' });
    expect(pays.ended).toEqual(['settled']);
    expect(pays.patient.touches).toBeLessThanOrEqual(3);
    const covered = new VirtualKiosk({ person: 'li', bills: ['allCovered'] });
    await covered.visit({ 'S-HOME': 'showCode', 'S-WHO': 'nothing' });
    expect(covered.ended).toEqual(['settled']);
    expect(covered.patient.touches).toBeLessThanOrEqual(2);
    expect([...pays.troubles, ...covered.troubles]).toEqual([]);
    process.stdout.write(
      `${JSON.stringify({ touches: { pays: pays.patient.touches, nothingToPay: covered.patient.touches } })}\n`,
    );
  });

  test('M2: one round trip clears several bills, says the way and gives the paper, in four touches at most', async () => {
    const kiosk = new VirtualKiosk({ person: 'li', bills: ['allCovered', 'allCovered'] });
    await kiosk.visit({ 'S-HOME': 'showCode', 'S-WHO': 'nothing' });
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books.confirmed).toBe(2);
    expect(kiosk.books.claims).toBe(2);
    expect(kiosk.patient.touches).toBeLessThanOrEqual(4);
    expect(bodyOf(kiosk.patient.bodies, 'S-DONE').nextStep).not.toBe('');
    expect(kiosk.slips.length).toBeGreaterThan(0);
    expect(kiosk.troubles).toEqual([]);
  });
});

/** What the kiosk has opened by itself, by what stands on the glass when somebody has to act for the first time. */
function opened(body: ScreenBody | undefined): Errand | 'other' {
  switch (body?.name) {
    case 'S-BILL':
    case 'S-CONSENT':
    case 'S-SPLIT':
    case 'S-REMIND':
      return 'payBill';
    case 'S-CHOOSE':
      return body.ask === 'appointment' ? 'checkIn' : 'other';
    case 'S-TICKET':
      return 'checkIn';
    case 'S-STAY':
      return body.offers.includes('discharge') ? 'discharge' : 'askAboutStay';
    case 'S-MENU':
      return body.jobs[0] === 'inpatient' ? 'askAboutStay' : 'askWhatFor';
    default:
      return 'other';
  }
}

const PASSING = ['S-OUT', 'S-HOME', 'S-BUSY', 'S-WHO'];

test('M2: for 98 of 100 people the job that opens is the one that a clerk would open', async () => {
  const crowd = MIX.flatMap(({ count, ...person }) => Array.from({ length: count }, () => person));
  const wrong: string[] = [];
  for (const [place, { papers, errand }] of crowd.entries()) {
    const person = PEOPLE[place % PEOPLE.length] ?? 'zhang';
    const kiosk = new VirtualKiosk({ person, bills: [], ...papers, seed: place + 1 });
    kiosk.patient.come({ 'S-HOME': place % 2 === 0 ? 'insertCard' : 'showCode', 'S-BILL': 'nothing' });
    const acts = (): boolean => kiosk.patient.hasCome && !PASSING.includes(kiosk.patient.body?.name ?? 'S-HOME');
    await kiosk.run(acts, 120_000);
    const job = opened(kiosk.patient.body);
    if (job !== errand)
      wrong.push(`${person} ${JSON.stringify(papers)}: ${errand}, opened ${job} ${kiosk.patient.body?.name}`);
  }
  const right = crowd.length - wrong.length;
  process.stdout.write(`${JSON.stringify({ people: crowd.length, right, wrong })}\n`);
  expect(crowd).toHaveLength(100);
  expect(right, wrong.join('\n')).toBeGreaterThanOrEqual(98);
}, 120_000);
