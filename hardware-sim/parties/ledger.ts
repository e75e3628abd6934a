/**
 * What the parties' own books say, side by side, for scenarios to check after
 * every event. It only reads; the kiosk's journal has no say in it.
 */
import type { HospitalParty } from './hospital/hospital-party.ts';
import type { InsuranceParty } from './insurance/insurance-party.ts';
import { keptOrders } from './kept-orders.ts';
import type { Acquirer } from './payment/acquirer.ts';
import { type OrderState, refundedOf } from './payment/order-book.ts';
import type { PaymentParty } from './payment/payment-party.ts';

/** One claim on the fund, i.e. one 2207 that ever succeeded. */
export interface ClaimView {
  readonly settlementId: string;
  readonly messageId: string;
  readonly visitId: string;
  /** `undefined` when no bill of the hospital belongs to the visit. */
  readonly billId: string | undefined;
  readonly state: 'live' | 'voided' | 'reversed';
  readonly totalFen: number;
  readonly fundFen: number;
  readonly accountFen: number;
  readonly cashFen: number;
}

export interface ChargeView {
  readonly orderNumber: string;
  readonly state: OrderState;
  readonly paidFen: number;
  readonly refundedFen: number;
  readonly refunds: number;
}

export interface ConfirmedBill {
  readonly billId: string;
  readonly settlementNumber: string;
  readonly centreSettlementId: string | undefined;
  readonly ownFen: number;
  readonly payOrderNumber: string | undefined;
  readonly receiptNumber: string;
}

export class PartyLedger {
  readonly #insurance: InsuranceParty;
  readonly #hospital: HospitalParty;
  readonly #payment: PaymentParty;
  readonly #acquirer: Acquirer;

  constructor(parties: {
    readonly insurance: InsuranceParty;
    readonly hospital: HospitalParty;
    readonly payment: PaymentParty;
    readonly acquirer: Acquirer;
  }) {
    this.#insurance = parties.insurance;
    this.#hospital = parties.hospital;
    this.#payment = parties.payment;
    this.#acquirer = parties.acquirer;
  }

  claims(): readonly ClaimView[] {
    const bills = new Map(
      [...this.#hospital.book.entries.values()].map(({ bill }) => [bill.outpatientNumber, bill.billId]),
    );
    return [...this.#insurance.settlements.settlements.values()].map((record) => ({
      settlementId: record.settlementId,
      messageId: record.messageId,
      visitId: record.visit.visitId,
      billId: bills.get(record.visit.outpatientNumber),
      state: record.state,
      totalFen: record.split.lines.amountFen,
      fundFen: record.split.fundFen,
      accountFen: record.split.accountFen,
      cashFen: record.split.cashFen,
    }));
  }

  liveClaims(billId?: string): readonly ClaimView[] {
    return this.claims().filter((claim) => claim.state === 'live' && (billId === undefined || claim.billId === billId));
  }

  charges(): readonly ChargeView[] {
    return [...this.#payment.book.orders.values()].map((order) => ({
      orderNumber: order.orderNumber,
      state: order.state,
      paidFen: order.paidFen,
      refundedFen: refundedOf(order),
      refunds: order.refunds.size,
    }));
  }

  /** The same at the bank-card acquirer. */
  cardCharges(): readonly ChargeView[] {
    return [...this.#acquirer.sales.values()].map(({ order, state, amountFen, returns }) => {
      const paidFen = state === 'approved' ? amountFen : 0;
      const refundedFen = paidFen - this.#acquirer.keptFen(order);
      const word = paidFen === 0 ? 'closed' : refundedFen === paidFen ? 'refunded' : 'paid';
      return { orderNumber: order, state: word, paidFen, refundedFen, refunds: returns.size };
    });
  }

  /** Orders with money that has not been given back. */
  liveCharges(): readonly ChargeView[] {
    return this.charges().filter(isKept);
  }

  confirmedBills(): readonly ConfirmedBill[] {
    return [...this.#hospital.book.entries.values()].flatMap(({ bill, settled }) =>
      settled?.by === 'kiosk'
        ? [{ billId: bill.billId, ...settled.confirmation, receiptNumber: settled.receiptNumber }]
        : [],
    );
  }

  billsSettledAtWindow(): readonly string[] {
    return [...this.#hospital.book.entries.values()]
      .filter(({ settled }) => settled?.by === 'window')
      .map(({ bill }) => bill.billId);
  }

  /** What must never be so, not even for a moment; empty when all is well. */
  violations(): readonly string[] {
    const found: string[] = [];
    const perBill = new Map<string, number>();
    for (const { billId, visitId } of this.liveClaims()) {
      const what = billId === undefined ? `visit ${visitId}` : `bill ${billId}`;
      perBill.set(what, (perBill.get(what) ?? 0) + 1);
    }
    for (const [what, count] of perBill) if (count > 1) found.push(`${what}: ${count} live claims`);
    for (const charge of this.charges()) {
      if (charge.refundedFen > charge.paidFen) found.push(`order ${charge.orderNumber}: refunds exceed the charge`);
    }
    return found;
  }

  /**
   * What must be so once nothing is open any more: settled means hospital confirmed, one live claim where insurance is
   * in it, and exactly what each confirmation took and sent back; anything else means none of it.
   */
  endViolations(): readonly string[] {
    const found = [...this.violations()];
    const claimed = new Set<string>();
    for (const { bill, settled, followedBy } of this.#hospital.book.entries.values()) {
      if (settled?.by === 'window' && settled.centre) claimed.add(settled.centre.settlementId);
      if (settled?.by !== 'kiosk') continue;
      const { centreSettlementId, ownFen } = settled.confirmation;
      if (centreSettlementId === undefined || followedBy !== undefined) continue;
      const claim = this.liveClaims().find((one) => one.settlementId === centreSettlementId);
      if (!claim) found.push(`bill ${bill.billId}: confirmed without a live claim`);
      else if (claim.cashFen !== ownFen) found.push(`bill ${bill.billId}: confirmed own part differs at the centre`);
      if (claim) claimed.add(claim.settlementId);
    }
    for (const claim of this.liveClaims()) {
      if (!claimed.has(claim.settlementId)) found.push(`claim ${claim.settlementId}: live, but no bill is confirmed`);
    }
    return [...found, ...this.#moneyViolations()];
  }

  #moneyViolations(): readonly string[] {
    const kept = keptOrders(this.#hospital);
    const found: string[] = [];
    const charges = new Map([...this.charges(), ...this.cardCharges()].map((charge) => [charge.orderNumber, charge]));
    for (const [orderNumber, { billId, takenFen, backFen }] of kept) {
      const charge = charges.get(orderNumber);
      const what = billId === undefined ? `order ${orderNumber}` : `bill ${billId}`;
      if ((charge?.paidFen ?? 0) !== takenFen) {
        found.push(`${what}: own part ${takenFen}, taken ${charge?.paidFen ?? 0}`);
      }
      const refundedFen = charge?.refundedFen ?? 0;
      if (refundedFen !== backFen) found.push(`${what}: ${backFen} to go back, ${refundedFen} went`);
    }
    const live = [...this.liveCharges(), ...this.cardCharges().filter(isKept)];
    for (const charge of live) {
      if (!kept.has(charge.orderNumber)) found.push(`order ${charge.orderNumber}: money kept without a settled bill`);
    }
    return found;
  }
}

function isKept({ paidFen, refundedFen }: ChargeView): boolean {
  return paidFen > refundedFen;
}
