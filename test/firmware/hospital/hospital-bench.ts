/** The real client at the virtual hospital, with every exchange held against the OpenAPI document. */
import { expect } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { Bill, BillConfirmation } from '../../../firmware/hospital/hospital-gateway.ts';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import { HttpHospitalServices } from '../../../firmware/hospital/http-hospital-services.ts';
import type { PartiesOptions } from '../../../hardware-sim/parties/virtual-world.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { contract } from '../contract-document.ts';
import { config } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';

type Outcome<Value> = { readonly outcome: string; readonly value?: Value };

export async function ok<Value>(answer: Promise<Outcome<Value>>): Promise<Value> {
  const given = await answer;
  if (given.outcome !== 'ok') throw new Error(JSON.stringify(given));
  return given.value as Value;
}

export function atHospital(options: Partial<PartiesOptions> = {}) {
  const clock = new ManualClock();
  const { parties, http } = virtualParties(clock, { bills: [], ...options });
  const gateway = new HttpHospitalGateway({ http, gateway: config.hospitalGateway });
  const services = new HttpHospitalServices({ http, gateway: config.hospitalGateway });
  const document = contract('hospital');
  const person = (key: string) => {
    const { identityNumber, personNumber } = parties.patient(key);
    return { certificateNumber: new Secret(identityNumber), personNumber: new Secret(personNumber) };
  };
  /** What a kiosk that did nothing wrong would confirm; a settlement with no insurance in it unless told. */
  const confirm = (bill: Bill, settlementNumber: string, change: Partial<BillConfirmation> = {}) => {
    const ownFen = change.ownFen ?? bill.totalFen;
    const { flow } = { ...bill, ...change };
    const insured = change.centreSettlementId !== undefined;
    return gateway.confirmBill(bill.billId, {
      settlementNumber,
      flow,
      totalFen: bill.totalFen,
      fundFen: insured ? bill.totalFen - ownFen : 0,
      accountFen: 0,
      ownFen,
      paidBy: ownFen > 0 ? 'code' : 'none',
      payOrderNumber: ownFen > 0 ? `ord_${settlementNumber}` : undefined,
      returns: [],
      ...change,
    });
  };
  /** Orders, locks and settles a bill with insurance: 10.00 own part. */
  const settled = async (
    key: string,
    kind: Parameters<typeof parties.hospital.addBill>[1],
    settlementNumber: string,
  ) => {
    const billId = parties.hospital.addBill(key, kind);
    const bill = (await ok(gateway.openBills(person(key)))).find((one) => one.billId === billId);
    if (!bill) throw new Error('the bill is not shown');
    const { version } = bill;
    await ok(gateway.lockBill({ billId, version, settlementNumber, ttlSeconds: 300 }));
    const centre = { centreSettlementId: `S-${settlementNumber}`, centreMessageId: `M-${settlementNumber}` };
    await ok(confirm(bill, settlementNumber, { ...centre, centreVisitId: 'V1', ownFen: 1_000 }));
    return bill;
  };
  const everyExchangeFits = () =>
    expect(http.exchanges.map((exchange) => document.faultIn(exchange)).filter(Boolean)).toEqual([]);
  return { clock, parties, http, gateway, services, person, confirm, settled, everyExchangeFits };
}
