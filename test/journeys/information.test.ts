/** 医保服务: what there is to read, print and take a number for, without saying who one is. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { homeNewsOf } from '../../firmware/journeys/guides.ts';
import { guideDigest } from '../../firmware/region/guide-schema.ts';
import type { GuideText, RegionProfile } from '../../firmware/region/profile.ts';
import { ProfileError, parseProfile } from '../../firmware/region/profile-schema.ts';
import type { GuideEntry, Intent, ScreenBody } from '../../firmware/screen/messages.ts';
import { readFromPage } from '../../firmware/screen/read-from-page.ts';
import { eachDay } from '../../firmware/session/each-day.ts';
import { zh } from '../../kiosk-ui/text/zh.ts';
import { onVirtualTime } from '../support/live-walk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Profile, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const profilesFolder = new URL('../../firmware/region/profiles/', import.meta.url);
const profiles = readdirSync(profilesFolder).map(
  (name) => JSON.parse(readFileSync(new URL(name, profilesFolder), 'utf8')) as RegionProfile,
);
const named = (id: string): RegionProfile => {
  const found = profiles.find((profile) => profile.id === id);
  if (!found) throw new Error(`There is no profile ${id}.`);
  return found;
};

/** Somebody who reads, one touch after the other. */
class Reader {
  readonly kiosk: VirtualKiosk;
  touches = 0;

  constructor(setting: Setting = {}) {
    this.kiosk = new VirtualKiosk({ bills: [], ...setting });
  }

  async comes(): Promise<this> {
    await this.kiosk.run(() => this.kiosk.patient.body?.name === 'S-HOME');
    await this.kiosk.pass(1_000);
    return this;
  }

  async does(intent: Intent): Promise<ScreenBody> {
    this.touches += 1;
    this.kiosk.patient.touch(intent);
    await this.kiosk.pass(500);
    const { body } = this.kiosk.patient;
    if (!body) throw new Error('The screen is dark.');
    return body;
  }

  async opens(): Promise<Extract<ScreenBody, { name: 'S-GUIDES' }>> {
    await this.does({ do: 'start', journey: 'guides' });
    return bodyOf(this.kiosk.patient.bodies, 'S-GUIDES');
  }

  async reads(id: string): Promise<Extract<ScreenBody, { name: 'S-GUIDE' }>> {
    await this.does({ do: 'choose', id });
    return bodyOf(this.kiosk.patient.bodies, 'S-GUIDE');
  }

  async leaves(): Promise<void> {
    await this.does({ do: 'cancel' });
    await this.kiosk.run(() => this.kiosk.atRest);
    expectUntouched(this.kiosk);
  }

  async prints(): Promise<string> {
    await this.does({ do: 'print' });
    await this.kiosk.run(() => bodyOf(this.kiosk.patient.bodies, 'S-GUIDE').paper !== 'printing');
    return this.kiosk.slips.at(-1)?.replaceAll(/\s/g, '') ?? '';
  }
}

const entriesOf = ({ entries }: Extract<ScreenBody, { name: 'S-GUIDES' }>): readonly GuideEntry[] =>
  entries.filter((entry): entry is GuideEntry => entry.kind !== 'topic');
const squeezed = (text: string): string => text.replaceAll(/\s/g, '');

/** Every page behind the list, opened by touch. */
async function everyPage(reader: Reader): Promise<readonly Extract<ScreenBody, { name: 'S-GUIDE' }>[]> {
  const pages: Extract<ScreenBody, { name: 'S-GUIDE' }>[] = [];
  const list = await reader.opens();
  const readAll = async (entries: readonly GuideEntry[]): Promise<void> => {
    for (const { id } of entries) {
      pages.push(await reader.reads(id));
      expect(pages.at(-1)?.entry.id).toBe(id);
      await reader.does({ do: 'confirm' });
    }
  };
  await readAll(entriesOf(list));
  for (const topic of list.entries.filter(({ kind }) => kind === 'topic')) {
    await reader.does({ do: 'choose', id: topic.id });
    await readAll(entriesOf(bodyOf(reader.kiosk.patient.bodies, 'S-GUIDES')));
    await reader.does({ do: 'confirm' });
  }
  return pages;
}

