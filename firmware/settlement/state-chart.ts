/**
 * The settlement's state machine as a graph, made from the same data that drives it (flows, way back, ends), so that
 * the diagram in docs is never another machine than the one that runs (Y1-7, Y4-1).
 *
 * One promise: every word of the types is in it, or it does not compile; every node leads to a named end.
 */
import type { EndWord, PersonReason } from './facts.ts';
import { type BackStage, type Flow, flows, type MoneyOrder, type Stage, wayBack } from './flows.ts';

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** In Chinese, for cashiers and agencies; the English beside it. */
  readonly words: string;
}

export interface Chart {
  readonly flow: Flow;
  readonly order: MoneyOrder;
  readonly edges: readonly Edge[];
}

export const stageWords: Readonly<Record<Stage | BackStage, string>> = {
  lock: '锁定账单 lock the bill',
  pay: '收个人部分 take the own part',
  undo: '撤销原结算 void the former settlement',
  prepare: '保留明细重新上传 kept lines anew',
  settle: '医保结算 settle with insurance',
  confirm: '医院确认 the hospital confirms',
  return: '原路退回 return by the original routes',
  endPayment: '付款单作废或查实 the payment becomes final',
  undoInsurance: '撤销或冲正医保 undo the insurance',
  refund: '退款 give the money back',
  unlock: '放开账单 let the bill go',
};

export const endWords: Readonly<Record<EndWord, string>> = {
  settled: '已结算 settled',
  notSettled: '未结算，钱未收或已退 not settled, nothing kept',
  parked: '已挂账，有补记账编号 parked under a number',
  byPerson: '双人结案 closed by two people',
};

/** Where only a person can go on, and from which stages it comes to that. */
const personFrom: Readonly<Record<PersonReason, readonly (Stage | BackStage)[]>> = {
  offSiteUnknown: ['settle'],
  reversalRefused: ['settle', 'undoInsurance'],
  voidRefused: ['undo', 'undoInsurance'],
  refundRefused: ['refund'],
  refundHalfDone: ['prepare', 'settle', 'confirm'],
  returnRefused: ['return'],
  cashMismatch: ['pay', 'endPayment'],
  paymentContradicts: ['pay', 'endPayment', 'refund'],
  insuranceContradicts: ['settle', 'undo', 'undoInsurance'],
  hospitalContradicts: ['confirm'],
  hospitalUnreadable: ['confirm'],
};

export const BEGIN = 'begin';
export const PERSON = 'person';

export function chartOf(flow: Flow, order: MoneyOrder): Chart {
  const stages = flows[flow][order];
  const last: EndWord = stages.length === 0 ? 'parked' : 'settled';
  const forward = [BEGIN, ...stages, last].flatMap((to, index, all): readonly Edge[] =>
    index === 0 ? [] : [{ from: all[index - 1] ?? BEGIN, to, words: index === 1 ? '开始 begin' : '完成 done' }],
  );
  if (stages.length === 0) return { flow, order, edges: forward };
  const unclear = [...stages, ...wayBack].map(
    (stage): Edge => ({
      from: stage,
      to: stage,
      words: '不明：查询或同号重发 unknown: ask, or repeat under the same key',
    }),
  );
  const back = [...wayBack, 'notSettled'].flatMap((to, index, all): readonly Edge[] =>
    index === 0 ? [] : [{ from: all[index - 1] ?? '', to, words: '完成 done' }],
  );
  const first = wayBack[0];
  const turning = stages
    .filter((stage) => mayTurnBack(flow, stages, stage))
    .map((stage): Edge => ({ from: stage, to: first, words: '明确不行或放弃 a definite no, or given up' }));
  const insured = stages.includes('settle');
  const persons = Object.entries(personFrom).flatMap(([reason, places]) =>
    places
      .filter((place) => reachable(place, stages, insured) && (reason !== 'refundHalfDone' || flow === 'refund'))
      .map((place): Edge => ({ from: place, to: PERSON, words: reason })),
  );
  const closing: Edge = { from: PERSON, to: 'byPerson', words: '两人核实 two people found out' };
  return { flow, order, edges: [...forward, ...unclear, ...turning, ...back, ...persons, closing] };
}

/** Once the former settlement of a refund is undone there is no way back, and a way back of money has none either. */
function mayTurnBack(flow: Flow, stages: readonly Stage[], stage: Stage): boolean {
  if (stage === 'return') return false;
  return flow !== 'refund' || stages.indexOf(stage) <= stages.indexOf('undo');
}

function reachable(place: Stage | BackStage, stages: readonly Stage[], insured: boolean): boolean {
  if ((wayBack as readonly string[]).includes(place)) {
    if (place === 'undoInsurance') return insured;
    return place === 'unlock' || stages.includes('pay');
  }
  return (stages as readonly string[]).includes(place);
}

const ORDERS: readonly MoneyOrder[] = ['payThenSettle', 'settleThenPay'];

/** Each flow once, and twice where the two orders of money differ. */
export function allCharts(): readonly Chart[] {
  return (Object.keys(flows) as Flow[]).flatMap((flow) => {
    const [one, other] = ORDERS.map((order) => chartOf(flow, order));
    if (!one || !other) return [];
    return JSON.stringify(one.edges) === JSON.stringify(other.edges) ? [one] : [one, other];
  });
}

/** A Mermaid state diagram. */
export function mermaidOf({ edges }: Chart): string {
  const words: Readonly<Record<string, string>> = {
    ...stageWords,
    ...endWords,
    [PERSON]: '等人工处理，有编号 a case for a person',
  };
  const node = (name: string): string => (name === BEGIN ? '[*]' : name);
  const named = new Set(edges.flatMap(({ from, to }) => [from, to]).filter((name) => name !== BEGIN));
  const ends = Object.keys(endWords).filter((end) => named.has(end));
  return [
    'stateDiagram-v2',
    ...[...named].map((name) => `  state "${words[name] ?? name}" as ${name}`),
    ...edges.map(({ from, to, words: said }) => `  ${node(from)} --> ${node(to)} : ${said.replaceAll(':', ' ')}`),
    ...ends.map((end) => `  ${end} --> [*]`),
  ].join('\n');
}
