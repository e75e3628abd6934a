/** What a designated institution owes to everybody who walks by: the sign, the slogan, fair queues, everything from one home. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callSentences } from '../../firmware/calling/call-words.ts';
import { readSite } from '../../firmware/config/read-config.ts';
import { type Reason, type ReasonId, reasons } from '../../firmware/reasons.ts';
import { PackRefusedError } from '../../firmware/region/pack-signatures.ts';
import { verifyPack } from '../../firmware/region/packs.ts';
import type { BoardView } from '../../firmware/screen/messages.ts';
import { JOURNEYS, type JobName } from '../../firmware/screen/screen-parts.ts';
import { DOCTOR } from '../../hardware-sim/parties/bills/hospital-staff.ts';
import { tables } from '../../kiosk-ui/text/fill.ts';
import { createTestAuthority, signByBoth } from '../../provisioning/test-authority.ts';
import { onVirtualTime, scenarioNamed } from '../support/live-walk.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const PLATE = '医疗保障定点医疗机构';
/** Longer than from one question to the centre to the next, ms. */
const ONE_POLL = 61_000;

async function atHome(setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk(setting);
  await kiosk.run(() => kiosk.patient.body?.name === 'S-HOME');
  await kiosk.pass(1_000);
  return kiosk;
}

const home = (kiosk: VirtualKiosk) => bodyOf(kiosk.patient.bodies, 'S-HOME');

function agreement(kiosk: VirtualKiosk, standing: 'active' | 'paused' | 'ended'): void {
  const { register } = kiosk.hall.parties.insurance;
  register.set(register.institution.code, standing);
}

/** Every job, by the touches that lead to it. */
async function jobsFrom(kiosk: VirtualKiosk): Promise<readonly JobName[]> {
  const there = new Set<JobName>(home(kiosk).jobs);
  for (const menu of ['papers', 'more'] as const) {
    if (!home(kiosk).jobs.includes(menu)) continue;
    kiosk.patient.touch({ do: 'menu', menu });
    await kiosk.pass(500);
    for (const job of bodyOf(kiosk.patient.bodies, 'S-MENU').jobs) there.add(job);
    kiosk.patient.touch({ do: 'cancel' });
    await kiosk.pass(500);
  }
  return [...there];
}

describe('the sign', () => {
  it('[Z-8.2.2.1, N-20] stands while the agreement is active, and is gone within one poll once it is suspended', async () => {
    const kiosk = await atHome();
    expect(home(kiosk).plate).toBe(PLATE);
    agreement(kiosk, 'paused');
    await kiosk.pass(ONE_POLL);
    expect(home(kiosk).plate).toBeUndefined();
    agreement(kiosk, 'active');
    await kiosk.pass(ONE_POLL);
    expect(home(kiosk).plate).toBe(PLATE);
  });

  it('[SZ-75] without designation neither sign nor what settles with insurance is on the first page or behind it', async () => {
    const kiosk = await atHome();
    agreement(kiosk, 'ended');
    await kiosk.pass(ONE_POLL);
    expect(home(kiosk)).toMatchObject({ plate: undefined, insurance: 'closed' });
    const jobs = await jobsFrom(kiosk);
    for (const job of ['settleOutpatient', 'registration', 'records', 'refund', 'proxy'])
      expect(jobs).not.toContain(job);
    // Its money and its words are still everybody's.
    for (const job of ['findMoney', 'complaint', 'guides']) expect(jobs).toContain(job);
  });

  it('[SZ-69] its words come out of the signed profile alone: one letter changed, or written into the site file, is refused', () => {
    const authority = createTestAuthority();
    const bytes = readFileSync(new URL('../../firmware/region/profiles/shenzhen.json', import.meta.url));
    const signatures = signByBoth(bytes, authority, '2026-01-01T00:00:00+08:00', 'region');
    expect(verifyPack(bytes, signatures, authority.trust).texts.plate).toBe(PLATE);
    const edited = Buffer.from(bytes.toString('utf8').replace(PLATE, `${PLATE}（推荐）`));
    expect(() => verifyPack(edited, signatures, authority.trust)).toThrow(PackRefusedError);
    const site = { kioskId: 'K-1', texts: { plate: '医保定点医院' } };
    expect(() => readSite(JSON.stringify(site))).toThrow(/texts/);
  });
});

