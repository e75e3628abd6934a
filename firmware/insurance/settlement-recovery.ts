/**
 * Finding out what became of a money message: 2601, and 5201/5203 as the profile says (protocols/insurance.md C.4).
 *
 * The promise: `notFound` and `undefined` are answers of the platform, never of a missing line, and a refusal for any
 * other reason stays a refusal.
 */
import type { RegionProfile } from '../region/profile.ts';
import type {
  CentreSettlement,
  OriginalMessage,
  PlatformAnswer,
  SettlementState,
  VisitIdentity,
  Voided,
} from './insurance-platform.ts';
import { aboutSignIn, type PlatformLine } from './platform-line.ts';
import { tellsAlreadyReversed, tellsAlreadyVoided, tellsNotFound } from './refusal-words.ts';
import * as settling from './settling.ts';
import { type Transaction, transactions } from './transactions.ts';

export async function reverseMessage(
  line: PlatformLine,
  original: OriginalMessage,
  visit: VisitIdentity,
): Promise<PlatformAnswer<{ readonly reversed: 'reversed' | 'notFound' }>> {
  const answer = await line.send<{ readonly reversed: 'reversed' | 'notFound' }>({
    transaction: transactions.reverse,
    insuredArea: visit.insuredArea,
    input: settling.reverseInput(original, visit),
    read: () => ({ reversed: 'reversed' }),
  });
  if (answer.outcome !== 'refused') return answer;
  if (tellsAlreadyReversed(answer.message)) return { outcome: 'ok', value: { reversed: 'reversed' } };
  return tellsNotFound(answer.message) ? { outcome: 'ok', value: { reversed: 'notFound' } } : answer;
}

/** What a 2208 or 2305 came to. Where a settlement can be asked after, that answer counts and not the words of a refusal. */
export function judgeVoid(
  answer: PlatformAnswer<Voided>,
  transaction: Transaction,
  way: RegionProfile['insurance']['settlementQuery'],
): PlatformAnswer<Voided> {
  if (answer.outcome !== 'refused') return answer;
  if (way === 'none' && tellsAlreadyVoided(answer.message)) return { outcome: 'ok', value: { settlementId: '' } };
  return aboutSignIn(answer, transaction);
}

export interface SettlementSearch {
  readonly messageId: string;
  readonly visit: VisitIdentity;
  readonly way: RegionProfile['insurance']['settlementQuery'];
  /** Unix ms */
  readonly nowMs: number;
}

export async function findSettlement(
  line: PlatformLine,
  search: SettlementSearch,
): Promise<PlatformAnswer<CentreSettlement | undefined>> {
  const { messageId, visit, way, nowMs } = search;
  if (way === 'none') return { outcome: 'refused', infcode: '', message: 'this region has no settlement query' };
  // 5201 wants the medical type; without it the visit itself is asked.
  if (way === '5203-by-visit' || visit.medicalType === undefined) return querySettlement(line, search, '');
  const visits = await line.send({
    transaction: transactions.visits,
    insuredArea: visit.insuredArea,
    input: settling.visitsInput(messageId, visit, nowMs),
    read: (output) => settling.readVisitSettlements(output, visit.visitId),
  });
  if (visits.outcome !== 'ok') return asNothing(visits);
  const { known, settlementIds } = visits.value;
  if (!known) return { outcome: 'ok', value: undefined };
  // Where 5201 names no settlement, 5203 is asked for the visit.
  for (const settlementId of settlementIds.length > 0 ? settlementIds : ['']) {
    const found = await querySettlement(line, search, settlementId);
    if (found.outcome !== 'ok' || found.value !== undefined) return found;
  }
  return { outcome: 'ok', value: undefined };
}

async function querySettlement(
  line: PlatformLine,
  { messageId, visit }: SettlementSearch,
  settlementId: string,
): Promise<PlatformAnswer<CentreSettlement | undefined>> {
  const answer = await line.send({
    transaction: transactions.settlement,
    insuredArea: visit.insuredArea,
    input: settling.settlementQueryInput(visit, settlementId),
    read: (output) => settling.readFoundSettlement(output, messageId, visit),
  });
  return asNothing(answer);
}

/** Whether one settlement counts, by its id. A region without the query answers the platform's own refusal. */
export async function settlementState(
  line: PlatformLine,
  settlementId: string,
  visit: VisitIdentity,
): Promise<PlatformAnswer<SettlementState>> {
  const answer = asNothing(
    await line.send<SettlementState>({
      transaction: transactions.settlement,
      insuredArea: visit.insuredArea,
      input: settling.settlementQueryInput(visit, settlementId),
      read: (output) => settling.readSettlementState(output, settlementId, visit),
    }),
  );
  return answer.outcome === 'ok' ? { outcome: 'ok', value: answer.value ?? { state: 'notFound' } } : answer;
}

/** A query that is refused because there is nothing has answered the question. */
function asNothing<Value>(answer: PlatformAnswer<Value>): PlatformAnswer<Value | undefined> {
  if (answer.outcome === 'refused' && tellsNotFound(answer.message)) return { outcome: 'ok', value: undefined };
  return answer;
}
