/**
 * The hospital over docs/interfaces/hospital.openapi.yaml. The promise: a list is answered whole or not at all; one
 * broken bill makes the answer malformed instead of leaving a bill out in silence, and a bill that comes for a request
 * is one of that request.
 */

import { day, texts } from '../contract-fields.ts';
import type { JsonOutput } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import { PartyWire, partyPath } from '../party-http.ts';
import type { HttpPort } from '../ports.ts';
import { readBill, readBillOf } from './bill-fields.ts';
import { readDispensed, readInvoice, readKnownSettlement, readRedInvoice, readStatement } from './books-fields.ts';
import {
  confirmationBody,
  conversionBill,
  depositBill,
  dischargeBill,
  personBody,
  refundBill,
} from './gateway-bodies.ts';
import type { HospitalGateway } from './hospital-gateway.ts';
import { NOT_READY } from './inpatient.ts';
import { readCalls } from './queue-fields.ts';
import { readClinicTicket, readToday } from './registration-fields.ts';
import { readApproval, readParked } from './second-thought-fields.ts';
import { CONVERSION_REFUSALS, REFUND_REFUSALS } from './second-thoughts.ts';
import { readConvertible, readRefundable } from './settled-fields.ts';
import { readPatient, readStay } from './stay-fields.ts';

/** A hospital answers from its own network; longer than this and the patient is better told. */
const TIMEOUT_MS = 10_000;
/** Characters of the next step that screen and paper have room for. */
const LONGEST_STEP = 200;

export interface HttpHospitalGatewayOptions {
  readonly http: HttpPort;
  /** Config `hospitalGateway`. */
  readonly gateway: { readonly url: string; readonly token: string };
  /** Whole exchange, ms. */
  readonly timeoutMs?: number;
}

export class HttpHospitalGateway implements HospitalGateway {
  readonly #wire: PartyWire;

  constructor(options: HttpHospitalGatewayOptions) {
    const { http, gateway, timeoutMs = TIMEOUT_MS } = options;
    this.#wire = new PartyWire({ http, ...gateway, timeoutMs });
  }

