/**
 * Who may bill the fund: the institution's agreement, its departments and its
 * practitioners, each active, paused or ended.
 */
import { secondText } from '../beijing-time.ts';
import type { PartyClock } from '../party.ts';
import { Refusal } from './refusal.ts';

export type Standing = 'active' | 'paused' | 'ended';

export interface Institution {
  /** `fixmedins_code`, H + 11 digits. */
  readonly code: string;
  readonly name: string;
  /** Six digits. */
  readonly areaCode: string;
}

export interface Department {
  readonly code: string;
  readonly name: string;
  /** `caty` */
  readonly specialty: string;
}

export interface Practitioner {
  /** 医保医师码, D + 12 digits. */
  readonly code: string;
  readonly name: string;
  readonly departmentCode: string;
}

interface Entry {
  standing: Standing;
  endedMs: number | undefined;
}

export class AgreementRegister {
  readonly institution: Institution;
  readonly departments: readonly Department[];
  readonly practitioners: readonly Practitioner[];
  readonly #clock: PartyClock;
  readonly #entries = new Map<string, Entry>();
  readonly #unfiled = new Set<string>();
  readonly #pauses: { readonly fromMs: number; toMs: number }[] = [];
  /** Hands: last day of the institution's agreement, Unix ms; open without one. */
  agreementEndsMs: number | undefined;

  constructor(
    clock: PartyClock,
    filed: {
      readonly institution: Institution;
      readonly departments: readonly Department[];
      readonly practitioners: readonly Practitioner[];
    },
  ) {
    this.#clock = clock;
    this.institution = filed.institution;
    this.departments = filed.departments;
    this.practitioners = filed.practitioners;
  }

  /** Hands: the filing of a practitioner is taken out of the register. */
  unfile(code: string): void {
    this.#unfiled.add(code);
  }

  /** The practitioners on file now. */
  get filedPractitioners(): readonly Practitioner[] {
    return this.practitioners.filter(({ code }) => !this.#unfiled.has(code));
  }

  /** `undefined` = nobody filed this code. */
  standingOf(code: string): Standing | undefined {
    if (this.#unfiled.has(code)) return undefined;
    const filed =
      code === this.institution.code ||
      this.departments.some((department) => department.code === code) ||
      this.practitioners.some((practitioner) => practitioner.code === code);
    return filed ? (this.#entries.get(code)?.standing ?? 'active') : undefined;
  }

  /** @throws RangeError for a code that is not filed. */
  set(code: string, standing: Standing): void {
    const before = this.standingOf(code);
    if (before === undefined) throw new RangeError('This code is not filed.');
    if (code === this.institution.code) this.#note(before, standing);
    this.#entries.set(code, { standing, endedMs: standing === 'ended' ? this.#clock.wallMs() : undefined });
  }

  /** 中止: whether the institution could not bill at this moment. */
  wasPaused(atMs: number): boolean {
    return this.#pauses.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  }

  #note(before: Standing, standing: Standing): void {
    const nowMs = this.#clock.wallMs();
    if (standing === 'paused' && before !== 'paused')
      this.#pauses.push({ fromMs: nowMs, toMs: Number.POSITIVE_INFINITY });
    const last = this.#pauses.at(-1);
    if (standing !== 'paused' && last?.toMs === Number.POSITIVE_INFINITY) last.toMs = nowMs;
  }

  /** `vali_flag` 0 while paused; an `endtime` in the past once ended. */
  wireStanding(code: string): { readonly vali_flag: string; readonly endtime: string | null } {
    const entry = this.#entries.get(code);
    const endsMs = entry?.endedMs ?? (code === this.institution.code ? this.agreementEndsMs : undefined);
    return {
      vali_flag: entry === undefined || entry.standing === 'active' ? '1' : '0',
      endtime: endsMs === undefined ? null : secondText(endsMs),
    };
  }

  /** @throws Refusal unless the agreement is in force. */
  requireAgreement(): void {
    const standing = this.standingOf(this.institution.code);
    if (standing === 'paused') throw new Refusal('定点医药机构协议已暂停');
    if (standing === 'ended') throw new Refusal('定点医药机构协议已终止');
  }

  /** @throws Refusal unless this practitioner may bill today. */
  requirePractitioner(code: string): void {
    const standing = this.standingOf(code);
    if (standing === undefined) throw new Refusal('医师未备案，不能上传费用');
    if (standing !== 'active') throw new Refusal('医师支付资格已暂停或终止，不能上传费用');
  }

  /** @throws Refusal for a department that is not filed or not active. */
  requireDepartment(code: string): void {
    const standing = this.standingOf(code);
    if (standing === undefined) throw new Refusal('科室未备案');
    if (standing !== 'active') throw new Refusal('科室已暂停或终止医保服务');
  }
}
