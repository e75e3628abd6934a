/**
 * What differs from one make of POS module to the next, as data.
 *
 * `posModule` is the field-coded ECR message that modules of many makes speak
 * (docs/interfaces/bank-terminal.md says which words are found in public
 * programs and which are ours). A hospital's module with other numbers is
 * another table, not other code.
 */
import type { SaleProgress, SaleState } from './bank-terminal.ts';

export type TerminalCommand =
  | 'signIn'
  | 'sale'
  | 'void'
  | 'refund'
  | 'reverse'
  | 'lookUp'
  | 'giveBackState'
  | 'totals'
  | 'settle'
  | 'cancel'
  | 'progress';

/** What an answer's response code means. */
export type AnswerWord =
  | 'done'
  | 'pending'
  | 'declined'
  | 'canceled'
  | 'noAnswer'
  | 'outOfService'
  | 'notFound'
  | 'busy'
  | 'paid'
  | 'closed'
  | 'amount'
  | 'notPaid'
  | 'expired'
  | 'failed'
  | 'batchOver'
  | 'differs'
  | 'saleOpen'
  | 'approved'
  | 'paperOut'
  | 'signInFirst';

export type TerminalField =
  | 'order'
  | 'refund'
  | 'sequence'
  | 'amount'
  | 'trace'
  | 'batch'
  | 'reference'
  | 'card'
  | 'terminal'
  | 'state'
  | 'progress'
  | 'salesCount'
  | 'salesSum'
  | 'returnsCount'
  | 'returnsSum';

export interface TerminalProfile {
  readonly name: string;
  readonly commands: Readonly<Record<TerminalCommand, string>>;
  readonly answers: ReadonlyMap<string, AnswerWord>;
  readonly fields: Readonly<Record<TerminalField, { readonly tag: string; readonly shape: RegExp }>>;
  /** Tags of fields that are dropped unseen: approval code, answer text, date, time, shop, issuer. */
  readonly harmless: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, SaleState>;
  readonly progress: ReadonlyMap<string, SaleProgress>;
  /** How soon a frame is acknowledged, ms. */
  readonly ackMs: number;
  /** How long a pause inside one frame may be, ms. */
  readonly pauseMs: number;
  /** How long an answer may take that needs no person, ms: the bank has its own time-out inside it. */
  readonly answerMs: number;
  /** How often a frame is said that was answered with NAK. */
  readonly tries: number;
}

const NUMBER = /^[\x21-\x7e]{1,32}$/;
const SUM = /^\d{12}$/;
const COUNT = /^\d{6}$/;

export const posModule: TerminalProfile = {
  name: 'pos-module',
  commands: {
    sale: '20',
    void: '26',
    refund: '27',
    settle: '50',
    // Ours: public programs have no word for these.
    signIn: 'SI',
    reverse: 'RV',
    lookUp: 'LT',
    giveBackState: 'LR',
    totals: 'BT',
    cancel: 'CN',
    progress: 'PG',
  },
  answers: new Map<string, AnswerWord>([
    ['00', 'done'],
    ['ND', 'declined'],
    ['ED', 'outOfService'],
    ['EN', 'noAnswer'],
    ['TO', 'noAnswer'],
    ['NA', 'notFound'],
    ['UC', 'canceled'],
    ['BY', 'busy'],
    ['PD', 'paid'],
    ['CL', 'closed'],
    ['AM', 'amount'],
    ['AP', 'approved'],
    ['NP', 'notPaid'],
    ['EX', 'expired'],
    ['FA', 'failed'],
    ['BO', 'batchOver'],
    ['PE', 'pending'],
    ['DF', 'differs'],
    ['SO', 'saleOpen'],
    ['PO', 'paperOut'],
    ['SF', 'signInFirst'],
  ]),
  fields: {
    amount: { tag: '40', shape: SUM },
    trace: { tag: '65', shape: COUNT },
    order: { tag: '66', shape: NUMBER },
    batch: { tag: '50', shape: COUNT },
    card: { tag: '30', shape: /^[\x20-\x7e]{0,32}$/ },
    terminal: { tag: '16', shape: /^[0-9A-Za-z]{8}$/ },
    reference: { tag: 'D3', shape: /^[0-9A-Za-z-]{1,12}$/ },
    refund: { tag: 'YR', shape: NUMBER },
    sequence: { tag: 'YQ', shape: COUNT },
    state: { tag: 'YS', shape: /^[A-Z]$/ },
    progress: { tag: 'YP', shape: /^\d\d$/ },
    salesCount: { tag: 'Y1', shape: COUNT },
    salesSum: { tag: 'Y2', shape: SUM },
    returnsCount: { tag: 'Y3', shape: COUNT },
    returnsSum: { tag: 'Y4', shape: SUM },
  },
  harmless: new Set(['01', '02', '03', '04', '31', 'D0', 'D1', 'D2', 'D4']),
  states: new Map<string, SaleState>([
    ['O', 'open'],
    ['A', 'approved'],
    ['D', 'declined'],
    ['R', 'reversed'],
    ['B', 'returned'],
  ]),
  progress: new Map<string, SaleProgress>([
    ['10', 'cardWanted'],
    ['20', 'cardRead'],
    ['30', 'pinWanted'],
    ['40', 'authorising'],
    ['50', 'cardToBeTaken'],
  ]),
  ackMs: 2_000,
  pauseMs: 500,
  answerMs: 20_000,
  tries: 3,
};
