/**
 * Settlements of the centre: 2206, 2207, 2208, 2601.
 *
 * Everything is keyed by the sender's message id. On purpose the worst that the
 * interface's text allows: no de-duplication between message ids, and a reversal
 * of an unknown message leaves no tombstone, so a late 2207 still settles.
 */
import type { PartyClock } from '../party.ts';
import type { AgreementRegister } from './agreement-register.ts';
import { allocateFunds, type FundSplit, sumLines } from './fund-calculation.ts';
import { policyFor } from './fund-policies.ts';
import type { InsuranceAccount, InsuredPeople, ShownCredential } from './insured-people.ts';
import { Refusal } from './refusal.ts';
import type { FeeRow, Visit, VisitDesk } from './visit-desk.ts';

export interface SettleRequest {
  readonly personNumber: string;
  readonly visitId: string;
  readonly batch: string;
  readonly medicalType: string;
  readonly insuranceType: string;
  readonly credential: ShownCredential;
  readonly useAccount: boolean;
  /** `medfee_sumamt`, fen. */
  readonly totalFen: number;
}

/** The four sums that 2207 copies from the 2206 answer, fen. */
export interface CopiedSums {
  readonly outOfScopeFen: number;
  readonly overLimitFen: number;
  readonly preSelfPayFen: number;
  readonly inScopeFen: number;
}

export interface CentreRecord {
  readonly settlementId: string;
  readonly messageId: string;
  readonly visit: Visit;
  readonly request: SettleRequest;
  readonly split: FundSplit;
  readonly account: InsuranceAccount;
  readonly settledAtMs: number;
  /** `live` counts; `voided` by a 2208, `reversed` by a 2601. */
  state: 'live' | 'voided' | 'reversed';
}

export interface VoidRecord {
  readonly settlementId: string;
  readonly messageId: string;
  readonly original: CentreRecord;
  readonly balanceAfterFen: number;
  readonly voidedAtMs: number;
  state: 'live' | 'reversed';
}

export interface SettlementRules {
  /** A second 2207 with another message id on lines that are settled already. */
  readonly secondSettle: 'settlesTwice' | 'refused';
  /** Whether a settlement of an off-site person can be reversed by 2601. */
  readonly offSiteReversal: 'allowed' | 'refused';
}

export class SettlementDesk {
  readonly #clock: PartyClock;
  readonly #people: InsuredPeople;
  readonly #desk: VisitDesk;
  readonly #register: AgreementRegister;
  readonly #rules: SettlementRules;
  readonly #settled = new Map<string, CentreRecord>();
  readonly #byId = new Map<string, CentreRecord>();
  readonly #byVisit = new Map<string, CentreRecord[]>();
  readonly #voided = new Map<string, VoidRecord>();
  #sequence = 0;

  constructor(parts: {
    readonly clock: PartyClock;
    readonly people: InsuredPeople;
    readonly desk: VisitDesk;
    readonly register: AgreementRegister;
    readonly rules: SettlementRules;
  }) {
    this.#clock = parts.clock;
    this.#people = parts.people;
    this.#desk = parts.desk;
    this.#register = parts.register;
    this.#rules = parts.rules;
  }

  /** By message id. */
  get settlements(): ReadonlyMap<string, CentreRecord> {
    return this.#settled;
  }

  get voids(): ReadonlyMap<string, VoidRecord> {
    return this.#voided;
  }

  /** 2206: changes nothing. @throws Refusal */
  preSettle(request: SettleRequest) {
    this.#register.requireAgreement();
    const visit = this.#desk.find(request.visitId, request.personNumber);
    const holder = this.#people.holderOf(request.credential);
    if (holder.patient.personNumber !== request.personNumber) throw new Refusal('就诊凭证与人员编号不一致');
    if (visit.credentialType !== undefined && visit.credentialType !== request.credential.type) {
      throw new Refusal('就诊凭证类型与挂号时不一致');
    }
    if (visit.insuranceType !== request.insuranceType) throw new Refusal('险种类型与挂号时不一致');
    if (visit.medicalType === undefined || visit.diagnoses === 0) throw new Refusal('未上传就诊诊断信息');
    const obstacle = this.#people.obstacle(request.personNumber, request.insuranceType);
    if (obstacle) throw new Refusal(obstacle);

    const rows = [...visit.lines.values()].filter((row) => row.batch === request.batch);
    if (rows.length === 0) throw new Refusal('没有可结算的费用明细');
    // A standing may change between upload and settlement; what counts is the moment of settling.
    for (const { doctorCode } of rows) this.#register.requirePractitioner(doctorCode);
    const lines = sumLines(rows.map((row) => row.split));
    if (lines.amountFen !== request.totalFen) throw new Refusal('医疗费总额与费用明细合计不一致');
    const account = this.#people.account(request.personNumber, request.insuranceType);
    const policy = policyFor(request.insuranceType, account.row.personType, request.medicalType);
    if (!policy) throw new Refusal('没有适用的待遇政策');
    const split = allocateFunds({
      lines,
      policy,
      year: account.sums,
      admission: 1,
      civilServant: account.row.civilServant,
      assisted: holder.patient.assistanceType !== undefined,
      useAccount: request.useAccount,
      balanceFen: account.balanceFen,
      familyBalanceFen: account.familyBalanceFen,
    });
    return { visit, rows, account, split };
  }

