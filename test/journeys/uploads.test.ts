/** What leaves the kiosk after a settlement, in the hall: the real firmware, the virtual centre and the virtual hospital. */
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../hardware-sim/parties/wire-json.ts';
import { expectFree, NOTHING } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A kiosk that drives the visit and sends everything by itself. */
function kioskWith(bills: readonly string[], upload: Record<string, unknown> = {}): VirtualKiosk {
  return new VirtualKiosk({
    profile: 'shenzhen',
    visitDrivenBy: 'kiosk',
    bills,
    rules: (profile) => {
      const { traceCodes = 'atSettlement', ...rest } = upload;
      const all = profile as unknown as Record<string, Record<string, unknown>>;
      all['upload'] = rest;
      all['checks'] = { ...all['checks'], traceCodes };
    },
  });
}

/** Events in the hospital's book, numbers as numbers. */
function eventsOf(kiosk: VirtualKiosk, kind: string): readonly Record<string, unknown>[] {
  const events = [...kiosk.hall.parties.hospital.office.events.values()].filter((event) => event['kind'] === kind);
  return events.map((event) => JSON.parse(writeJson(event)) as Record<string, unknown>);
}
const listsOf = (kiosk: VirtualKiosk) => [...kiosk.hall.parties.insurance.uploads.lists.values()];
const salesOf = (kiosk: VirtualKiosk) => [...kiosk.hall.parties.insurance.uploads.sales.values()];
const numberOf = (kiosk: VirtualKiosk): string =>
  kiosk.hall.parties.ledger.confirmedBills()[0]?.settlementNumber ?? 'not settled';
const waitingOf = async (kiosk: VirtualKiosk): Promise<number> =>
  (await kiosk.kiosk.uploads.state()).lanes.reduce((sum, { waiting }) => sum + waiting, 0);

describe('after a settlement', () => {
  it('[part of SZ-249] [part of Y3-8] its list is at the centre, with its receipt, seconds later', async () => {
    const kiosk = kioskWith(['example']);
    await kiosk.visit({});
    await kiosk.pass(5 * SECOND);
    const [bill] = kiosk.hall.parties.ledger.confirmedBills();
    expect(listsOf(kiosk)).toEqual([
      expect.objectContaining({
        ...{ settlementId: bill?.centreSettlementId, receiptNumber: bill?.receiptNumber, times: 1 },
      }),
    ]);
    expect(await waitingOf(kiosk)).toBe(0);
    expectFree(kiosk);
  });

  it('[Y4-27] its totals are told within five seconds of the confirmation, to the fen', async () => {
    const kiosk = kioskWith(['example']);
    let confirmedMs = 0;
    let toldMs = Number.POSITIVE_INFINITY;
    kiosk.when('POST /v1/bills/B000001/confirm', 'after', () => {
      confirmedMs = kiosk.hall.clock.monotonicMs();
      kiosk.when('POST /v1/events', 'after', () => {
        toldMs = kiosk.hall.clock.monotonicMs();
      });
    });
    await kiosk.visit({});
    await kiosk.pass(5 * SECOND);
    expect(eventsOf(kiosk, 'settledTotals')).toEqual([
      expect.objectContaining({
        ...{ settlementNumber: numberOf(kiosk), flow: 'outpatient', formerSettlementNumber: null },
        ...{ totalFen: 55_740, fundFen: 19_680, ownFen: 19_025 },
      }),
    ]);
    expect(confirmedMs).toBeGreaterThan(0);
    expect(toldMs - confirmedMs).toBeLessThan(5 * SECOND);
  });

  it('[SZ-286] [Y3-24] what left the shelves is told once and only once, whatever the line loses or doubles', async () => {
    const kiosk = kioskWith(['example']);
    const { mischief } = kiosk.hall.parties.wires.hospital;
    mischief.loseAnswer(2, { path: '/v1/events' });
    mischief.doubleRequest(1, { path: '/v1/events' });
    await kiosk.visit({});
    await kiosk.pass(2 * MINUTE);
    const moved = eventsOf(kiosk, 'goodsMoved');
    expect(moved).toHaveLength(1);
    expect(moved[0]).toMatchObject({ way: 'sold', settlementNumber: numberOf(kiosk) });
    const sold = moved[0]?.['lines'] as readonly { readonly amountFen: number; readonly lineNumber: string }[];
    expect(sold.length).toBeGreaterThan(1);
    expect(new Set(sold.map(({ lineNumber }) => lineNumber)).size).toBe(sold.length);
    expect(mischief.waiting).toBe(0);
    expect(await waitingOf(kiosk)).toBe(0);
  });

  it('has an e-invoice of its own, one, though the answer was lost', async () => {
    const kiosk = kioskWith(['example']);
    kiosk.hall.parties.wires.hospital.mischief.loseAnswer(1, { path: '/invoice' });
    await kiosk.visit({});
    await kiosk.pass(2 * MINUTE);
    expect(kiosk.hall.parties.hospital.office.standingInvoices(numberOf(kiosk))).toHaveLength(1);
    expect(kiosk.count('POST /v1/settlements/N/invoice')).toBe(2);
  });

  it('[Z-9.1.5] the e-invoice’s number and code are on the slip; while the service is down the slip says that it follows, and it does by itself', async () => {
    const there = kioskWith(['example']);
    await there.visit({});
    const { office } = there.hall.parties.hospital;
    const [invoice] = office.standingInvoices(numberOf(there));
    expect(there.slips.join('\n')).toContain(`电子发票号`);
    expect(there.slips.join('\n')).toContain(String(invoice?.['invoiceNumber']));
    await there.pass(5 * MINUTE);
    expect(office.standingInvoices(numberOf(there))).toHaveLength(1);

    const down = kioskWith(['example']);
    down.hall.parties.hospital.office.invoiceServiceDown = true;
    await down.visit({});
    expect(down.slips.join('\n')).toContain('电子发票正在开具');
    down.hall.parties.hospital.office.invoiceServiceDown = false;
    await down.pass(12 * MINUTE);
    expect(down.hall.parties.hospital.office.standingInvoices(numberOf(down))).toHaveLength(1);
  });

  it('waits with the invoice while the invoice service is down, and holds up nothing else', async () => {
    const kiosk = kioskWith(['example']);
    const { office } = kiosk.hall.parties.hospital;
    office.invoiceServiceDown = true;
    await kiosk.visit({});
    await kiosk.pass(10 * MINUTE);
    expect(listsOf(kiosk)).toHaveLength(1);
    expect(office.standingInvoices(numberOf(kiosk))).toEqual([]);
    office.invoiceServiceDown = false;
    await kiosk.pass(2 * MINUTE);
    expect(office.standingInvoices(numberOf(kiosk))).toHaveLength(1);
  });

  it('what the hospital sends by itself the kiosk does not send a second time', async () => {
    const kiosk = new VirtualKiosk({ profile: 'zhejiang', visitDrivenBy: 'hospital' });
    await kiosk.visit({});
    await kiosk.pass(MINUTE);
    expect(listsOf(kiosk)).toEqual([]);
    expect(kiosk.count('POST /v1/settlements/N/invoice')).toBe(0);
    expect(eventsOf(kiosk, 'settlementEnded')).toHaveLength(1);
  });
});

