/** A person who comes, a complaint that is answered: nothing of it asks who somebody is. */
import { describe, expect, it } from 'vitest';
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

  it('[SZ-105, Y1-10a] what nobody can answer now is written down: it has an owner and a last day, and whoever asked has its number', async () => {
    const kiosk = new VirtualKiosk({
      bills: [],
      rules: (profile) =>
        Object.assign(profile, { complaints: { office: { zh: '医保办', en: 'Insurance office' }, replyDays: 10 } }),
    });
    await kiosk.visit(complaining({ 'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'question' }) }));
    const today = Date.parse(new Date(kiosk.hall.clock.wallMs() + 8 * 3_600_000).toISOString().slice(0, 10));
    const answerBy = new Date(today + 10 * 86_400_000).toISOString().slice(0, 10);
    const page = bodyOf(kiosk.patient.bodies, 'S-COMPLAINT');
    expect(page).toMatchObject({ about: 'question', state: 'taken', answerBy });
    const slip = (kiosk.slips.at(-1) ?? '').replaceAll(/\s/g, '');
    for (const words of ['有问题要问', '负责答复医保办', `答复期限${answerBy}`]) expect(slip).toContain(words);
    const [task] = [...kiosk.hall.parties.hospital.office.events.values()].filter(
      ({ taskNumber }) => taskNumber === page.number,
    );
    expect(JSON.parse(String(task?.['facts']))).toMatchObject({ about: 'question', owner: '医保办', answerBy });
    kiosk.hand('answerComplaint', '可以报销，请带发票来。');
    await kiosk.visit(
      complaining({
        'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'answer' }),
        'S-MONEY-ASK': ({ patient }) => patient.touch({ do: 'number', number: page.number.slice(4) }),
      }),
    );
    const answered = bodyOf(kiosk.patient.bodies, 'S-COMPLAINT');
    expect(answered).toMatchObject({ about: 'question', state: 'answered', answer: '可以报销，请带发票来。' });
    expect(answered.answerBy).toBeUndefined();
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
