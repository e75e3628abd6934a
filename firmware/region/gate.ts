/**
 * The four-part gate before any insurance settlement: agreement of the institution, its department, every doctor of
 * the bill, person = card (N-38, SZ-246, SZ-248, SZ-277, SZ-213).
 *
 * One promise: the gate is open only when each part was said to be active by the platform, and not longer ago than
 * the profile allows. Anything else names the part that is shut.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { InsurancePlatform, PlatformAnswer, Standing } from '../insurance/insurance-platform.ts';
import type { Clock } from '../ports.ts';
import type { ReasonId } from '../reasons.ts';
import { billsThrough } from './bill-rules.ts';
import type { PersonMatch } from './person-match.ts';

export type GateAnswer =
  /** `ageMs`: the oldest answer that was relied on. */
  | { readonly open: true; readonly ageMs: number }
  | {
      readonly open: false;
      readonly reason: ReasonId;
      readonly detail: string;
      /** Age of the last word about the part that is shut, when it is too old to count (SZ-277). */
      readonly staleMs?: number;
    };

export interface GateQuestion {
  readonly bill: Bill;
  readonly person: PersonMatch;
  /**
   * `live` asks the platform and falls back on a young answer only when the line is down: before 2207, because a
   * doctor's standing may flip between 2206 and 2207. `cached` is enough for showing bills.
   */
  readonly asOf: 'live' | 'cached';
}

interface Known {
  readonly standing: Standing;
  readonly askedMs: number;
}

interface Part {
  readonly key: string;
  readonly shut: ReasonId;
  /** The centre answered and has nobody of this code on file. */
  readonly notFiled: ReasonId;
  readonly ask: () => Promise<PlatformAnswer<Standing>>;
}

export interface SettlementGateOptions {
  readonly platform: Pick<InsurancePlatform, 'institutionStanding' | 'departmentStanding' | 'practitionerStanding'>;
  readonly clock: Clock;
  /** Config `hospital.institutionCode`. */
  readonly institutionCode: string;
  /** Profile `insurance.eligibilityLifeMs`. */
  readonly eligibilityLifeMs: number;
  /** The kiosk's camera sees, or need not (SZ-268b). */
  readonly watched?: () => boolean;
}

export class SettlementGate {
  readonly #options: SettlementGateOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: SettlementGateOptions) {
    this.#options = options;
  }

  async check(question: GateQuestion): Promise<GateAnswer> {
    const { bill, person, asOf } = question;
    if (person !== 'samePerson') return shut(person, 'person and medium');
    if (!billsThrough(bill, this.#options.institutionCode)) {
      return shut('foreignInstitution', 'the bill names another institution');
    }
    if (this.#options.watched?.() === false) return shut('cameraCovered', 'the camera sees nothing');
    let oldest = 0;
    for (const part of this.#parts(bill)) {
      const known = await this.#standing(part, asOf);
      if (known === undefined) {
        const stale = this.#known.get(part.key);
        const refusal = shut('eligibilityUnknown', `${part.key}: no answer that is young enough`);
        return stale ? { ...refusal, staleMs: this.#age(stale) } : refusal;
      }
      if (known.standing === 'unknown') return shut(part.notFiled, `${part.key}: not filed at the centre`);
      if (known.standing !== 'active') return shut(part.shut, `${part.key}: ${known.standing}`);
      oldest = Math.max(oldest, this.#age(known));
    }
    return { open: true, ageMs: oldest };
  }

  /** Age of what is known, ms, by part (`institution`, `department …`, `doctor …`): shown to staff. */
  ages(): ReadonlyMap<string, number> {
    return new Map([...this.#known].map(([key, known]) => [key, this.#age(known)]));
  }

  #parts(bill: Bill): readonly Part[] {
    const { platform } = this.#options;
    const doctors = new Set([bill.doctorCode, ...bill.lines.map((line) => line.doctorCode)]);
    return [
      {
        key: 'institution',
        shut: 'institutionStopped',
        notFiled: 'eligibilityUnknown',
        ask: () => platform.institutionStanding(),
      },
      {
        key: `department ${bill.departmentCode}`,
        shut: 'departmentStopped',
        notFiled: 'eligibilityUnknown',
        ask: () => platform.departmentStanding(bill.departmentCode),
      },
      ...[...doctors].map(
        (code): Part => ({
          key: `doctor ${code}`,
          shut: 'doctorStopped',
          notFiled: 'doctorNotFiled',
          ask: () => platform.practitionerStanding(code),
        }),
      ),
    ];
  }

  async #standing(part: Part, asOf: GateQuestion['asOf']): Promise<Known | undefined> {
    const before = this.#young(part.key);
    if (before && asOf === 'cached') return before;
    const askedMs = this.#options.clock.monotonicMs();
    const answer = await part.ask();
    if (answer.outcome !== 'ok') return this.#young(part.key);
    const known = { standing: answer.value, askedMs };
    this.#known.set(part.key, known);
    return known;
  }

  #young(key: string): Known | undefined {
    const known = this.#known.get(key);
    return known && this.#age(known) <= this.#options.eligibilityLifeMs ? known : undefined;
  }

  #age(known: Known): number {
    return this.#options.clock.monotonicMs() - known.askedMs;
  }
}

function shut(reason: ReasonId, detail: string): Extract<GateAnswer, { open: false }> {
  return { open: false, reason, detail };
}
