/**
 * The settlement itself: 2206, 2207, 2208, inpatient 2303, 2304, 2305, then 2601 and the queries 5201 and 5203
 * (protocols/insurance.md B.8–B.10, B.13). The promise: an answer about another visit, another message or another total is never taken for ours.
 */
import type { JsonOutput } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import { parseYuan } from '../money.ts';
import type {
  CentreSettlement,
  OriginalMessage,
  SettlementAmounts,
  SettlementState,
  SettleQuestion,
  VisitIdentity,
  Voided,
} from './insurance-platform.ts';
import { anyList } from './person.ts';
import { parseStamp, platformTime } from './platform-time.ts';
import { readSettlementAmounts, settlementDetails, yuan } from './settlement-amounts.ts';

/** `psn_setlway` 按项目结算 */
const BY_ITEM = '01';
const REFUNDED = '1';
const DAY_MS = 86_400_000;
/** A visit may have begun some days before its last bill is paid, a stay up to a year. */
const VISIT_AGE_MS = { outpatient: 7 * DAY_MS, inpatient: 366 * DAY_MS };

function question(asked: SettleQuestion): { readonly [name: string]: JsonOutput | undefined } {
  return {
    psn_no: asked.personNumber.reveal(),
    mdtrt_cert_type: asked.credential.type,
    mdtrt_cert_no: asked.credential.number.reveal(),
    card_sn: asked.credential.cardId?.reveal() ?? '',
    medfee_sumamt: yuan(asked.totalFen),
    psn_setlway: BY_ITEM,
    mdtrt_id: asked.visitId,
    acct_used_flag: asked.useAccount ? '1' : '0',
    insutype: asked.insuranceType,
    ...(asked.care === 'inpatient'
      ? { mid_setl_flag: asked.midStay ? '1' : '0', dscg_time: asked.dischargedOn?.slice(0, 10) }
      : { med_type: asked.medicalType, chrg_bchno: asked.chargeBatch }),
  };
}

export function preSettleInput(asked: SettleQuestion): JsonOutput {
  return { data: question(asked) };
}

export function readPreSettlement(output: Fields, asked: SettleQuestion): SettlementAmounts {
  const info = output.object('setlinfo');
  mustBeOf(info, 'mdtrt_id', asked.visitId);
  const amounts = readSettlementAmounts(info, settlementDetails(output));
  if (amounts.totalFen !== asked.totalFen) throw new FieldError('medfee_sumamt is not the total that was asked');
  return amounts;
}

export function settleInput(asked: SettleQuestion, preSettled: SettlementAmounts): JsonOutput {
  return {
    data: {
      ...question(asked),
      invono: '',
      fulamt_ownpay_amt: yuan(preSettled.outOfScopeFen),
      overlmt_selfpay: yuan(preSettled.overLimitFen),
      preselfpay_amt: yuan(preSettled.preSelfPayFen),
      inscp_scp_amt: yuan(preSettled.inScopeFen),
    },
  };
}

export function readSettlement(output: Fields, messageId: string, visit: VisitIdentity): CentreSettlement {
  const info = output.object('setlinfo');
  mustBeOf(info, 'mdtrt_id', visit.visitId);
  mustBeOf(info, 'medins_setl_id', messageId);
  return {
    settlementId: info.text('setl_id'),
    settledAt: info.text('setl_time'),
    messageId,
    amounts: readSettlementAmounts(info, settlementDetails(output)),
    ...readClearing(info),
  };
}

/** Where it will be cleared; a settlement is one without it too, so nothing is refused for its sake. */
function readClearing(info: Fields): Pick<CentreSettlement, 'clearing'> {
  const insuranceType = info.optionalText('insutype');
  const clearingType = info.optionalText('clr_type');
  const clearingOffice = info.optionalText('clr_optins');
  if (insuranceType === undefined || clearingType === undefined || clearingOffice === undefined) return {};
  return { clearing: { insuranceType, clearingType, clearingOffice } };
}

/** A field that is there must say what was asked; only a field that is not there says nothing. */
function mustBeOf(info: Fields, name: string, expected: string): void {
  const value = info.optionalText(name);
  if (value !== undefined && value !== expected) throw new FieldError(`${name} is not the one that was asked for`);
}

export function voidInput(visit: VisitIdentity, settlementId: string): JsonOutput {
  return { data: { setl_id: settlementId, mdtrt_id: visit.visitId, psn_no: visit.personNumber.reveal() } };
}

