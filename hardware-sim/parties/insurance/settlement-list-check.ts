/**
 * 质控 of a settlement list (4101): its categories, funds, person's part and diagnoses against the settlement that it
 * tells of (reference, B.16).
 */
import { parseFen } from '../decimal.ts';
import { fieldOf, isList, type WireObject, type WireValue } from '../wire-json.ts';
import { checkFields } from './field-check.ts';
import { Refusal } from './refusal.ts';
import type { CentreRecord } from './settlement-desk.ts';
import { word } from './visit-nodes.ts';

const ITEM = 'med_chrgitm:6! amt:N2! claa_sumfee:N2! clab_amt:N2! fulamt_ownpay_amt:N2! oth_amt:N2!';
const PAY = 'fund_pay_type:6! fund_payamt:N2!';
const CODE = /^[A-Z]\d{2}(\.[0-9x].*)?$/;

/** @throws Refusal that names the first fault. */
export function checkSettlementList(input: WireObject, record: CentreRecord): void {
  const { split, rows, visit } = record;
  checkDiagnoses(input);
  const items = rowsOf(input, 'iteminfo', ITEM);
  if (items.length === 0) throw new Refusal('结算清单质控不通过：收费项目信息为空');
  const settled = new Map<string, number>();
  for (const row of rows) settled.set(row.category, (settled.get(row.category) ?? 0) + row.split.amountFen);
  for (const item of items) {
    const parts = ['claa_sumfee', 'clab_amt', 'fulamt_ownpay_amt', 'oth_amt'].map((name) => fen(item, name));
    const sum = fen(item, 'amt');
    const category = word(item, 'med_chrgitm');
    if (parts.reduce((total, part) => total + part, 0) !== sum)
      throw new Refusal(`结算清单质控不通过：${category}分项不等于金额`);
    if (settled.get(category) !== sum) throw new Refusal(`结算清单质控不通过：${category}与结算费用不一致`);
    settled.delete(category);
  }
  if (settled.size > 0) throw new Refusal('结算清单质控不通过：收费项目信息不完整');
  const own = items.reduce<number>((total, item) => total + fen(item, 'fulamt_ownpay_amt'), 0);
  if (own !== split.lines.outOfScopeFen) throw new Refusal('结算清单质控不通过：全自费金额不一致');
  const funds = rowsOf(input, 'payinfo', PAY).reduce<number>((total, row) => total + fen(row, 'fund_payamt'), 0);
  if (funds !== split.fundFen) throw new Refusal('结算清单质控不通过：基金支付合计不一致');
  const info = fieldOf(input, 'setlinfo');
  const person = fen(info, 'psn_selfpay') + fen(info, 'psn_ownpay');
  const paid = fen(info, 'acct_pay') === split.accountFen && fen(info, 'psn_cashpay') === split.cashFen;
  if (person !== split.personFen || !paid) throw new Refusal('结算清单质控不通过：个人负担不一致');
  if (visit.stay && (word(info, 'adm_time') === '' || word(info, 'dscg_time') === '')) {
    throw new Refusal('结算清单质控不通过：住院时间为空');
  }
}

function checkDiagnoses(input: WireObject): void {
  const rows = rowsOf(input, 'diseinfo', 'diag_type:3! diag_code:20! diag_name:100! maindiag_flag:3!');
  if (rows.filter((row) => word(row, 'maindiag_flag') === '1').length !== 1) {
    throw new Refusal('结算清单质控不通过：主诊断应有且只有一个');
  }
  if (rows.some((row) => !CODE.test(word(row, 'diag_code')))) throw new Refusal('结算清单质控不通过：诊断编码不正确');
}

function rowsOf(input: WireObject, name: string, table: string): readonly WireValue[] {
  const node = fieldOf(input, name);
  const rows = isList(node) ? node : [];
  for (const row of rows) checkFields(row, table, name);
  return rows;
}

function fen(node: WireValue | undefined, name: string): number {
  return parseFen(word(node, name)) ?? 0;
}
