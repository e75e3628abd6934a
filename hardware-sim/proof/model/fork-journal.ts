/**
 * A journal of one settlement whose whole content is one value that never changes: forking a run costs nothing.
 *
 * It refuses what the tables of the real one refuse (two live settlements of a bill, a message id or an outbox key
 * twice). No disk and no codes: those are the disk explorer's.
 */
import type { Entry } from '../../../firmware/settlement/facts.ts';
import type { Batch, JournalPort, SealedOrder } from '../../../firmware/settlement/journal-port.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { MemoryOutbox } from '../memory-outbox.ts';

export interface JournalContent {
  readonly entries: readonly Entry[];
  readonly saga: string;
  readonly bill: string;
  readonly isOpen: boolean;
  readonly order: SettlementOrder | undefined;
  readonly messageIds: readonly string[];
  readonly counters: Readonly<Record<string, number>>;
  /** Keys of rows that were told to others. */
  readonly outbox: readonly string[];
}

const EMPTY: JournalContent = {
  entries: [],
  saga: '',
  bill: '',
  isOpen: false,
  order: undefined,
  messageIds: [],
  counters: {},
  outbox: [],
};

const SEALED: SealedOrder = { bytes: new Uint8Array(0), digest: '' };
/** Nobody drains it here. */
const NO_UPLOADS = new MemoryOutbox();

export class ForkJournal implements JournalPort {
  content: JournalContent;
  readonly uploads = NO_UPLOADS;
  readonly headCode = '';
  #closing: SettlementOrder | undefined;

  constructor(content: JournalContent = EMPTY) {
    this.content = content;
  }

  get length(): number {
    return this.content.entries.length;
  }

  beginBoot(): number {
    const boot = (this.content.counters['boot'] ?? 0) + 1;
    this.content = { ...this.content, counters: { ...this.content.counters, boot } };
    return boot;
  }

  append({ saga, entries, projection, seal, shred, messageIds, counters, outbox }: Batch): void {
    const before = this.content;
    if (projection && !before.isOpen && this.hasOpen(projection.bill)) throw new Error('two live for one bill');
    for (const id of messageIds) if (before.messageIds.includes(id)) throw new Error('a message id twice');
    const keys = outbox.map(({ key }) => key);
    for (const key of keys) if (before.outbox.includes(key)) throw new Error('an outbox key twice');
    let order = before.order;
    if (seal) order = this.#closing;
    if (shred) order = undefined;
    this.content = {
      saga,
      bill: projection?.bill ?? before.bill,
      isOpen: projection ? !projection.ended : before.isOpen,
      order,
      entries: [...before.entries, ...entries.map((entry, place) => ({ seq: this.length + place + 1, ...entry }))],
      messageIds: messageIds.length > 0 ? [...before.messageIds, ...messageIds] : before.messageIds,
      counters: messageIds.length > 0 ? { ...before.counters, ...counters } : before.counters,
      outbox: keys.length > 0 ? [...before.outbox, ...keys] : before.outbox,
    };
  }

  counter(name: string): number | undefined {
    return this.content.counters[name];
  }

  entries(saga: string): readonly Entry[] {
    return saga === this.content.saga ? this.content.entries : [];
  }

  sealOrder(_saga: string, order: SettlementOrder): SealedOrder {
    this.#closing = order;
    return SEALED;
  }

  openOrder(): SettlementOrder {
    const { order } = this.content;
    if (!order) throw new Error('The order of an open settlement is gone.');
    return order;
  }

  wasGiven(messageId: string): boolean {
    return this.content.messageIds.includes(messageId);
  }

  openNumbers(): readonly string[] {
    return this.content.isOpen ? [this.content.saga] : [];
  }

  hasOpen(bill: string): boolean {
    return this.content.isOpen && this.content.bill === bill;
  }

  verify(): void {
    // Nothing can have changed it.
  }

  close(): void {
    // Nothing is held.
  }
}
