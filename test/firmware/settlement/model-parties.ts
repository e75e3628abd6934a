/**
 * Hospital, payment broker and insurance centre as small ledgers, for these
 * tests only. Worst case where the contracts allow it: the centre keeps no
 * tombstone for a reversed message it never saw, and would settle twice.
 */
import { Secret } from '../../../drivers/secret.ts';
import type { BillConfirmation, HospitalBills } from '../../../firmware/hospital/hospital-gateway.ts';
import type {
  CentreSettlement,
  InsurancePlatform,
  SettlementAmounts,
} from '../../../firmware/insurance/insurance-platform.ts';
import type { CardGateway, PaymentGateway, PayOrder } from '../../../firmware/payment/payment-gateway.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import type { ModelLine } from './model-line.ts';

const ok = <Value>(value: Value) => ({ outcome: 'ok', value }) as const;
const no = <Reason extends string>(reason: Reason) => ({ outcome: 'refused', reason, detail: reason }) as const;
const refused = (message: string) => ({ outcome: 'refused', infcode: '-1', message }) as const;

export class ModelHospital {
  lockedBy: string | undefined;
  confirmed: BillConfirmation | undefined;
  version = 'v1';
  /** Refuses confirmations although it holds the lock. */
  refuses = false;
  readonly #line: ModelLine;
  readonly #clock: ManualClock;
  #lockEndsMs = Number.POSITIVE_INFINITY;

  constructor(line: ModelLine, clock: ManualClock) {
    this.#line = line;
    this.#clock = clock;
  }

  /** Who holds the bill at this instant: a lock ends by its own time. */
  get heldNow(): string | undefined {
    return this.#clock.monotonicMs() < this.#lockEndsMs ? this.lockedBy : undefined;
  }

  /** A cashier opens the bill as soon as nobody else holds it. */
  takeAtWindow(): void {
    if (this.heldNow !== undefined) return;
    this.lockedBy = 'window';
    this.#lockEndsMs = Number.POSITIVE_INFINITY;
  }

  gateway(): HospitalBills {
    const carry = this.#line.carry.bind(this.#line);
    return {
      openBills: async () => ok([]),
      lockBill: ({ settlementNumber, version, ttlSeconds }) =>
        carry('hospital.lock', settlementNumber, () => {
          if (this.confirmed) return no('alreadySettled');
          if (this.version !== version) return no('changed');
          if (this.heldNow !== undefined && this.heldNow !== settlementNumber) return no('lockedElsewhere');
          this.lockedBy = settlementNumber;
          this.#lockEndsMs = this.#clock.monotonicMs() + ttlSeconds * 1_000;
          return ok(undefined);
        }),
      unlockBill: (_billId, settlementNumber) =>
        carry('hospital.unlock', settlementNumber, () => {
          if (this.confirmed) return no('alreadySettled');
          if (this.lockedBy === settlementNumber) this.lockedBy = undefined;
          return ok(undefined);
        }),
      confirmBill: (_billId, confirmation) =>
        carry('hospital.confirm', confirmation.settlementNumber, () => {
          if (this.confirmed?.settlementNumber === confirmation.settlementNumber) return ok(this.#receipt());
          if (this.confirmed) return no('alreadySettled');
          if (this.refuses) return no('changed');
          if (this.heldNow !== undefined && this.heldNow !== confirmation.settlementNumber)
            return no('lockedElsewhere');
          this.confirmed = confirmation;
          this.lockedBy = undefined;
          return ok(this.#receipt());
        }),
    };
  }

  #receipt() {
    return { receiptNumber: 'R-1', nextStep: '3 楼 5 号取药' };
  }
}

interface Order {
  readonly amountFen: number;
  state: 'waiting' | 'userPaying' | 'paid' | 'closed' | 'refunded';
  /** Refund number → fen. */
  readonly refunds: Map<string, number>;
}

const refundedFen = ({ refunds }: Order): number => [...refunds.values()].reduce((sum, fen) => sum + fen, 0);

export class ModelPayment {
  readonly orders = new Map<string, Order>();
  /** ms after the order appears until the phone pays; `undefined` = nobody pays. */
  paysAfterMs: number | undefined = 3_000;
  /** What the bank says to a code that was shown. */
  bank: 'takes' | 'insufficientFunds' | 'badCode' = 'takes';
  /** Every order is too old to refund. */
  expired = false;
  /** Refunds are only taken in at first. */
  pending = false;
  readonly #line: ModelLine;
  readonly #clock: ManualClock;

