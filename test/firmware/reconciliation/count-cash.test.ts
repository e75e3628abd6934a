/** 清机: the counted box is a counterparty like the others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { BookStore } from '../../../firmware/reconciliation/book-store.ts';
import { closeDifference } from '../../../firmware/reconciliation/close-difference.ts';
import { CountRefusedError, compareCash, uncounted, writeCount } from '../../../firmware/reconciliation/count-cash.ts';
import { DifferenceStore } from '../../../firmware/reconciliation/difference-store.ts';
import { dayAsKept } from '../../../firmware/reconciliation/look-at-day.ts';
import { monthView } from '../../../firmware/reconciliation/month-close.ts';
import { StatementStore } from '../../../firmware/reconciliation/statement-store.ts';
import { openTables } from '../../../firmware/reconciliation/tables.ts';
import { countedFen } from '../../../firmware/settlement/cash-count.ts';
import { Journal } from '../../../firmware/settlement/journal.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import { Seal } from '../../../firmware/settlement/seal.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { BenchKiosk } from '../settlement/bench-kiosk.ts';
import { sealingKey } from '../settlement/bench-order.ts';
import { paid } from '../settlement/bench-steps.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A kiosk with an acceptor, its day book, and the box that two people open. */
function kioskWithBox() {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-box-'));
  folders.push(folder);
  const path = join(folder, 'kiosk.db');
  const bench = new BenchKiosk(1, path);
  const store = openSqliteStore(path);
  openTables(store);
  const books = {
    book: new BookStore(store, () => new Journal(store, new Seal(sealingKey))),
    statements: new StatementStore(store),
  };
  const differences = new DifferenceStore(store);
  let bills = 0;
  const deposit = async (ends: boolean, ...notes: readonly number[]) => {
    bills += 1;
    // The bench's hospital knows one bill; each patient brings another.
    bench.hospital.confirmed = undefined;
    const fen = notes.reduce((sum, note) => sum + note, 0);
    const order = {
      ...paid({ flow: 'deposit', collect: 'cash' }),
      billId: `B-${bills}`,
      agreed: ownExpense(ends ? fen : fen + 10_000),
    };
    const { number } = await bench.settlements.begin(order);
    for (const note of notes) {
      await bench.clock.pass(1_000);
      bench.cash.escrowFen = note;
      await bench.settlements.insertNote(number, note, countedFen(bench.cash.counters()));
    }
    await bench.clock.pass(5_000);
    return number;
  };
  const [date, at] = ['2026-11-22', '2026-11-22 17:00:00'];
  const count = async (
    notes: readonly (readonly [number, number])[],
    more: { again?: string; by?: readonly [string, string] } = {},
  ) => {
    await books.book.refresh(async () => undefined);
    const { by = ['S-01', 'S-02'], again } = more;
    const made = writeCount({ by, notes: new Map(notes) }, { date, at, again }, books);
    differences.replace('cash', date, compareCash(date, books)?.found ?? []);
    return made;
  };
  const month = (): readonly string[] =>
    monthView('2026-11', { ...books, differences, view: (day) => dayAsKept(day, store, differences) }).because;
  return { bench, books, differences, deposit, count, month, date };
}

test('a box that holds what the journal stacked agrees, to the fen, and every note is counted once', async () => {
  const { books, differences, deposit, count, date } = kioskWithBox();
  await deposit(true, 10_000, 5_000);
  await deposit(true, 2_000);
  const first = await count([
    [10_000, 1],
    [5_000, 1],
    [2_000, 1],
  ]);
  expect(first).toMatchObject({ number: 'emp_20261122_1', countedFen: 17_000 });
  expect(first.lines).toHaveLength(2);
  expect(differences.ofDay(date)).toEqual([]);
  await deposit(true, 1_000);
  const second = await count([[1_000, 1]]);
  expect(second.lines).toHaveLength(1);
  expect(differences.ofDay(date)).toEqual([]);
  expect(uncounted(books)).toEqual([]);
  expect(compareCash(date, books)?.totals).toMatchObject({ ours: { ownFen: 18_000 }, theirs: { ownFen: 18_000 } });
});

test('a note too few is a difference with a name and a number, and the month refuses to close with it', async () => {
  const { differences, deposit, count, month, date } = kioskWithBox();
  await deposit(true, 10_000, 5_000);
  expect((await count([[10_000, 1]])).countedFen).toBe(10_000);
  const [short] = differences.ofDay(date);
  expect(short).toMatchObject({
    ...{ party: 'cash', name: 'cashShort', state: 'open', remedy: 'person', off: { ownFen: -5_000 } },
    cause: 'counted by S-01 and S-02',
  });
  expect(month()).toContain(`${short?.number} cashShort (cash)`);
});

test('counted again by others it agrees, and the difference is resolved with both counts kept', async () => {
  const { differences, deposit, count, month, date } = kioskWithBox();
  await deposit(true, 10_000, 5_000);
  const { number } = await count([
    [10_000, 1],
    [5_000, 2],
  ]);
  expect(differences.ofDay(date)[0]).toMatchObject({ name: 'cashOver', off: { ownFen: 5_000 }, state: 'open' });
  const again = await count(
    [
      [10_000, 1],
      [5_000, 1],
    ],
    { again: number, by: ['S-03', 'S-04'] },
  );
  expect(again).toMatchObject({ number, before: [{ by: ['S-01', 'S-02'], countedFen: 20_000 }] });
  expect(differences.ofDay(date)[0]).toMatchObject({ state: 'resolved' });
  expect(month().join()).not.toContain('cash');
});

test('what stays short is closed by two people with a sentence, and no amount is changed by it', async () => {
  const { books, differences, deposit, count, month, date } = kioskWithBox();
  await deposit(true, 5_000);
  await count([]);
  const number = differences.ofDay(date)[0]?.number ?? '';
  closeDifference(number, { first: 'S-01', second: 'S-02', note: '假币上缴银行，已登记' }, differences);
  expect(differences.ofDay(date)[0]).toMatchObject({ state: 'closed', off: { ownFen: -5_000 } });
  expect(compareCash(date, books)?.totals.theirs.ownFen).toBe(0);
  expect(month().join()).not.toContain('cashShort');
});

test('a box that nobody counted keeps the month open, with the sum that lies in it', async () => {
  const { books, deposit, count, month } = kioskWithBox();
  await deposit(true, 10_000);
  await books.book.refresh(async () => undefined);
  const [line] = books.book.cash();
  expect(line?.date.slice(0, 7)).toBe('2026-11');
  expect(month()).toContain('cash box not counted: 100.00 yuan of 1 settlements');
  await count([[10_000, 1]]);
  expect(month().join()).not.toContain('not counted');
});

test('nobody counts alone, nor while notes are taken, nor what is no note', async () => {
  const { deposit, count } = kioskWithBox();
  await deposit(true, 5_000);
  await expect(count([[5_000, 1]], { by: ['S-01', 'S-01'] })).rejects.toThrow('two people');
  await expect(count([[5_000, -1]])).rejects.toThrow(CountRefusedError);
  await expect(count([[5_000, 1]], { again: 'emp_20261122_9' })).rejects.toThrow('There is no count');
  await deposit(false, 2_000);
  await expect(
    count([
      [5_000, 1],
      [2_000, 1],
    ]),
  ).rejects.toThrow('not over');
});
