/** The OpenAPI document, the client and the virtual hospital know the same calls: none is only written down. */
import { expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { contract } from '../contract-document.ts';
import { atHospital, ok } from './hospital-bench.ts';

const NOTHING_TAKEN = { ownFen: 30_000, depositFen: 30_000, paidBy: 'none', payOrderNumber: undefined } as const;

test('every operation of the document is asked by the client and answered by the hospital as it says', async () => {
  const { gateway, services, parties, person, settled, confirm, http, clock, everyExchangeFits } = atHospital();
  const zhang = person('zhang');
  const bill = await settled('zhang', 'severalLines', 'set_1');
  await gateway.unlockBill(bill.billId, 'set_1');
  await ok(gateway.patient(zhang));
  await ok(gateway.takeTicket({ office: 'filingWindow', requestId: 'ses_1-filingWindow' }));
  await ok(gateway.callsSince(undefined));
  parties.hospital.queue.callNext();
  await ok(gateway.callsSince(0));
  const [clinic] = (await ok(gateway.today(zhang))).clinics;
  const kept = await ok(gateway.register({ clinicId: clinic?.clinicId ?? '', person: zhang, requestId: 'ses_1' }));
  await ok(confirm(kept.bill, 'set_3', { centreSettlementId: 'S-3', centreMessageId: 'M-3', centreVisitId: 'V3' }));
  await ok(gateway.checkIn(kept.appointmentId));
  const stayId = parties.hospital.admit('zhang', 'ready');
  await ok(gateway.inpatientStay(zhang));
  await ok(gateway.openDeposit({ stayId, amountFen: 20_000, requestId: 'r' }));
  await ok(services.dayOfStay({ stayId, day: '2026-11-20' }));
  const stayEnd = await ok(gateway.openDischarge(stayId));
  const owed = [{ taskNumber: 'task_1', amountFen: stayEnd.discharge.depositFen - 30_000 }];
  const centre = { centreSettlementId: 'S-4', centreMessageId: 'M-4', centreVisitId: 'V4' };
  await ok(confirm(stayEnd, 'set_4', { ...centre, ...NOTHING_TAKEN, owed }));
  await ok(services.stayPapers({ settlementNumber: 'set_4', person: zhang }));
  await ok(gateway.refundable(zhang));
  const lineNumbers = bill.lines.slice(1, 2).map((line) => line.lineNumber);
  await ok(gateway.requestRefund({ settlementNumber: 'set_1', lineNumbers, reason: 'notDone' }));
  parties.hospital.addBill('zhang', 'small');
  const [alone] = await ok(gateway.openBills(zhang));
  if (!alone) throw new Error('no bill');
  await ok(gateway.parkBill({ billId: alone.billId, parkedNumber: 'park_1', reason: 'lineDown' }));
  await ok(gateway.billByNumber('park_1'));
  await ok(confirm(alone, 'set_2', { flow: 'selfPay' }));
  await ok(gateway.convertible(zhang));
  await ok(gateway.requestConversion({ settlementNumber: 'set_2', reason: 'lineDown' }));
  const about = { kioskId: 'K-1', screen: 'S-BILL', staffCode: '' };
  await ok(services.callHelp({ ...about, requestId: 'help_1' }));
  await ok(services.helpState('help_1'));
  await ok(services.endHelp('help_1'));
  const task = { kind: 'staffTask', taskNumber: 'cmp_1', task: 'complaint', facts: '{"about":"fee"}' } as const;
  await ok(gateway.postEvents([{ ...task, key: 'cmp_1 complaint', at: '2026-11-21 09:00:00' }]));
  await ok(services.complaintAnswer('cmp_1'));
  await ok(services.proxyState({ person: zhang, proxy: person('li') }));
  await ok(services.printable({ person: zhang, since: '2026-01-01' }));
  await ok(services.claimCopy({ settlementNumber: 'set_1', requestId: 'cop_1' }));
  await ok(gateway.settlementByNumber('set_1'));
  await ok(gateway.issueInvoice('set_1', 'key_1'));
  await ok(gateway.redInvoice('set_1', 'key_2'));
  await ok(gateway.dispensed(''));
  await ok(gateway.postEvents([]));
  await clock.pass(86_400_000);
  await ok(gateway.dayStatement('2026-11-22'));
  everyExchangeFits();
  const unused = contract('hospital').operations.filter(
    ({ path, method }) =>
      !http.exchanges.some(
        (one) =>
          one.method.toLowerCase() === method && new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(one.path),
      ),
  );
  expect(unused.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('a search that names nobody is turned away', async () => {
  const { gateway } = atHospital();
  expect(await gateway.openBills({})).toMatchObject({ outcome: 'malformed' });
  expect(await gateway.openBills({ personNumber: new Secret('P1') })).toMatchObject({ outcome: 'malformed' });
});