describe('the way in', () => {
  it('[Z-8.1.10] two touches from home the settlement flow says its steps, categories and shares, with its day, and prints', async () => {
    const reader = await new Reader().comes();
    await reader.opens();
    const page = await reader.reads('guide.flow');
    expect(reader.touches).toBe(2);
    const text = page.text.zh.join();
    for (const words of ['第一步', '第四步', '支付类别', '门诊慢特病', '支付比例', '%']) expect(text).toContain(words);
    expect(page).toMatchObject({ entry: { updatedOn: '2026-01-15' }, version: 'zhejiang/1' });
    const slip = await reader.prints();
    for (const paragraph of page.text.zh) expect(slip).toContain(squeezed(paragraph));
    for (const words of ['2026-01-15', 'zhejiang/1', '浙江省医疗保障局', '12345']) expect(slip).toContain(words);
    await reader.leaves();
  });

  it('[SZ-80] one touch from home is the service list of the e-station, and no entry of it is dead', async () => {
    const profile = named('shenzhen');
    const reader = await new Reader({ profile: 'shenzhen' }).comes();
    const pages = await everyPage(reader);
    expect(pages.map(({ entry }) => entry.id).sort()).toEqual(profile.guides?.map(({ id }) => `guide.${id}`).sort());
    expect(pages.every(({ text }) => text.zh.length > 1 && text.en.length === text.zh.length)).toBe(true);
    // What the standard counts up, by the words of the titles.
    const titles = pages.map(({ entry }) => entry.title.zh).join();
    for (const service of [
      '政策咨询',
      '补记账',
      '外地参保',
      '医保码',
      '记账查询',
      '家庭共济',
      '门诊机构',
      '主卡',
      '回参保地报销',
    ]) {
      expect(titles).toContain(service);
    }
    await reader.leaves();
  });

  it('[SZ-110] where the place wants it, name, service list and official account of the station stand on the first page', async () => {
    const { kiosk } = await new Reader({ profile: 'shenzhen' }).comes();
    const home = bodyOf(kiosk.patient.bodies, 'S-HOME');
    expect(home.station).toMatchObject({ name: { zh: '医保服务e站' }, accountName: { zh: '“深圳医保”公众号' } });
    expect(home.station?.account).toMatch(/^https:\/\//);
    expect(home.jobs).toContain('guides');
    const elsewhere = await new Reader({ profile: 'zhejiang' }).comes();
    expect(bodyOf(elsewhere.kiosk.patient.bodies, 'S-HOME').station).toBeUndefined();
  });

  it('[SZ-88] who has no 医保码 reads how to activate it, and no page of this kiosk can ask for its password or take one', async () => {
    for (const profile of ['national', 'zhejiang', 'shenzhen', 'hunan'] as const) {
      const reader = await new Reader({ profile }).comes();
      await reader.opens();
      const { entry, text } = await reader.reads('guide.ecode');
      expect(entry.title.zh).toBe('医保码怎么激活');
      expect(text.zh).toHaveLength(4);
      expect(text.zh.at(-1)).toContain('本机不会问');
    }
    // All that a page can say: an amount, and the number of one of our own slips, in its letters.
    const says = (intent: object) => readFromPage(JSON.stringify({ type: 'intent', screenId: 'scr_1', intent }));
    expect(says({ do: 'confirm' })).toBeDefined();
    for (const intent of [
      { do: 'password', password: '123456' },
      { do: 'confirm', password: '123456' },
      { do: 'number', number: '123456' },
      { do: 'key', key: '1' },
    ]) {
      expect(JSON.stringify(says(intent)) ?? '').not.toContain('123456');
    }
    expect(says({ do: 'password', password: '123456' })).toBeUndefined();
    // And none of the words on them asks for one; the phone's own is named where the phone is asked to pay.
    const asking = /请?(?:输入|按|填)[^。]{0,8}密码/;
    expect(JSON.stringify(zh).match(asking)).toBeNull();
  });

  it('has no tile where the profile has nothing to read', async () => {
    const nothing = (profile: Profile): void => void Object.assign(profile, { guides: [], information: undefined });
    const { kiosk } = await new Reader({ rules: nothing }).comes();
    expect(bodyOf(kiosk.patient.bodies, 'S-HOME').jobs).not.toContain('guides');
  });

  it('goes back home by itself without a warning: nothing on it is anybody’s', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    const reading: Plan = { 'S-HOME': ({ patient }) => patient.open('guides'), 'S-GUIDES': 'nothing' };
    await kiosk.visit(reading);
    expect(kiosk.patient.screens).not.toContain('S-STILL-THERE');
    expect(kiosk.ended).toEqual(['guidesRead']);
    expectUntouched(kiosk);
  });
});

