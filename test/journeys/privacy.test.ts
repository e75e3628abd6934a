/** What is left of people when they have gone: nothing that names them, on disk, on screen or in the slot. */
import { describe, expect, it } from 'vitest';
import { issueIdCard } from '../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { paperText } from '../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

describe('after the patient has gone', () => {
  it('[Z-8.1.12, SZ-217a, Y3-5b] a hundred visits by card, code and face, cards left behind among them: the card is pushed out and called for and never kept, and nothing of a credential is on the disk, in a message, on paper or in the journal', async () => {
    const kiosk = new VirtualKiosk({
      ...{ bills: ['small'], face: true, cardMotor: true },
      deviceRows: { cardReader: { id: 'card-reader', address: 'sim:card-reader', motor: true } },
    });
    const { hall } = kiosk;
    const patient = hall.parties.patient('zhang');
    const idCard = issueIdCard(patient);
    expect(Buffer.from(issueIdCard(patient).photo)).toEqual(Buffer.from(idCard.photo));
    // Any fifteen bytes of the picture on the chip would do to find it, as they are or written out in base64 or hex.
    const pieces = Array.from({ length: 8 }, (_, at) => Buffer.from(idCard.photo).subarray(18 + at * 99, 33 + at * 99));
    const picture = pieces.flatMap((piece) => [
      piece.toString('latin1'),
      piece.toString('base64'),
      piece.toString('hex'),
    ]);
    const secrets: string[] = [
      patient.name,
      patient.identityNumber,
      patient.personNumber,
      ...Object.values(patient.card ?? {}),
    ];
    const shown = new Set<string>();
    let faces = 0;
    let leftCards = 0;
    let pushedOut = 0;
    for (let visit = 1; visit <= 100; visit += 1) {
      const by = (['card', 'code', 'face'] as const)[visit % 3] ?? 'card';
      // Most of them look at the bill and go; every tenth pays, and every tenth is not read at all.
      const pays = visit % 10 === 1;
      const forgetsCard = by === 'card' && visit % 4 === 0;
      await kiosk.visit({
        'S-HOME': (its) => {
          if (by === 'card') return its.hand('insertCard');
          if (by === 'face') return its.hall.idCards.present(issueIdCard(patient));
          const code = its.hall.parties.showECredential('zhang');
          secrets.push(code);
          its.hall.scanner.show(code);
        },
        'S-FACE-ASK': (its) => {
          its.hall.faceTerminal.before = { patient };
          its.patient.touch({ do: 'confirm' });
        },
        'S-WHO': (its) => {
          if (by === 'face') {
            faces += 1;
            its.hall.faceTerminal.before = undefined;
            its.hall.idCards.takeAway();
          } else if (!forgetsCard && its.hall.slot.card) its.hand('removeCard');
        },
        'S-TAKE-CARD': (its) => {
          leftCards += 1;
          // The owner comes back after the kiosk has called for half a minute: the card hangs from the slot's mouth.
          its.hall.clock.timer(35_000, () => {
            if (its.hall.slot.atMouth) pushedOut += 1;
            expect(its.hall.slot.card).toBeUndefined();
            its.hall.slot.remove();
          });
        },
        ...(pays ? {} : { 'S-BILL': 'cancel' }),
        ...(visit % 10 === 5 ? { 'S-HOME': 'insertBankCard', 'S-ID-HELP': 'cancel' } : {}),
      });
      for (const body of kiosk.patient.bodies) shown.add(JSON.stringify(body));
      if (pays) hall.parties.hospital.addBill('zhang', 'small');
      await kiosk.pass(40_000);
      expect(hall.slot.card).toBeUndefined();
    }
    expect(kiosk.ended).toHaveLength(100);
    expect(kiosk.books.confirmed).toBe(10);
    expect([faces > 20, leftCards > 4, kiosk.audited('card.left').length]).toEqual([true, true, leftCards]);
    // Pushed out, told to the guide desk, and no way to draw a card in or to leave one as a pledge.
    expect([pushedOut, kiosk.audited('card.pushedOut').length]).toEqual([leftCards, leftCards]);
    const alarms = hall.parties.hospital.guides.calls.filter(({ screen }) => screen === 'S-TAKE-CARD');
    expect(alarms).toHaveLength(leftCards);
    expect(kiosk.kiosk.devices.cardReader?.capabilities()).toMatchObject({ ejects: true, retains: false });
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
    for (const piece of picture) expect([disk, ...shown].filter((text) => text.includes(piece))).toEqual([]);
  }, 300_000);

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
