/**
 * Parties on the bench with a hand-written kiosk at the other end of the wire.
 * It knows the interface from the reference only and shares nothing with the firmware.
 */
import { createHash } from 'node:crypto';
import type { BillKind } from '../../../hardware-sim/parties/bills/bills.ts';
import type { Party, PartyAnswer, PartyRequest } from '../../../hardware-sim/parties/party.ts';
import { createParties, type PartiesOptions } from '../../../hardware-sim/parties/virtual-world.ts';
import { ManualClock } from './manual-clock.ts';

export const HOSPITAL_TOKEN = 'hospital-test-token';
export const PAYMENT_TOKEN = 'payment-test-token';

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of a foreign wire freely.
export type Json = any;

const PATHS: Readonly<Record<string, string>> = {
  '9001': '/fsi/api/signInSignOutService/signIn',
  '1101': '/fsi/api/fsiPsnInfoService/queryPsnInfo',
  '1201': '/fsi/api/fsiFixMedInsService/queryFixMedIns',
  '2001': '/fsi/api/fsiPsnPriorityInfoService/queryPsnPriorityInfo',
  '2201': '/fsi/api/outpatientDocInfoService/outpatientRregistration',
  '2202': '/fsi/api/outpatientDocInfoService/outpatientRegistrationCancel',
  '2203': '/fsi/api/outpatientDocInfoService/outpatientMdtrtinfoUp',
  '2203A': '/fsi/api/outpatientDocInfoService/outpatientMdtrtinfoUpA',
  '2204': '/fsi/api/outpatientDocInfoService/outpatientFeeListUp',
  '2205': '/fsi/api/outpatientDocInfoService/outpatientFeeListUpCancel',
  '2206': '/fsi/api/outpatientSettleService/preSettletment',
  '2207': '/fsi/api/outpatientSettleService/saveSettletmentV2',
  '2208': '/fsi/api/outpatientSettleService/cancleSettletment',
  '2301': '/fsi/api/hospFeeDtlService/feeDtlUp',
  '2302': '/fsi/api/hospFeeDtlService/feeDtlCl',
  '2303': '/fsi/api/hospSettService/preSett',
  '2304': '/fsi/api/hospSettService/settV2',
  '2305': '/fsi/api/hospSettService/settCl',
  '2401': '/fsi/api/hospitalRegisterService/hospitalRegisterSave',
  '2402': '/fsi/api/dscgService/dischargeProcess',
  '2404': '/fsi/api/hospitalRegisterService/hospitalRegisterCancel',
  '2405': '/fsi/api/dscgService/dischargeUndo',
  '3505': '/fsi/api/goodsService/goodsSell',
  '3506': '/fsi/api/goodsService/goodsSellReturn',
  '4205': '/fsi/api/ownPayPatnService/otpMdtrtInfoUp',
  '5301': '/fsi/api/fsiIntegratedQueryService/queryPsnOpspReg',
  '5302': '/fsi/api/fsiIntegratedQueryService/anyPathUnderTheQueryService',
  '5303': '/fsi/api/fsiIntegratedQueryService/queryInhospInfo',
  '2601': '/fsi/api/reverseService/revsMethod',
  '5101': '/fsi/api/fsiIntegratedQueryService/queryFixmedinsDept',
  '5102': '/fsi/api/fsiIntegratedQueryService/queryFixmedinsPracPsn',
  '5201': '/fsi/api/fsiIntegratedQueryService/queryMdtrtInfo',
  '5203': '/fsi/api/fsiIntegratedQueryService/querySetlInfo',
};

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textIn(answer: PartyAnswer): string {
  return new TextDecoder().decode(answer.body);
}

export function post(path: string, body: unknown, headers: Record<string, string> = {}): PartyRequest {
  return { method: 'POST', path, headers, body: bytes(typeof body === 'string' ? body : JSON.stringify(body)) };
}

export function onBench(options: Partial<PartiesOptions> & { readonly bill?: BillKind; readonly whose?: string } = {}) {
  const clock = new ManualClock();
  const { bill, whose, ...rest } = options;
  const parties = createParties({
    clock,
    seed: 7,
    hospitalToken: HOSPITAL_TOKEN,
    payment: { token: PAYMENT_TOKEN, merchantId: 'M1' },
    bills: bill ? [{ patient: whose ?? 'zhang', kind: bill }] : [],
    ...rest,
  });
  return { clock, parties, kiosk: new KioskHand(clock, parties.insurance) };
}

