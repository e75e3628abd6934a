/** What is left of people when they have gone: nothing that names them, on disk, on screen or in the slot. */
import { describe, expect, it } from 'vitest';
import { paperText } from '../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

describe('after the patient has gone', () => {
  it('a hundred visits leave no name, number, card or code on the disk, in any message or in the audit trail', async () => {
    const kiosk = new VirtualKiosk({ bills: ['small'] });
    const { hall } = kiosk;
    const patient = hall.parties.patient('zhang');
    const secrets: string[] = [
      patient.name,
      patient.identityNumber,
      patient.personNumber,
      ...Object.values(patient.card ?? {}),
    ];
    const shown = new Set<string>();
    for (let visit = 1; visit <= 100; visit += 1) {
      const byCard = visit % 2 === 1;
      // Most of them look at the bill and go; every tenth pays, and every tenth is not read at all.
      const pays = visit % 10 === 1;
      await kiosk.visit({
        'S-HOME': (its) => {
          if (byCard) return its.hand('insertCard');
          const code = its.hall.parties.showECredential('zhang');
          secrets.push(code);
          its.hall.scanner.show(code);
        },
        ...(pays ? {} : { 'S-BILL': 'cancel' }),
        ...(visit % 10 === 5 ? { 'S-HOME': 'insertBankCard', 'S-ID-HELP': 'cancel' } : {}),
      });
      for (const body of kiosk.patient.bodies) shown.add(JSON.stringify(body));
      if (pays) hall.parties.hospital.addBill('zhang', 'small');
      await kiosk.pass(1_500);
    }
    expect(kiosk.ended).toHaveLength(100);
    expect(kiosk.books.confirmed).toBe(10);
    expect(kiosk.kiosk.audit.verify()).toMatchObject({ ok: true });
    const disk = kiosk.diskText();
    expect(disk).toContain('session.ended');
    const paper = hall.slips.map((sheet) => paperText(sheet).join('\n')).join('\n');
    for (const secret of secrets) {
      expect(disk).not.toContain(secret);
      expect(disk).not.toContain(Buffer.from(secret, 'utf8').toString('latin1'));
      expect([...shown].filter((body) => body.includes(secret))).toEqual([]);
      expect(paper).not.toContain(secret);
    }
  });

  it('the name is masked on every page and on the slip', async () => {
    for (const [person, masked] of [
      ['zhang', '张*一'],
      ['rare', '买*堃'],
    ] as const) {
      const kiosk = new VirtualKiosk({ person, bills: ['small'] });
      await kiosk.visit({});
      expect(bodyOf(kiosk.patient.bodies, 'S-WHO').maskedName).toBe(masked);
      expect(kiosk.slips.join('\n')).toContain(masked);
      expect(kiosk.slips.join('\n')).not.toContain(kiosk.hall.parties.patient(person).name);
    }
  });
});

describe('the slip', () => {
  it('[Z-6.3.2, SZ-243] has every line with its fields; lines, subtotals and split add up to the centre’s figures', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({});
    const [slip = ''] = kiosk.slips;
    const yuan = (text: string | undefined): number => Math.round(Number(text ?? 'NaN') * 100);
    const { bill } = [...kiosk.hall.parties.hospital.book.entries.values()][0] ?? {};
    const claim = kiosk.hall.parties.ledger.liveClaims()[0];
    const rows = slip.split('\n');
    const amounts = (row: string | undefined): readonly number[] =>
      (row?.match(/\d+\.\d\d(?!\d)/g) ?? []).map((text) => yuan(text));
    let recordedFen = 0;
    let cashFen = 0;
    for (const line of bill?.lines ?? []) {
      const at = rows.findIndex((row) => row.startsWith(`${line.name} ${line.specification}`));
      expect(rows[at + 1]?.trim()).toBe(line.catalogueCode);
      expect(rows[at + 2]?.trim().split(/\s+/)).toEqual([
        line.unit,
        line.quantity,
        line.unitPrice,
        (line.amountFen / 100).toFixed(2),
      ]);
      const [recorded = Number.NaN, cash = Number.NaN] = amounts(rows[at + 3]);
      expect(recorded + cash).toBe(line.amountFen);
      recordedFen += recorded;
      cashFen += cash;
    }
    expect(recordedFen + cashFen).toBe(claim?.totalFen);
    expect(cashFen).toBe(claim?.cashFen);
    const figure = (label: string): number | undefined => amounts(rows.find((row) => row.startsWith(label)))[0];
    expect(figure('费用合计')).toBe(claim?.totalFen);
    expect(figure('基本医保统筹支付')).toBe(claim?.fundFen);
    expect(figure('个人账户支付')).toBe(claim?.accountFen);
    const subtotals = rows.slice(rows.findIndex((row) => row.includes('分类小计')) + 1);
    const parts = subtotals.slice(
      0,
      subtotals.findIndex((row) => row.startsWith('费用合计')),
    );
    expect(parts.flatMap(amounts).reduce((sum, fen) => sum + fen, 0)).toBe(claim?.totalFen);
    for (const wanted of ['姓名', '张*一', '演示内科', '医演甲', claim?.settlementId ?? 'none', '12393', '12345']) {
      expect(slip).toContain(wanted);
    }
  });
});
