/**
 * Lines at the centre that one settlement's journal makes: what it settled, what it took back, and every message that
 * may not count.
 *
 * Pure. One promise: each 2207/2304, 2208/2305 that may have left has a line, if only one that says nothing of it
 * counts.
 */
import type { CentreSettlement, Voided } from '../insurance/insurance-platform.ts';
import type { Saga } from '../settlement/core.ts';
import type { Entry, Fact, Found as Heard } from '../settlement/facts.ts';
import type { Moment } from '../settlement/moment.ts';
import { type Anchor, anchorAt, businessMs, dateOf, timeText } from './business-time.ts';
import { type BookLine, type ClaimLine, keys } from './day-book.ts';
import { NOTHING, negative, type Sums } from './sums.ts';

export interface Reading {
  readonly saga: Saga;
  readonly entries: readonly Entry[];
  readonly anchors: readonly Anchor[];
  /** A claim of this kiosk by the centre's number: what a refund takes back. */
  claim(settlementId: string): ClaimLine | undefined;
}

/** Times that the centre told, tied to the moments of the journal. */
export function anchorsOf(entries: readonly Entry[]): readonly Anchor[] {
  return entries.flatMap(({ fact, at }) => {
    // What is found out later was settled earlier: only an answer that came at once ties two clocks together.
    const heard = fact.phase === 'outcome' ? fact.found : undefined;
    if (heard?.step !== 'ins.settle' || heard.finding.verdict !== 'ok') return [];
    return anchorAt(at, heard.finding.value.settledAt) ?? [];
  });
}

export function claimLines(reading: Reading): readonly BookLine[] {
  const { saga, entries } = reading;
  const lines: BookLine[] = [];
  for (const { fact, at } of entries) {
    if (fact.phase !== 'intent' || fact.step !== 'ins.settle') continue;
    const messageId = fact.key;
    const last = saga.insurance.at !== 'none' && saga.insurance.messageId === messageId ? saga.insurance : undefined;
    const centre = centreOf(messageId, entries);
    const voided = last?.at === 'gone' && last.how === 'voided';
    if (centre && (last?.at === 'settled' || voided)) {
      const claim = claimOf(centre, saga);
      lines.push(claim);
      if (voided) lines.push(...voids('ins.void', claim, reading));
      continue;
    }
    const stands = last !== undefined && (last.at === 'asked' || last.at === 'unknown');
    // Two people may have found out what the kiosk could not.
    const fate = stands && (saga.closing === undefined || saga.closing.claim === 'counts') ? 'open' : 'gone';
    const message = { messageId, fate, offSite: saga.offSite } as const;
    lines.push({ kind: 'message', key: keys.message(messageId), ...message, ...reckoned(at, reading) });
  }
  if (saga.formerPart.at === 'voided') lines.push(...voids('ins.undo', undefined, reading));
  return lines;
}

function claimOf(centre: CentreSettlement, { number: settlement, flow, offSite }: Saga): ClaimLine {
  const { messageId, settlementId, settledAt: at, clearing: group, amounts } = centre;
  const care = flow === 'discharge' ? 'inpatient' : 'outpatient';
  const of = { care, offSite, outOfScopeFen: amounts.outOfScopeFen } as const;
  const line = { messageId, settlementId, reversal: false, sums: sumsOf(centre), group, of };
  return { kind: 'claim', key: keys.message(messageId), ...line, settlement, date: dateOf(at), at, exact: true };
}

/** A void counts at the centre as a line of its own. @param own what it takes back when this settlement made that */
function voids(step: 'ins.void' | 'ins.undo', own: ClaimLine | undefined, reading: Reading): readonly ClaimLine[] {
  const { entries, saga } = reading;
  const intent = entries.findLast(({ fact }) => fact.phase === 'intent' && fact.step === step);
  if (intent?.fact.phase !== 'intent') return [];
  const answer = lastVoided(step, entries);
  const said = answer?.voided;
  const taken = own ?? (saga.former?.settlementId ? reading.claim(saga.former.settlementId) : undefined);
  // What the platform did not say is what was taken, turned round.
  const sums = said?.amounts ? { ...said.amounts, ownFen: 0 } : negative(taken?.sums ?? NOTHING);
  const of = taken?.of && { ...taken.of, outOfScopeFen: 0 - taken.of.outOfScopeFen };
  const line = {
    messageId: intent.fact.key,
    settlementId: said?.settlementId || undefined,
    reversal: true,
    sums,
    group: said?.clearing ?? taken?.group,
    ...(of && { of }),
  };
  return [
    {
      kind: 'claim',
      key: keys.message(intent.fact.key),
      ...line,
      ...reckoned(answer?.at ?? intent.at, reading, said?.settledAt),
    },
  ];
}

function lastVoided(step: 'ins.void' | 'ins.undo', entries: readonly Entry[]) {
  const heard = entries.flatMap(({ fact, at }): readonly { readonly voided: Voided; readonly at: Moment }[] => {
    const found = heardIn(fact);
    if (found?.step !== step || found.finding.verdict !== 'ok') return [];
    return [{ voided: found.finding.value, at }];
  });
  // The same again answers the same; one that had been void before does not say under which number.
  return heard.findLast(({ voided }) => voided.settlementId !== '') ?? heard.at(-1);
}

/** Whatever was heard last of the settlement that a message made. */
function centreOf(messageId: string, entries: readonly Entry[]): CentreSettlement | undefined {
  const heard = entries.flatMap(({ fact }) => {
    const found = heardIn(fact);
    if (found?.step === 'ins.settle' && found.finding.verdict === 'ok') return found.finding.value;
    if (found?.step === 'ins.find' && found.finding.verdict === 'ok') return found.finding.value.centre ?? [];
    return [];
  });
  return heard.findLast((centre) => centre.messageId === messageId);
}

function sumsOf({ amounts }: CentreSettlement): Sums {
  const { totalFen, fundFen, accountFen, ownFen } = amounts;
  return { totalFen, fundFen, accountFen, ownFen };
}

/** Place and time of a line; `told` is the other party's own word for it. */
export function reckoned(at: Moment, { saga, anchors }: Reading, told?: string) {
  const time = told ?? timeText(businessMs(at, anchors));
  return { settlement: saga.number, date: dateOf(time), at: time, exact: told !== undefined };
}

export function heardIn(fact: Fact): Heard | undefined {
  if (fact.phase === 'outcome') return fact.found;
  return fact.phase === 'note' && (fact.step === 'answer' || fact.step === 'late') ? fact.found : undefined;
}
