import { describe, expect, test } from 'vitest';
import type { HospitalEvent } from '../../../firmware/hospital/hospital-books.ts';
import { atHospital, ok } from './hospital-bench.ts';

describe('e-invoices', () => {
  test('[part of Z-9.1.5] one settlement has one invoice, whatever key it is asked for with', async () => {
    const { gateway, settled, everyExchangeFits } = atHospital();
    const bill = await settled('zhang', 'small', 'set_1');
    const invoice = await ok(gateway.issueInvoice('set_1', 'key_1'));
    expect(invoice.amountFen).toBe(bill.totalFen);
    expect(await ok(gateway.issueInvoice('set_1', 'key_1'))).toEqual(invoice);
    expect(await ok(gateway.issueInvoice('set_1', 'key_2'))).toEqual(invoice);
    expect(await gateway.issueInvoice('set_9', 'key_1')).toMatchObject({ reason: 'unknownSettlement' });
    everyExchangeFits();
  });

  test('a red invoice takes back the one that stands, once, and a new one may follow', async () => {
    const { gateway, settled, parties, everyExchangeFits } = atHospital();
    await settled('zhang', 'small', 'set_1');
    expect(await gateway.redInvoice('set_1', 'red_1')).toMatchObject({ reason: 'noInvoice' });
    const invoice = await ok(gateway.issueInvoice('set_1', 'key_1'));
    const red = await ok(gateway.redInvoice('set_1', 'red_1'));
    expect(red).toMatchObject({ ofInvoiceNumber: invoice.invoiceNumber, amountFen: invoice.amountFen });
    expect(await ok(gateway.redInvoice('set_1', 'red_1'))).toEqual(red);
    expect(await ok(gateway.redInvoice('set_1', 'red_2'))).toEqual(red);
    expect(parties.hospital.office.standingInvoices('set_1')).toEqual([]);
    const anew = await ok(gateway.issueInvoice('set_1', 'key_2'));
    expect(anew.invoiceNumber).not.toBe(invoice.invoiceNumber);
    everyExchangeFits();
  });

  test('[part of Z-9.1.5] the service that is down says so and is asked again later', async () => {
    const { gateway, settled, parties } = atHospital();
    await settled('zhang', 'small', 'set_1');
    parties.hospital.office.invoiceServiceDown = true;
    expect(await gateway.issueInvoice('set_1', 'key_1')).toMatchObject({ reason: 'invoiceServiceDown' });
    parties.hospital.office.invoiceServiceDown = false;
    expect(await gateway.issueInvoice('set_1', 'key_1')).toMatchObject({ outcome: 'ok' });
  });

  test('a deposit has a receipt and no invoice', async () => {
    const { gateway, parties, confirm } = atHospital();
    const stayId = parties.hospital.admit('zhang', 'noDeposit');
    await ok(confirm(await ok(gateway.openDeposit({ stayId, amountFen: 20_000, requestId: 'r' })), 'set_d'));
    expect(await gateway.issueInvoice('set_d', 'key_1')).toMatchObject({ reason: 'nothingToInvoice' });
  });
});

test('[part of SZ-290] what the pharmacy gives out is read once, in order, from the place where one stopped', async () => {
  const { gateway, settled, parties, clock, everyExchangeFits } = atHospital();
  const bill = await settled('zhang', 'traceMissing', 'set_1');
  const [line] = bill.lines;
  expect(line).toMatchObject({ traceDue: true });
  const { office } = parties.hospital;
  const start = await ok(gateway.dispensed(''));
  expect(start.events).toEqual([]);
  office.dispense('set_1', line?.lineNumber ?? '', ['83990001000000000001']);
  const first = await ok(gateway.dispensed(start.next));
  expect(first.events).toMatchObject([{ settlementNumber: 'set_1', lineNumber: line?.lineNumber, opened: false }]);
  await clock.pass(1_000);
  office.dispense('set_1', line?.lineNumber ?? '', ['83990001000000000002'], true);
  expect((await ok(gateway.dispensed(first.next))).events).toMatchObject([{ opened: true }]);
  expect((await ok(gateway.dispensed(''))).events).toHaveLength(2);
  expect(await gateway.dispensed('99')).toMatchObject({ reason: 'unknownPlace' });
  everyExchangeFits();
});

describe('reports', () => {
  const at = '2026-11-22 09:00:00';
  const settlementNumber = 'set_1';
  const events: readonly HospitalEvent[] = [
    { key: 'k1', at, kind: 'settlementEnded', settlementNumber, billId: 'B1', end: 'parked', returnedFen: 0 },
    { key: 'k2', at, kind: 'caseOpened', settlementNumber, caseNumber: 'case_1', reason: 'refundRefused' },
    { key: 'k3', at, kind: 'caseClosed', settlementNumber, caseNumber: 'case_1' },
    { key: 'k4', at, kind: 'billParked', settlementNumber, billId: 'B1', parkedNumber: 'park_1' },
    { key: 'k5', at, kind: 'intentMirrored', settlementNumber, step: 'ins.settle', attempt: 1, partyKey: 'msg' },
    { key: 'k6', at, kind: 'cashOwed', settlementNumber, taskNumber: 'task_1', amountFen: 100, reason: 'expired' },
    { key: 'k7', at, kind: 'returnEnded', settlementNumber, refundNumber: 'ref_1', amountFen: 5, end: 'refused' },
  ];

  test('every kind is taken in once, however often it comes', async () => {
    const { gateway, parties, everyExchangeFits } = atHospital();
    expect((await ok(gateway.postEvents(events))).taken).toEqual(events.map(({ key }) => key));
    expect((await ok(gateway.postEvents(events.slice(2)))).taken).toHaveLength(5);
    expect([...parties.hospital.office.events.keys()]).toEqual(events.map(({ key }) => key));
    everyExchangeFits();
  });
});

describe('the list of a day', () => {
  test('[part of Z-7.5] has every confirmation of the day with its fen, and none of another day', async () => {
    const { gateway, settled, confirm, parties, clock, everyExchangeFits } = atHospital();
    const bill = await settled('zhang', 'severalLines', 'set_1');
    const stayId = parties.hospital.admit('li', 'noDeposit');
    await ok(confirm(await ok(gateway.openDeposit({ stayId, amountFen: 20_000, requestId: 'r' })), 'set_2'));
    expect(await gateway.dayStatement('2026-11-22')).toMatchObject({ reason: 'notYet' });
    await clock.pass(24 * 3_600_000);
    await settled('li', 'small', 'set_3');
    const { rows } = await ok(gateway.dayStatement('2026-11-22'));
    expect(rows).toMatchObject([
      {
        settlementNumber: 'set_1',
        flow: 'outpatient',
        centreSettlementId: 'S-set_1',
        totalFen: bill.totalFen,
        fundFen: bill.totalFen - 1_000,
        ownFen: 1_000,
        payOrderNumber: 'ord_set_1',
        returns: [],
      },
      { settlementNumber: 'set_2', flow: 'deposit', centreSettlementId: undefined, ownFen: 20_000 },
    ]);
    everyExchangeFits();
  });
});