describe('信息公开', () => {
  it('[Z-8.2.3.1] the catalogue is complete against the list of the profile, and a profile that lacks a page is none', async () => {
    for (const profile of profiles) {
      const there = profile.guides?.map(({ id }) => id) ?? [];
      expect(profile.information?.catalogue.length, profile.id).toBeGreaterThan(10);
      expect(profile.information?.catalogue.filter((id) => !there.includes(id))).toEqual([]);
      for (const gone of profile.information?.catalogue ?? []) {
        const guides = profile.guides?.filter(({ id }) => id !== gone);
        expect(() => parseProfile({ ...profile, guides }), gone).toThrow(ProfileError);
      }
    }
    const reader = await new Reader().comes();
    const pages = await everyPage(reader);
    const read = pages.map(({ entry }) => entry.id.slice('guide.'.length));
    expect(named('zhejiang').information?.catalogue.filter((id) => !read.includes(id))).toEqual([]);
  });

  it('each page shows the day of its edition', async () => {
    const reader = await new Reader().comes();
    for (const page of await everyPage(reader)) expect(page.entry.updatedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    // 医保政策, 药品目录, 服务项目目录, 流程, 咨询电话, 投诉方式.
    const ids = named('zhejiang').guides?.map(({ id }) => id) ?? [];
    for (const id of ['policy', 'drugs', 'items', 'flow', 'contact']) expect(ids).toContain(id);
  });

  it('[Z-8.2.3.2] a page older than the place allows is told to the engineers once, and stays readable with its day', async () => {
    const aged = (profile: Profile): void => {
      const { guides, information } = profile as unknown as { guides: { updatedOn: string }[]; information: object };
      Object.assign(information, { maxAgeDays: 30 });
      for (const [place, guide] of guides.entries()) guide.updatedOn = place === 3 ? '2025-01-01' : '2026-03-01';
    };
    const reader = await new Reader({ rules: aged }).comes();
    const { kiosk } = reader;
    const old = named('zhejiang').guides?.[3]?.id ?? '';
    await kiosk.pass(60_000);
    const told = [...kiosk.hall.parties.hospital.office.events.values()].filter(
      ({ task }) => task === 'oldInformation',
    );
    expect(told.map(({ facts }) => JSON.parse(String(facts)))).toMatchObject([{ edition: 'zhejiang/1', page: old }]);
    expect(kiosk.audited('information.old')).toHaveLength(1);
    const pages = await everyPage(reader);
    expect(pages.find(({ entry }) => entry.id === `guide.${old}`)?.entry.updatedOn).toBe('2025-01-01');
  });

  it('[SZ-323] qualification, doctors, prices and quality figures are there, each with its source and its day', async () => {
    const reader = await new Reader().comes();
    await reader.opens();
    await reader.does({ do: 'choose', id: 'topic.open' });
    for (const id of ['licence', 'doctors', 'fees', 'quality']) {
      const page = await reader.reads(`guide.${id}`);
      expect(page.source?.zh, id).toMatch(/医保/);
      expect(page.entry.updatedOn).toBe('2026-01-15');
      await reader.does({ do: 'confirm' });
    }
  });

  it('[SZ-324] complaint phone and e-mail are both said, on the page and on paper, and who complains says no name', async () => {
    const reader = await new Reader().comes();
    await reader.opens();
    await reader.does({ do: 'choose', id: 'topic.open' });
    const page = await reader.reads('guide.contact');
    const text = page.text.zh.join();
    expect(text).toContain('12345');
    expect(text).toContain(named('zhejiang').texts.complaintEmail);
    const slip = await reader.prints();
    for (const words of ['12345', named('zhejiang').texts.complaintEmail]) expect(slip).toContain(words);
    await reader.does({ do: 'cancel' });
    const { kiosk } = reader;
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.open('complaint'),
      'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'fee' }),
    });
    expect(kiosk.ended.at(-1)).toBe('complained');
    expect(kiosk.hall.parties.hospital.guides.complaints()).toHaveLength(1);
  });

  it('[Z-8.4.2] admission notice, procedure, settlement and going elsewhere are a complete set, and each prints', async () => {
    const reader = await new Reader().comes();
    await reader.opens();
    await reader.does({ do: 'choose', id: 'topic.inpatient' });
    const list = entriesOf(bodyOf(reader.kiosk.patient.bodies, 'S-GUIDES'));
    expect(list.map(({ title }) => title.zh)).toEqual(['入院须知', '住院手续', '出院怎么结算', '转院和省外就医']);
    for (const { id } of list) {
      const page = await reader.reads(id);
      const slip = await reader.prints();
      for (const paragraph of page.text.zh) expect(slip, id).toContain(squeezed(paragraph));
      await reader.does({ do: 'confirm' });
    }
  });

  it('[Y2-6] the words here are the published ones: another text under their digest is refused', () => {
    const profile = named('zhejiang');
    const published = (guide: GuideText): GuideText => ({ ...guide, digest: guideDigest(guide) });
    const guides = profile.guides?.map(published) ?? [];
    expect(() => parseProfile({ ...profile, guides })).not.toThrow();
    const [first, ...others] = guides;
    const changed = { ...first, text: { ...first?.text, zh: [...(first?.text.zh ?? []).slice(1), '随便改一改。'] } };
    expect(() => parseProfile({ ...profile, guides: [changed, ...others] })).toThrow(/digest/);
    // SHA-256 of three lines, as `printf '%s' | sha256sum` counts it.
    const small = { title: { zh: '题', en: '' }, text: { zh: ['一', '二'], en: [] } };
    expect(guideDigest(small)).toBe('151d5bb662cf22645745e13fbdfbfdb9fa444eb6b2f0d27a16986025153c977e');
  });
});

