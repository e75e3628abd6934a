/**
 * Settlements of the centre: 2206, 2207, 2208, their inpatient kin 2303, 2304, 2305, and 2601.
 *
 * Everything is keyed by the sender's message id. On purpose the worst that the
 * interface's text allows: no de-duplication between message ids, and a reversal
 * of an unknown message leaves no tombstone, so a late 2207 still settles.
 */
import type { PartyClock } from '../party.ts';
import type { AgreementRegister } from './agreement-register.ts';
import type { FundSplit } from './fund-calculation.ts';
import type { InsuranceAccount, InsuredPeople } from './insured-people.ts';
import { Refusal } from './refusal.ts';
import { SettlementBook } from './settlement-book.ts';
import { type Quote, type QuoteParts, quote, type SettleRequest } from './settlement-quote.ts';
import type { FeeRow, Visit, VisitDesk } from './visit-desk.ts';

/** The four sums that 2207 and 2304 copy from the pre-settlement, fen. */
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
  /** Exactly the lines that it settled. */
  readonly rows: readonly FeeRow[];
  readonly split: FundSplit;
  readonly account: InsuranceAccount;
  readonly settledAtMs: number;
  /** `live` counts; `voided` by a 2208 or 2305, `reversed` by a 2601. */
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
  /** Whose later settlement stands in the way of a 2208 or 2305. */
  readonly laterSettlement: 'sameVisit' | 'samePerson' | 'ignored';
}

/** The transaction that settles, and the one that voids, by care. */
const SETTLES = { outpatient: '2207', inpatient: '2304' } as const;
const VOIDS = { outpatient: '2208', inpatient: '2305' } as const;

export class SettlementDesk {
  readonly #clock: PartyClock;
  readonly #parts: QuoteParts;
  readonly #rules: SettlementRules;
  readonly #book = new SettlementBook();
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
    this.#parts = parts;
    this.#rules = parts.rules;
  }

  /** By message id. */
  get settlements(): ReadonlyMap<string, CentreRecord> {
    return this.#book.byMessage;
  }

  get voids(): ReadonlyMap<string, VoidRecord> {
    return this.#voided;
  }

  /** 2206 or 2303: changes nothing. @throws Refusal */
  preSettle(request: SettleRequest): Quote {
    return quote(this.#parts, request, (visit, account) => this.#book.before(visit, account, this.#clock.wallMs()));
  }

  /** 2207 or 2304: one transaction. The same message again answers the same settlement. @throws Refusal */
  settle(messageId: string, asked: SettleRequest, copied: CopiedSums | undefined): CentreRecord {
    const known = this.#book.byMessage.get(messageId);
    if (known?.state === 'reversed') throw new Refusal('该报文已冲正，不能再次结算');
    if (known) return known;
    const { request, visit, rows, account, split } = this.preSettle(asked);
    if (this.#rules.secondSettle === 'refused' && rows.some((row) => row.heldBy.size > 0)) {
      throw new Refusal('该就诊费用已结算，不能重复结算');
    }
    const sums = split.lines;
    if (
      copied &&
      (sums.outOfScopeFen !== copied.outOfScopeFen ||
        sums.overLimitFen !== copied.overLimitFen ||
        sums.preSelfPayFen !== copied.preSelfPayFen ||
        sums.inScopeFen !== copied.inScopeFen)
    ) {
      throw new Refusal('分类金额与预结算不一致');
    }
    const settlementId = this.#nextId();
    const settledAtMs = this.#clock.wallMs();
    const record: CentreRecord = {
      settlementId,
      messageId,
      visit,
      request,
      rows,
      split,
      account,
      settledAtMs,
      state: 'live',
    };
    this.#count(record, 1);
    this.#book.enter(record);
    return record;
  }

  /** 2208 or 2305: a mirror record with a new id; the same message again answers the same. @throws Refusal */
  voidSettlement(
    messageId: string,
    ids: {
      readonly transaction: string;
      readonly settlementId: string;
      readonly visitId: string;
      readonly personNumber: string;
    },
  ): VoidRecord {
    const known = this.#voided.get(messageId);
    if (known?.state === 'reversed') throw new Refusal('该报文已冲正，不能再次撤销');
    if (known) return known;
    const original = this.bySettlementId(ids.settlementId);
    if (!original || original.visit.visitId !== ids.visitId || original.visit.personNumber !== ids.personNumber) {
      throw new Refusal('未查询到结算信息');
    }
    if (VOIDS[original.request.care] !== ids.transaction) throw new Refusal('结算的门诊住院类别与撤销交易不一致');
    if (original.state === 'voided') throw new Refusal('该结算已撤销');
    const later = this.#book.laterThan(original, this.#rules.laterSettlement);
    if (later) {
      const kind = later.request.care === 'inpatient' ? '住院' : '门诊';
      throw new Refusal(`存在后续${kind}结算，请先撤销后续结算`);
    }
    this.#count(original, -1);
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
    const transaction = original.transaction.slice(0, 4);
    const settles = Object.values(SETTLES).some((number) => number === transaction);
    if (!settles && !Object.values(VOIDS).some((number) => number === transaction)) {
      throw new Refusal('该交易不支持冲正');
    }
    const record = settles ? this.#book.byMessage.get(original.messageId) : this.#voided.get(original.messageId);
    const settlement = record && 'original' in record ? record.original : record;
    const named = settlement && (settles ? SETTLES : VOIDS)[settlement.request.care];
    if (!record || settlement?.visit.personNumber !== original.personNumber || named !== transaction) {
      throw new Refusal('冲正失败：未查询到原交易信息');
    }
    if (record.state === 'reversed') return;
    if (this.#rules.offSiteReversal === 'refused' && this.#parts.people.isOffSite(settlement.account)) {
      throw new Refusal('跨省异地就医交易不支持冲正');
    }
    if (record === settlement) {
      if (settlement.state === 'voided') throw new Refusal('该结算已被撤销，不能冲正');
      this.#count(settlement, -1);
    } else {
      // Reversing a cancellation restores the settlement, so its lines must still stand as they were.
      const { lines } = settlement.visit;
      if (settlement.rows.some((row) => lines.get(row.lineNumber) !== row || row.heldBy.size > 0)) {
        throw new Refusal('原结算的费用明细已变更，不能冲正');
      }
      this.#count(settlement, 1);
      settlement.state = 'live';
    }
    record.state = 'reversed';
  }

  /** A reversed settlement is as if it had never been. */
  bySettlementId(settlementId: string): CentreRecord | undefined {
    const record = this.#book.byId(settlementId);
    return record?.state === 'reversed' ? undefined : record;
  }

  /** Every settlement that a visit ever had. */
  ofVisit(visitId: string): readonly CentreRecord[] {
    return this.#book.ofVisit(visitId);
  }

  /** Every settlement that a person (`psn_no`) ever had, oldest first. */
  ofPerson(personNumber: string): readonly CentreRecord[] {
    return this.#book.ofPerson(personNumber);
  }

  #count(record: CentreRecord, sign: 1 | -1): void {
    this.#parts.people.book(record.account, record.split, sign);
    const { settlementId, request, visit } = record;
    for (const { heldBy } of record.rows) {
      if (sign === 1) heldBy.add(settlementId);
      else heldBy.delete(settlementId);
    }
    if (request.midStay || !visit.stay) return;
    if (sign === 1) visit.stay.finalSettlements.add(settlementId);
    else visit.stay.finalSettlements.delete(settlementId);
  }

  #nextId(): string {
    this.#sequence += 1;
    return `${this.#parts.register.institution.areaCode}S${String(this.#sequence).padStart(12, '0')}`;
  }
}
