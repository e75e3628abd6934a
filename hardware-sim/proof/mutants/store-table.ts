/** Mistakes with time, boots, the journal, the outbox and the numbers of messages. */
import type { Mutant } from './mutant.ts';

const ledger = 'firmware/settlement/journal-ledger.ts';
const journal = 'firmware/settlement/journal.ts';
const moment = 'firmware/settlement/moment.ts';
const outbox = 'firmware/settlement/outbox.ts';
const store = 'firmware/world/sqlite-store.ts';
const walk = { killer: 'walk' } as const;
const disk = { killer: 'disk' } as const;

export const ofStore: readonly Mutant[] = [
  {
    ...{ name: 'intent after its effect', invariant: 'I4 intentFirst', ...walk },
    says: 'The intent is written together with the outcome, when the call has long left.',
    changes: [
      {
        file: ledger,
        find: 'if (mayWait(before, all)) live.held = entries;',
        replace: "if (mayWait(before, all) || (action.do === 'call' && !first)) live.held = entries;",
      },
    ],
  },
  {
    ...{ name: 'what was held is never written', invariant: 'I5 endMeans', ...walk },
    says: 'An order’s opening that waited for the next transaction is forgotten by it.',
    changes: [
      {
        file: ledger,
        find: 'const entries = [...live.held, ...all.map((fact) => ({ at: now, fact }))];',
        replace: 'const entries = all.map((fact) => ({ at: now, fact }));',
      },
    ],
  },
  {
    ...{ name: 'end shown before it is written', invariant: 'I8 uploadedOnce', ...walk },
    says: 'The last outcome waits for a transaction that never comes, and the patient has read it already.',
    changes: [
      {
        file: ledger,
        find: 'if (mayWait(before, all)) live.held = entries;',
        replace: 'if (mayWait(before, all) || saga.end !== before.end) live.held = entries;',
      },
    ],
  },
  {
    ...{ name: 'lost call still awaited after a boot', invariant: 'I6 everyOneEnds', ...walk },
    says: 'After a boot an intent without an outcome is waited for instead of being found out.',
    changes: [
      {
        file: ledger,
        find: 'const lost: Fact[] = inFlight ?',
        replace: 'const lost: Fact[] = inFlight && !inFlight ?',
      },
    ],
  },
  {
    ...{ name: 'boot goes unnoticed', invariant: 'P6 nothingBegunForNobody', ...walk },
    says: 'A settlement does not learn that the machine started again.',
    changes: [
      {
        file: ledger,
        find: 'const boot: Fact[] = live.saga.person ?',
        replace: 'const boot: Fact[] = live.saga.number ?',
      },
    ],
  },
  {
    ...{ name: 'quarantine by the calendar', invariant: 'I6 everyOneEnds', ...walk, where: 'paid, then settled' },
    says: 'A quarantine is counted by the wall clock, which jumps.',
    changes: [
      {
        file: moment,
        find: 'return since.boot === now.boot ? now.monoMs - since.monoMs : now.monoMs - now.bootBeganMs;',
        replace: 'return now.wallMs - since.wallMs;',
      },
    ],
  },
  {
    ...{ name: 'quarantine over after a boot', invariant: 'P1 moneyIsWhereSaid', ...walk, where: 'paid, then settled' },
    says: 'A quarantine that a boot fell into counts as over, although nobody knows how long the machine was off.',
    changes: [{ file: moment, find: ': now.monoMs - now.bootBeganMs;', replace: ': Number.POSITIVE_INFINITY;' }],
  },
  {
    ...{ name: 'order shredded too early', invariant: 'I0 coreNeverThrows', ...walk },
    says: 'The sealed order is destroyed when money was paid, and not at the end.',
    changes: [
      {
        file: ledger,
        find: 'shred: saga.end !== undefined && before.end === undefined,',
        replace: "shred: saga.payment.final === 'paid',",
      },
    ],
  },
  {
    ...{ name: 'two settlements for one bill', invariant: 'I0 coreNeverThrows', ...walk },
    says: 'Whether a bill is under way is not looked at, and the table would take two.',
    changes: [
      { file: ledger, find: 'if (this.#journal.hasOpen(order.billId)) throw new BillUnderWayError();', replace: '' },
      {
        file: 'firmware/settlement/journal-schema.ts',
        find: 'CREATE UNIQUE INDEX one_live',
        replace: 'CREATE INDEX one_live',
      },
    ],
  },
  {
    ...{ name: 'message ids forgotten', invariant: 'P8 messageIdsAreNew', ...walk },
    says: 'Neither the place in the sequence nor the ids that were given are durable.',
    changes: [
      {
        file: journal,
        find: "for (const id of messageIds) this.#store.run('INSERT INTO message VALUES(?,?)', id, counters[MONEY_MESSAGE] ?? -1);",
        replace: 'void [messageIds, counters];',
      },
    ],
  },
  {
    ...{ name: 'message id again when the clock jumps back', invariant: 'I0 coreNeverThrows', ...walk },
    says: 'An id that was given before is given again when its second comes again; only the table refuses it.',
    changes: [
      {
        file: 'firmware/settlement/message-ids.ts',
        find: 'if (!wasGiven(id)) return { id, place };',
        replace: 'if (id !== "" || wasGiven(id)) return { id, place };',
      },
    ],
  },
  {
    ...{ name: 'upload outside its transaction', invariant: 'I8 uploadedOnce', ...walk },
    says: 'The outbox row is written after the transaction of its cause.',
    changes: [
      {
        file: journal,
        find: 'const told = this.uploads.write(batch.outbox, batch.entries.at(-1)?.at.wallMs ?? 0, batch.saga);',
        replace: 'const told = undefined;',
      },
      {
        file: journal,
        find: '    this.#head = { seq, mac: rows.at(-1)?.mac ?? this.#head.mac };',
        replace:
          '    this.uploads.write(batch.outbox, batch.entries.at(-1)?.at.wallMs ?? 0, batch.saga);\n    this.#head = { seq, mac: rows.at(-1)?.mac ?? this.#head.mac };',
      },
    ],
  },
  {
    ...{ name: 'upload deleted before its receiver has it', invariant: 'I8 uploadedOnce', ...walk },
    says: 'Old rows of the outbox are deleted whether they were acknowledged or not.',
    changes: [
      {
        file: outbox,
        find: "'DELETE FROM outbox WHERE acked = 1 AND sealed IS NULL AND acked_ms < ? AND id < (SELECT max(id) FROM outbox)',",
        replace: "'DELETE FROM outbox WHERE sealed IS NULL AND made_ms < ?',",
      },
    ],
  },
  {
    ...{ name: 'damaged upload is sent', invariant: 'W4 sentAsWritten', ...walk },
    says: 'A row of the outbox is sent without a look at its code.',
    changes: [
      {
        file: outbox,
        find: 'if (person === DAMAGED || !hasItsCode(this.#seal, row)) damaged.push(id);',
        replace: 'if (person === DAMAGED) damaged.push(id);',
      },
    ],
  },
  {
    ...{ name: 'damaged upload is kept quiet', invariant: 'W3 caseIsTold', ...walk },
    says: 'An upload that is not as it was written is held back, and nobody learns it.',
    changes: [
      {
        file: outbox,
        find: 'if (this.#keys.idOf(number) === undefined) {',
        replace: "if (number === '') {",
      },
    ],
  },
  {
    ...{ name: 'owed upload forgotten', invariant: 'I8 uploadedOnce', ...walk },
    says: 'What the order owes (settlement list, self-pay visit) never reaches the outbox.',
    changes: [
      {
        file: 'firmware/settlement/news.ts',
        find: "    told.push(...owed.filter(({ on }) => on === 'settled').map((one) => rowOf(after, one)));\n",
        replace: '    void rowOf;\n',
      },
    ],
  },
  {
    ...{ name: 'owed upload forgotten by a boot', invariant: 'I8 uploadedOnce', ...walk },
    says: 'A settlement that a boot fell into no longer knows what it owes.',
    changes: [{ file: ledger, find: 'live.owed = order.owed ?? [];', replace: '' }],
  },
  {
    ...{ name: 'case that nobody is told of', invariant: 'W3 caseIsTold', ...walk },
    says: 'A person must look, and nobody learns it.',
    changes: [
      {
        file: 'firmware/settlement/news.ts',
        find: 'if (after.person && after.person !== before.person) {',
        replace: 'if (after.person && !before) {',
      },
    ],
  },
  {
    ...{ name: 'journal entry outside the transaction', invariant: 'I0 coreNeverThrows', ...walk },
    says: 'Entries and the settlement’s own line are written one after the other.',
    changes: [
      {
        file: journal,
        find: '    this.#store.transaction(() => {\n      this.#insert(rows);',
        replace: '    this.#insert(rows);\n    this.#store.transaction(() => {',
      },
    ],
  },
  {
    ...{ name: 'synchronous NORMAL', invariant: 'I4 intentFirst', ...disk },
    says: 'The store does not wait until a transaction is on the platter.',
    changes: [
      {
        file: store,
        find: "database.exec('PRAGMA synchronous = FULL');",
        replace: "database.exec('PRAGMA synchronous = NORMAL');",
      },
      {
        file: store,
        find: 'if (synchronous !== SYNCHRONOUS_FULL) throw',
        replace: 'if (synchronous === SYNCHRONOUS_FULL) throw',
      },
    ],
  },
];
