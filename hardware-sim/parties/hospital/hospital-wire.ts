/** The hospital's calls on the wire: path and method to deed, refusals to statuses. */
import { digestOf } from '../bills/bill-digest.ts';
import type { HospitalBill } from '../bills/hospital-bill.ts';
import { bodyOf, ContractRefusal, pathWords, textField, wholeField } from '../json-exchange.ts';
import type { PartyRequest } from '../party.ts';
import { fieldOf, isList, isObject, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import type { BookRefusal } from './bill-book.ts';
import { malformed, readConfirmation, wordField } from './confirmation.ts';
import { listField } from './hospital-office.ts';
import type { HospitalParty } from './hospital-party.ts';
import { findRegistered, patientJson, type Registered } from './registered.ts';

/** `N` stands for an id. */
type Deed = (hospital: HospitalParty, id: string, body: WireObject) => WireValue;

const PARK_REASONS = ['lineDown', 'cardBroken', 'noCode', 'patientAsked', 'centreRefused', 'cashOnly'] as const;

const POSTS: Readonly<Record<string, Deed>> = {
  'bills/search': (hospital, _, body) => ({
    bills: hospital.openBills(someone(hospital, body)).map(json),
  }),
  'bills/N/lock': (hospital, billId, body) => {
    const ttlMs = wholeField(body, 'ttlSeconds') * 1000;
    const holder = textField(body, 'settlementNumber');
    return done(hospital.book.lock(billId, textField(body, 'version'), holder, ttlMs));
  },
  'bills/N/unlock': (hospital, billId, body) => done(hospital.book.unlock(billId, textField(body, 'settlementNumber'))),
  'bills/N/confirm': (hospital, billId, body) => {
    const confirmation = readConfirmation(body);
    const outcome = hospital.book.confirm(billId, confirmation);
    if (typeof outcome === 'string') throw refuse(outcome);
    const nextStep = confirmation.kind === 'outpatient' ? '请到一楼演示药房取药' : null;
    return { receiptNumber: outcome.receiptNumber, nextStep };
  },
  'bills/N/park': (hospital, billId, body) =>
    hospital.conversions.park(billId, textField(body, 'parkedNumber'), wordField(body, 'reason', PARK_REASONS)),
  'patients/search': (hospital, _, body) => patientJson(someone(hospital, body)),
  'stays/search': (hospital, _, body) => hospital.ward.stayOf(someone(hospital, body)),
  'stays/N/deposits': (hospital, stayId, body) => ({
    bill: json(hospital.ward.openDeposit(stayId, wholeField(body, 'amountFen'), textField(body, 'requestId'))),
  }),
  'stays/N/day': (hospital, stayId, body) => hospital.ward.dayOf(stayId, textField(body, 'day')),
  'stays/N/discharge': (hospital, stayId) => ({ bill: json(hospital.ward.openDischarge(stayId)) }),
  'settlements/refundable': (hospital, _, body) => ({
    settlements: hospital.refunds.refundable(someone(hospital, body)),
  }),
  'settlements/convertible': (hospital, _, body) => ({
    settlements: hospital.conversions.convertible(someone(hospital, body)),
  }),
  'settlements/printable': (hospital, _, body) =>
    hospital.papers.printable(personIn(hospital, body), textField(body, 'since')),
  'settlements/N/copies': (hospital, settlementNumber, body) =>
    hospital.papers.claimCopy(settlementNumber, textField(body, 'requestId')),
  'settlements/N/papers': (hospital, settlementNumber, body) =>
    hospital.stayPapers.papersOf(settlementNumber, personIn(hospital, body)),
  'settlements/N/refund': (hospital, settlementNumber, body) => {
    textField(body, 'reason');
    return hospital.refunds.request(settlementNumber, lineNumbers(body));
  },
  'settlements/N/conversion': (hospital, settlementNumber, body) => {
    wordField(body, 'reason', PARK_REASONS);
    return hospital.conversions.request(settlementNumber);
  },
  'settlements/N/invoice': (hospital, settlementNumber, body) =>
    hospital.office.issueInvoice(settlementNumber, textField(body, 'key')),
  'settlements/N/invoice/red': (hospital, settlementNumber, body) =>
    hospital.office.redInvoice(settlementNumber, textField(body, 'key')),
  'dispensed/search': (hospital, _, body) =>
    hospital.office.dispensedSince(fieldOf(body, 'since') == null ? undefined : textField(body, 'since')),
  'clinics/search': (hospital, _, body) => hospital.registration.today(someone(hospital, body)),
  'clinics/N/register': (hospital, clinicId, body) => {
    const kept = hospital.register(personIn(hospital, body), clinicId, textField(body, 'requestId'));
    return { ...kept, bill: json(kept.bill) };
  },
  'appointments/N/check-in': (hospital, appointmentId) => hospital.registration.checkIn(appointmentId),
  tickets: (hospital, _, body) =>
    hospital.queue.take(textField(body, 'office'), textField(body, 'requestId'), textOf(body, 'need')),
  calls: (hospital, _, body) =>
    hospital.queue.since(fieldOf(body, 'after') == null ? undefined : wholeField(body, 'after')),
  'proxies/search': (hospital, _, body) => {
    const proxy = fieldOf(body, 'proxy');
    if (!isObject(proxy)) throw malformed('proxy is no object');
    return { state: hospital.proxies.stateOf(personIn(hospital, body), textOf(proxy, 'certificateNumber') ?? '') };
  },
  help: (hospital, _, body) => {
    const [kioskId, screen, requestId] = [
      textField(body, 'kioskId'),
      textField(body, 'screen'),
      textField(body, 'requestId'),
    ];
    hospital.guides.call({ kioskId, screen, requestId, staffCode: textOf(body, 'staffCode') ?? '' });
    return {};
  },
  'help/N/end': (hospital, requestId) => {
    hospital.guides.end(requestId);
    return {};
  },
  events: (hospital, _, body) => hospital.takeEvents(listField(body, 'events')),
};

const GETS: Readonly<Record<string, Deed>> = {
  'settlements/N': (hospital, settlementNumber) => hospital.money.answer(settlementNumber),
  'help/N': (hospital, requestId) => hospital.guides.stateOf(requestId),
  'complaints/N': (hospital, number) => hospital.guides.answerTo(number),
  'parked/N': (hospital, number) => hospital.conversions.byNumber(number),
  'statements/N': (hospital, date) => hospital.office.statement(date),
};

/** Second words that are names of deeds and not ids. */
const NAMES: readonly string[] = ['search', 'refundable', 'convertible', 'printable'];

/** @throws ContractRefusal */
export function answerHospital(hospital: HospitalParty, request: PartyRequest): WireValue {
  const [room = '', second, ...more] = pathWords(request);
  const isName = second !== undefined && NAMES.includes(second) && more.length === 0;
  const pattern = [room, ...(second === undefined ? [] : [isName ? second : 'N']), ...more].join('/');
  const post = POSTS[pattern];
  const get = GETS[pattern];
  if (!post && !get) throw new ContractRefusal(404, 'notFound', 'no such path');
  const deed = request.method === 'POST' ? post : request.method === 'GET' ? get : undefined;
  if (!deed) throw new ContractRefusal(405, 'method', post ? 'POST only' : 'GET only');
  return deed(hospital, isName ? '' : (second ?? ''), deed === post ? bodyOf(request) : {});
}

/** @throws ContractRefusal when nobody is meant. */
function someone(hospital: HospitalParty, search: WireObject): Registered {
  if (fieldOf(search, 'certificateNumber') == null && fieldOf(search, 'visitCardNumber') == null) {
    throw malformed('neither certificateNumber nor visitCardNumber');
  }
  const found = findRegistered(hospital.people, search);
  if (!found) throw new ContractRefusal(404, 'unknownPatient', 'nobody with this certificate or card is registered');
  return found;
}

/** The field `person`. @throws ContractRefusal */
function personIn(hospital: HospitalParty, body: WireObject): Registered {
  const person = fieldOf(body, 'person');
  if (!isObject(person)) throw malformed('person is no object');
  return someone(hospital, person);
}

/** `null` = the whole. */
function lineNumbers(body: WireObject): readonly string[] | undefined {
  const value = fieldOf(body, 'lineNumbers');
  if (value === null) return undefined;
  if (!isList(value)) throw malformed('lineNumbers is no list');
  return value.map((one) => {
    if (typeof one !== 'string') throw malformed('lineNumbers holds what is no text');
    return one;
  });
}

const json = (bill: HospitalBill): WireObject => ({ ...bill, digest: digestOf(bill) }) as unknown as WireObject;

const DETAILS: Readonly<Record<BookRefusal, string>> = {
  lockedElsewhere: 'another settlement or a window holds this bill',
  alreadySettled: 'this bill is settled',
  changed: 'this bill has another version or total now',
  unknownBill: 'no such bill',
};

function done(refusal: BookRefusal | undefined): WireObject {
  if (refusal) throw refuse(refusal);
  return {};
}

function refuse(reason: BookRefusal): ContractRefusal {
  return new ContractRefusal(reason === 'unknownBill' ? 404 : 409, reason, DETAILS[reason]);
}
