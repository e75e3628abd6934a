/**
 * The production desk and the real clients against the virtual parties on a manual clock: what a kiosk does about
 * bills of every kind, and what the parties' own books say of it.
 */
import { Secret } from '../../../drivers/secret.ts';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import type { Credential, SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import { createSettlements } from '../../../firmware/settlement/desk.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { inProcess } from '../../../firmware/settlement/settlement-ledger.ts';
import type { SettlementOrder, SettlementStatus } from '../../../firmware/settlement/settlements.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import type { PartiesOptions } from '../../../hardware-sim/parties/virtual-world.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { config, INSTITUTION, profile } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';
import { sealingKey, seededRandom } from './bench-order.ts';

type Outcome<Value> = { readonly outcome: string; readonly value?: Value };

export async function ok<Value>(answer: Promise<Outcome<Value>>): Promise<Value> {
  const given = await answer;
  if (given.outcome !== 'ok') throw new Error(JSON.stringify(given));
  return given.value as Value;
}

/** @param disk a database file that is read beside the running kiosk, and the device's key */
export function hallOfParties(
  options: Partial<PartiesOptions> = {},
  { path, key }: { readonly path: string; readonly key: Uint8Array } = { path: ':memory:', key: sealingKey },
) {
  const clock = new ManualClock();
  const { parties, http } = virtualParties(clock, { bills: [], ...options });
  const random = seededRandom(7);
  const slice = { first: 0, last: 99 };
  const messageIds = new MessageIds({ institutionCode: INSTITUTION, slice, clock, random });
  const insurance = new NationalInsurancePlatform({ http, clock, random, config, profile: profile(), messageIds });
  const hospital = new HttpHospitalGateway({ http, gateway: config.hospitalGateway });
  const payment = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
  const store = openSqliteStore(path);
  const settlements = createSettlements({
    ledger: inProcess(openLedger({ store, sealingKey: key, random, clock })),
    ...{ insurance, hospital, payment, clock },
    kiosk: {
      institutionCode: INSTITUTION,
      areaCode: config.hospital.areaCode,
      messageSequence: { first: 100, last: 199 },
      kioskId: 'K-1',
    },
  });

  /** The person at the kiosk with a card: who they are, and what a settle question takes of it. */
  const someone = async (key: string) => {
    const { card } = parties.patient(key);
    const credential: Credential = {
      type: '03',
      number: new Secret(card?.number ?? ''),
      cardId: new Secret(card?.cardIdHex ?? ''),
    };
    const person = await ok(insurance.person(credential));
    const [cover] = person.insurances;
    if (!cover) throw new Error(`${key} is not insured.`);
    const ask = (visitId: string, more: Partial<SettleQuestion>): SettleQuestion => ({
      visitId,
      personNumber: person.personNumber,
      insuredArea: cover.insuredArea,
      insuranceType: cover.type,
      credential,
      medicalType: '11',
      chargeBatch: '',
      totalFen: 0,
      useAccount: true,
      ...more,
    });
    return { person, ask };
  };

  /** Begins, pays by phone when asked, and lets time go on until it has ended or a person must look. */
  const settle = async (key: string, order: SettlementOrder): Promise<SettlementStatus> => {
    const { number } = await settlements.begin(order);
    const wallet = parties.wallet(key);
    for (let turn = 0; turn < 1_000; turn += 1) {
      await clock.pass(500);
      const status = await settlements.status(number);
      if (!status) throw new Error('The settlement is not there.');
      const { view } = status;
      if (view.state === 'awaitingPayment' && !view.userPaying) {
        if (parties.payment.scanAndPay(view.payCode, wallet) === 'asksPassword') parties.payment.typePassword(wallet);
      }
      if (!(await settlements.open()).includes(number) || view.state === 'handedToPerson') return status;
    }
    const last = http.exchanges.slice(-3).map(({ path, status, answered }) => ({ path, status, answered }));
    throw new Error(`The settlement does not end: ${JSON.stringify([await settlements.status(number), last])}`);
  };

  const frame = { sessionId: 'ses_1', profile: profile() };
  return { clock, parties, http, insurance, hospital, payment, settlements, store, someone, settle, frame };
}
