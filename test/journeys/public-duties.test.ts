/** What a designated institution owes to everybody who walks by: the sign, the slogan, fair queues, everything from one home. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSite } from '../../firmware/config/read-config.ts';
import { PackRefusedError } from '../../firmware/region/pack-signatures.ts';
import { verifyPack } from '../../firmware/region/packs.ts';
import { JOURNEYS, type JobName } from '../../firmware/screen/screen-parts.ts';
import { createTestAuthority, signByBoth } from '../../provisioning/test-authority.ts';
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
});