/** Sends what a kiosk would send. */
export class KioskHand {
  readonly #clock: ManualClock;
  readonly #party: Party;
  #sequence = 0;
  #signNumber = '';
  insuredArea = '990001';

  constructor(clock: ManualClock, party: Party) {
    this.#clock = clock;
    this.#party = party;
  }

  messageId(): string {
    this.#sequence += 1;
    const stamp = new Date(this.#clock.wallMs() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
    return `H99000100001${stamp}${String(this.#sequence).padStart(4, '0')}`;
  }

  envelope(transaction: string, input: unknown, messageId = this.messageId()): Json {
    return {
      infno: transaction,
      msgid: messageId,
      mdtrtarea_admvs: '990001',
      insuplc_admdvs: this.insuredArea,
      recer_sys_code: 'YBXT',
      infver: 'V1.0',
      opter_type: '2',
      opter: 'K01',
      opter_name: 'K01',
      inf_time: '2026-03-02 09:00:00',
      fixmedins_code: 'H99000100001',
      fixmedins_name: '医站演示医院',
      sign_no: this.#signNumber,
      input,
    };
  }

  request(transaction: string, input: unknown, messageId?: string): PartyRequest {
    return post(PATHS[transaction] ?? '/', this.envelope(transaction, input, messageId));
  }

  /** The whole answer, parsed by JSON.parse. */
  ask(transaction: string, input: unknown, messageId?: string): Json {
    return JSON.parse(textIn(this.#party.handle(this.request(transaction, input, messageId))));
  }

  /** `output` of a success. */
  done(transaction: string, input: unknown, messageId?: string): Json {
    const answer = this.ask(transaction, input, messageId);
    if (answer.infcode !== 0) throw new Error(`${transaction} refused: ${answer.err_msg}`);
    return answer.output;
  }

  signIn(): void {
    this.#signNumber = this.done('9001', { signIn: { opter_no: 'K01', mac: '', ip: '10.0.0.9' } }).signinoutb.sign_no;
  }

  tifHeaders(token: string, nonce: string): Record<string, string> {
    const timestamp = String(Math.floor(this.#clock.wallMs() / 1000));
    const signature = createHash('sha256').update(`${timestamp}${token}${nonce}${timestamp}`).digest('hex');
    return {
      'x-tif-paasid': 'kiosk',
      'x-tif-timestamp': timestamp,
      'x-tif-nonce': nonce,
      'x-tif-signature': signature,
    };
  }
}

/** The open contracts' wire: status and JSON. */
export function askJson(
  party: Party,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): { status: number; body: Json } {
  const answer = party.handle({
    method,
    path,
    headers: { authorization: `Bearer ${token}` },
    body: bytes(body === undefined ? '' : JSON.stringify(body)),
  });
  return { status: answer.status, body: JSON.parse(textIn(answer)) };
}

/** Everything up to the point where 2206 can be asked, for a bill that the hospital uploaded. */
export function readyToSettle(bench: ReturnType<typeof onBench>, whose = 'zhang') {
  const patient = bench.parties.patient(whose);
  bench.kiosk.insuredArea = patient.insurances[0]?.insuredArea ?? '990001';
  bench.kiosk.signIn();
  const { body } = askJson(bench.parties.hospital, HOSPITAL_TOKEN, 'POST', '/v1/bills/search', {
    certificateNumber: patient.identityNumber,
    personNumber: patient.personNumber,
  });
  const bill = body.bills[0];
  const question = {
    psn_no: patient.personNumber,
    mdtrt_cert_type: '03',
    mdtrt_cert_no: patient.card?.number,
    card_sn: patient.card?.cardIdHex,
    med_type: bill.medicalType,
    medfee_sumamt: (bill.totalFen / 100).toFixed(2),
    psn_setlway: '01',
    mdtrt_id: bill.uploaded?.visitId,
    chrg_bchno: bill.uploaded?.chargeBatch,
    acct_used_flag: '1',
    insutype: patient.insurances[0]?.type,
  };
  const copied = () => {
    const info = bench.kiosk.done('2206', { data: question }).setlinfo;
    return {
      ...question,
      invono: '',
      fulamt_ownpay_amt: info.fulamt_ownpay_amt,
      overlmt_selfpay: info.overlmt_selfpay,
      preselfpay_amt: info.preselfpay_amt,
      inscp_scp_amt: info.inscp_scp_amt,
    };
  };
  return { patient, bill, question, copied };
}