describe('care everywhere', () => {
  it('[Y1-13] who is insured in another province reads how, takes a number for the filing, and settles here like everybody', async () => {
    const reader = await new Reader().comes();
    await reader.opens();
    const page = await reader.reads('guide.offsite');
    expect(page.text.zh.join()).toMatch(/备案.*社保卡或医保码/);
    expect(page.window).toBe('open');
    await reader.leaves();
    for (const id of ['transfer', 'claim'])
      expect(named('zhejiang').guides?.some((guide) => guide.id === id)).toBe(true);
    const { ended, failures, violations } = await onVirtualTime('outpatient-off-site');
    expect({ ended, failures, violations }).toEqual({ ended: 'settled', failures: [], violations: [] });
  });
});

describe('公告', () => {
  const notice = {
    id: 'system',
    title: { zh: '周日上午医保系统升级', en: 'Closed on Sunday morning' },
    text: { zh: ['请下午再来。'], en: ['Come in the afternoon.'] },
    updatedOn: '2026-03-04',
  };
  const with_ = (days: object) => (profile: Profile) =>
    void Object.assign(profile, { notices: [{ ...notice, ...days }] });

  it('stands first on its days, and on no other', async () => {
    for (const [days, there] of [
      [{ from: '2026-03-05', until: '2026-03-08' }, true],
      [{ from: '2026-03-06' }, false],
      [{ until: '2026-03-04' }, false],
    ] as const) {
      const reader = await new Reader({ rules: with_(days) }).comes();
      const [first] = (await reader.opens()).entries;
      expect(first?.kind === 'notice').toBe(there);
    }
  });

  it('[part of SZ-322] an announcement of the authority stands on the first page until its last day is over', async () => {
    const rules = with_({ from: '2026-03-05', until: '2026-03-05' });
    const { kiosk } = await new Reader({ rules }).comes();
    expect(bodyOf(kiosk.patient.bodies, 'S-HOME').notice?.zh).toBe('周日上午医保系统升级');
    // The last second of the day and the first of the next one.
    const clock = new ManualClock(Date.parse('2026-03-05T23:59:59+08:00'));
    const profile = { ...named('zhejiang'), notices: [{ ...notice, from: '2026-03-05', until: '2026-03-05' }] };
    const shown: unknown[] = [];
    const stop = eachDay(clock, () => shown.push(homeNewsOf({ profile, clock }).notice));
    expect(homeNewsOf({ profile, clock }).notice?.zh).toBe('周日上午医保系统升级');
    await clock.pass(999);
    expect(shown).toEqual([]);
    await clock.pass(1);
    expect(shown).toEqual([undefined]);
    stop();
  });
});

