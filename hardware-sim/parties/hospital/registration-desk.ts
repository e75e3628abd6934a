/**
 * The registration desk of the invented hospital: today's clinics, who has a number kept, and the clinics' queues.
 *
 * One promise: one person has one number of a clinic, and whoever asks again hears the same one.
 */
import { secondText } from '../beijing-time.ts';
import type { HospitalBill } from '../bills/hospital-bill.ts';
import { DEPARTMENTS, PRACTITIONERS } from '../bills/hospital-staff.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { PartyClock } from '../party.ts';
import type { WireObject } from '../wire-json.ts';
import type { BillBook } from './bill-book.ts';
import type { QueueNumbers } from './queue-numbers.ts';
import type { Registered } from './registered.ts';

interface ClinicPlan {
  readonly clinicId: string;
  readonly doctorCode: string;
  readonly doctorTitle: string;
  readonly from: string;
  readonly place: string;
  /** For displays without Chinese characters. */
  readonly placeLatin: string;
  readonly letter: string;
  readonly numbers: number;
}

/** Keys for scenarios: a clinic of each department. */
export const CLINICS = {
  medicine: {
    clinicId: 'MZ-D0101-1',
    doctorCode: 'D990001000001',
    doctorTitle: '主任医师',
    from: '08:00',
    place: '二楼内科3诊室',
    placeLatin: 'ROOM 203',
    letter: 'N',
    numbers: 30,
  },
  surgery: {
    clinicId: 'MZ-D0201-1',
    doctorCode: 'D990001000002',
    doctorTitle: '主治医师',
    from: '08:30',
    place: '二楼外科1诊室',
    placeLatin: 'ROOM 211',
    letter: 'W',
    numbers: 20,
  },
} as const satisfies Record<string, ClinicPlan>;

export type ClinicKey = keyof typeof CLINICS;

const PLANS: readonly ClinicPlan[] = Object.values(CLINICS);
/** 普通门诊诊察费 */
const FEE_FEN = 5_000;
const MINUTES_EACH = 6;

interface Kept {
  readonly appointmentId: string;
  readonly patient: Registered;
  readonly plan: ClinicPlan;
  readonly bookedMs: number;
  /** `undefined` = paid before, elsewhere. */
  readonly billId: string | undefined;
  ticket: WireObject | undefined;
}

export class RegistrationDesk {
  /** Hands: nobody gets a number of these clinics any more. */
  readonly full = new Set<string>();
  readonly #clock: PartyClock;
  readonly #book: BillBook;
  readonly #kept: Kept[] = [];
  readonly #queue: QueueNumbers;
  readonly #given = new Map<string, string[]>();
  readonly #missed = new Set<string>();

  constructor(clock: PartyClock, book: BillBook, queue: QueueNumbers) {
    this.#clock = clock;
    this.#book = book;
    this.#queue = queue;
  }

  /** Hands: booked and paid at home. → appointment id */
  booked(patient: Registered, key: ClinicKey): string {
    return this.#keep(patient, CLINICS[key], undefined).appointmentId;
  }

  /** Hands: it was called and nobody came. */
  miss(appointmentId: string): void {
    this.#missed.add(appointmentId);
  }

  /** Numbers of all clinics' queues, in the order in which they were given. */
  get tickets(): readonly string[] {
    return this.#kept.flatMap(({ ticket }) => (ticket ? [String(ticket['ticket'])] : []));
  }