  /** 2207: one transaction. The same message again answers the same settlement. @throws Refusal */
  settle(messageId: string, request: SettleRequest, copied: CopiedSums): CentreRecord {
    const known = this.#settled.get(messageId);
    if (known?.state === 'reversed') throw new Refusal('该报文已冲正，不能再次结算');
    if (known) return known;
    const { visit, rows, account, split } = this.preSettle(request);
    if (this.#rules.secondSettle === 'refused' && rows.some((row) => row.heldBy.size > 0)) {
      throw new Refusal('该就诊费用已结算，不能重复结算');
    }
    const sums = split.lines;
    if (
      sums.outOfScopeFen !== copied.outOfScopeFen ||
      sums.overLimitFen !== copied.overLimitFen ||
      sums.preSelfPayFen !== copied.preSelfPayFen ||
      sums.inScopeFen !== copied.inScopeFen
    ) {
      throw new Refusal('分类金额与预结算不一致');
    }
    const record: CentreRecord = {
      settlementId: this.#nextId(),
      messageId,
      visit,
      request,
      split,
      account,
      settledAtMs: this.#clock.wallMs(),
      state: 'live',
    };
    this.#count(record, rows, 1);
    this.#settled.set(messageId, record);
    this.#byId.set(record.settlementId, record);
    const ofVisit = this.#byVisit.get(visit.visitId);
    if (ofVisit) ofVisit.push(record);
    else this.#byVisit.set(visit.visitId, [record]);
    return record;
  }

  /** 2208: a mirror record with a new id; the same message again answers the same. @throws Refusal */
  voidSettlement(
    messageId: string,
    ids: { readonly settlementId: string; readonly visitId: string; readonly personNumber: string },
  ): VoidRecord {
    const known = this.#voided.get(messageId);
    if (known?.state === 'reversed') throw new Refusal('该报文已冲正，不能再次撤销');
    if (known) return known;
    const original = this.bySettlementId(ids.settlementId);
    if (!original || original.visit.visitId !== ids.visitId || original.visit.personNumber !== ids.personNumber) {
      throw new Refusal('未查询到结算信息');
    }
    if (original.state === 'voided') throw new Refusal('该结算已撤销');
    this.#count(original, this.#rowsOf(original), -1);
    original.state = 'voided';
    const record: VoidRecord = {
      settlementId: this.#nextId(),
      messageId,
      original,
      balanceAfterFen: original.account.balanceFen,
      voidedAtMs: this.#clock.wallMs(),
      state: 'live',
    };
    this.#voided.set(messageId, record);
    return record;
  }

  /** 2601: the named message does not count any more. May be repeated. @throws Refusal */
  reverse(original: { readonly messageId: string; readonly transaction: string; readonly personNumber: string }): void {
    const family = original.transaction.slice(0, 4);
    if (family !== '2207' && family !== '2208') throw new Refusal('该交易不支持冲正');
    const record = family === '2207' ? this.#settled.get(original.messageId) : this.#voided.get(original.messageId);
    const settlement = record && 'original' in record ? record.original : record;
    if (!record || !settlement || settlement.visit.personNumber !== original.personNumber) {
      throw new Refusal('冲正失败：未查询到原交易信息');
    }
    if (record.state === 'reversed') return;
    if (this.#rules.offSiteReversal === 'refused' && this.#people.isOffSite(settlement.account)) {
      throw new Refusal('跨省异地就医交易不支持冲正');
    }
    if (record === settlement) {
      if (settlement.state === 'voided') throw new Refusal('该结算已被撤销，不能冲正');
      this.#count(settlement, this.#rowsOf(settlement), -1);
    } else {
      // Reversing a cancellation restores the settlement.
      this.#count(settlement, this.#rowsOf(settlement), 1);
      settlement.state = 'live';
    }
    record.state = 'reversed';
  }

  /** A reversed settlement is as if it had never been. */
  bySettlementId(settlementId: string): CentreRecord | undefined {
    const record = this.#byId.get(settlementId);
    return record?.state === 'reversed' ? undefined : record;
  }

  /** Every settlement that a visit ever had. */
  ofVisit(visitId: string): readonly CentreRecord[] {
    return this.#byVisit.get(visitId) ?? [];
  }

  #rowsOf(record: CentreRecord): readonly FeeRow[] {
    return [...record.visit.lines.values()].filter((row) => row.batch === record.request.batch);
  }

  #count(record: CentreRecord, rows: readonly FeeRow[], sign: 1 | -1): void {
    this.#people.book(record.account, record.split, sign);
    for (const row of rows) {
      if (sign === 1) row.heldBy.add(record.settlementId);
      else row.heldBy.delete(record.settlementId);
    }
  }

  #nextId(): string {
    this.#sequence += 1;
    return `${this.#register.institution.areaCode}S${String(this.#sequence).padStart(12, '0')}`;
  }
}