/** The three sums that 3201 compares; amounts that are positive or no amounts take nothing back and are not believed. */
function readBack(info: Fields): Pick<Voided, 'amounts'> {
  const [totalFen, fundFen, accountFen] = ['medfee_sumamt', 'fund_pay_sumamt', 'acct_pay'].map((name) => {
    const fen = parseYuan(info.optionalText(name) ?? '');
    return fen === undefined || fen > 0 ? undefined : fen;
  });
  if (totalFen === undefined || fundFen === undefined || accountFen === undefined) return {};
  return { amounts: { totalFen, fundFen, accountFen } };
}

/** 2208 answers a settlement of its own, with every amount negative. */
export function readVoid(output: Fields, voided: string): Voided {
  const info = output.object('setlinfo');
  const settlementId = info.text('setl_id');
  if (settlementId === voided) throw new FieldError('setl_id is the voided one, not a new one');
  const settledAt = info.optionalText('setl_time');
  return { settlementId, ...(settledAt === undefined ? {} : { settledAt }), ...readBack(info), ...readClearing(info) };
}

export function reverseInput(original: OriginalMessage, visit: VisitIdentity): JsonOutput {
  return {
    data: { psn_no: visit.personNumber.reveal(), omsgid: original.messageId, oinfno: original.transaction },
  };
}

/** 5201 of the visits around the message; the id carries its own time. */
export function visitsInput(messageId: string, visit: VisitIdentity, nowMs: number): JsonOutput {
  const sentMs = parseStamp(messageId.slice(12, 26)) ?? nowMs;
  return {
    data: {
      psn_no: visit.personNumber.reveal(),
      begntime: platformTime(sentMs - VISIT_AGE_MS[visit.care ?? 'outpatient']),
      endtime: platformTime(Math.max(sentMs, nowMs) + DAY_MS),
      med_type: visit.medicalType,
      mdtrt_id: visit.visitId,
    },
  };
}

/** Settlement ids that 5201 names for this visit; empty when it names the visit only. */
export function readVisitSettlements(
  output: Fields,
  visitId: string,
): { readonly known: boolean; readonly settlementIds: readonly string[] } {
  const rows = output.names().length === 0 ? [] : anyList(output, 'mdtrtinfo');
  const ours = rows.filter((row) => row.text('mdtrt_id') === visitId);
  return { known: ours.length > 0, settlementIds: ours.flatMap((row) => row.optionalText('setl_id') ?? []) };
}

export function settlementQueryInput(visit: VisitIdentity, settlementId: string): JsonOutput {
  return { data: { psn_no: visit.personNumber.reveal(), setl_id: settlementId, mdtrt_id: visit.visitId } };
}

/**
 * The settlement that our message made and that still counts, among those that 5203 tells.
 * @throws FieldError also when a row does not say which message made it: then nothing can be known.
 */
export function readFoundSettlement(
  output: Fields,
  messageId: string,
  visit: VisitIdentity,
): CentreSettlement | undefined {
  const rows = output.optionalList('setlinfo');
  const made = rows.filter(
    (row) => row.text('medins_setl_id') === messageId && row.optionalText('refd_setl_flag') !== REFUNDED,
  );
  const [ours] = made;
  if (!ours) return undefined;
  if (made.length > 1) throw new FieldError('setlinfo tells two settlements of one message');
  mustBeOf(ours, 'mdtrt_id', visit.visitId);
  return {
    settlementId: ours.text('setl_id'),
    settledAt: ours.text('setl_time'),
    messageId,
    // With several settlements nobody could say whose details they are.
    amounts: readSettlementAmounts(ours, rows.length === 1 ? settlementDetails(output) : []),
    ...readClearing(ours),
  };
}

/**
 * What 5203 says of one settlement id.
 * @throws FieldError when a row of ours does not say whether it was refunded: silence is no "it counts".
 */
export function readSettlementState(output: Fields, settlementId: string, visit: VisitIdentity): SettlementState {
  const all = output.optionalList('setlinfo');
  const rows = all.filter((row) => row.text('setl_id') === settlementId);
  const [ours] = rows;
  if (!ours) return { state: 'notFound' };
  if (rows.length > 1) throw new FieldError('setlinfo tells one settlement twice');
  mustBeOf(ours, 'mdtrt_id', visit.visitId);
  if (ours.oneOf('refd_setl_flag', ['0', '1']) === REFUNDED) return { state: 'voided' };
  return {
    state: 'counts',
    settlement: {
      settlementId,
      settledAt: ours.text('setl_time'),
      messageId: ours.text('medins_setl_id'),
      amounts: readSettlementAmounts(ours, all.length === 1 ? settlementDetails(output) : []),
    },
  };
}
