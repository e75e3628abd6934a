/**
 * What the platform tells without changing anything: 1101, 1201, 2001, 5101,
 * 5102, 5201, 5202 and the decode of a 医保码.
 */
import { dayText, parseSecond, secondText } from '../beijing-time.ts';
import type { PartyClock } from '../party.ts';
import type { ECredentialCentre } from '../people/e-credential-centre.ts';
import { amount, NumberText, textOf, type WireObject } from '../wire-json.ts';
import type { AgreementRegister } from './agreement-register.ts';
import type { InsuredPeople, InsuredPerson } from './insured-people.ts';
import type { SettlementDesk } from './settlement-desk.ts';
import type { Visit, VisitDesk } from './visit-desk.ts';

export interface EnquiryParts {
  readonly clock: PartyClock;
  readonly people: InsuredPeople;
  readonly register: AgreementRegister;
  readonly visits: VisitDesk;
  readonly settlements: SettlementDesk;
  readonly credentials: ECredentialCentre;
  /** Whether 5201 rows carry the local field `setl_id`. */
  readonly visitRowsCarrySettlement: boolean;
}

export class EnquiryDesk {
  readonly #parts: EnquiryParts;

  constructor(parts: EnquiryParts) {
    this.#parts = parts;
  }

  /** 1101. @throws Refusal */
  person(data: WireObject): WireObject {
    const { people } = this.#parts;
    const person = people.holderOf({
      type: textOf(data, 'mdtrt_cert_type') ?? '',
      number: textOf(data, 'mdtrt_cert_no') ?? '',
      cardId: textOf(data, 'card_sn'),
    });
    const { patient } = person;
    return {
      baseinfo: {
        psn_no: patient.personNumber,
        psn_cert_type: '01',
        certno: patient.identityNumber,
        psn_name: patient.name,
        gend: patient.sex === 'male' ? '1' : '2',
        naty: '01',
        brdy: patient.born,
        age: new NumberText(`${people.age(person)}.0`),
      },
      insuinfo: this.#insurances(person),
      idetinfo:
        patient.assistanceType === undefined
          ? []
          : [
              {
                psn_idet_type: patient.assistanceType,
                psn_type_lv: null,
                memo: '',
                begntime: '2020-01-01 00:00:00',
                endtime: null,
              },
            ],
    };
  }

  /** 1201: our own agreement. */
  institution(): WireObject {
    const { institution } = this.#parts.register;
    return {
      medinsinfo: [
        {
          fixmedins_code: institution.code,
          fixmedins_name: institution.name,
          uscc: '99990001MASIMULATE',
          fixmedins_type: '1',
          hosp_lv: '02',
          ...this.#parts.register.wireStanding(institution.code),
        },
      ],
    };
  }

