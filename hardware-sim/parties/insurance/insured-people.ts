/**
 * The insured people as the platform keeps them: identity, rows of insurance
 * with account balances, and the sums of the running year.
 */
import { ageAt, dayText } from '../beijing-time.ts';
import type { PartyClock } from '../party.ts';
import type { ECredentialCentre } from '../people/e-credential-centre.ts';
import type { InsuranceRow, Patient } from '../people/patients.ts';
import { type FundSplit, NOTHING_THIS_YEAR, type YearSums } from './fund-calculation.ts';
import { Refusal } from './refusal.ts';

export interface InsuranceAccount {
  readonly row: InsuranceRow;
  /** `psn_insu_stas` */
  status: InsuranceRow['status'];
  balanceFen: number;
  familyBalanceFen: number;
  sums: YearSums;
  calendarYear: string;
}

export interface InsuredPerson {
  readonly patient: Patient;
  readonly accounts: readonly InsuranceAccount[];
}

export interface ShownCredential {
  /** `mdtrt_cert_type` */
  readonly type: string;
  /** `mdtrt_cert_no` */
  readonly number: string;
  /** `card_sn` */
  readonly cardId: string | undefined;
}

export class InsuredPeople {
  readonly #people: readonly InsuredPerson[];
  readonly #clock: PartyClock;
  readonly #credentials: ECredentialCentre;
  readonly #areaCode: string;

  constructor(patients: readonly Patient[], clock: PartyClock, credentials: ECredentialCentre, areaCode: string) {
    this.#clock = clock;
    this.#credentials = credentials;
    this.#areaCode = areaCode;
    this.#people = patients.map((patient) => ({
      patient,
      accounts: patient.insurances.map((row) => ({
        row,
        status: row.status,
        balanceFen: row.balanceFen,
        familyBalanceFen: row.familyBalanceFen,
        sums: row.year,
        calendarYear: dayText(clock.wallMs()).slice(0, 4),
      })),
    }));
  }

  /** @throws Refusal when the credential is nobody's, no longer valid or of an unknown kind. */
  holderOf({ type, number, cardId }: ShownCredential): InsuredPerson {
    switch (type) {
      case '01': {
        const holder = this.#credentials.holderOf(number);
        if (holder === 'expired') throw new Refusal('电子凭证令牌已过期，请重新出示医保码');
        if (holder) return this.#require((person) => person.patient.key === holder.key, '电子凭证令牌无效');
        throw new Refusal('电子凭证令牌无效');
      }
      case '02':
        return this.#require((person) => person.patient.identityNumber === number, '未查询到参保人员信息');
      case '03': {
        const person = this.#require((one) => one.patient.card?.number === number, '未查询到参保人员信息');
        if (cardId !== undefined && cardId.toUpperCase() !== person.patient.card?.cardIdHex.toUpperCase()) {
          throw new Refusal('社会保障卡识别码与卡号不一致');
        }
        return person;
      }
      default:
        throw new Refusal('就诊凭证类型不正确');
    }
  }

  /** @throws Refusal */
  byNumber(personNumber: string): InsuredPerson {
    return this.#require((person) => person.patient.personNumber === personNumber, '人员编号无效');
  }

  /** The running year's account. @throws Refusal when the person has no such insurance. */
  account(personNumber: string, insuranceType: string): InsuranceAccount {
    const account = this.byNumber(personNumber).accounts.find((one) => one.row.type === insuranceType);
    if (!account) throw new Refusal('该人员没有此险种的参保信息');
    const year = dayText(this.#clock.wallMs()).slice(0, 4);
    if (account.calendarYear !== year) {
      account.calendarYear = year;
      account.sums = NOTHING_THIS_YEAR;
    }
    return account;
  }

  /** Why the fund does not pay, or `undefined` (2001). @throws Refusal */
  obstacle(personNumber: string, insuranceType: string): string | undefined {
    const { patient } = this.byNumber(personNumber);
    const account = this.account(personNumber, insuranceType);
    if (account.status === '2') return '参保状态为暂停参保';
    if (account.status === '4') return '参保状态为终止参保';
    if (this.isOffSite(account) && !patient.offSiteFiled) return '未办理异地就医备案';
    return undefined;
  }

  isOffSite(account: InsuranceAccount): boolean {
    return this.insuredArea(account) !== this.#areaCode;
  }

  /** `insuplc_admdvs` */
  insuredArea(account: InsuranceAccount): string {
    return account.row.insuredArea ?? this.#areaCode;
  }

  age(person: InsuredPerson): number {
    return ageAt(person.patient.born, this.#clock.wallMs());
  }

  /** What 家庭共济 has for this account: the payer's own balance, or a sum of its own. */
  familyBalance(account: InsuranceAccount): number {
    return this.#payerOf(account)?.balanceFen ?? account.familyBalanceFen;
  }

  /** Books a split: `1` takes from the accounts and adds to the year, `-1` gives everything back. */
  book(account: InsuranceAccount, split: FundSplit, sign: 1 | -1): void {
    account.balanceFen -= sign * (split.accountFen - split.mutualAidFen);
    const payer = this.#payerOf(account);
    if (payer) payer.balanceFen -= sign * split.mutualAidFen;
    else account.familyBalanceFen -= sign * split.mutualAidFen;
    const { sums } = account;
    const delta = split.yearDelta;
    const moved = (name: keyof YearSums): number => Math.max(0, sums[name] + sign * delta[name]);
    account.sums = {
      deductibleFen: moved('deductibleFen'),
      eligibleFen: moved('eligibleFen'),
      poolPaidFen: moved('poolPaidFen'),
      burdenFen: moved('burdenFen'),
      largePaidFen: moved('largePaidFen'),
      assistancePaidFen: moved('assistancePaidFen'),
    };
  }

  #payerOf(account: InsuranceAccount): InsuranceAccount | undefined {
    const { familyPayer } = account.row;
    if (familyPayer === undefined) return undefined;
    return this.#require((person) => person.patient.key === familyPayer, '共济人信息无效').accounts[0];
  }

  #require(matches: (person: InsuredPerson) => boolean, complaint: string): InsuredPerson {
    const person = this.#people.find(matches);
    if (!person) throw new Refusal(complaint);
    return person;
  }
}
