/**
 * The story of one settlement as its journal tells it: what was asked of whom,
 * when, and what came back. It holds our own words and amounts, no person.
 */
import { formatYuan } from '../money.ts';
import type { Store } from '../ports.ts';
import type { CallStep, Entry, Fact, Found } from './facts.ts';
import { Journal } from './journal.ts';
import { Seal } from './seal.ts';

export interface SettlementLine {
  readonly number: string;
  readonly bill: string;
  readonly state: string;
  readonly ended: boolean;
}

export interface StoryLine {
  readonly seq: number;
  readonly wallMs: number;
  /** e.g. `asked the insurance platform to settle (2207)`. */
  readonly text: string;
  /** Idempotence key as sent, where there was one. */
  readonly key: string | undefined;
}

const asked: Readonly<Record<CallStep, string>> = {
  'hospital.lock': 'the hospital to lock the bill',
  'hospital.confirm': 'the hospital to confirm the bill as settled',
  'hospital.unlock': 'the hospital to release the bill',
  'pay.create': 'the payment gateway for an order that a phone can pay',
  'pay.charge': 'the payment gateway to charge the code that the patient showed',
  'pay.close': 'the payment gateway to close the order',
  'pay.refund': 'the payment gateway to refund by the original route',
  'pay.query': 'the payment gateway how the order stands',
  'pay.refundState': 'the payment gateway how the refund stands',
  'ins.settle': 'the insurance platform to settle (2207)',
  'ins.find': 'the insurance platform whether the settlement exists (5201, 5203)',
  'ins.reverse': 'the insurance platform to reverse the message (2601)',
  'ins.void': 'the insurance platform to void the settlement (2208, 2305)',
  'ins.undo': 'the insurance platform to void the earlier settlement (2208, 2305)',
  'ins.findFormer': 'the insurance platform whether the earlier settlement still counts (5203)',
  'ins.prepare': 'the insurance platform to split the kept lines anew (2205, 2204, 2206)',
  'pay.return': 'the payment side to give back by the original route',
  'pay.returnQuery': 'the payment side whether that route was paid',
  'pay.returnState': 'the payment side how that return stands',
  'cash.stack': 'the note acceptor to take the note',
  'cash.counter': 'the note acceptor for its counter',
};

/** All settlements of a journal, oldest first. */
export function listSettlements(store: Store): readonly SettlementLine[] {
  return store.all('SELECT id, bill, state, ended FROM saga ORDER BY rowid').map((row) => ({
    number: String(row['id']),
    bill: String(row['bill']),
    state: String(row['state']),
    ended: Number(row['ended']) === 1,
  }));
}

/** @throws JournalDamagedError when an entry does not fit its chain code. */
export function storyOf(store: Store, deviceKey: Uint8Array, number: string): readonly StoryLine[] {
  return new Journal(store, new Seal(deviceKey)).entries(number).map(lineOf);
}

function lineOf({ seq, at, fact }: Entry): StoryLine {
  return { seq, wallMs: at.wallMs, text: textOf(fact), key: fact.phase === 'intent' ? fact.key : undefined };
}

function textOf(fact: Fact): string {
  if (fact.phase === 'intent') return `asked ${asked[fact.step]}`;
  if (fact.phase === 'outcome') return `answer: ${found(fact.found)}`;
  switch (fact.step) {
    case 'order': {
      const { agreed, plan } = fact.body;
      const shares = `total ${formatYuan(agreed.totalFen)}, fund ${formatYuan(agreed.fundFen)}, account ${formatYuan(agreed.accountFen)}`;
      return `the patient agreed: ${shares}, own part ${formatYuan(agreed.ownFen)} (${plan})`;
    }
    case 'answer':
      return `asked ${asked[fact.found.step]}: ${found(fact.found)}`;
    case 'late':
      return `late answer of ${asked[fact.found.step]}: ${found(fact.found)}`;
    case 'giveUp':
      return `given up: ${fact.reason}`;
    case 'restarted':
      return 'the kiosk started again; nobody stands in front of it';
    case 'codeShown':
      return 'the patient showed a payment code';
    case 'cashOpened':
      return 'notes are taken from now on';
    case 'noteInserted':
      return `a note of ${formatYuan(fact.amountFen)} lies in the acceptor`;
    case 'paidOut':
      return `the cashier (${fact.by}) handed out ${formatYuan(fact.amountFen)}`;
    case 'caseClosed': {
      const { by, claim, keptFen, note } = fact.closing;
      return `${by.join(' and ')} closed the case: claim ${claim}, kept ${formatYuan(keptFen)}; ${note}`;
    }
    case 'payAbsent':
      return 'the order stayed unknown to the payment gateway for a whole quarantine';
    case 'person':
      return `a person must go on: ${fact.reason}`;
    case 'end':
      return `ended: ${fact.end}`;
    case 'copyBegun':
      return `slip copy ${fact.copy}: printing began`;
    case 'copyEnded':
      return `slip copy ${fact.copy}: ${fact.outcome}`;
  }
}

function found({ finding }: Found): string {
  switch (finding.verdict) {
    case 'ok':
      return 'done';
    case 'fail':
      return `refused (${finding.reason})`;
    case 'unknown':
      return `no answer that can be relied on (${finding.detail})`;
  }
}
