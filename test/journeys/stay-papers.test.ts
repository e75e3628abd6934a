/** 出院单据 after the discharge: fee list, e-invoice, discharge record, each by paper or by a code for the phone. */
import { expect, it } from 'vitest';
import { expectFree } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const discharged = (plan: Plan): Plan => ({
  'S-HOME': ({ patient }) => patient.open('inpatient'),
  'S-ID-HELP': 'insertCard',
  'S-RESULT': 'confirm',
  'S-PAPERS': 'confirm',
  'S-PAPER': 'confirm',
  ...plan,
});

const inWard = (setting: Setting = {}): VirtualKiosk => new VirtualKiosk({ bills: [], stays: ['ready'], ...setting });

const opens =
  (id: string) =>
  ({ patient }: VirtualKiosk): void =>
    patient.touch({ do: 'choose', id });

/** Opens each of the three in turn, and goes. */
const allThree = [opens('feeList'), opens('invoice'), opens('dischargeRecord'), 'confirm'] as const;

it('[Z-8.4.6] after a discharge three papers are listed, each with print and a code for the phone; none is missing', async () => {
  const kiosk = inWard();
  const prints = (its: VirtualKiosk): void => its.patient.touch({ do: 'print' });
  await kiosk.visit(
    discharged({
      'S-PAPERS': allThree,
      'S-PAPER': prints,
    }),
  );
  const papers = kiosk.patient.bodies.flatMap((body) => (body.name === 'S-PAPERS' ? [body.papers] : []));
  expect(papers[0]?.map(({ paper }) => paper)).toEqual(['feeList', 'invoice', 'dischargeRecord']);
  expect(papers[0]?.map(({ state }) => state)).toEqual(['taken', 'open', 'open']);
  expect(papers.at(-1)?.map(({ state }) => state)).toEqual(['taken', 'taken', 'taken']);
  const pages = kiosk.patient.bodies.flatMap((body) => (body.name === 'S-PAPER' ? [body] : []));
  for (const paper of ['feeList', 'invoice', 'dischargeRecord']) {
    const own = pages.filter((page) => page.paper === paper);
    expect(own.map(({ print }) => print)).toEqual(['can', 'printing', 'ready']);
    expect(own.every(({ code }) => code?.startsWith('https://'))).toBe(true);
  }
  const slips = kiosk.slips.join('\n');
  for (const words of ['住院费用明细清单', '出院记录', '出院医嘱', '电子票据', '住院号'])
    expect(slips).toContain(words);
  expect(slips).not.toContain('张演一');
  expect(kiosk.ended).toEqual(['settled']);
  expect(kiosk.audited('stayPaper.printed')).toHaveLength(3);
  expectFree(kiosk);
});

it('a record that the doctor has not written yet says where it comes from, and is there once it is written', async () => {
  const kiosk = inWard();
  const { hospital } = kiosk.hall.parties;
  const [stayId = ''] = hospital.ward.stays.keys();
  hospital.stayPapers.unwritten.add(stayId);
  await kiosk.visit(
    discharged({
      'S-PAPERS': ({ hall, patient }) => {
        hall.clock.timer(10_000, () => hospital.stayPapers.unwritten.delete(stayId));
        hall.clock.timer(20_000, () => patient.touch({ do: 'confirm' }));
      },
    }),
  );
  const records = kiosk.patient.bodies.flatMap((body) => (body.name === 'S-PAPERS' ? [body.papers[2]?.state] : []));
  expect(records[0]).toBe('later');
  expect(records.at(-1)).toBe('open');
  expectFree(kiosk);
});

it('a hospital that does not answer leaves the fee list, and the settlement as it is', async () => {
  const kiosk = inWard();
  const { mischief } = kiosk.hall.parties.wires.hospital;
  mischief.loseRequest(50, { path: '/papers' });
  await kiosk.visit(discharged({}));
  expect(bodyOf(kiosk.patient.bodies, 'S-PAPERS').papers.map(({ state }) => state)).toEqual([
    'taken',
    'later',
    'later',
  ]);
  expect(kiosk.ended).toEqual(['settled']);
  expect(kiosk.books.claims).toBe(1);
  expect(kiosk.troubles).toEqual([]);
});

it('without paper the three are had by phone, and no code says who it is', async () => {
  const kiosk = inWard();
  await kiosk.run(() => kiosk.atRest);
  kiosk.hand('takePaperOut');
  await kiosk.visit(discharged({ 'S-PAPERS': allThree }));
  const pages = kiosk.patient.bodies.flatMap((body) => (body.name === 'S-PAPER' ? [body] : []));
  expect(pages.map(({ paper, print }) => `${paper} ${print}`)).toEqual([
    'feeList cannot',
    'invoice cannot',
    'dischargeRecord cannot',
  ]);
  const { name, certificate, insured } = kiosk.hall.parties.hospital.person('zhang');
  for (const { code = '' } of pages) {
    expect(code).toMatch(/^https:/);
    for (const own of [name, certificate?.number, insured?.personNumber]) expect(code).not.toContain(own);
  }
  expectFree(kiosk);
});

it('who walks away from the papers is no longer named on the screen', async () => {
  const kiosk = inWard();
  await kiosk.visit(discharged({ 'S-PAPERS': 'nothing' }));
  expect(kiosk.ended).toEqual(['settled']);
  expectFree(kiosk);
});