describe('a number for the window', () => {
  const FILINGS = ['chronic', 'special', 'rare', 'injury', 'transfer'];

  it('[part of Z-8.2.1.1, Y3-3] is had for each kind of filing, on the page and on paper', async () => {
    for (const id of FILINGS) {
      const reader = await new Reader().comes();
      await reader.opens();
      expect((await reader.reads(`guide.${id}`)).window, id).toBe('open');
      await reader.does({ do: 'takeTicket' });
      await reader.kiosk.run(() => bodyOf(reader.kiosk.patient.bodies, 'S-GUIDE').paper === 'ready');
      const { ticket } = bodyOf(reader.kiosk.patient.bodies, 'S-GUIDE');
      expect(ticket).toMatchObject({ number: 'B001', place: '医保备案窗口', together: false });
      expect(squeezed(reader.kiosk.slips.at(-1) ?? '')).toMatch(/窗口排队号.*B001.*医保备案窗口/);
      expect(reader.kiosk.hall.parties.hospital.queue.needsOf('B001')).toEqual([id]);
    }
  });

  it('[Y4-10] one number serves two needs: the second is put beside the first, without queueing again', async () => {
    const reader = await new Reader().comes();
    await reader.opens();
    for (const id of ['chronic', 'transfer']) {
      await reader.reads(`guide.${id}`);
      await reader.does({ do: 'takeTicket' });
      await reader.kiosk.run(() => bodyOf(reader.kiosk.patient.bodies, 'S-GUIDE').paper === 'ready');
      const { ticket } = bodyOf(reader.kiosk.patient.bodies, 'S-GUIDE');
      expect(ticket).toMatchObject({ number: 'B001', together: id === 'transfer' });
      await reader.does({ do: 'confirm' });
    }
    const { queue } = reader.kiosk.hall.parties.hospital;
    expect(queue.tickets).toEqual(['B001']);
    expect(queue.needsOf('B001')).toEqual(['chronic', 'transfer']);
  });

  it('a window that is shut says so, and the words stay', async () => {
    const reader = await new Reader().comes();
    reader.kiosk.hall.parties.hospital.queue.closed.add('filingWindow');
    await reader.opens();
    await reader.reads('guide.chronic');
    await reader.does({ do: 'takeTicket' });
    expect(bodyOf(reader.kiosk.patient.bodies, 'S-GUIDE')).toMatchObject({ window: 'shut', ticket: undefined });
    await reader.leaves();
  });

  it('[SZ-81] [part of Z-11.2.4] for questions about the rules there are a page, a call for somebody and a number for the window', async () => {
    const reader = await new Reader().comes();
    const { kiosk } = reader;
    await reader.opens();
    const page = await reader.reads('guide.ask');
    expect(page.text.zh.join()).toMatch(/取一个号.*找人帮忙/);
    await reader.does({ do: 'help' });
    expect(kiosk.hall.parties.hospital.guides.calls).toMatchObject([{ screen: 'S-GUIDE', kioskId: 'sim-kiosk-1' }]);
    await reader.does({ do: 'confirm' });
    await reader.does({ do: 'takeTicket' });
    await kiosk.run(() => bodyOf(kiosk.patient.bodies, 'S-GUIDE').paper === 'ready');
    expect(bodyOf(kiosk.patient.bodies, 'S-GUIDE').ticket).toMatchObject({ number: 'A001', place: '1号人工窗口' });
    await reader.leaves();
  });
});

describe('plain words', () => {
  /** 大白话: words of the trade that may stand in a guide only with these words beside them in the same guide. */
  const PLAIN: Readonly<Record<string, RegExp>> = {
    补记账: /先记账|先自己付/,
    家庭共济: /家人用/,
    丙类: /医保不付/,
    乙类: /您先付一部分/,
    预缴金: /多退少补|凭条/,
    备案: /窗口|手机|结算/,
  };
  /** Words that no guide needs. */
  const NEVER = /统筹|起付线|封顶线|自付|个人负担|待遇享受|经办机构|参保人员|参保职工|系统|数据|须|本机构|凭证/;

  it('[Y1-5] no step of a guide is longer than 120 characters, and every word of the trade has its plain words beside it', () => {
    for (const { id, guides = [] } of profiles) {
      for (const guide of guides) {
        const name = `${id} ${guide.id}`;
        for (const step of guide.text.zh) {
          expect(step.length, name).toBeLessThanOrEqual(120);
          expect(step, name).not.toMatch(NEVER);
        }
        const whole = guide.text.zh.join();
        for (const [term, plain] of Object.entries(PLAIN)) if (whole.includes(term)) expect(whole, name).toMatch(plain);
      }
    }
    const [first] = named('zhejiang').guides ?? [];
    const long = { ...first, text: { ...first?.text, zh: ['一'.repeat(121)] } };
    expect(() => parseProfile({ ...named('national'), guides: [long] })).toThrow(ProfileError);
  });
});
