/**
 * The story of one settlement as its journal tells it: what was asked of whom, when, what came back, and where the
 * money is now. It holds our own words and amounts, no person.
 */
import { laterSettlementIn } from '../../insurance/refusal-words.ts';
import { formatYuan } from '../../money.ts';
import type { Store } from '../../ports.ts';
import { foldAll, type MoneyPlace, moneyOf, statusOf } from '../core.ts';
import type { Entry, Fact, Found } from '../facts.ts';
import { Journal } from '../journal.ts';
import { Seal } from '../seal.ts';
import type { SettlementStatus } from '../settlements.ts';
import { en } from './en.ts';
import type { FoundWord, StoryWords } from './story-words.ts';
import { zh } from './zh.ts';

export const storyLanguages = { en, zh } as const satisfies Record<string, StoryWords>;
export type StoryLanguage = keyof typeof storyLanguages;

export interface SettlementLine {
  readonly number: string;
  readonly bill: string;
  readonly state: string;
  readonly ended: boolean;
}

export interface StoryLine {
  readonly seq: number;
  /** Unix ms. */
  readonly wallMs: number;
  readonly text: string;
  /** Idempotence key as sent, where there was one. */
  readonly key: string | undefined;
  /** What came back, and after how many ms; `undefined` while nothing has. */
  readonly answer: { readonly text: string; readonly afterMs: number } | undefined;
}

export interface Story {
  readonly number: string;
  readonly title: string;
  readonly bill: string;
  readonly lines: readonly StoryLine[];
  readonly status: SettlementStatus;
  readonly money: MoneyPlace;
  /** Where the money and the claim are now, in plain sentences. */
  readonly now: string;
}

/** All settlements of a journal, oldest first. */
export function listSettlements(store: Store): readonly SettlementLine[] {
  return store.all('SELECT id, bill, state, ended FROM saga ORDER BY rowid').map((row) => ({
    number: String(row['id']),
    bill: String(row['bill']),
    state: String(row['state']),
    ended: Number(row['ended']) === 1,
  }));
}

/** `undefined` when the journal knows no such settlement. @throws JournalDamagedError when an entry does not fit its chain code. */
export function storyOf(
  store: Store,
  deviceKey: Uint8Array,
  number: string,
  language: StoryLanguage,
): Story | undefined {
  const entries = new Journal(store, new Seal(deviceKey)).entries(number);
  return entries.length === 0 ? undefined : tell(number, entries, storyLanguages[language]);
}

function tell(number: string, entries: readonly Entry[], words: StoryWords): Story {
  const saga = foldAll(number, entries);
  const money = moneyOf(saga);
  const { least, most } = money.claims;
  const claims = words.claimsNow[least !== most ? 'open' : most === 0 ? 'none' : 'one'];
  return {
    number,
    title: `${words.flow[saga.flow]}, ${words.plan[saga.plan]}`,
    bill: saga.billId,
    lines: linesOf(entries, words),
    status: statusOf(saga),
    money,
    now: `${words.now(money, formatYuan)} ${claims}`,
  };
}

/** An answer stands on the line of what it answers. */
function linesOf(entries: readonly Entry[], words: StoryWords): readonly StoryLine[] {
  const lines: StoryLine[] = [];
  let asked: Entry | undefined;
  for (const entry of entries) {
    const { seq, at, fact } = entry;
    const last = lines.at(-1);
    if (fact.phase === 'outcome' && asked && last) {
      const sameBoot = asked.at.boot === at.boot;
      const afterMs = sameBoot ? at.monoMs - asked.at.monoMs : 0;
      lines[lines.length - 1] = { ...last, answer: { text: answerOf(fact.found, words), afterMs } };
      asked = undefined;
      continue;
    }
    asked = fact.phase === 'intent' ? entry : undefined;
    const key = fact.phase === 'intent' ? fact.key : undefined;
    lines.push({ seq, wallMs: at.wallMs, text: textOf(fact, words), key, answer: undefined });
  }
  return lines;
}

function textOf(fact: Fact, words: StoryWords): string {
  if (fact.phase === 'intent') return words.asked[fact.step];
  if (fact.phase === 'outcome') return answerOf(fact.found, words);
  switch (fact.step) {
    case 'order': {
      const { agreed, paidBeforeFen, returns } = fact.body;
      const back = returns.reduce((sum, { amountFen }) => sum + amountFen, 0);
      const parts = [
        words.agreed({
          total: formatYuan(agreed.totalFen),
          fund: formatYuan(agreed.fundFen),
          account: formatYuan(agreed.accountFen),
          own: formatYuan(agreed.ownFen),
        }),
      ];
      if (paidBeforeFen > 0) parts.push(words.paidBefore(formatYuan(paidBeforeFen)));
      if (back > 0) parts.push(words.goesBack(formatYuan(back)));
      return parts.join('; ');
    }
    case 'answer':
      return `${words.asked[fact.found.step]}: ${answerOf(fact.found, words)}`;
    case 'late':
      return `${words.late}: ${words.asked[fact.found.step]}: ${answerOf(fact.found, words)}`;
    case 'giveUp':
      return words.giveUp[fact.reason];
    case 'restarted':
    case 'codeShown':
    case 'cashOpened':
    case 'payAbsent':
      return words[fact.step];
    case 'noteInserted':
      return words.noteInserted(formatYuan(fact.amountFen));
    case 'person':
      return words.person[fact.reason];
    case 'caseClosed': {
      const { by, claim, keptFen, note } = fact.closing;
      return words.caseClosed(by, claim, formatYuan(keptFen), note);
    }
    case 'paidOut':
      return words.paidOut(fact.by, formatYuan(fact.amountFen));
    case 'end':
      return words.end[fact.end];
    case 'copyBegun':
      return words.copyBegun(fact.copy);
    case 'copyEnded':
      return words.copyEnded[fact.outcome];
  }
}

/** What a good answer says beyond "done". */
function foundWord(value: Extract<Found['finding'], { verdict: 'ok' }>['value']): FoundWord | undefined {
  if (value === null) return undefined;
  if ('state' in value) return value.state;
  if ('reversed' in value) return value.reversed;
  if ('centre' in value) return value.centre ? 'counts' : 'notFound';
  return undefined;
}

function answerOf({ step, finding }: Found, words: StoryWords): string {
  switch (finding.verdict) {
    case 'ok': {
      const word = foundWord(finding.value);
      return word ? words.found[word] : words.done;
    }
    case 'fail': {
      const isUndoing = step === 'ins.undo' || step === 'ins.void';
      const later = isUndoing ? laterSettlementIn(finding.detail) : undefined;
      return later ? words.later[later] : words.refused(finding.reason);
    }
    case 'unknown':
      return words.noAnswer(finding.detail);
  }
}
