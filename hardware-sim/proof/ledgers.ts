/**
 * What a proof looks at: the parties' own ledgers, which settlement asked them for what, and what the kiosk says.
 *
 * Our journal is not in here. Whoever rebuilds parties from something else than a running kiosk (the disk-state
 * explorer) fills one of these and uses the same invariants (`invariants.ts`).
 */
import type { GiveUpReason } from '../../firmware/settlement/facts.ts';
import type { SettlementOrder, SettlementStatus } from '../../firmware/settlement/settlements.ts';
import type { FlowKind } from './flow-table.ts';
import { Hospital } from './parties/hospital.ts';
import { InsuranceCentre } from './parties/insurance-centre.ts';
import { PaymentGateway } from './parties/payment-gateway.ts';
import { Printer, type Slip } from './parties/printer.ts';
import { UploadServer } from './parties/upload-server.ts';

/** One settlement as the outside knows it: keys it used, answers it got, what is said of it. */
export interface SettlementRecord {
  readonly number: string;
  readonly billId: string;
  readonly kiosk: string;
  readonly flow: FlowKind;
  readonly order: SettlementOrder;
  /** What is collected at the kiosk, fen. */
  readonly collectFen: number;
  readonly begunAtMs: number;
  /** The kiosk's boot in which it began. */
  readonly begunBoot: number;
  /** Keys as they were sent. */
  readonly orders: Set<string>;
  readonly messages: Set<string>;
  /** Refund number → order number. */
  readonly refunds: Map<string, string>;
  /** The last answers that reached the kiosk about the order: a question's, or of a close after it. */
  lastPayAnswer: 'paid' | 'closed' | 'notFound' | 'open' | 'closeTaken' | undefined;
  /** A question was answered with "paid" while the kiosk lived. */
  sawPaid: boolean;
  /** What the kiosk says now, and what it said before a crash took its screen. */
  said: SettlementStatus | undefined;
  endedAtMs: number | undefined;
  leaves: GiveUpReason | undefined;
  /** Troubles that touched it; `lock` counts those of lock and unlock. */
  troubles: number;
  lockTroubles: number;
  /** By how much the centre settles another amount than it had said, fen. */
  differsByFen: number;
  /** Something that only a person can sort out was done to it on purpose. */
  needsPerson: boolean;
}

export interface BillFile {
  readonly billId: string;
  readonly records: SettlementRecord[];
}

export class Ledgers {
  readonly hospital: Hospital;
  readonly centre: InsuranceCentre;
  readonly gateway: PaymentGateway;
  readonly uploads = new UploadServer();
  /** By kiosk. */
  readonly printers = new Map<string, Printer>();
  /** Slips that emerged anywhere, by settlement number. */
  readonly slips = new Map<string, Slip[]>();
  readonly files = new Map<string, BillFile>();
  readonly records = new Map<string, SettlementRecord>();
  /** Message id of a settlement → who sent it first. */
  readonly senders = new Map<string, string>();
  /** Bills that something happened to since the last look. */
  readonly touched = new Set<string>();
  nowMs: () => number;

  constructor(nowMs: () => number, endsByItself: (orderNumber: string) => boolean = () => true) {
    this.nowMs = nowMs;
    this.hospital = new Hospital(nowMs);
    this.centre = new InsuranceCentre(nowMs);
    this.gateway = new PaymentGateway(nowMs, endsByItself);
  }

  addBill(billId: string): void {
    this.hospital.addBill(billId);
    this.files.set(billId, { billId, records: [] });
  }

  printer(kiosk: string): Printer {
    const known = this.printers.get(kiosk);
    if (known) return known;
    const printer = new Printer((slip) => {
      const slips = this.slips.get(slip.number);
      if (slips) slips.push(slip);
      else this.slips.set(slip.number, [slip]);
      this.touchNumber(slip.number);
    });
    this.printers.set(kiosk, printer);
    return printer;
  }

  /** A kiosk has begun a settlement. */
  begun(
    number: string,
    given: Pick<SettlementRecord, 'kiosk' | 'flow' | 'order' | 'collectFen' | 'begunBoot'>,
  ): SettlementRecord {
    const { billId } = given.order;
    const record: SettlementRecord = {
      ...given,
      number,
      billId,
      begunAtMs: this.nowMs(),
      orders: new Set(),
      messages: new Set(),
      refunds: new Map(),
      lastPayAnswer: undefined,
      sawPaid: false,
      said: undefined,
      endedAtMs: undefined,
      leaves: undefined,
      troubles: 0,
      lockTroubles: 0,
      differsByFen: 0,
      needsPerson: false,
    };
    this.records.set(number, record);
    const file = this.files.get(billId);
    if (!file) throw new Error(`The hospital never wrote the bill ${billId}.`);
    file.records.push(record);
    this.touched.add(billId);
    return record;
  }

  touchNumber(number: string): void {
    const record = this.records.get(number);
    if (record) this.touched.add(record.billId);
  }
}
