/**
 * Production's ledger on a journal that can be forked: every act begins from a remembered moment and leaves a new one.
 *
 * One ledger object serves all moments of one life of the kiosk; a power cut is a new ledger on the journal as it was
 * before or after the commit. Nothing of the core is written a second time here.
 */
import { FoldedSettlements, type Live } from '../../../firmware/settlement/folded-settlements.ts';
import { openLedgerOn } from '../../../firmware/settlement/ledger.ts';
import type { MoneyPlace } from '../../../firmware/settlement/money-place.ts';
import type { Action, Ledger, LedgerFacts, Step } from '../../../firmware/settlement/settlement-ledger.ts';
import type { SettlementStatus } from '../../../firmware/settlement/settlements.ts';
import { ForkJournal, type JournalContent } from './fork-journal.ts';
import { AREA } from './scenario.ts';
import { Violation } from './violation.ts';

/** What the model runs: production's, or a copy of it that somebody has broken on purpose. */
export interface Core {
  readonly openLedgerOn: typeof openLedgerOn;
  readonly FoldedSettlements: typeof FoldedSettlements;
}

export const PRODUCTION: Core = { openLedgerOn, FoldedSettlements };

export const FACTS: LedgerFacts = {
  institutionCode: 'H99010000001',
  areaCode: AREA,
  messageSequence: { first: 0, last: 199 },
};
/** A calendar that stands still: each message id must be new all the same. */
const WALL_MS = Date.UTC(2026, 0, 1, 1);
const RANDOM = { bytes: (count: number): Uint8Array => new Uint8Array(count).fill(3) };

/** One life of the kiosk, from power to power cut. */
class Life {
  readonly journal: ForkJournal;
  readonly folded: FoldedSettlements;
  readonly ledger: Ledger;
  nowMs: number;

  constructor(core: Core, content: JournalContent | undefined, nowMs: number) {
    this.nowMs = nowMs;
    this.journal = new ForkJournal(content);
    this.folded = new core.FoldedSettlements(this.journal);
    const clock = { monotonicMs: () => this.nowMs, wallMs: () => WALL_MS, timer: () => () => undefined };
    this.ledger = core.openLedgerOn(() => this.journal, { random: RANDOM, clock }, this.folded);
  }
}

/** A kiosk that has power, between two acts. */
export interface Moment {
  readonly life: Life;
  readonly bornMs: number;
  readonly content: JournalContent;
  readonly live: Live | undefined;
  readonly status: SettlementStatus | undefined;
  readonly money: MoneyPlace | undefined;
}

export interface Acted {
  readonly moment: Moment;
  readonly action: Action;
}

export function powerOn(core: Core, content: JournalContent | undefined, nowMs: number): Moment {
  const life = new Life(core, content, nowMs);
  const none = { live: undefined, status: undefined, money: undefined };
  return { life, bornMs: nowMs, content: life.journal.content, ...none };
}

const NOTHING_OPEN: Action = { do: 'rest', ended: true, waiting: undefined };

/** The first act of a life: takes up what is open. */
export function resume(moment: Moment, nowMs: number): Acted {
  return act(moment, nowMs, (ledger) => ledger.resume(FACTS)[0]?.step);
}

/** @throws Violation for whatever the ledger throws: it was asked for nothing that is not allowed. */
export function act(moment: Moment, nowMs: number, ask: (ledger: Ledger) => Step | undefined): Acted {
  const { life, live } = moment;
  life.nowMs = nowMs;
  life.journal.content = moment.content;
  if (live) life.folded.keep({ ...live, pacing: live.pacing.copy() });
  let step: Step | undefined;
  try {
    step = ask(life.ledger);
  } catch (error) {
    throw new Violation(
      'P0 coreGoesOn',
      error instanceof Error ? `${error.name}: ${error.message}` : 'the ledger threw',
    );
  }
  const { content } = life.journal;
  const number = content.saga;
  const after: Moment = {
    life,
    bornMs: moment.bornMs,
    content,
    live: life.folded.of(number),
    status: step?.status ?? life.ledger.status(number),
    money: life.ledger.money(number),
  };
  return { moment: after, action: step?.action ?? NOTHING_OPEN };
}
