/** 一日清单: what each day in hospital cost, added up to the hospital's figure, on screen and paper. */
import { describe, expect, it } from 'vitest';
import { expectExplained, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const kioskFor = (setting: Setting = {}): VirtualKiosk =>
  new VirtualKiosk({ bills: [], stays: ['noDeposit'], ...setting });
const looking = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('inpatient'),
  'S-ID-HELP': 'insertCard',
  'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'dailyList' }),
  'S-DAY-LIST': 'confirm',
  ...plan,
});
const days = (kiosk: VirtualKiosk) =>
  kiosk.patient.bodies.flatMap((body) => (body.name === 'S-DAY-LIST' ? [body] : []));

describe('the list of a day', () => {
  it('[part of Z-8.4.3] opens on yesterday, turns to the day before, adds up, and comes out on paper', async () => {
    const kiosk = kioskFor();
    const back = ({ patient }: VirtualKiosk): void => patient.touch({ do: 'choose', id: 'earlier' });
    await kiosk.visit(
      looking({
        'S-DAY-LIST': [
          back,
          back,
          back,
          back,
          back,
          back,
          (its) => {
            its.patient.touch({ do: 'print' });
            its.hall.clock.timer(9_000, () => its.patient.touch({ do: 'confirm' }));
          },
        ],
      }),
    );
    const seen = days(kiosk);
    expect(seen[0]?.day).toBe('2026-03-04');
    expect([...new Set(seen.map(({ day }) => day))]).toHaveLength(7);
    for (const { groups, totalFen } of seen) {
      expect(groups.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(totalFen);
      for (const { lines, amountFen } of groups) {
        expect(lines.reduce((sum, line) => sum + line.amountFen, 0)).toBe(amountFen);
      }
    }
    expect(seen.at(-1)).toMatchObject({ paper: 'ready', hasEarlier: false });
    const [slip = ''] = kiosk.slips.slice(-1);
    for (const words of ['住院一日清单', '张*一', '费用合计', seen.at(-1)?.day ?? '-']) expect(slip).toContain(words);
    expect(slip).not.toContain('张演一');
    expect(kiosk.ended).toEqual(['dayListShown']);
    expectUntouched(kiosk);
  });

  it('[Y3-14b] of the day that was chosen stands on the page and comes on paper, and the guide desk explains it to who calls', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(
      looking({
        'S-DAY-LIST': (its) => {
          if (its.patient.screens.includes('S-HELP')) return its.patient.touch({ do: 'confirm' });
          if (days(its).at(-1)?.groups.length === 0) return its.patient.touch({ do: 'choose', id: 'earlier' });
          its.patient.touch({ do: 'print' });
          its.hall.clock.timer(12_000, () => its.patient.touch({ do: 'help' }));
        },
        'S-HELP': (its) => {
          its.hall.clock.timer(5_000, () => its.hand('answerHelp'));
          its.hall.clock.timer(9_000, () => its.patient.touch({ do: 'confirm' }));
        },
      }),
    );
    const { day, groups, totalFen } = days(kiosk).at(-1) ?? {};
    expect(groups?.length).toBeGreaterThan(0);
    expect(days(kiosk)[0]?.day).not.toBe(day);
    const [slip = ''] = kiosk.slips.slice(-1);
    for (const words of ['住院一日清单', day ?? '-', ((totalFen ?? 0) / 100).toFixed(2)]) expect(slip).toContain(words);
    for (const { name } of groups?.flatMap(({ lines }) => lines) ?? []) expect(slip).toContain(name);
    // Who comes knows the page and nothing of the patient; the list is still there afterwards.
    expect(kiosk.hall.parties.hospital.guides.calls).toMatchObject([{ screen: 'S-DAY-LIST', state: 'over' }]);
    expect(JSON.stringify(kiosk.hall.parties.hospital.guides.calls)).not.toMatch(/张|990000/);
    expect(kiosk.patient.screens.slice(-3)).toEqual(['S-HELP', 'S-DAY-LIST', 'S-HOME']);
    expect(kiosk.ended).toEqual(['dayListShown']);
    expectUntouched(kiosk);
  });

  it('is not opened by the number of a hospital card', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(looking({ 'S-ID-HELP': (its) => its.hand('showText', 'JZ99000000101'), 'S-STAY': 'cancel' }));
    expect(bodyOf(kiosk.patient.bodies, 'S-STAY').offers).toEqual(['deposit']);
    expectUntouched(kiosk);
  });

  it('says that it cannot be printed when the paper is out, and stays to be read', async () => {
    const kiosk = kioskFor();
    kiosk.hand('takePaperOut');
    await kiosk.visit(
      looking({
        'S-DAY-LIST': (its) => {
          if (days(its).at(-1)?.groups.length === 0) return its.patient.touch({ do: 'choose', id: 'earlier' });
          its.patient.touch({ do: 'print' });
          its.hall.clock.timer(2_000, () => its.patient.touch({ do: 'confirm' }));
        },
      }),
    );
    expect(days(kiosk).at(-1)?.paper).toBe('none');
    expect(kiosk.slips).toHaveLength(0);
    expectUntouched(kiosk);
  });

  it('a hospital that does not answer is named', async () => {
    const kiosk = kioskFor();
    kiosk.hall.parties.wires.hospital.mischief.loseRequest(1, { path: '/day' });
    await kiosk.visit(looking());
    expectExplained(kiosk, 'S-STOP', 'hospitalUnreachable');
    expectUntouched(kiosk);
  });

  it('who walks away leaves nothing on the screen', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(looking({ 'S-DAY-LIST': 'nothing' }));
    expect(kiosk.ended).toEqual(['timeOut']);
    expectUntouched(kiosk);
  });
});
