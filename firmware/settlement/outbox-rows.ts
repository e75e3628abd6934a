/**
 * What leaves the kiosk after its cause is durable: the kinds, where each goes, and the form of a row.
 *
 * One promise: the clear part of a row names nobody. What an upload needs of the person is sealed under the device
 * key and bound to the row's own key, which is also the key under which the receiver knows a repetition.
 */
import type { SqlRow } from '../ports.ts';

/** A way out. Rows of one lane leave in their order; lanes do not wait for each other. */
export type Lane = 'hospital' | 'insurance' | 'invoice' | 'authority';

/** Each kind and its lane. */
export const uploadLanes = {
  /** A settlement reached its end. */
  settlementEnded: 'hospital',
  /** A person must look. */
  settlementCase: 'hospital',
  /** Total, fund, account and own part of what was settled, as it happens (Y4-27). */
  settledTotals: 'hospital',
  /** 进销存: what was sold or came back (SZ-286). */
  saleEvent: 'hospital',
  /** 补记账: a bill without a settlement has a number under which it is settled later (SZ-240). */
  billParked: 'hospital',
  /** An intent that moves money, so that another machine can look after it when this one is dead. */
  intentMirror: 'hospital',
  /** Notes that were kept and must be handed back at the cashier. */
  cashOwed: 'hospital',
  /** One way back of money came to its end: returned, or refused for good. */
  returnEnded: 'hospital',
  /** 好差评: one rating of one service, without a person. */
  serviceRated: 'hospital',
  /** Something that staff must do and confirm. */
  staffTask: 'hospital',
  /** 电子发票 issued, or 红冲. */
  eInvoice: 'invoice',
  /** 2203A and 2204 of a visit that the kiosk drives. */
  visit: 'insurance',
  /** 4101 结算清单 */
  settlementList: 'insurance',
  /** 3505 with trace codes. */
  traceCodes: 'insurance',
  /** The visit of somebody who paid everything (SZ-284a). */
  selfPayVisit: 'insurance',
  /** A fault that touches patients: first, follow-up and closing message (SZ-278, Y2-10). */
  authorityNotice: 'authority',
  /** Something that the authority must know at once although nothing is broken: a stranger's bill, a changed bill. */
  authorityAlarm: 'authority',
} as const satisfies Readonly<Record<string, Lane>>;

export type UploadKind = keyof typeof uploadLanes;

export const lanes: readonly Lane[] = ['hospital', 'insurance', 'invoice', 'authority'];

/**
 * Why a row is not sent: `person` = the receiver refused it often enough, or it failed a check before it left;
 * `content` = what it will say is not known yet (trace codes before dispensing).
 */
export type Hold = 'person' | 'content';

/** A row as its cause writes it. */
export interface NewRow {
  readonly kind: UploadKind;
  readonly key: string;
  /** JSON object without a person. */
  readonly body: string;
  /** JSON object that is sealed. */
  readonly person?: string;
  readonly hold?: 'content';
}

/** A row as it is taken out to be sent. */
export interface WaitingRow {
  readonly id: number;
  readonly kind: UploadKind;
  readonly key: string;
  readonly body: string;
  /** JSON of what was sealed, opened. */
  readonly person: string | undefined;
  /** Unix ms of the cause. */
  readonly madeMs: number;
  readonly attempts: number;
  readonly refusals: number;
}

/** A row as people see it: no content. */
export interface RowView {
  readonly id: number;
  readonly kind: UploadKind;
  readonly lane: Lane;
  readonly key: string;
  readonly madeMs: number;
  readonly attempts: number;
  readonly refusals: number;
  readonly hold: Hold | undefined;
  /** The receiver's last words, masked. */
  readonly lastError: string | undefined;
}

export interface LaneState {
  readonly lane: Lane;
  /** To be sent. */
  readonly waiting: number;
  readonly heldForPerson: number;
  readonly heldForContent: number;
  /** Of everything that was not acknowledged, Unix ms. */
  readonly oldestMs: number | undefined;
}

/** How one delivery failed. */
export interface Failure {
  readonly key: string;
  /** Masked: no person, no long number. */
  readonly reason: string;
  /** A definite no; otherwise nobody knows, or nothing left. */
  readonly refused: boolean;
  /** No more attempts before a person has looked. */
  readonly hold: boolean;
}

/** What became of the rows of one lane within a span of ids, provable afterwards. */
export interface Span {
  readonly rows: number;
  readonly acked: number;
  readonly held: number;
  readonly waiting: number;
  readonly firstMadeMs: number | undefined;
  readonly firstAckedMs: number | undefined;
  readonly lastAckedMs: number | undefined;
  /** SHA-256, hex, over the acknowledged keys in their order. */
  readonly keysDigest: string;
}

/** A row of the table as people see it. */
export function viewOf(row: SqlRow): RowView {
  const hold = row['hold'];
  return {
    id: Number(row['id']),
    kind: String(row['kind']) as UploadKind,
    lane: String(row['lane']) as Lane,
    key: String(row['key']),
    madeMs: Number(row['made_ms']),
    attempts: Number(row['attempts']),
    refusals: Number(row['refusals']),
    hold: hold === null ? undefined : (String(hold) as Hold),
    lastError: row['last_error'] === null ? undefined : String(row['last_error']),
  };
}