  /** 2001. @throws Refusal */
  entitlement(data: WireObject): WireObject {
    const personNumber = textOf(data, 'psn_no') ?? '';
    const insuranceType = textOf(data, 'insutype') ?? '';
    const obstacle = this.#parts.people.obstacle(personNumber, insuranceType);
    return {
      trtinfo: [
        {
          psn_no: personNumber,
          trt_chk_type: '1',
          fund_pay_type: insuranceType === '390' ? '390100' : '310100',
          trt_enjymnt_flag: obstacle === undefined ? '1' : '0',
          begndate: (textOf(data, 'begntime') ?? dayText(this.#parts.clock.wallMs())).slice(0, 10),
          enddate: null,
          trt_chk_rslt: obstacle ?? '',
        },
      ],
    };
  }

  /** 5101 */
  departments(): WireObject {
    return {
      feedetail: this.#parts.register.departments.map((department) => ({
        hosp_dept_codg: department.code,
        hosp_dept_name: department.name,
        caty: department.specialty,
        begntime: '2020-01-01 00:00:00',
        ...this.#parts.register.wireStanding(department.code),
      })),
    };
  }

  /** 5102; all practitioners, or the one that is asked for. */
  practitioners(data: WireObject): WireObject {
    const asked = textOf(data, 'prac_psn_code');
    return {
      feedetail: this.#parts.register.filedPractitioners
        .filter((practitioner) => asked === undefined || practitioner.code === asked)
        .map((practitioner) => ({
          prac_psn_code: practitioner.code,
          prac_psn_name: practitioner.name,
          prac_psn_type: '1',
          hi_dr_flag: '1',
          begntime: '2020-01-01 00:00:00',
          ...this.#parts.register.wireStanding(practitioner.code),
        })),
    };
  }

  /** 5201. A visit with two live settlements gives two rows. @throws Refusal */
  visits(data: WireObject): WireObject {
    const personNumber = textOf(data, 'psn_no') ?? '';
    const from = parseSecond(textOf(data, 'begntime') ?? '') ?? 0;
    const to = parseSecond(textOf(data, 'endtime') ?? '') ?? 0;
    this.#parts.people.byNumber(personNumber);
    const chosen = this.#parts.visits.ofPerson(personNumber).filter((visit) => {
      const begun = parseSecond(visit.begunAt) ?? 0;
      const asked = textOf(data, 'mdtrt_id') ?? visit.visitId;
      return !visit.cancelled && asked === visit.visitId && begun >= from && begun <= to;
    });
    return { mdtrtinfo: chosen.flatMap((visit) => this.#visitRows(visit)) };
  }

  /** 5202. @throws Refusal */
  diagnoses(data: WireObject): WireObject {
    const visit = this.#parts.visits.find(textOf(data, 'mdtrt_id') ?? '', textOf(data, 'psn_no') ?? '');
    return {
      diseinfo: Array.from({ length: visit.diagnoses }, (_, index) => ({ diag_srt_no: index + 1, vali_flag: '1' })),
    };
  }

  /** `ec.query`: the answer of the e-credential centre's own envelope. */
  decode(request: WireObject): WireObject {
    const data = (typeof request['data'] === 'object' && request['data'] !== null ? request['data'] : {}) as WireObject;
    const organisation = textOf(request, 'orgId') ?? textOf(data, 'orgId');
    const refused = (code: number, message: string): WireObject => ({
      code,
      message,
      data: null,
      orgId: organisation ?? '',
    });
    if (organisation !== this.#parts.register.institution.code) return refused(1001, '机构未备案');
    const use = textOf(data, 'businessType') ?? '';
    if (!/^(011\d\d|012\d\d|0130[12]|0212[12])$/.test(use)) return refused(1002, '用码业务类型不正确');
    const code = textOf(data, 'ecQrCode') ?? textOf(data, 'qrCode') ?? textOf(request, 'extra');
    if (code === undefined) return refused(1003, '二维码内容为空');
    const decoded = this.#parts.credentials.decode(code, this.#parts.register.institution.areaCode, use);
    switch (decoded.outcome) {
      case 'unknownCode':
        return refused(2001, '无法识别的医保码');
      case 'usedCode':
        return refused(2002, '该医保码已使用，请刷新后重试');
      case 'expiredCode':
        return refused(2003, '医保码已过期，请刷新后重试');
      case 'ok': {
        const { patient, token } = decoded;
        const facts = {
          idNo: patient.identityNumber,
          idType: '01',
          userName: patient.name,
          ecToken: token,
          insuOrg: patient.insurances[0]?.insuredArea ?? this.#parts.register.institution.areaCode,
          ecIndexNo: `EC${patient.personNumber}`,
          gender: patient.sex === 'male' ? '1' : '2',
          birthday: patient.born,
          nationality: '01',
          email: '',
          chnlId: 'SIM',
          extData: '',
        };
        return { code: 0, message: '成功', data: facts, orgId: organisation };
      }
    }
  }

  #insurances(person: InsuredPerson): readonly WireObject[] {
    return person.accounts.map((account) => ({
      balc: amount(account.balanceFen),
      insutype: account.row.type,
      psn_type: account.row.personType,
      psn_insu_stas: account.status,
      psn_insu_date: '2015-01-01',
      paus_insu_date: account.status === '1' ? null : '2025-01-01',
      cvlserv_flag: account.row.civilServant ? '1' : '0',
      insuplc_admdvs: this.#parts.people.insuredArea(account),
      emp_name: '',
    }));
  }

  #visitRows(visit: Visit): readonly WireObject[] {
    const row: WireObject = {
      mdtrt_id: visit.visitId,
      psn_no: visit.personNumber,
      insutype: visit.insuranceType,
      begntime: visit.begunAt,
      endtime: visit.stay?.discharge?.at ?? null,
      mdtrt_cert_type: visit.credentialType ?? '02',
      med_type: visit.medicalType ?? '11',
      ipt_otp_no: visit.outpatientNumber,
      atddr_no: visit.doctorCode,
      chfpdr_name: visit.doctorName,
      adm_dept_codg: visit.departmentCode,
      adm_dept_name: visit.departmentName,
      opt_time: secondText(this.#parts.clock.wallMs()),
    };
    if (!this.#parts.visitRowsCarrySettlement) return [row];
    const live = this.#parts.settlements.ofVisit(visit.visitId).filter((record) => record.state === 'live');
    return live.length === 0
      ? [{ ...row, setl_id: null }]
      : live.map((record) => ({ ...row, setl_id: record.settlementId }));
  }
}