describe('the home screen', () => {
  it('[Y2-1, Y4-9] is one door to every public service of the hospital, two touches at most to each', async () => {
    const kiosk = await atHome({ stays: ['ready'] });
    const jobs = await jobsFrom(kiosk);
    for (const journey of JOURNEYS) expect(jobs, journey).toContain(journey);
    expect(jobs).toContain('findMoney');
  });
});

describe('nobody is turned away', () => {
  it('[N-16] every refusal keeps care going: the window, the emergency, and paying by oneself wherever that is possible', async () => {
    expect(tables.zh.refusal.care).toMatch(/急诊/);
    expect(tables.en.refusal.care).toMatch(/Emergency/);
    const shown = new Map<string, readonly string[]>();
    const look = async (kiosk: VirtualKiosk, plan: Plan = {}): Promise<void> => {
      await kiosk.visit(plan);
      for (const body of kiosk.patient.bodies) {
        if (body.name !== 'S-STOP' && body.name !== 'S-HELD') continue;
        shown.set(body.reason, body.offers ?? []);
        expect(kiosk.patient.screen?.help.window, body.reason).toBe('1号人工窗口');
      }
    };
    const suspended = new VirtualKiosk();
    agreement(suspended, 'paused');
    await look(suspended);
    const stopped = new VirtualKiosk();
    stopped.hall.parties.insurance.register.unfile(DOCTOR.code);
    await look(stopped);
    const cut = new VirtualKiosk();
    await look(cut, {
      'S-HOME': (its) => {
        its.hand('cutInsuranceLine');
        its.hand('insertCard');
      },
    });
    const department = new VirtualKiosk();
    department.hand('suspendDepartment', 'D0101');
    await look(department);
    expect(shown.size, [...shown.keys()].join()).toBeGreaterThanOrEqual(3);
    for (const [reason, offers] of shown) {
      const { mayPayOwn }: Reason = reasons[reason as ReasonId];
      if (mayPayOwn) expect(offers, reason).toContain('ownExpense');
    }
  });

  it('[Y1-10b] what is missing is told once and all of it: three things missing, three are shown', async () => {
    const kiosk = new VirtualKiosk({ bills: [], stays: ['nothingReady'] });
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.touch({ do: 'start', journey: 'inpatient' }),
      'S-ID-HELP': 'insertCard',
      'S-STAY': 'cancel',
    });
    expect(bodyOf(kiosk.patient.bodies, 'S-STAY').ticks).toEqual({
      ...{ ordered: true, feesPosted: false, coded: false, undisputed: false },
    });
    const { ticks } = tables.zh.ways.stay;
    for (const missing of [ticks.feesPosted.missing, ticks.coded.missing, ticks.undisputed.missing]) {
      expect(missing).toMatch(/还没|还没办完/);
    }
  });
});

describe('the numbers to call', () => {
  const WITH_PAPER = [
    ...['outpatient-card', 'outpatient-signed-consent', 'outpatient-external-prescription', 'registration-new'],
    ...['inpatient-deposit', 'inpatient-discharge', 'refund-some-lines', 'complaint-with-number'],
    ...['outpatient-window-ticket', 'degraded-line-down-parked', 'price-list-printed', 'reprint-slip'],
  ];

  it('[SZ-193] 12345 and the hospital’s own number stand on every slip of every journey', async () => {
    for (const name of WITH_PAPER) {
      const { slips = 0 } = scenarioNamed(name).expect;
      expect(slips, name).toBeGreaterThan(0);
      const paper = (await onVirtualTime(name)).paper.join('\n');
      expect(paper.match(/12345/g)?.length ?? 0, name).toBeGreaterThanOrEqual(slips);
      expect(paper.match(/0990-1234567/g)?.length ?? 0, name).toBeGreaterThanOrEqual(slips);
    }
  });
});