describe('before the money moves', () => {
  it('the hospital has the mirror of the intent, with the number under which a dead kiosk can be looked after', async () => {
    const kiosk = new VirtualKiosk({ money: 'payThenSettle' });
    await kiosk.visit({});
    expect(kiosk.wire.indexOf('POST /v1/events')).toBeGreaterThan(kiosk.wire.indexOf('POST /v1/bills/N/lock'));
    expect(kiosk.wire.indexOf('POST /v1/events')).toBeLessThan(kiosk.wire.indexOf('POST /v1/orders'));
    const [first, second] = eventsOf(kiosk, 'intentMirrored');
    const [order] = kiosk.hall.parties.ledger.charges();
    expect(first).toMatchObject({ step: 'pay.create', attempt: 1, partyKey: order?.orderNumber });
    expect(second).toMatchObject({ step: 'ins.settle', partyKey: kiosk.hall.parties.ledger.claims()[0]?.messageId });
  });

  it('a hospital that takes no events costs the patient a moment, not the settlement', async () => {
    const kiosk = new VirtualKiosk({ money: 'payThenSettle' });
    kiosk.hall.parties.wires.hospital.mischief.loseRequest(40, { path: '/v1/events' });
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });
});

describe('trace codes', () => {
  const code = '83990001000000000001';
  const GOODS = {
    ...{ lotNumber: 'YZ260901', producedOn: '2026-09-01', expiresOn: '2028-08-31' },
    ...{ pharmacistName: '药演甲', pharmacistLicence: 'ZY990001' },
  };

  it('[part of SZ-273] [part of SZ-290] known at settlement they are at the centre with it', async () => {
    const kiosk = kioskWith(['traceHeld']);
    await kiosk.visit({});
    await kiosk.pass(5 * SECOND);
    const [claim] = kiosk.hall.parties.ledger.liveClaims();
    expect(salesOf(kiosk)).toEqual([
      expect.objectContaining({ settlementId: claim?.settlementId, traceCodes: [code] }),
    ]);
  });

  it('[part of SZ-273] [part of SZ-290] scanned at dispensing they follow then, and every line that needs one has one', async () => {
    const kiosk = kioskWith(['traceMissing'], { traceCodes: 'atDispensing' });
    await kiosk.visit({});
    await kiosk.pass(5 * MINUTE);
    expect(kiosk.ended).toEqual(['settled']);
    expect(salesOf(kiosk)).toEqual([]);
    expect(await kiosk.kiosk.uploads.coverage('traceCodes')).toEqual({
      rows: 1,
      acked: 0,
      heldForPerson: 0,
      heldForContent: 1,
    });
    kiosk.hall.parties.hospital.office.dispense(numberOf(kiosk), 'B000001-1-1', [code], false, GOODS);
    await kiosk.pass(2 * MINUTE);
    expect(salesOf(kiosk)).toEqual([expect.objectContaining({ traceCodes: [code] })]);
    expect(await kiosk.kiosk.uploads.coverage('traceCodes')).toEqual({
      rows: 1,
      acked: 1,
      heldForPerson: 0,
      heldForContent: 0,
    });
  });

  it('[SZ-273, SZ-290] due at settlement: held without one, their last digits on the list with it; due at dispensing: settled, late ones an alarm; all are at the centre in the end', async () => {
    const all = { rows: 1, acked: 1, heldForPerson: 0, heldForContent: 0 };
    const without = kioskWith(['traceMissing']);
    await without.visit({});
    expect(bodyOf(without.patient.bodies, 'S-HELD').reason).toBe('traceCodeMissing');
    expect(without.books).toEqual(NOTHING);

    const known = kioskWith(['traceHeld']);
    await known.visit({});
    expect(known.slips.join('\n')).toContain(`追溯码尾号 ${code.slice(-6)}`);
    expect(known.slips.join('\n')).not.toContain(code);
    await known.pass(5 * SECOND);
    expect(await known.kiosk.uploads.coverage('traceCodes')).toEqual(all);

    const later = kioskWith(['traceMissing'], { traceCodes: 'atDispensing', traceLimitMs: 10 * MINUTE });
    await later.visit({});
    expect(later.ended).toEqual(['settled']);
    await later.pass(12 * MINUTE);
    expect(later.audited('trace.overdue')).toHaveLength(1);
    later.hall.parties.hospital.office.dispense(numberOf(later), 'B000001-1-1', [code], false, GOODS);
    await later.pass(2 * MINUTE);
    expect(await later.kiosk.uploads.coverage('traceCodes')).toEqual(all);
  });

  it('[part of SZ-273] missing after the limit they raise an alarm', async () => {
    const kiosk = kioskWith(['traceMissing'], { traceCodes: 'atDispensing', traceLimitMs: 10 * MINUTE });
    await kiosk.visit({});
    await kiosk.pass(5 * MINUTE);
    expect(kiosk.audited('trace.overdue')).toEqual([]);
    await kiosk.pass(10 * MINUTE);
    expect(kiosk.audited('trace.overdue')).toHaveLength(1);
  });
});

