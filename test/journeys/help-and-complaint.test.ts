/** A person who comes, a complaint that is answered, guides to read: nothing of it asks who somebody is. */
import { describe, expect, it } from 'vitest';
import { readFromPage } from '../../firmware/screen/read-from-page.ts';
import { zh } from '../../kiosk-ui/text/zh.ts';
import { expectExplained, expectFree, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const calls = (kiosk: VirtualKiosk) => kiosk.hall.parties.hospital.guides.calls;
const helpStates = (kiosk: VirtualKiosk): readonly string[] =>
  kiosk.patient.bodies.flatMap((body) => (body.name === 'S-HELP' ? [body.call] : []));

describe('找人帮忙', () => {
  it('[Y1-8] calls the guide desk from any screen with its name and our code, and nothing of a person', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({
      'S-BILL': ['help', 'confirm'],
      'S-HELP': (its) => {
        its.hall.clock.timer(5_000, () => its.hand('answerHelp'));
        its.hall.clock.timer(9_000, () => its.patient.touch({ do: 'confirm' }));
      },
    });
    expect(calls(kiosk)).toMatchObject([{ kioskId: 'sim-kiosk-1', screen: 'S-BILL', staffCode: '', state: 'over' }]);
    expect(helpStates(kiosk)).toEqual(['calling', 'coming']);
    expect(JSON.stringify(calls(kiosk))).not.toMatch(/张|990000|JZ99/);
    // The bill stood where it was: help costs nothing of the way.
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });

  it('that nobody answers for half a minute names telephone and window', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-HOME': 'help', 'S-HELP': 'nothing' });
    expect(helpStates(kiosk)).toEqual(['calling', 'unanswered']);
    expect(kiosk.audited('help.unanswered')).toHaveLength(1);
    expect(kiosk.patient.screen?.help).toMatchObject({ window: '1号人工窗口', hospitalPhone: '0990-1234567' });
    expectUntouched(kiosk);
  });

  it.each([
    ['the hospital’s line is cut', (kiosk: VirtualKiosk) => kiosk.hand('cutHospitalLine')],
    ['nobody sits there', (kiosk: VirtualKiosk) => Object.assign(kiosk.hall.parties.hospital.guides, { closed: true })],
  ])('says so at once when %s', async (_, breaks) => {
    const kiosk = new VirtualKiosk();
    breaks(kiosk);
    const beganMs = kiosk.hall.clock.monotonicMs();
    kiosk.patient.come({ 'S-HOME': 'help', 'S-HELP': 'nothing' });
    await kiosk.run(() => helpStates(kiosk).includes('unanswered'));
    expect(kiosk.hall.clock.monotonicMs() - beganMs).toBeLessThan(30_000);
    await kiosk.run(() => kiosk.atRest);
    expectUntouched(kiosk);
  });

  it('says which of our codes stands on a refusal', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    kiosk.hand('cutHospitalLine');
    await kiosk.visit({ 'S-STOP': ['help', 'confirm'], 'S-HELP': 'confirm' });
    expect(kiosk.audited('help.called')[0]?.fields).toBe('{"choice":"S-STOP","reason":"LN-05"}');
    expectUntouched(kiosk);
  });
});

const complaining = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('complaint'),
  'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'fee' }),
  ...plan,
});

describe('投诉', () => {
  it('[part of Y1-18, Z-12.6] has a number without saying who one is, reaches the hospital, and is answered under it', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    await kiosk.visit(complaining());
    expect(kiosk.ended).toEqual(['complained']);
    expect(kiosk.patient.touches).toBe(3);
    const { number } = bodyOf(kiosk.patient.bodies, 'S-COMPLAINT');
    const [slip = ''] = kiosk.slips.slice(-1);
    const spoken = number.slice(4).toUpperCase();
    for (const words of ['投诉建议受理单', spoken.slice(0, 4), '收费', '12345']) expect(slip).toContain(words);
    const { guides } = kiosk.hall.parties.hospital;
    expect(guides.complaints()).toEqual([number]);

    const asking = complaining({
      'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'answer' }),
      'S-MONEY-ASK': ({ patient }) => patient.touch({ do: 'number', number: number.slice(4) }),
    });
    await kiosk.visit(asking);
    expect(bodyOf(kiosk.patient.bodies, 'S-COMPLAINT')).toMatchObject({ state: 'received', about: 'fee' });
    kiosk.hand('answerComplaint', '已经核对，多收的会退给您。');
    await kiosk.visit(asking);
    expect(bodyOf(kiosk.patient.bodies, 'S-COMPLAINT')).toMatchObject({ answer: '已经核对，多收的会退给您。' });
    expect(kiosk.ended.at(-1)).toBe('complaintSeen');
    expectUntouched(kiosk);
  });

  it('is kept while the hospital cannot be reached, also through a power cut, and sent afterwards', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    kiosk.hand('cutHospitalLine');
    await kiosk.visit(complaining());
    const { guides } = kiosk.hall.parties.hospital;
    expect(guides.complaints()).toEqual([]);
    kiosk.patient.leave();
    kiosk.hall.cutPower();
    kiosk.hand('restoreHospitalLine');
    kiosk.hall.restorePower();
    await kiosk.run(() => guides.complaints().length === 1);
    await kiosk.run(() => kiosk.atRest);
    expectUntouched(kiosk);
  });

  it('keeps its number on the page when there is no paper', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    kiosk.hand('takePaperOut');
    await kiosk.visit(complaining());
    expect(bodyOf(kiosk.patient.bodies, 'S-COMPLAINT').paper).toBe('none');
    expect(kiosk.ended).toEqual(['complained']);
    expectUntouched(kiosk);
  });

  it('under a number that nobody has is asked again, and a hospital that does not answer is named', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    const asking = complaining({
      'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'answer' }),
      'S-MONEY-ASK': [({ patient }) => patient.touch({ do: 'number', number: 'aaaaaaaaaaaa' }), 'cancel'],
    });
    await kiosk.visit(asking);
    expect(bodyOf(kiosk.patient.bodies, 'S-MONEY-ASK').problem).toBe('unknownNumber');
    kiosk.hand('cutHospitalLine');
    await kiosk.visit(asking);
    expectExplained(kiosk, 'S-STOP', 'hospitalUnreachable');
    expectUntouched(kiosk);
  });

  it.each([
    ['gives up', 'cancel', 'canceled'],
    ['walks away', 'nothing', 'timeOut'],
  ] as const)('who %s has not complained', async (_, deed, end) => {
    const kiosk = new VirtualKiosk({ bills: [] });
    await kiosk.visit(complaining({ 'S-CHOOSE': deed }));
    expect(kiosk.ended).toEqual([end]);
    expect(kiosk.hall.parties.hospital.guides.complaints()).toEqual([]);
    expectUntouched(kiosk);
  });
});

