/** 3201, 3202, 9101 and 9102 against the virtual centre, which reads our zip and writes its own by another hand. */
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readComparedLines, unzipText } from '../../../firmware/insurance/statement-file.ts';
import { comparisonOf } from '../../../firmware/insurance/statement-words-table.ts';
import type { ClearingGroup } from '../../../firmware/insurance/statements.ts';
import { FieldError } from '../../../firmware/json-fields.ts';
import { readZip, writeZip } from '../../../hardware-sim/parties/zip-file.ts';
import { CentreBench, lineOf, ok, totalsOf } from '../reconciliation/centre-bench.ts';

const group: ClearingGroup = { insuranceType: '310', clearingType: '11', clearingOffice: '990001' };
const day = { from: '2026-11-22', to: '2026-11-22' };
const office = { clearingOffice: '990001', clearingType: '11', period: day };

describe('the daily totals (3201)', () => {
  test('[part of Z-7.5] agree when the books agree, and not when a fen or a line is missing', async () => {
    const bench = new CentreBench();
    const settled = [await bench.settle('zhang'), await bench.settle('rare')];
    expect(settled[0]?.centre.clearing).toEqual(group);
    const totals = totalsOf(settled);
    const ask = async (change: Partial<typeof totals>) =>
      ok(await bench.statements.compareTotals(group, day, { ...totals, ...change })).result;
    expect(await ask({})).toBe('equal');
    expect(await ask({ fundFen: totals.fundFen + 1 })).not.toBe('equal');
    expect(await ask({ count: 1 })).toBe('centreMore');
    expect(await ask({ count: 3 })).toBe('institutionMore');
  });

  test('a reversal counts as a line of its own with negative amounts', async () => {
    const bench = new CentreBench();
    const settled = await bench.settle('zhang');
    ok(await bench.platform.voidSettlement(bench.messageId(), settled.question, settled.centre.settlementId));
    const nothing = { totalFen: 0, fundFen: 0, accountFen: 0, ownFen: 0, count: 2 };
    expect(ok(await bench.statements.compareTotals(group, day, nothing)).result).toBe('equal');
  });

  for (const words of ['oneDigit', 'threeDigits', 'sixZeros'] as const) {
    test(`are understood in the words of ${words}`, async () => {
      const bench = new CentreBench({ statements: { words, listsEqual: true } });
      const settled = [await bench.settle('zhang')];
      const totals = totalsOf(settled);
      expect(ok(await bench.statements.compareTotals(group, day, totals)).result).toBe('equal');
      expect(ok(await bench.statements.compareTotals(group, day, { ...totals, count: 0 })).result).toBe('centreMore');
      const { lines } = ok(await bench.statements.compareLines({ ...office, totals, lines: settled.map(lineOf) }));
      expect(lines.map(({ result }) => result)).toEqual(['equal']);
    });
  }

  test('a word that no list has is never taken for equal', () => {
    for (const word of ['', '00', '100', '4', 'ok', 'equal', 'toString', '__proto__']) {
      expect(comparisonOf(word)).toBe('unclear');
    }
  });

  test('the business day is the day of the platform, not of this machine', async () => {
    const bench = new CentreBench();
    expect(ok(await bench.statements.businessTime())).toBe('2026-11-22 09:00:00');
  });
});

describe('the details (3202 with 9101 and 9102)', () => {
  test('[part of Z-7.5] name the very transaction that the centre lost, and the one that only it has', async () => {
    const bench = new CentreBench();
    const [zhang, wu, li] = [await bench.settle('zhang'), await bench.settle('wu'), await bench.settle('li')];
    bench.parties.insurance.statements.loseRecord(zhang.centre.settlementId);
    const ours = [zhang, wu];
    const { lines, broken } = ok(
      await bench.statements.compareLines({ ...office, totals: totalsOf(ours), lines: ours.map(lineOf) }),
    );
    expect(broken).toEqual([]);
    expect(lines.map(({ settlementId, result }) => [settlementId, result])).toEqual([
      [zhang.centre.settlementId, 'institutionMore'],
      [li.centre.settlementId, 'centreMore'],
    ]);
    const [, only] = lines;
    expect(only).toMatchObject({ messageId: li.centre.messageId, reversal: false, fundFen: li.centre.amounts.fundFen });
    // The line is ready for 2601: message and person are those of the original.
    const visit = {
      ...li.question,
      visitId: only?.visitId ?? '',
      personNumber: only?.personNumber ?? li.question.personNumber,
    };
    const original = { messageId: only?.messageId ?? '', transaction: '2207' as const };
    expect(ok(await bench.platform.reverse(original, visit))).toEqual({ reversed: 'reversed' });
  });

  test('[part of N-32] tell the cause of a claim that the centre turned down', async () => {
    const bench = new CentreBench();
    const zhang = await bench.settle('zhang');
    bench.parties.insurance.statements.turnDown(zhang.centre.settlementId, '违规收费，不予支付');
    const { lines } = ok(
      await bench.statements.compareLines({ ...office, totals: totalsOf([zhang]), lines: [lineOf(zhang)] }),
    );
    expect(lines).toMatchObject([{ result: 'institutionMore', memo: '违规收费，不予支付' }]);
  });

  test('a refused file, a broken archive and an envelope instead of a file are no answer', async () => {
    const bench = new CentreBench();
    const settled = [await bench.settle('zhang')];
    const question = { ...office, totals: totalsOf(settled), lines: settled.map(lineOf) };
    const { mischief } = bench.parties.wires.insurance;
    const answers: unknown[] = [];
    const bodies = ['PK no zip at all', '{"infcode":0,"output":{}}', '{"infcode":"-1","err_msg":"文件不存在或已过期"}'];
    for (const text of bodies) {
      const body = new TextEncoder().encode(text);
      mischief.answer(1, () => ({ status: 200, headers: {}, body }), { transaction: '9102' });
      answers.push((await bench.statements.compareLines(question)).outcome);
    }
    expect(answers).toEqual(['malformed', 'malformed', 'refused']);
    const wrong = { ...question, totals: { ...question.totals, count: 2 } };
    expect(await bench.statements.compareLines(wrong)).toMatchObject({ outcome: 'refused' });
  });

  test('nothing of the person stands in an error about a line', () => {
    const good = 'P1\tV1\tS1\tM1\t1\t0\t\t1.00\t0.50\t0.00';
    const text = `${good}\nP2\tV2\tS2\tM2\t1\t0\t\t1.0x\t0.50\t0.00\nP3\tV3\n\n${good.replace('\t0\t\t', '\t7\t\t')}\r\n`;
    const { lines, broken } = readComparedLines(text);
    expect(lines).toHaveLength(1);
    expect(broken).toEqual([
      { line: 2, why: 'amount 1 is not decimal' },
      { line: 3, why: '2 columns, not 10' },
      { line: 5, why: 'refd_setl_flag is neither 0 nor 1' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('P1');
  });

  test('a zip of another writer is read, one with two texts is refused', () => {
    const bytes = new TextEncoder().encode('a\tb');
    expect(unzipText(writeZip({ name: 'a.txt', bytes }))).toBe('a\tb');
    const { name, bytes: back } = readZip(zipSync({ 'b.txt': [bytes, { level: 9, mtime: '1980-01-01T00:00:00' }] }));
    expect([name, new TextDecoder().decode(back)]).toEqual(['b.txt', 'a\tb']);
    expect(() => unzipText(zipSync({ one: bytes, two: bytes }))).toThrow(FieldError);
  });
});