describe('a line that is down', () => {
  const stages = (kiosk: VirtualKiosk) => eventsOf(kiosk, 'authorityNotice').map((event) => event['stage']);

  it('[part of SZ-278] [part of SZ-284b] is told within a minute; after repair everything is delivered and the fault is closed with proof', async () => {
    const kiosk = kioskWith(['example']);
    // The bill is settled, its list has still to go.
    kiosk.when('POST /v1/bills/B000001/confirm', 'after', () => kiosk.hand('cutInsuranceLine'));
    await kiosk.visit({});
    const cutMs = kiosk.hall.clock.wallMs();
    await kiosk.pass(MINUTE);
    expect(stages(kiosk)).toEqual(['first']);
    const first = JSON.parse(String(eventsOf(kiosk, 'authorityNotice')[0]?.['facts'])) as { readonly atMs: number };
    expect(first.atMs - cutMs).toBeLessThanOrEqual(MINUTE);
    await kiosk.pass(6 * HOUR);
    kiosk.hand('restoreInsuranceLine');
    await kiosk.pass(2 * MINUTE);
    expect(stages(kiosk).slice(-2)).toEqual(['answersAgain', 'closing']);
    const [statement, ...more] = kiosk.audited('upload.delivered');
    expect(more).toEqual([]);
    expect(JSON.parse(statement?.fields ?? '')).toMatchObject({ count: 1, held: 0, state: 'within24h' });
    expect(listsOf(kiosk)).toHaveLength(1);
    expect(kiosk.kiosk.audit.verify()).toMatchObject({ ok: true });
    expect(await waitingOf(kiosk)).toBe(0);
  });

  it('a list that was on its way when the line went is there once after the repair, also over a power cut', async () => {
    const kiosk = kioskWith(['example']);
    kiosk.when('4101', 'after', () => {
      kiosk.hand('cutInsuranceLine');
      kiosk.hand('cutPower');
    });
    kiosk.patient.come({});
    await kiosk.run(() => !kiosk.hall.hasPower);
    kiosk.hand('restorePower');
    await kiosk.pass(5 * MINUTE);
    kiosk.hand('restoreInsuranceLine');
    await kiosk.pass(5 * MINUTE);
    expect(listsOf(kiosk)).toEqual([expect.objectContaining({ times: 2 })]);
    expect(await waitingOf(kiosk)).toBe(0);
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
  });
});