describe('办事指南', () => {
  const reading = (plan: Plan = {}): Plan => ({
    'S-HOME': ({ patient }) => patient.open('guides'),
    'S-GUIDES': [({ patient }) => patient.touch({ do: 'choose', id: 'guide.refund' }), 'cancel'],
    'S-GUIDE': 'confirm',
    ...plan,
  });

  it('comes from the signed profile in both languages, with its day and edition', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    await kiosk.visit(reading());
    const guide = bodyOf(kiosk.patient.bodies, 'S-GUIDE');
    expect(guide).toMatchObject({ version: 'zhejiang/1', entry: { updatedOn: '2026-01-15' } });
    expect(guide.text.zh.length).toBe(guide.text.en.length);
    expect(kiosk.ended).toEqual(['guidesRead']);
    expectUntouched(kiosk);
  });

  it('[SZ-88] who has no 医保码 reads how to activate it, and no page of this kiosk can ask for its password or take one', async () => {
    for (const profile of ['national', 'zhejiang', 'shenzhen', 'hunan'] as const) {
      const kiosk = new VirtualKiosk({ bills: [], profile });
      await kiosk.visit(
        reading({ 'S-GUIDES': [({ patient }) => patient.touch({ do: 'choose', id: 'guide.ecode' }), 'cancel'] }),
      );
      const { entry, text } = bodyOf(kiosk.patient.bodies, 'S-GUIDE');
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

  it('a notice stands first on its days, and on no other', async () => {
    const notice = {
      id: 'system',
      title: { zh: '周日上午医保系统升级', en: 'Closed on Sunday morning' },
      text: { zh: ['请下午再来。'], en: ['Come in the afternoon.'] },
      updatedOn: '2026-03-04',
    };
    for (const [days, there] of [
      [{ from: '2026-03-05', until: '2026-03-08' }, true],
      [{ from: '2026-03-06' }, false],
      [{ until: '2026-03-04' }, false],
    ] as const) {
      const kiosk = new VirtualKiosk({
        bills: [],
        rules: (profile) => Object.assign(profile, { notices: [{ ...notice, ...days }] }),
      });
      await kiosk.visit(reading({ 'S-GUIDES': 'cancel' }));
      const [first] = bodyOf(kiosk.patient.bodies, 'S-GUIDES').entries;
      expect(first?.kind).toBe(there ? 'notice' : 'guide');
    }
  });

  it('goes back home by itself without a warning: nothing on it is anybody’s', async () => {
    const kiosk = new VirtualKiosk({ bills: [] });
    await kiosk.visit(reading({ 'S-GUIDES': 'nothing' }));
    expect(kiosk.patient.screens).not.toContain('S-STILL-THERE');
    expect(kiosk.ended).toEqual(['guidesRead']);
    expectUntouched(kiosk);
  });

  it('has no tile where the profile has none', async () => {
    const kiosk = new VirtualKiosk({ bills: [], rules: (profile) => Object.assign(profile, { guides: [] }) });
    await kiosk.visit({ 'S-HOME': ({ patient }) => patient.touch({ do: 'menu', menu: 'more' }), 'S-MENU': 'cancel' });
    expect(bodyOf(kiosk.patient.bodies, 'S-MENU').jobs).not.toContain('guides');
  });
});

describe('好差评', () => {
  it('[part of Y1-17] reaches the hospital once a service, with the kiosk and nothing of a person', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({ 'S-DONE': ({ patient }) => patient.touch({ do: 'rate', stars: 4 }) });
    await kiosk.pass(60_000);
    const rated = [...kiosk.hall.parties.hospital.office.events.values()].filter(
      (event) => event['kind'] === 'serviceRated',
    );
    expect(rated).toHaveLength(1);
    expect(JSON.stringify(rated[0])).not.toMatch(/张|990000/);
    expectFree(kiosk);
  });
});
