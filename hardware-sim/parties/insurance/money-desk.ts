/**
 * The window for money on the wire: 2206, 2207, 2208, 2303, 2304, 2305, 2601 and 5203, from nodes to the settlement
 * desk and back.
 */
import { parseFen } from '../decimal.ts';
import type { WireObject } from '../wire-json.ts';
import type { Envelope } from './envelope.ts';
import type { FundSplit } from './fund-calculation.ts';
import type { InsuranceAccount, InsuredPeople } from './insured-people.ts';
import { Refusal } from './refusal.ts';
import type { CentreRecord, CopiedSums, SettlementDesk } from './settlement-desk.ts';
import { preSettleNodes, queryNodes, settleNodes, voidNodes } from './settlement-nodes.ts';
import type { SettleRequest } from './settlement-quote.ts';
import type { StayDesk } from './stay-desk.ts';
import { word } from './visit-nodes.ts';

export class MoneyDesk {
  readonly #people: InsuredPeople;
  readonly #settlements: SettlementDesk;
  readonly #stays: StayDesk;
  readonly #areaCode: string;
  readonly #settlementByVisit: boolean;

  constructor(parts: {
    readonly people: InsuredPeople;
    readonly settlements: SettlementDesk;
    readonly stays: StayDesk;
    readonly areaCode: string;
    readonly settlementByVisit: boolean;
  }) {
    this.#people = parts.people;
    this.#settlements = parts.settlements;
    this.#stays = parts.stays;
    this.#areaCode = parts.areaCode;
    this.#settlementByVisit = parts.settlementByVisit;
  }

  /** @throws Refusal */
  answer(envelope: Envelope, data: WireObject): WireObject {
    switch (envelope.transaction) {
      case '2206':
      case '2206A':
      case '2303': {
        const asked = readSettleRequest(data, envelope.transaction);
        const { request, account, split } = this.#settlements.preSettle(asked);
        return preSettleNodes(this.#facts(envelope.messageId, request, account, split));
      }
      case '2207':
      case '2207A':
      case '2304': {
        const request = readSettleRequest(data, envelope.transaction);
        const record = this.#settlements.settle(envelope.messageId, request, copiedSums(data, request.care));
        return settleNodes(this.#factsOf(record), record);
      }
      case '2208':
      case '2305': {
        const record = this.#settlements.voidSettlement(envelope.messageId, {
          transaction: envelope.transaction,
          settlementId: word(data, 'setl_id'),
          visitId: word(data, 'mdtrt_id'),
          personNumber: word(data, 'psn_no'),
        });
        return voidNodes({ ...this.#factsOf(record.original), messageId: record.messageId }, record);
      }
      case '2601':
        this.#reverse(word(data, 'oinfno'), word(data, 'omsgid'), word(data, 'psn_no'));
        return {};
      case '5203':
        return this.#query(data);
      default:
        throw new Refusal('交易编号不正确');
    }
  }

  #reverse(transaction: string, messageId: string, personNumber: string): void {
    if (transaction === '2401') this.#stays.reverseAdmission(messageId, personNumber);
    else this.#settlements.reverse({ messageId, transaction, personNumber });
  }

  /** By `setl_id`, or by visit where the platform allows it; nothing found is an empty answer. */
  #query(data: WireObject): WireObject {
    const settlementId = word(data, 'setl_id');
    if (settlementId === '' && !this.#settlementByVisit) throw new Refusal('data.setl_id不能为空');
    const found = this.#settlements
      .ofVisit(word(data, 'mdtrt_id'))
      .filter(
        (record) =>
          record.state !== 'reversed' &&
          record.visit.personNumber === word(data, 'psn_no') &&
          (settlementId === '' || record.settlementId === settlementId),
      );
    const nodes = found.map((record) => queryNodes(this.#factsOf(record), record));
    const [only] = nodes;
    if (only === undefined) return { setlinfo: null, setldetail: [] };
    if (nodes.length === 1) return only;
    return { setlinfo: nodes.map((node) => node['setlinfo'] ?? null), setldetail: [] };
  }

  #factsOf(record: CentreRecord) {
    return this.#facts(record.messageId, record.request, record.account, record.split);
  }

  #facts(messageId: string, request: SettleRequest, account: InsuranceAccount, split: FundSplit) {
    const person = this.#people.byNumber(request.personNumber);
    return { person, age: this.#people.age(person), account, request, split, areaCode: this.#areaCode, messageId };
  }
}

function readSettleRequest(data: WireObject, transaction: string): SettleRequest {
  const inpatient = transaction.startsWith('23');
  return {
    care: inpatient ? 'inpatient' : 'outpatient',
    personNumber: word(data, 'psn_no'),
    visitId: word(data, 'mdtrt_id'),
    batch: inpatient ? '' : word(data, 'chrg_bchno'),
    medicalType: word(data, 'med_type'),
    insuranceType: word(data, 'insutype'),
    credential: {
      type: word(data, 'mdtrt_cert_type'),
      number: word(data, 'mdtrt_cert_no'),
      cardId: word(data, 'card_sn') || undefined,
    },
    useAccount: flagIn(data, 'acct_used_flag'),
    totalFen: fenIn(data, 'medfee_sumamt'),
    midStay: inpatient && flagIn(data, 'mid_setl_flag'),
  };
}

/** 2207 must carry the four sums; 2304 may leave them all out, and then nothing is compared. */
function copiedSums(data: WireObject, care: SettleRequest['care']): CopiedSums | undefined {
  const names = ['fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt'] as const;
  if (care === 'inpatient' && names.every((name) => word(data, name) === '')) return undefined;
  const [outOfScopeFen = 0, overLimitFen = 0, preSelfPayFen = 0, inScopeFen = 0] = names.map((name) =>
    fenIn(data, name),
  );
  return { outOfScopeFen, overLimitFen, preSelfPayFen, inScopeFen };
}

function flagIn(data: WireObject, name: string): boolean {
  const flag = word(data, name);
  if (flag !== '0' && flag !== '1') throw new Refusal(`data.${name}取值不正确`);
  return flag === '1';
}

function fenIn(data: WireObject, name: string): number {
  const fen = parseFen(word(data, name));
  if (fen === undefined) throw new Refusal(`data.${name}金额不正确`);
  return fen;
}
