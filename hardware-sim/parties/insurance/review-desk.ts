/**
 * The centre's own supervision of bills: 3101 before, 3102 during (reference, B.11). It finds what its rules say and
 * refuses nothing by itself; hands add rules.
 */
import { parseFen } from '../decimal.ts';
import { amount, fieldOf, isList, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import { checkFields } from './field-check.ts';
import { Refusal } from './refusal.ts';

export interface ReviewRule {
  readonly id: string;
  readonly name: string;
  /** `vola_cont` */
  readonly content: string;
  /** `sev_deg`: 1 明确违规 2 高度可疑 3 轻度可疑 */
  readonly severity: string;
  readonly when: '3101' | '3102' | 'both';
  /** `med_list_codg`; without it the rule is about the whole bill. */
  readonly catalogueCode?: string;
  /** Finds nothing when one of the diagnoses begins like this: a restricted use that has its basis. */
  readonly unlessDiagnosis?: string;
  /** `psn_no` */
  readonly personNumber?: string;
}

const DATA = 'syscode:10! task_id:50 trig_scen:3';
const PATIENT = 'patn_id:50! patn_name:50! gend:3! brdy:D! poolarea:10! curr_mdtrt_id:50!';
const ENCOUNTER =
  'mdtrt_id:50! medins_id:50! medins_name:200! medins_admdvs:6! adm_date:DT dscg_date:DT dscg_main_dise_codg:20 ' +
  'dr_codg:20! adm_dept_codg:20! adm_dept_name:50! med_type:3! medfee_sumamt:N2! ownpay_amt:N2 selfpay_amt:N2 ' +
  'acct_payamt:N2 ma_amt:N2 hifp_payamt:N2 insutype:3! out_setl_flag:3!';
const DIAGNOSIS = 'dise_id:50! maindise_flag:3! dias_srt_no:2! dise_codg:30! dise_name:200! dise_date:DT';
const ORDER =
  'rx_id:50! hilist_code:50! hilist_name:200! cnt:N4! pric:N6! sumamt:N2! drord_dr_codg:30! curr_drord_flag:3!';

export class ReviewDesk {
  readonly #rules: ReviewRule[] = [];
  #sequence = 0;

  /** Hands at the centre. */
  add(rule: ReviewRule): void {
    this.#rules.push(rule);
  }

  /** @throws Refusal when the question itself is not in order. */
  answer(transaction: string, data: WireObject): WireObject {
    checkFields(data, DATA, 'data');
    if (textOf(data, 'trig_scen') === undefined && textOf(data, 'rule_ids') === undefined) {
      throw new Refusal('trig_scen与rule_ids应指定其一');
    }
    const patients = rowsIn(data, 'patient_dtos', PATIENT);
    return {
      result: patients.flatMap((patient) =>
        rowsIn(patient, 'fsi_encounter_dtos', ENCOUNTER).flatMap((encounter) =>
          this.#review(transaction, patient, encounter),
        ),
      ),
    };
  }

  #review(transaction: string, patient: WireValue, encounter: WireValue): readonly WireObject[] {
    const diagnoses = rowsIn(encounter, 'fsi_diagnose_dtos', DIAGNOSIS);
    const orders = rowsIn(encounter, 'fsi_order_dtos', ORDER);
    return this.#rules.flatMap((rule) => {
      if (rule.when !== 'both' && rule.when !== transaction) return [];
      if (rule.personNumber !== undefined && rule.personNumber !== textOf(patient, 'patn_id')) return [];
      const basis = rule.unlessDiagnosis;
      if (basis !== undefined && diagnoses.some((row) => textOf(row, 'dise_codg')?.startsWith(basis))) return [];
      const hit = orders.filter((order) => textOf(order, 'hilist_code') === rule.catalogueCode);
      if (rule.catalogueCode !== undefined && hit.length === 0) return [];
      return [this.#finding(rule, patient, encounter, hit)];
    });
  }

  #finding(rule: ReviewRule, patient: WireValue, encounter: WireValue, orders: readonly WireValue[]): WireObject {
    this.#sequence += 1;
    const ids = { patn_id: textOf(patient, 'patn_id') ?? '', mdtrt_id: textOf(encounter, 'mdtrt_id') ?? '' };
    const fenOf = (row: WireValue, name: string): number => parseFen(textOf(row, name) ?? '') ?? 0;
    const total =
      rule.catalogueCode === undefined
        ? fenOf(encounter, 'medfee_sumamt')
        : orders.reduce<number>((sum, row) => sum + fenOf(row, 'sumamt'), 0);
    return {
      jr_id: `JR${this.#sequence}`,
      rule_id: rule.id,
      rule_name: rule.name,
      vola_cont: rule.content,
      ...ids,
      judge_result_detail_dtos: orders.map((row, index) => ({
        jrd_id: `JR${this.#sequence}-${index + 1}`,
        ...ids,
        rx_id: textOf(row, 'rx_id') ?? '',
        vola_item_type: '1',
        vola_amt: amount(fenOf(row, 'sumamt')),
      })),
      vola_amt: amount(total),
      vola_amt_stas: '1',
      sev_deg: rule.severity,
      vola_evid: '',
      vola_bhvr_type: '1',
      task_id: null,
    };
  }
}

/** A nested list whose rows are in order. @throws Refusal */
function rowsIn(node: WireValue, name: string, table: string): readonly WireValue[] {
  const rows = fieldOf(node, name);
  if (!isList(rows) || rows.length === 0) throw new Refusal(`${name}节点缺失或为空`);
  for (const row of rows) checkFields(row, table, name);
  return rows;
}
