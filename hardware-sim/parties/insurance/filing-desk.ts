/**
 * What people have filed with the centre and where they lie: 5301 慢特病, 5302 by `biz_appy_type`, 5303 在院
 * (reference, B.13 and B.17).
 *
 * Hands file and admit; the wire only asks. 5303 answers every stay of the asked span, those that have ended with
 * their end, because the text does not promise that it leaves them out.
 */
import { parseSecond } from '../beijing-time.ts';
import { textOf, type WireObject } from '../wire-json.ts';
import type { AgreementRegister } from './agreement-register.ts';
import type { InsuredPeople } from './insured-people.ts';
import { Refusal } from './refusal.ts';
import type { VisitDesk } from './visit-desk.ts';

/** Days are yyyy-MM-dd; an open end is `undefined`. */
export interface ChronicFiling {
  readonly code: string;
  readonly name: string;
  readonly begunOn: string;
  readonly endsOn?: string;
}

/** `biz_appy_type`: 02 意外伤害, 03 就医定点 … */
export interface KindFiling {
  readonly kind: string;
  readonly begunOn: string;
  readonly endsOn?: string;
  /** `undefined` = our institution. */
  readonly institution?: { readonly code: string; readonly name: string };
  readonly memo?: string;
}

interface StayElsewhere {
  readonly visitId: string;
  readonly institution: { readonly code: string; readonly name: string };
  /** yyyy-MM-dd HH:mm:ss */
  readonly admittedAt: string;
  endedAt: string | undefined;
}

const KINDS = /^(0[1-9]|1[0-4])$/;

export class FilingDesk {
  readonly #people: InsuredPeople;
  readonly #register: AgreementRegister;
  readonly #visits: VisitDesk;
  readonly #chronic = new Map<string, ChronicFiling[]>();
  readonly #kinds = new Map<string, KindFiling[]>();
  readonly #elsewhere = new Map<string, StayElsewhere[]>();

  constructor(people: InsuredPeople, register: AgreementRegister, visits: VisitDesk) {
    this.#people = people;
    this.#register = register;
    this.#visits = visits;
  }

  /** Hands at the filing window; `personNumber` is `psn_no`. */
  fileChronic(personNumber: string, filing: ChronicFiling): void {
    append(this.#chronic, personNumber, filing);
  }

  file(personNumber: string, filing: KindFiling): void {
    append(this.#kinds, personNumber, filing);
  }

  /** Hands: another hospital admits this person. */
  admitElsewhere(
    personNumber: string,
    stay: { readonly institution: { readonly code: string; readonly name: string }; readonly admittedAt: string },
  ): void {
    const serial = (this.#elsewhere.get(personNumber)?.length ?? 0) + 1;
    append(this.#elsewhere, personNumber, { ...stay, visitId: `ELSEWHERE-${serial}`, endedAt: undefined });
  }

  /** Hands: every stay elsewhere of this person ends. */
  dischargeElsewhere(personNumber: string, endedAt: string): void {
    for (const stay of this.#elsewhere.get(personNumber) ?? []) stay.endedAt ??= endedAt;
  }

  /** @throws Refusal */
  answer(transaction: string, data: WireObject): WireObject {
    const personNumber = textOf(data, 'psn_no') ?? '';
    this.#people.byNumber(personNumber);
    switch (transaction) {
      case '5301':
        return { feedetail: (this.#chronic.get(personNumber) ?? []).map(chronicRow) };
      case '5302': {
        const kind = textOf(data, 'biz_appy_type') ?? '';
        if (!KINDS.test(kind)) throw new Refusal('data.biz_appy_type取值不正确');
        const filings = (this.#kinds.get(personNumber) ?? []).filter((filing) => filing.kind === kind);
        return { psnfixmedin: filings.map((filing, index) => this.#kindRow(personNumber, filing, index)) };
      }
      case '5303':
        return this.#inHospital(personNumber, data);
      default:
        throw new Refusal('交易编号不正确');
    }
  }

  #kindRow(personNumber: string, filing: KindFiling, index: number): WireObject {
    const { code, name } = filing.institution ?? this.#register.institution;
    return {
      psn_no: personNumber,
      insutype: this.#people.byNumber(personNumber).accounts[0]?.row.type ?? null,
      fix_srt_no: String(index + 1),
      fixmedins_code: code,
      fixmedins_name: name,
      begndate: filing.begunOn,
      enddate: filing.endsOn ?? null,
      memo: filing.memo ?? '',
    };
  }

  #inHospital(personNumber: string, data: WireObject): WireObject {
    const from = parseSecond(textOf(data, 'begntime') ?? '') ?? 0;
    const to = parseSecond(textOf(data, 'endtime') ?? '') ?? 0;
    const { institution } = this.#register;
    const here = this.#visits.ofPerson(personNumber).flatMap(({ stay, cancelled, ...visit }) =>
      stay && !cancelled
        ? [
            {
              mdtrt_id: visit.visitId,
              psn_no: personNumber,
              insutype: visit.insuranceType,
              fixmedins_code: institution.code,
              fixmedins_name: institution.name,
              begntime: visit.begunAt,
              endtime: stay.discharge?.at ?? null,
              med_type: visit.medicalType ?? '21',
              ipt_otp_no: visit.outpatientNumber,
              adm_dept_codg: visit.departmentCode,
              adm_dept_name: visit.departmentName,
              adm_bed: stay.bed,
            },
          ]
        : [],
    );
    const elsewhere = (this.#elsewhere.get(personNumber) ?? []).map((stay) => ({
      mdtrt_id: stay.visitId,
      psn_no: personNumber,
      fixmedins_code: stay.institution.code,
      fixmedins_name: stay.institution.name,
      begntime: stay.admittedAt,
      endtime: stay.endedAt ?? null,
      med_type: '21',
    }));
    return {
      data: [...here, ...elsewhere].filter((row) => {
        const begun = parseSecond(row.begntime) ?? 0;
        const ended = row.endtime === null ? Number.POSITIVE_INFINITY : (parseSecond(row.endtime) ?? 0);
        return begun <= to && ended >= from;
      }),
    };
  }
}

function chronicRow(filing: ChronicFiling): WireObject {
  return {
    opsp_dise_code: filing.code,
    opsp_dise_name: filing.name,
    begndate: filing.begunOn,
    enddate: filing.endsOn ?? null,
  };
}

function append<Entry>(book: Map<string, Entry[]>, key: string, entry: Entry): void {
  const known = book.get(key);
  if (known) known.push(entry);
  else book.set(key, [entry]);
}