  today(patient: Registered): WireObject {
    return {
      appointments: this.#of(patient).map((kept) => ({
        appointmentId: kept.appointmentId,
        departmentName: departmentOf(kept.plan).name,
        doctorName: doctorOf(kept.plan).name,
        at: `${secondText(this.#clock.wallMs()).slice(0, 10)} ${kept.plan.from}:00`,
        state: kept.ticket ? 'checkedIn' : this.#paid(kept) ? 'booked' : 'feeOpen',
      })),
      clinics: PLANS.filter((plan) => this.#left(plan) > 0).map((plan) => ({
        clinicId: plan.clinicId,
        departmentName: departmentOf(plan).name,
        doctorName: doctorOf(plan).name,
        doctorTitle: plan.doctorTitle,
        from: plan.from,
        feeFen: FEE_FEN,
        left: this.#left(plan),
        insured: true,
      })),
    };
  }

  /**
   * @param writeBill makes the fee's bill for a clinic's doctor; called once a request
   * @throws ContractRefusal
   */
  register(
    patient: Registered,
    clinicId: string,
    requestId: string,
    writeBill: (clinic: { readonly departmentCode: string; readonly doctorCode: string }) => HospitalBill,
  ): { readonly appointmentId: string; readonly billId: string } {
    const appointmentId = `YY-${requestId}`;
    const known = this.#kept.find((kept) => kept.appointmentId === appointmentId);
    if (known?.billId !== undefined) return { appointmentId, billId: known.billId };
    const plan = PLANS.find((one) => one.clinicId === clinicId);
    if (!plan) throw new ContractRefusal(404, 'unknownClinic', 'no such clinic today');
    if (this.#of(patient).some((kept) => kept.plan === plan && this.#paid(kept))) {
      throw new ContractRefusal(409, 'bookedBefore', 'this person has a number of this clinic');
    }
    if (this.#left(plan) <= 0) throw new ContractRefusal(409, 'full', 'this clinic has no number left');
    const bill = writeBill({ departmentCode: departmentOf(plan).code, doctorCode: plan.doctorCode });
    this.#keep(patient, plan, bill.billId, appointmentId);
    return { appointmentId, billId: bill.billId };
  }

  /** @throws ContractRefusal */
  checkIn(appointmentId: string): WireObject {
    const kept = this.#kept.find((one) => one.appointmentId === appointmentId);
    if (!kept) throw new ContractRefusal(404, 'unknownAppointment', 'no such appointment');
    if (kept.ticket) return kept.ticket;
    if (!this.#paid(kept)) throw new ContractRefusal(409, 'feeOpen', 'the fee is not paid');
    if (this.#missed.has(appointmentId)) throw new ContractRefusal(409, 'missed', 'it was called and nobody came');
    const { clinicId, letter, place, placeLatin } = kept.plan;
    const given = this.#given.get(clinicId) ?? [];
    const waitingBefore = this.#queue.stillWaiting(given);
    const ticket = `${letter}${String(given.length + 1).padStart(3, '0')}`;
    this.#given.set(clinicId, [...given, ticket]);
    this.#queue.join({ ticket, place, placeLatin, maskedName: masked(kept.patient.name) });
    kept.ticket = { ticket, place, waitingBefore, expectedMinutes: waitingBefore * MINUTES_EACH };
    return kept.ticket;
  }

  /** A fee that nobody paid in time is no bill any more. */
  stands(billId: string): boolean {
    const kept = this.#kept.find((one) => one.billId === billId);
    return !kept || this.#counts(kept);
  }

  #keep(patient: Registered, plan: ClinicPlan, billId: string | undefined, id?: string): Kept {
    const appointmentId = id ?? `YY${String(this.#kept.length + 1).padStart(6, '0')}`;
    const bookedMs = this.#clock.wallMs();
    const kept: Kept = { appointmentId, patient, plan, bookedMs, billId, ticket: undefined };
    this.#kept.push(kept);
    return kept;
  }

  /** What is kept for somebody; a number whose fee nobody paid is not kept for ever. */
  #of(patient: Registered): readonly Kept[] {
    return this.#kept.filter((kept) => kept.patient.key === patient.key && this.#counts(kept));
  }

  #counts(kept: Kept): boolean {
    return this.#paid(kept) || this.#clock.wallMs() - kept.bookedMs < KEPT_UNPAID_MS;
  }

  #paid({ billId }: Kept): boolean {
    return billId === undefined || this.#book.entries.get(billId)?.settled !== undefined;
  }

  #left(plan: ClinicPlan): number {
    if (this.full.has(plan.clinicId)) return 0;
    return plan.numbers - this.#kept.filter((kept) => kept.plan === plan && this.#counts(kept)).length;
  }
}

/** How long a number is kept whose fee is not paid, ms. */
const KEPT_UNPAID_MS = 15 * 60_000;

/** 张*三, as it stands on a display. */
function masked(name: string): string {
  const signs = [...name];
  return signs.length < 3 ? `${signs[0] ?? ''}*` : `${signs[0]}*${signs.at(-1)}`;
}

function doctorOf({ doctorCode }: ClinicPlan) {
  const doctor = PRACTITIONERS.find(({ code }) => code === doctorCode);
  if (!doctor) throw new RangeError('A clinic without a doctor.');
  return doctor;
}

function departmentOf(plan: ClinicPlan) {
  const { departmentCode } = doctorOf(plan);
  const department = DEPARTMENTS.find(({ code }) => code === departmentCode);
  if (!department) throw new RangeError('A clinic without a department.');
  return department;
}
