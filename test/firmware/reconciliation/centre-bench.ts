/** The real client and the virtual centre, with settlements made over the wire for statements to be about. */
import { Secret } from '../../../drivers/secret.ts';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import type {
  CentreSettlement,
  PlatformAnswer,
  SettleQuestion,
} from '../../../firmware/insurance/insurance-platform.ts';
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import type { StatementLine, StatementTotals } from '../../../firmware/insurance/statements.ts';
import type { InsuranceOptions } from '../../../hardware-sim/parties/insurance/insurance-party.ts';
import type { ChannelRules } from '../../../hardware-sim/parties/payment/channel-rules.ts';
import { readZip, writeZip } from '../../../hardware-sim/parties/zip-file.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { config, INSTITUTION, profile } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';
import { seededRandom } from '../settlement/bench-order.ts';

export function ok<Value>(answer: PlatformAnswer<Value>): Value {
  if (answer.outcome !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
}

export interface Settled {
  readonly question: SettleQuestion;
  readonly centre: CentreSettlement;
}

export class CentreBench {
  readonly clock: ManualClock;
  readonly platform: NationalInsurancePlatform;
  readonly parties: ReturnType<typeof virtualParties>['parties'];
  readonly http: ReturnType<typeof virtualParties>['http'];
  readonly #hospital: HttpHospitalGateway;
  #sequence = 0;

  constructor(insurance: Partial<InsuranceOptions> = {}, channels: Partial<ChannelRules> = {}, startMs?: number) {
    const clock = new ManualClock(startMs);
    this.clock = clock;
    const { parties, http } = virtualParties(clock, { insurance, channels });
    this.parties = parties;
    this.http = http;
    const random = seededRandom(7);
    const messageIds = new MessageIds({ institutionCode: INSTITUTION, slice: { first: 0, last: 99 }, clock, random });
    this.platform = new NationalInsurancePlatform({ http, clock, random, config, profile: profile(), messageIds });
    this.#hospital = new HttpHospitalGateway({ http, gateway: config.hospitalGateway });
  }

  get statements() {
    return this.platform.statements;
  }

  /** The next file of 9102 has one line that is cut short. */
  breakNextFile(): void {
    const cut = (answer: { status: number; headers: Readonly<Record<string, string>>; body: Uint8Array }) => {
      const { name, bytes } = readZip(answer.body);
      const text = new TextDecoder().decode(bytes).replace(/\t[^\t]*$/, '');
      return { ...answer, body: writeZip({ name, bytes: new TextEncoder().encode(text) }) };
    };
    this.parties.wires.insurance.mischief.answer(1, cut, { transaction: '9102' });
  }

  messageId(): string {
    this.#sequence += 1;
    const stamp = new Date(this.clock.wallMs() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
    return `${INSTITUTION}${stamp}${String(this.#sequence).padStart(4, '0')}`;
  }

  /** Settles somebody's open bill at the centre, as a kiosk would. */
  async settle(key: string, messageId = this.messageId()): Promise<Settled> {
    const { question, preSettled } = await this.ask(key);
    return { question, centre: ok(await this.platform.settle(messageId, question, preSettled)) };
  }

  /** Somebody's open bill with what the centre would pay of it. @param billId the first one unless given */
  async ask(key: string, billId?: string) {
    const patient = this.parties.patient(key);
    const number = new Secret(patient.card?.number ?? '');
    const cardId = new Secret(patient.card?.cardIdHex ?? '');
    const person = ok(await this.platform.person({ type: '03', number, cardId }));
    const bills = await this.#hospital.openBills(person);
    const [insurance] = person.insurances;
    const all = bills.outcome === 'ok' ? bills.value : [];
    const bill = billId === undefined ? all[0] : all.find((one) => one.billId === billId);
    if (!bill?.uploaded || !insurance) throw new Error(`${key} has no uploaded bill.`);
    const question: SettleQuestion = {
      personNumber: person.personNumber,
      insuredArea: insurance.insuredArea,
      insuranceType: insurance.type,
      credential: { type: '03', number, cardId },
      medicalType: bill.medicalType,
      totalFen: bill.totalFen,
      useAccount: true,
      visitId: bill.uploaded.visitId,
      chargeBatch: bill.uploaded.chargeBatch,
    };
    return { question, bill, preSettled: ok(await this.platform.preSettle(question)) };
  }
}

export function lineOf({ question, centre }: Settled): StatementLine {
  const { totalFen, fundFen, accountFen } = centre.amounts;
  const { settlementId } = centre;
  const { visitId, personNumber } = question;
  return { settlementId, visitId, personNumber, totalFen, fundFen, accountFen, reversal: false };
}

export function totalsOf(settled: readonly Settled[]): StatementTotals {
  const sum = (name: 'totalFen' | 'fundFen' | 'accountFen' | 'ownFen') =>
    settled.reduce((total, { centre }) => total + centre.amounts[name], 0);
  return {
    totalFen: sum('totalFen'),
    fundFen: sum('fundFen'),
    accountFen: sum('accountFen'),
    ownFen: sum('ownFen'),
    count: settled.length,
  };
}