describe('the queue', () => {
  it('[Y1-3] is not jumped by taking numbers again and again, and who may go first can be read by everybody', async () => {
    const kiosk = await atHome();
    const take = async (): Promise<{ readonly number: string; readonly waitingBefore: number }> => {
      kiosk.patient.touch({ do: 'start', journey: 'guides' });
      await kiosk.pass(500);
      kiosk.patient.touch({ do: 'choose', id: 'guide.chronic' });
      await kiosk.pass(500);
      kiosk.patient.touch({ do: 'takeTicket' });
      await kiosk.run(() => bodyOf(kiosk.patient.bodies, 'S-GUIDE').paper === 'ready');
      const { ticket } = bodyOf(kiosk.patient.bodies, 'S-GUIDE');
      kiosk.patient.touch({ do: 'cancel' });
      await kiosk.run(() => kiosk.patient.body?.name === 'S-HOME');
      await kiosk.pass(500);
      if (!ticket) throw new Error('no number');
      return ticket;
    };
    const taken = [await take(), await take(), await take()];
    // Whoever asks again stands at the end, behind the first number.
    expect(taken.map(({ waitingBefore }) => waitingBefore)).toEqual([0, 1, 2]);
    const { queue } = kiosk.hall.parties.hospital;
    queue.callNext();
    queue.callNext();
    const { calls } = queue.since(0) as unknown as { readonly calls: readonly { readonly number: string }[] };
    expect(calls.map(({ number }) => number)).toEqual(taken.slice(0, 2).map(({ number }) => number));
    kiosk.patient.touch({ do: 'start', journey: 'guides' });
    await kiosk.pass(500);
    kiosk.patient.touch({ do: 'choose', id: 'topic.open' });
    await kiosk.pass(500);
    kiosk.patient.touch({ do: 'choose', id: 'guide.priority' });
    await kiosk.pass(500);
    const text = bodyOf(kiosk.patient.bodies, 'S-GUIDE').text.zh.join();
    for (const words of ['急诊', '军人', '残疾人', '孕妇', '60 岁']) expect(text).toContain(words);
  });

  it('[Z-8.2.1.1, Y3-3] a number for each kind of filing is called on lamps and second screen, and said, for the right window', async () => {
    for (const id of ['chronic', 'special', 'rare', 'injury', 'transfer', 'offsite']) {
      const kiosk = await atHome({ bills: [], displays: true });
      const views: BoardView[] = [];
      const page = kiosk.kiosk.devices.board?.attach((message) => {
        if (message.type !== 'view') return;
        views.push(message.view);
        kiosk.hall.clock.timer(50, () => page?.hear({ type: 'drawn', viewId: message.view.id }));
      });
      kiosk.patient.touch({ do: 'start', journey: 'guides' });
      await kiosk.pass(500);
      kiosk.patient.touch({ do: 'choose', id: `guide.${id}` });
      await kiosk.pass(500);
      kiosk.patient.touch({ do: 'takeTicket' });
      await kiosk.run(() => bodyOf(kiosk.patient.bodies, 'S-GUIDE').paper === 'ready');
      const { number = '' } = bodyOf(kiosk.patient.bodies, 'S-GUIDE').ticket ?? {};
      kiosk.hand('callNumber');
      await kiosk.run(() => views.at(-1)?.call?.number === number);
      expect(views.at(-1)?.call, id).toMatchObject({ number, place: '医保备案窗口' });
      await kiosk.pass(2_000);
      expect(kiosk.hall.queueDisplay.text().join(' ')).toContain(number);
      const [zhSays, enSays] = callSentences({ number, place: '医保备案窗口', placeLatin: 'FILING WINDOW' });
      expect(zhSays?.text).toBe('请 B 零 零 一 号，到 医保备案窗口。');
      expect(enSays?.text).toBe('Number B 0 0 1, please go to filing window.');
    }
  });
});
