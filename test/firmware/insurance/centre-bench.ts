/** The client against the virtual centre: who the patient is, what stands ready to be settled. */
import { Secret } from '../../../drivers/secret.ts';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import type { Credential, PlatformAnswer, SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { HttpFailure, type HttpPort } from '../../../firmware/ports.ts';
import type { InsuranceRules } from '../../../firmware/region/profile.ts';
import type { Parties, PartiesOptions } from '../../../hardware-sim/parties/virtual-world.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { config, INSTITUTION, profile } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';
import { seededRandom } from '../settlement/bench-order.ts';

export const MSGID = `${INSTITUTION}202611220900000001`;
export const VOID_MSGID = `${INSTITUTION}202611220900000002`;
export const NEXT_MSGID = `${INSTITUTION}202611220900000003`;

/** The insurance wire loses what its mischief says; everything else arrives. */
function losing(http: HttpPort, { wires }: Parties): HttpPort {
  return {
    request: async (request) => {
      const { hostname, pathname } = new URL(request.url);
      if (!hostname.startsWith('insurance')) return http.request(request);
      const { method, headers, body = new Uint8Array() } = request;
      const fate = wires.insurance.fates.fateOf({ method, path: pathname, headers, body });
      if (fate.before === 'lose') throw new HttpFailure('unknown', 'timeOut', 'no answer in time');
      const answer = await http.request(request);
      if (fate.answer === 'lose') throw new HttpFailure('unknown', 'timeOut', 'no answer in time');
      return answer;
    },
  };
}

export function kioskAtCentre(
  visitDrivenBy: 'hospital' | 'kiosk',
  rules: Partial<InsuranceRules> = {},
  options: Partial<PartiesOptions> = {},
) {
  const clock = new ManualClock();
  const { parties, http } = virtualParties(clock, { visitDrivenBy, ...options });
  const random = seededRandom(7);
  const national = profile();
  const platform = new NationalInsurancePlatform({
    http: losing(http, parties),
    clock,
    random,
    config,
    profile: { ...national, insurance: { ...national.insurance, ...rules } },
    messageIds: new MessageIds({ institutionCode: INSTITUTION, slice: { first: 0, last: 99 }, clock, random }),
  });
  return {
    clock,
    parties,
    platform,
    http,
    hospital: new HttpHospitalGateway({ http, gateway: config.hospitalGateway }),
  };
}

export function ok<Value>(answer: PlatformAnswer<Value>): Value {
  if (answer.outcome !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
}

export type KioskAtCentre = ReturnType<typeof kioskAtCentre>;

export async function cardOf({ parties, platform, hospital }: KioskAtCentre, key = 'zhang') {
  const patient = parties.patient(key);
  const credential: Credential = {
    type: '03',
    number: new Secret(patient.card?.number ?? ''),
    cardId: new Secret(patient.card?.cardIdHex ?? ''),
  };
  const person = ok(await platform.person(credential));
  const bills = await hospital.openBills(person);
  if (bills.outcome !== 'ok' || !bills.value[0]) throw new Error(bills.outcome);
  return { credential, person, bill: bills.value[0] };
}

/** What the hospital did before the patient came, or what the kiosk does itself. */
export async function questionOf(at: KioskAtCentre, key = 'zhang'): Promise<SettleQuestion> {
  const { credential, person, bill } = await cardOf(at, key);
  const [insurance] = person.insurances;
  if (!insurance) throw new Error('This person has no insurance.');
  const { personNumber } = person;
  const { insuredArea, type: insuranceType } = insurance;
  const { medicalType, totalFen } = bill;
  const rest = { personNumber, insuredArea, insuranceType, credential, medicalType, totalFen, useAccount: true };
  if (bill.uploaded) return { ...rest, visitId: bill.uploaded.visitId, chargeBatch: bill.uploaded.chargeBatch };
  const { visitId } = ok(await at.platform.registerVisit({ ...rest, ...bill, begunAt: bill.visitedAt }));
  const visit = { visitId, personNumber, insuredArea };
  ok(await at.platform.uploadVisit(visit, { medicalType, begunAt: bill.visitedAt, diagnoses: bill.diagnoses }));
  const { departmentCode, departmentName, lines } = bill;
  const batch = { chargeBatch: 'B1', occurredAt: bill.visitedAt, departmentCode, departmentName, lines };
  const splits = ok(await at.platform.uploadFees(visit, batch));
  if (splits.length !== lines.length) throw new Error('The centre split other lines than were sent.');
  return { ...rest, visitId, chargeBatch: 'B1' };
}
