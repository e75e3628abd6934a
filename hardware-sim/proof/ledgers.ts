/**
 * What a proof looks at: the parties' own ledgers, which settlement asked them for what, and what the kiosk says.
 *
 * Our journal is not in here. Whoever rebuilds parties from something else than a running kiosk (the disk-state
 * explorer) fills one of these and uses the same invariants (`invariants.ts`).
 */
import type { Collecting, ReturnLeg } from '../../firmware/settlement/flows.ts';
import { CashAcceptor } from './parties/cash-acceptor.ts';
import { Hospital } from './parties/hospital.ts';
import { InsuranceCentre } from './parties/insurance-centre.ts';
import { PaymentGateway, type PayOrder, PLAIN_HABITS, type RouteHabits } from './parties/payment-gateway.ts';
import { Printer, type Slip } from './parties/printer.ts';
import { UploadServer } from './parties/upload-server.ts';
import { type Given, newRecord, type SettlementRecord } from './settlement-record.ts';

/** One visit with every bill of it: a refund or a conversion has a bill of its own and stays in its file. */
export interface VisitFile {
  readonly visitId: string;
  readonly records: SettlementRecord[];
}

export class Ledgers {
  readonly hospital: Hospital;
  readonly centre: InsuranceCentre;
  /** Codes and bank cards. */
  readonly gateway: PaymentGateway;
  readonly terminal: PaymentGateway;
  readonly uploads = new UploadServer();
  /** By kiosk. */
  readonly printers = new Map<string, Printer>();
  readonly acceptors = new Map<string, CashAcceptor>();
  /** Slips that emerged anywhere, by settlement number. */
  readonly slips = new Map<string, Slip[]>();
  readonly files = new Map<string, VisitFile>();
  readonly records = new Map<string, SettlementRecord>();
  /** Message id of money → who sent it first, and what for. */
  readonly senders = new Map<string, string>();
  /** Visits that something happened to since the last look. */
  readonly touched = new Set<string>();
  nowMs: () => number;

  constructor(nowMs: () => number, habits: RouteHabits = PLAIN_HABITS) {
    this.nowMs = nowMs;
    this.hospital = new Hospital(nowMs);
    this.centre = new InsuranceCentre(nowMs);
    this.gateway = new PaymentGateway(nowMs, 'wechat', habits);
    this.terminal = new PaymentGateway(nowMs, 'card', habits);
  }

  /** A bill of a visit; the first one opens its file. */
  addBill(billId: string, visitId = billId): void {
    this.hospital.addBill(billId);
    if (!this.files.has(visitId)) this.files.set(visitId, { visitId, records: [] });
  }

  route(by: Collecting | ReturnLeg['by']): PaymentGateway {
    return by === 'card' ? this.terminal : this.gateway;
  }

  orderOf(number: string): PayOrder | undefined {
    return this.gateway.orders.get(number) ?? this.terminal.orders.get(number);
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

  acceptor(kiosk: string): CashAcceptor {
    const known = this.acceptors.get(kiosk) ?? new CashAcceptor(this.nowMs);
    this.acceptors.set(kiosk, known);
    return known;
  }

  /** A kiosk has begun a settlement. */
  begun(number: string, given: Given): SettlementRecord {
    const record = newRecord(number, given, this.nowMs());
    const file = this.files.get(record.visitId);
    if (!file) throw new Error(`The hospital never wrote a bill of ${record.visitId}.`);
    this.records.set(number, record);
    file.records.push(record);
    this.touched.add(record.visitId);
    return record;
  }

  touchNumber(number: string): void {
    const record = this.records.get(number);
    if (record) this.touched.add(record.visitId);
  }
}