  readonly openBills: HospitalGateway['openBills'] = (person) =>
    this.#post('/v1/bills/search', personBody(person), ['unknownPatient'], (answer) =>
      answer.list('bills').map(readBill),
    );

  readonly lockBill: HospitalGateway['lockBill'] = ({ billId, ...lock }) =>
    this.#post(
      partyPath`/v1/bills/${billId}/lock`,
      lock,
      ['lockedElsewhere', 'alreadySettled', 'changed', 'unknownBill'],
      nothing,
    );

  readonly unlockBill: HospitalGateway['unlockBill'] = (billId, settlementNumber) =>
    this.#post(partyPath`/v1/bills/${billId}/unlock`, { settlementNumber }, ['alreadySettled', 'unknownBill'], nothing);

  readonly confirmBill: HospitalGateway['confirmBill'] = (billId, confirmation) =>
    this.#post(
      partyPath`/v1/bills/${billId}/confirm`,
      confirmationBody(confirmation),
      ['lockedElsewhere', 'alreadySettled', 'changed', 'unknownBill'],
      (answer) => ({
        receiptNumber: answer.text('receiptNumber'),
        nextStep: answer.optionalText('nextStep')?.slice(0, LONGEST_STEP) ?? '',
      }),
    );

  readonly patient: HospitalGateway['patient'] = (person) =>
    this.#post('/v1/patients/search', personBody(person), ['unknownPatient'], readPatient);

  readonly takeTicket: HospitalGateway['takeTicket'] = (request) =>
    this.#post('/v1/tickets', request, ['officeClosed'], (answer) => ({
      ticket: answer.text('ticket'),
      place: answer.text('place').slice(0, LONGEST_STEP),
      waitingBefore: answer.integer('waitingBefore'),
    }));

  readonly callsSince: HospitalGateway['callsSince'] = (after) =>
    this.#post('/v1/calls', { after: after ?? null }, [], readCalls);

  readonly today: HospitalGateway['today'] = (person) =>
    this.#post('/v1/clinics/search', personBody(person), ['unknownPatient'], readToday);

  readonly register: HospitalGateway['register'] = ({ clinicId, person, requestId }) =>
    this.#post(
      partyPath`/v1/clinics/${clinicId}/register`,
      { person: personBody(person), requestId },
      ['unknownPatient', 'unknownClinic', 'full', 'bookedBefore'],
      (answer) => ({
        appointmentId: answer.text('appointmentId'),
        bill: readBillOf('registration', answer.object('bill')),
      }),
    );

  readonly checkIn: HospitalGateway['checkIn'] = (appointmentId) =>
    this.#post(
      partyPath`/v1/appointments/${appointmentId}/check-in`,
      {},
      ['unknownAppointment', 'feeOpen', 'missed'],
      readClinicTicket,
    );

  readonly inpatientStay: HospitalGateway['inpatientStay'] = (person) =>
    this.#post('/v1/stays/search', personBody(person), ['unknownPatient', 'notInpatient'], readStay);

  readonly openDeposit: HospitalGateway['openDeposit'] = ({ stayId, amountFen, requestId }) =>
    this.#post(
      partyPath`/v1/stays/${stayId}/deposits`,
      { amountFen, requestId },
      ['unknownStay', 'notInpatient', 'amount'],
      (answer) => {
        const bill = depositBill(answer.object('bill'));
        if (bill.totalFen !== amountFen || bill.deposit.stayId !== stayId) {
          throw new FieldError('the bill is not the deposit that was asked for');
        }
        return bill;
      },
    );

  readonly openDischarge: HospitalGateway['openDischarge'] = (stayId) =>
    this.#post(
      partyPath`/v1/stays/${stayId}/discharge`,
      {},
      ['unknownStay', 'alreadySettled', ...NOT_READY],
      (answer) => {
        const bill = dischargeBill(answer.object('bill'));
        if (bill.discharge.stayId !== stayId) throw new FieldError('the bill ends another stay');
        return bill;
      },
    );

  readonly refundable: HospitalGateway['refundable'] = (person) =>
    this.#post('/v1/settlements/refundable', personBody(person), ['unknownPatient'], (answer) =>
      answer.list('settlements').map(readRefundable),
    );

  readonly requestRefund: HospitalGateway['requestRefund'] = ({ settlementNumber, lineNumbers, reason }) =>
    this.#post(
      partyPath`/v1/settlements/${settlementNumber}/refund`,
      { lineNumbers: lineNumbers === 'all' ? null : [...lineNumbers], reason },
      ['unknownSettlement', 'unknownLine'],
      (answer) => readApproval(answer, REFUND_REFUSALS, (bill) => refundBill(bill, settlementNumber)),
    );

  readonly convertible: HospitalGateway['convertible'] = (person) =>
    this.#post('/v1/settlements/convertible', personBody(person), ['unknownPatient'], (answer) =>
      answer.list('settlements').map(readConvertible),
    );

  readonly requestConversion: HospitalGateway['requestConversion'] = ({ settlementNumber, reason }) =>
    this.#post(partyPath`/v1/settlements/${settlementNumber}/conversion`, { reason }, ['unknownSettlement'], (answer) =>
      readApproval(answer, CONVERSION_REFUSALS, (bill) => conversionBill(bill, settlementNumber)),
    );

  readonly parkBill: HospitalGateway['parkBill'] = ({ billId, parkedNumber, reason }) =>
    this.#post(
      partyPath`/v1/bills/${billId}/park`,
      { parkedNumber, reason },
      ['unknownBill', 'alreadySettled', 'lockedElsewhere', 'numberTaken'],
      (answer) => ({ until: day(answer, 'until') }),
    );

  readonly billByNumber: HospitalGateway['billByNumber'] = (parkedNumber) =>
    this.#get(partyPath`/v1/parked/${parkedNumber}`, ['unknownNumber'], (answer) => readParked(answer, parkedNumber));

  readonly issueInvoice: HospitalGateway['issueInvoice'] = (settlementNumber, key) =>
    this.#post(
      partyPath`/v1/settlements/${settlementNumber}/invoice`,
      { key },
      ['unknownSettlement', 'nothingToInvoice', 'invoiceServiceDown'],
      readInvoice,
    );

  readonly redInvoice: HospitalGateway['redInvoice'] = (settlementNumber, key) =>
    this.#post(
      partyPath`/v1/settlements/${settlementNumber}/invoice/red`,
      { key },
      ['unknownSettlement', 'noInvoice', 'invoiceServiceDown'],
      readRedInvoice,
    );

  readonly dispensed: HospitalGateway['dispensed'] = (since) =>
    this.#post('/v1/dispensed/search', { since: since === '' ? null : since }, ['unknownPlace'], (answer) => ({
      events: answer.list('events').map(readDispensed),
      next: answer.text('next'),
    }));

  readonly postEvents: HospitalGateway['postEvents'] = (events) =>
    this.#post('/v1/events', { events: events.map((event) => ({ ...event })) }, [], (answer) => ({
      taken: texts(answer, 'taken'),
    }));

  readonly settlementByNumber: HospitalGateway['settlementByNumber'] = (settlementNumber) =>
    this.#get(partyPath`/v1/settlements/${settlementNumber}`, ['unknownSettlement'], (answer) =>
      readKnownSettlement(answer, settlementNumber),
    );

  readonly dayStatement: HospitalGateway['dayStatement'] = (date) =>
    this.#get(partyPath`/v1/statements/${date}`, ['notYet'], (answer) => {
      const statement = readStatement(answer);
      if (statement.date !== date) throw new FieldError('date is not the one that was asked for');
      return statement;
    });

  #post<Value, Refusal extends string>(
    path: string,
    body: JsonOutput,
    refusals: readonly Refusal[],
    read: (answer: Fields) => Value,
  ) {
    return this.#wire.call({ method: 'POST', path, body, refusals, read });
  }

  #get<Value, Refusal extends string>(path: string, refusals: readonly Refusal[], read: (answer: Fields) => Value) {
    return this.#wire.call({ method: 'GET', path, refusals, read });
  }
}

const nothing = (): void => undefined;
