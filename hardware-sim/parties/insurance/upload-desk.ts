/**
 * What arrives after the money: settlement lists 4101, sales and returns with trace codes 3505 and 3506, self-pay
 * visits 4205 (reference, B.15 and B.16; 4205 from its public node lists).
 *
 * Each book is keyed by what the sender's key is on the wire. One promise: the same upload again is the same entry,
 * and another upload under a key that is taken is refused.
 */
import { parseDecimal } from '../decimal.ts';
import { fieldOf, isList, textOf, type WireObject, type WireValue, writeJson } from '../wire-json.ts';
import { checkFields } from './field-check.ts';
import { Refusal } from './refusal.ts';
import type { SettlementDesk } from './settlement-desk.ts';
import { checkSettlementList } from './settlement-list-check.ts';
import { word } from './visit-nodes.ts';

export interface SettlementListEntry {
  /** `setl_list_id` */
  readonly listId: string;
  readonly settlementId: string;
  readonly receiptNumber: string;
  /** How often it was sent. */
  times: number;
}

export interface SaleEntry {
  /** `fixmedins_bchno` */
  readonly key: string;
  readonly settlementId: string | undefined;
  readonly catalogueCode: string;
  readonly quantity: bigint;
  readonly traceCodes: readonly string[];
  /** The sale that a return takes back. */
  readonly saleKey: string | undefined;
  /** The node as it was sent, to tell a repetition from another upload. */
  readonly sent: string;
}

export interface SelfPayEntry {
  /** `fixmedins_mdtrt_id` */
  readonly key: string;
  readonly certificateType: string;
  readonly lines: number;
  times: number;
}

const TRACE_CODE = /^[!-~]{8,100}$/;
const SALE_AGAIN = '商品批次流水号重复';

export class UploadDesk {
  /** By `setl_id`. */
  readonly lists = new Map<string, SettlementListEntry>();
  readonly sales = new Map<string, SaleEntry>();
  readonly returns = new Map<string, SaleEntry>();
  readonly selfPayVisits = new Map<string, SelfPayEntry>();
  readonly #settlements: SettlementDesk;
  /** Trace codes that are with a patient, by the sale that took them there. */
  readonly #sold = new Map<string, string>();

  constructor(settlements: SettlementDesk) {
    this.#settlements = settlements;
  }

  /** @throws Refusal */
  answer(transaction: string, input: WireObject): WireObject {
    switch (transaction) {
      case '4101':
        return { setl_list_id: this.#list(input) };
      case '3505':
        return saleResult(this.#sell(fieldOf(input, 'selinfo')));
      case '3506':
        return saleResult(this.#takeBack(fieldOf(input, 'selinfo')));
      case '4205':
        this.#selfPay(input);
        return {};
      default:
        throw new Refusal('交易编号不正确');
    }
  }

  #list(input: WireObject): string {
    const info = fieldOf(input, 'setlinfo');
    const settlementId = word(info, 'setl_id');
    const record = this.#settlements.bySettlementId(settlementId);
    if (record?.state !== 'live' || record.visit.visitId !== word(info, 'mdtrt_id')) {
      throw new Refusal('未查询到结算信息，不能上传结算清单');
    }
    checkSettlementList(input, record);
    const known = this.lists.get(settlementId);
    if (known) known.times += 1;
    const listId = known?.listId ?? `L${settlementId}`;
    if (!known) this.lists.set(settlementId, { listId, settlementId, receiptNumber: word(info, 'bill_no'), times: 1 });
    return listId;
  }

  /** Why the second level says no, or `undefined`. */
  #sell(node: WireValue | undefined): string | undefined {
    const sale = saleIn(node, undefined);
    if (typeof sale === 'string') return sale;
    const known = this.sales.get(sale.key);
    if (known) return known.sent === sale.sent ? undefined : SALE_AGAIN;
    if (sale.settlementId !== undefined && this.#settlements.bySettlementId(sale.settlementId)?.state !== 'live') {
      return '结算信息不存在或已撤销';
    }
    if (/^[XZ]/.test(sale.catalogueCode) && sale.traceCodes.length === 0) return '药品追溯码不能为空';
    if (sale.traceCodes.some((code) => this.#sold.has(code))) return '药品追溯码已被使用';
    for (const code of sale.traceCodes) this.#sold.set(code, sale.key);
    this.sales.set(sale.key, sale);
    return undefined;
  }

  #takeBack(node: WireValue | undefined): string | undefined {
    const back = saleIn(node, word(node, 'medins_prod_sel_no'));
    if (typeof back === 'string') return back;
    const known = this.returns.get(back.key);
    if (known) return known.sent === back.sent ? undefined : SALE_AGAIN;
    const sale = this.sales.get(back.saleKey ?? '');
    if (!sale || sale.catalogueCode !== back.catalogueCode) return '未查询到原销售记录';
    const earlier = [...this.returns.values()].filter((one) => one.saleKey === sale.key);
    if (earlier.reduce((sum, one) => sum + one.quantity, back.quantity) > sale.quantity) return '退货数量超过销售数量';
    if (back.traceCodes.some((code) => this.#sold.get(code) !== sale.key)) return '药品追溯码不属于原销售记录';
    for (const code of back.traceCodes) this.#sold.delete(code);
    this.returns.set(back.key, back);
    return undefined;
  }

  #selfPay(input: WireObject): void {
    const info = fieldOf(input, 'mdtrtinfo');
    const key = word(info, 'fixmedins_mdtrt_id');
    const rows = fieldOf(input, 'feedetail');
    const lines = isList(rows) ? rows : [];
    if (lines.some((line) => word(line, 'fixmedins_mdtrt_id') !== key)) throw new Refusal('费用明细与就诊信息不一致');
    if (new Set(lines.map((line) => word(line, 'bkkp_sn'))).size !== lines.length) throw new Refusal('记账流水号重复');
    const known = this.selfPayVisits.get(key);
    if (known) known.times += 1;
    else {
      const certificateType = word(info, 'psn_cert_type');
      this.selfPayVisits.set(key, { key, certificateType, lines: lines.length, times: 1 });
    }
  }
}

/** Two levels: `infcode` stays 0, `retRslt` says whether it was taken. */
function saleResult(objection: string | undefined): WireObject {
  return { result: { retRslt: objection === undefined ? '1' : '0', msgRslt: objection ?? '成功' } };
}

/** The sale in a node, or why the second level says no. @throws Refusal for trace codes of no form. */
function saleIn(node: WireValue | undefined, saleKey: string | undefined): SaleEntry | string {
  const rows = fieldOf(node, 'drugtracinfo');
  const codes = isList(rows) ? rows : [];
  for (const row of codes) checkFields(row, 'drug_trac_codg:100!', 'drugtracinfo');
  const traceCodes = codes.map((row) => word(row, 'drug_trac_codg'));
  if (traceCodes.some((code) => !TRACE_CODE.test(code))) return '药品追溯码格式不正确';
  if (new Set(traceCodes).size !== traceCodes.length) return '药品追溯码重复';
  const quantity = parseDecimal(word(node, 'sel_retn_cnt'), 4);
  if (quantity === undefined || quantity <= 0n) return '销售或退货数量不正确';
  const insured = word(node, 'mdtrt_setl_type') === '1';
  const settlementId = textOf(node, 'setl_id');
  if (insured && settlementId === undefined) return '医保结算的销售应填写结算ID';
  return {
    key: word(node, 'fixmedins_bchno'),
    settlementId,
    catalogueCode: word(node, 'med_list_codg'),
    quantity,
    traceCodes,
    saleKey,
    sent: writeJson(node ?? null),
  };
}