it('[part of SZ-284a] the visit of somebody who paid everything is at the centre, once, though the first answer was lost', async () => {
  const kiosk = kioskWith(['small']);
  await kiosk.run(() => kiosk.atRest);
  kiosk.hand('suspendDepartment', 'D0101');
  kiosk.hall.parties.wires.insurance.mischief.loseAnswer(1, { transaction: '4205' });
  await kiosk.visit({ 'S-STOP': 'ownExpense', 'S-HELD': 'ownExpense', 'S-OWN-EXPENSE': 'confirm' });
  await kiosk.pass(2 * MINUTE);
  const visits = [...kiosk.hall.parties.insurance.uploads.selfPayVisits.values()];
  expect(visits).toEqual([expect.objectContaining({ certificateType: '01', times: 2 })]);
  expect(visits[0]?.lines).toBeGreaterThan(0);
  expect(listsOf(kiosk)).toEqual([]);
  expect(kiosk.books).toMatchObject({ claims: 0, confirmed: 1 });
});

it('[Z-9.2.3, SZ-284a] while the line is up every settled bill, with insurance or without, is where it belongs in under five seconds, and the lag is a figure', async () => {
  const kiosk = kioskWith(['example', 'small', 'allCovered'], { traceCodes: 'atDispensing' });
  await kiosk.visit({});
  kiosk.hall.parties.hospital.addBill('zhang', 'small');
  kiosk.hand('suspendDepartment', 'D0101');
  // What was known of the department is too old then.
  await kiosk.pass(6 * MINUTE);
  await kiosk.visit({ 'S-STOP': 'ownExpense', 'S-HELD': 'ownExpense', 'S-OWN-EXPENSE': 'confirm' });
  await kiosk.pass(5 * SECOND);
  const { claims, confirmed } = kiosk.books;
  expect(confirmed).toBeGreaterThan(claims);
  expect(listsOf(kiosk)).toHaveLength(claims);
  expect(kiosk.hall.parties.insurance.uploads.selfPayVisits.size).toBe(confirmed - claims);
  const { lagMs } = await kiosk.kiosk.uploads.state();
  expect(lagMs.worst).toBeLessThan(5 * SECOND);
  expect(await waitingOf(kiosk)).toBe(0);
  expect(await kiosk.kiosk.uploads.health()).toMatchObject({ waiting: 0, alarm: 'none', lagMs: lagMs.last });
});

it('[part of SZ-284a] nothing of the person can be read on the disk, before, while and after uploads wait', async () => {
  const kiosk = kioskWith(['example', 'traceHeld']);
  const { name, identityNumber, personNumber } = kiosk.hall.parties.patient('zhang');
  const secrets = [name, identityNumber, personNumber].map((text) => Buffer.from(text).toString('latin1'));
  const readable = (): readonly string[] => {
    const text = Buffer.from(kiosk.diskText()).toString('latin1') + kiosk.diskText();
    return secrets.filter((secret) => text.includes(secret));
  };
  kiosk.hall.parties.wires.insurance.mischief.loseRequest(3, { transaction: '4101' });
  kiosk.hall.parties.wires.insurance.mischief.loseRequest(3, { transaction: '3505' });
  await kiosk.visit({});
  expect((await kiosk.kiosk.uploads.state()).rows.length).toBeGreaterThan(0);
  expect(readable()).toEqual([]);
  await kiosk.pass(10 * MINUTE);
  expect(listsOf(kiosk)).toHaveLength(2);
  expect(readable()).toEqual([]);
});
