/**
 * The people behind the kiosks: two who close what was handed to a person, and a cashier who hands out what is owed.
 */
import type { SeededStream } from '../parties/seeded-stream.ts';
import { isConfirmed } from './books.ts';
import type { Kiosk } from './kiosk.ts';
import { netFen } from './parties/payment-gateway.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { Site } from './site.ts';

const HOUR_MS = 3_600_000;

export class Staff {
  readonly #site: Site;
  readonly #stream: SeededStream;
  /** Cases closed and amounts handed out, for the record. */
  closed = 0;
  paidOut = 0;

  constructor(site: Site, stream: SeededStream) {
    this.#site = site;
    this.#stream = stream;
  }

  /** Some look at it within hours. */
  takesCase(record: SettlementRecord, kiosk: Kiosk): void {
    if (this.#stream.chance(500)) this.#later(5, () => this.#close(record, kiosk));
  }

  takesDebt(record: SettlementRecord, kiosk: Kiosk): void {
    this.#later(3, () => {
      const owedFen = record.said?.owedFen ?? 0;
      if (owedFen === 0 || !kiosk.isOn) return;
      this.paidOut += 1;
      kiosk.payOut(record, owedFen);
    });
  }

  /** Nothing of it shall stand that the hospital does not know: they undo, give back, and say so. */
  #close(record: SettlementRecord, kiosk: Kiosk): void {
    const { ledgers } = this.#site;
    if (!kiosk.isOn || record.endedAtMs !== undefined || record.said?.view.state !== 'handedToPerson') return;
    const counts = isConfirmed(record, ledgers);
    // What nobody could read the kiosk still asks: it must let go first, then people undo.
    if (record.said.view.reason === 'hospitalUnreadable' && !this.#write(record, kiosk, counts)) {
      this.#later(1, () => this.#close(record, kiosk));
      return;
    }
    if (!counts) {
      for (const messageId of record.messages) {
        const claim = ledgers.centre.find(messageId);
        if (claim) ledgers.centre.void(`staff-${record.number}`, claim.settlementId);
      }
      for (const number of record.orders) {
        const order = ledgers.orderOf(number);
        if (!order || netFen(order) <= 0) continue;
        const refundNumber = `staff_${number}`;
        record.refunds.set(refundNumber, number);
        order.refunds.set(refundNumber, { amountFen: netFen(order), state: 'refunded', pendingUntilMs: 0 });
      }
      ledgers.hospital.unlock(record.order.billId, record.number);
    }
    if (record.endedAtMs === undefined) this.#write(record, kiosk, counts);
    ledgers.touched.add(record.visitId);
  }

  /** `false` when the kiosk does not take it now. */
  #write(record: SettlementRecord, kiosk: Kiosk, counts: boolean): boolean {
    const keptFen = counts ? record.order.agreed.ownFen : 0;
    const claim = counts ? 'counts' : 'none';
    kiosk.closeCase(record, { by: ['s1', 's2'], claim, keptFen, note: 'looked up and put right' });
    if (record.endedAtMs === undefined) return false;
    this.closed += 1;
    return true;
  }

  #later(hours: number, run: () => void): void {
    this.#site.agenda.after(HOUR_MS + this.#stream.below(hours * HOUR_MS), run);
  }
}