  constructor(line: ModelLine, clock: ManualClock) {
    this.#line = line;
    this.#clock = clock;
  }

  get liveCharges(): number {
    return [...this.orders].filter(([number, { state }]) => number.startsWith('pay_') && state === 'paid').length;
  }

  /** What the payer is out of pocket, fen. */
  get takenFen(): number {
    return [...this.orders.values()].reduce(
      (sum, order) =>
        sum + (order.state === 'paid' || order.state === 'refunded' ? order.amountFen - refundedFen(order) : 0),
      0,
    );
  }

  /** Money of an earlier day. */
  paidBefore(orderNumber: string, amountFen: number): void {
    this.orders.set(orderNumber, { amountFen, state: 'paid', refunds: new Map() });
  }

  gateway(): PaymentGateway {
    const carry = this.#line.carry.bind(this.#line);
    return {
      createOrder: ({ orderNumber, amountFen }) =>
        carry('pay.create', orderNumber, () => {
          const known = this.orders.get(orderNumber);
          if (known?.state === 'closed') return no('closed');
          if (known?.state === 'paid') return no('paid');
          if (!known) {
            this.orders.set(orderNumber, { amountFen, state: 'waiting', refunds: new Map() });
            if (this.paysAfterMs !== undefined) this.#clock.timer(this.paysAfterMs, () => this.pay(orderNumber));
          }
          return ok({ payCode: `yizhan-pay:${orderNumber}` });
        }),
      chargeByCode: ({ orderNumber, amountFen }) =>
        carry('pay.charge', orderNumber, () => {
          const known = this.orders.get(orderNumber);
          if (known?.state === 'closed') return no('closed');
          if (this.bank !== 'takes') return no(this.bank);
          if (!known) this.orders.set(orderNumber, { amountFen, state: 'waiting', refunds: new Map() });
          this.pay(orderNumber);
          return ok(this.#seen(orderNumber));
        }),
      query: (orderNumber) => carry('pay.query', orderNumber, () => ok(this.#seen(orderNumber))),
      close: (orderNumber) =>
        carry('pay.close', orderNumber, () => {
          const known = this.orders.get(orderNumber);
          if (known?.state === 'paid') return no('paid');
          if (known?.state === 'userPaying') return no('userPaying');
          if (known) known.state = 'closed';
          else this.orders.set(orderNumber, { amountFen: 0, state: 'closed', refunds: new Map() });
          return ok(undefined);
        }),
      refund: ({ orderNumber, refundNumber, amountFen }) =>
        carry('pay.refund', refundNumber, () => {
          const known = this.orders.get(orderNumber);
          if (!known || (known.state !== 'paid' && known.state !== 'refunded')) return no('notPaid');
          if (known.refunds.size > 0 && !known.refunds.has(refundNumber))
            this.#line.violations.push('I3: two refund numbers');
          if (this.expired) return no('expired');
          const done = known.refunds.get(refundNumber) ?? 0;
          if (refundedFen(known) - done + amountFen > known.amountFen) return no('amount');
          known.refunds.set(refundNumber, amountFen);
          if (refundedFen(known) === known.amountFen) known.state = 'refunded';
          return ok(this.pending ? ('pending' as const) : ('refunded' as const));
        }),
      refundState: (refundNumber) =>
        carry('pay.refundState', refundNumber, () => {
          const done = [...this.orders.values()].some(({ refunds }) => refunds.has(refundNumber));
          return ok(done ? (this.pending ? ('pending' as const) : ('refunded' as const)) : ('notFound' as const));
        }),
    };
  }

  /** The same ledger as a bank terminal: no code, and the card is there at once or refused. */
  terminal(): CardGateway {
    const { query, close, refund, refundState, chargeByCode } = this.gateway();
    return {
      ...{ query, close, refund, refundState },
      chargeCard: async (order) => {
        const answer = await chargeByCode(order, new Secret('card'));
        return answer.outcome === 'refused' ? { ...answer, reason: 'declined' } : answer;
      },
    };
  }

  /** The phone confirms. A closed order cannot be paid any more. */
  pay(orderNumber: string): void {
    const order = this.orders.get(orderNumber);
    if (order?.state === 'waiting' || order?.state === 'userPaying') order.state = 'paid';
  }

  #seen(orderNumber: string): PayOrder {
    const order = this.orders.get(orderNumber);
    if (!order) return { orderNumber, state: 'notFound', paidFen: 0, route: undefined };
    const paid = order.state === 'paid' || order.state === 'refunded';
    return { orderNumber, state: order.state, paidFen: paid ? order.amountFen : 0, route: paid ? 'wechat' : undefined };
  }
}

/** `setl_id` of a settlement of an earlier day. */
export const FORMER = 'S-former';

interface Claim {
  readonly centre: CentreSettlement;
  state: 'live' | 'reversed' | 'voided';
}

export class ModelInsurance {
  readonly claims: Claim[] = [];
  /** Refuses 2207. */
  refuses = false;
  /** 5201/5203 can't be used (profile `none`). */
  canFind = true;
  /** Answers other amounts than 2206 did. */
  differsByFen = 0;
  /** What 2206 answers about kept lines. */
  splits: SettlementAmounts | undefined;
  /** A later settlement depends on the former one: 2208 is refused. */
  blocksVoid = false;
  readonly #line: ModelLine;

  constructor(line: ModelLine) {
    this.#line = line;
  }

  /** A settlement of an earlier day. */
  settledBefore(amounts: SettlementAmounts): void {
    const centre = { settlementId: FORMER, settledAt: '2026-11-20 09:00:00', messageId: 'former', amounts };
    this.claims.push({ centre, state: 'live' });
  }

  get liveClaims(): number {
    return this.claims.filter(({ state }) => state === 'live').length;
  }

  platform(): InsurancePlatform {
    const carry = this.#line.carry.bind(this.#line);
    const find = (messageId: string) => this.claims.find(({ centre }) => centre.messageId === messageId);
    const unused = async (): Promise<never> => {
      throw new Error('A settlement does not ask this.');
    };
    return {
      signIn: unused,
      decodeECredential: unused,
      person: unused,
      entitlement: unused,
      institutionStanding: unused,
      departmentStanding: unused,
      practitionerStanding: unused,
      registerVisit: unused,
      uploadVisit: unused,
      uploadFees: unused,
      cancelFees: unused,
      preSettle: () =>
        carry('ins.prepare', 'presettle', () => (this.splits ? ok(this.splits) : refused('费用明细有误'))),
      settle: (messageId, question, agreed) =>
        carry('ins.settle', messageId, () => {
          question.credential.number.reveal();
          if (this.refuses) return refused('参保人 测试甲 990000199001010017 待遇暂停');
          const known = find(messageId);
          if (known) return ok(known.centre);
          const settlementId = `S${this.claims.length + 1}`;
          const centre = { settlementId, settledAt: '2026-11-22 09:00:00', messageId, amounts: this.#amounts(agreed) };
          this.claims.push({ centre, state: 'live' });
          return ok(centre);
        }),
      voidSettlement: (messageId, _visit, settlementId) =>
        carry(settlementId === FORMER ? 'ins.undo' : 'ins.void', messageId, () => {
          const claim = this.claims.find(({ centre }) => centre.settlementId === settlementId);
          if (claim?.state !== 'live' || this.blocksVoid) return refused('该结算不能撤销');
          claim.state = 'voided';
          return ok({ settlementId: `-${settlementId}` });
        }),
      reverse: ({ messageId }) =>
        carry('ins.reverse', messageId, () => {
          const claim = find(messageId);
          if (!claim) return ok({ reversed: 'notFound' as const });
          if (claim.state === 'voided') return refused('已撤销');
          claim.state = 'reversed';
          return ok({ reversed: 'reversed' as const });
        }),
      findSettlement: (messageId) =>
        carry('ins.find', messageId, () => {
          if (!this.canFind) return refused('不支持');
          const claim = find(messageId);
          return ok(claim?.state === 'live' ? claim.centre : undefined);
        }),
      findSettlementById: (settlementId) =>
        carry('ins.findFormer', settlementId, () => {
          const claim = this.claims.find(({ centre }) => centre.settlementId === settlementId);
          if (!claim) return ok({ state: 'notFound' as const });
          if (claim.state !== 'live') return ok({ state: 'voided' as const });
          return ok({ state: 'counts' as const, settlement: claim.centre });
        }),
    };
  }

  #amounts(agreed: SettlementAmounts): SettlementAmounts {
    const { differsByFen } = this;
    if (differsByFen === 0) return agreed;
    return { ...agreed, fundFen: agreed.fundFen - differsByFen, accountFen: agreed.accountFen + differsByFen };
  }
}
