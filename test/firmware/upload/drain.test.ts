/** The drain against receivers and lines that misbehave: nothing lost, nothing twice in effect, order kept. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BenchUploads, endedRow, listRow } from './bench-uploads.ts';
import type { Fate } from './model-receiver.ts';

let bench: BenchUploads;

beforeEach(async () => {
  bench = new BenchUploads();
  await bench.boot();
});

afterEach(() => bench.end());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const rows = (count: number) => Array.from({ length: count }, (_, index) => listRow(index + 1));
const keysOf = (count: number) => rows(count).map(({ key }) => key);

async function nothingWaits(): Promise<boolean> {
  return (await bench.outbox.state()).every(({ waiting }) => waiting === 0);
}

test('[part of Z-9.2.3] [part of Y4-27] what a settlement tells arrives within seconds when the line is up, and the lag is a figure', async () => {
  await bench.add(listRow(1), endedRow(1), { kind: 'settledTotals', key: 'set_1 totals', body: '{"totalFen":30000}' });
  await bench.clock.pass(1_000);
  expect(bench.insurance.keys).toEqual(['set_1 settlementList']);
  expect(bench.hospital.keys).toEqual(['set_1 ended', 'set_1 totals']);
  const { lagMs } = await bench.uploads.state();
  expect(lagMs.worst).toBeLessThan(5_000);
});

const fates: readonly Fate[] = ['requestLost', 'answerLost', 'doubled', 'late', 'unreachable', 'throws'];

test.each(fates)(
  'every row reaches its receiver exactly once in effect and in order, with a call %s at each row',
  async (fate) => {
    for (let place = 0; place < 4; place += 1) {
      const first = place * 4 + 1;
      bench.insurance.fates.push(...Array<Fate>(place).fill('ok'), fate);
      await bench.add(...[0, 1, 2, 3].map((index) => listRow(first + index)));
      await bench.clock.pass(15 * MINUTE);
    }
    expect(bench.insurance.keys).toEqual(keysOf(16));
    expect(await nothingWaits()).toBe(true);
  },
);

test('wherever the power is cut between sending and acknowledging, the same key goes again and counts once', async () => {
  // Each cut falls at another transaction of the drain, before or after it is on the disk.
  let cuts = 0;
  for (let at = 1; at <= 12; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const cut = new BenchUploads();
      await cut.boot();
      await cut.add(...rows(3), endedRow(1), endedRow(2));
      cut.insurance.fates.push('ok', 'answerLost');
      cut.cut = { at: cut.commits + at - 1, when };
      await cut.clock.pass(MINUTE);
      if (!cut.hasPower) {
        cuts += 1;
        await cut.boot();
      }
      cut.cut = undefined;
      await cut.clock.pass(5 * MINUTE);
      expect(cut.insurance.keys).toEqual(keysOf(3));
      expect(cut.hospital.keys).toEqual(['set_1 ended', 'set_2 ended']);
      expect((await cut.outbox.state()).every(({ waiting }) => waiting === 0)).toBe(true);
      cut.end();
    }
  }
  expect(cuts).toBeGreaterThanOrEqual(10);
});

test('a row that was sent and not acknowledged before a cut is sent again, with the same person and the same time', async () => {
  await bench.add(listRow(1));
  bench.cut = { at: bench.commits, when: 'before' };
  await bench.clock.pass(MINUTE);
  expect(bench.hasPower).toBe(false);
  const [first] = bench.insurance.taken.values();
  bench.insurance.taken.clear();
  await bench.boot();
  await bench.clock.pass(MINUTE);
  const [second] = bench.insurance.taken.values();
  expect(bench.insurance.arrivals).toEqual(['set_1 settlementList', 'set_1 settlementList']);
  expect(second?.madeMs).toBe(first?.madeMs);
  expect(second?.person?.reveal()).toContain('测试甲');
});

test('[part of SZ-284b] six hours down, three hundred bills: then everything goes, in order, once', async () => {
  bench.insurance.down = 'silent';
  for (let number = 1; number <= 300; number += 1) {
    await bench.add(listRow(number));
    await bench.clock.pass((6 * HOUR) / 300);
  }
  expect(bench.insurance.keys).toEqual([]);
  bench.insurance.down = 'no';
  await bench.clock.pass(2 * MINUTE);
  expect(bench.insurance.keys).toEqual(keysOf(300));
  expect(bench.insurance.arrivals).toHaveLength(300);
  expect(await nothingWaits()).toBe(true);
});

test('pauses grow to a minute and not beyond: a line that is down is not hammered and not forgotten', async () => {
  bench.insurance.down = 'unreachable';
  await bench.add(listRow(1));
  await bench.clock.pass(HOUR);
  const [row] = await bench.outbox.waiting(1);
  expect(row?.attempts).toBeGreaterThan(59);
  expect(row?.attempts).toBeLessThan(70);
});

test('a refused row lets the others pass, and after five refusals it is a case for a person', async () => {
  bench.insurance.refusals.set('set_1 settlementList', { reason: 'a field is missing' });
  await bench.add(...rows(3));
  await bench.clock.pass(500);
  expect(bench.insurance.keys).toEqual(keysOf(3).slice(1));
  await bench.clock.pass(10 * MINUTE);
  expect(bench.insurance.arrivals.filter((key) => key === 'set_1 settlementList')).toHaveLength(5);
  expect(await bench.outbox.row('set_1 settlementList')).toMatchObject({ hold: 'person', refusals: 5, acked: false });
  expect(bench.audited('upload.held')).toMatchObject([{ upload: 'set_1 settlementList', kind: 'settlementList' }]);
});

test('[SZ-249] [Y3-8] a list that fails its check goes to a person at once; put right, it is sent and its time is kept', async () => {
  bench.insurance.refusals.set('set_1 settlementList', { reason: 'noDiagnosis', hopeless: true });
  await bench.add(listRow(1));
  await bench.clock.pass(10 * MINUTE);
  expect(bench.insurance.arrivals).toHaveLength(1);
  const [held] = (await bench.uploads.state()).rows;
  expect(held).toMatchObject({ hold: 'person', lastError: 'noDiagnosis' });
  bench.insurance.refusals.clear();
  expect(await bench.uploads.complete('set_1 settlementList', { diagnoses: ['I10.x00'] })).toBe(true);
  await bench.clock.pass(1_000);
  const [sent] = bench.insurance.taken.values();
  expect(JSON.parse(sent?.person?.reveal() ?? '')).toMatchObject({ name: '测试甲', diagnoses: ['I10.x00'] });
  expect(sent?.madeMs).toBe(held?.madeMs);
});

test('a row that a person lets go once more is tried anew', async () => {
  bench.insurance.refusals.set('set_1 settlementList', { reason: 'no', hopeless: true });
  await bench.add(listRow(1));
  await bench.clock.pass(MINUTE);
  bench.insurance.refusals.clear();
  expect(await bench.uploads.retry('set_1 settlementList')).toBe(true);
  await bench.clock.pass(MINUTE);
  expect(bench.insurance.keys).toEqual(['set_1 settlementList']);
  expect(await bench.uploads.retry('set_1 settlementList')).toBe(false);
});

test('a row at which the receiver falls silent does not hold up the rest, and is never dropped', async () => {
  bench.insurance.poison.add('set_1 settlementList');
  await bench.add(...rows(3));
  await bench.clock.pass(MINUTE);
  expect(bench.insurance.keys).toEqual(keysOf(3).slice(1));
  await bench.clock.pass(HOUR);
  expect(await bench.outbox.row('set_1 settlementList')).toMatchObject({ hold: undefined, refusals: 0, acked: false });
  bench.insurance.poison.clear();
  await bench.clock.pass(2 * MINUTE);
  expect(bench.insurance.keys).toContain('set_1 settlementList');
});

test('one lane that is down does not hold up another', async () => {
  bench.insurance.down = 'silent';
  await bench.add(listRow(1), endedRow(1));
  await bench.clock.pass(1_000);
  expect(bench.hospital.keys).toEqual(['set_1 ended']);
  expect(bench.insurance.keys).toEqual([]);
});

test('before money moves the mirror goes out, but nobody waits longer than the limit for it', async () => {
  const mirror = (number: number) => ({ kind: 'intentMirror', key: `set_${number} intent`, body: '{}' }) as const;
  await bench.outbox.add([mirror(1)]);
  await bench.uploads.flush('hospital', 300);
  expect(bench.hospital.keys).toEqual(['set_1 intent']);
  bench.hospital.fates.push('late');
  await bench.outbox.add([mirror(2)]);
  let waited = false;
  const waiting = bench.uploads.flush('hospital', 300).then(() => {
    waited = true;
  });
  await bench.clock.pass(299);
  expect(waited).toBe(false);
  await bench.clock.pass(1);
  await waiting;
  expect(waited).toBe(true);
});

test('a receiver’s words are masked before they are kept: no name, no number of the person', async () => {
  bench.insurance.refusals.set('set_1 settlementList', {
    reason: '测试甲 990000199001010017 已上传 账户 6222020200112233',
  });
  await bench.add(listRow(1));
  await bench.clock.pass(MINUTE);
  const kept = (await bench.outbox.row('set_1 settlementList'))?.lastError ?? '';
  expect(kept).toContain('已上传');
  const disk = ['', '-wal'].map((end) => readFileSync(bench.file + end).toString('latin1')).join('');
  for (const secret of ['测试甲', '990000199001010017', '6222020200112233']) {
    expect(kept).not.toContain(secret);
    expect(disk).not.toContain(Buffer.from(secret).toString('latin1'));
  }
});

test('a ledger that stopped stops the drain and says so once', async () => {
  await bench.add(listRow(1));
  bench.diskGone = true;
  await bench.clock.pass(10 * MINUTE);
  expect(bench.stopped.map(({ name }) => name)).toEqual(['LedgerStoppedError']);
  expect(bench.insurance.arrivals).toHaveLength(1);
});

test('what was delivered keeps its sealed part for its time only, and stays in the book', async () => {
  const short = new BenchUploads({ rules: { keepSealedMs: 2 * HOUR }, quietMs: 24 * HOUR });
  await short.boot();
  await short.add(listRow(1));
  await short.clock.pass(HOUR);
  expect(short.audited('upload.shredded')).toEqual([]);
  await short.clock.pass(3 * HOUR);
  expect(short.audited('upload.shredded')).toMatchObject([{ count: 1 }]);
  expect(await short.outbox.row('set_1 settlementList')).toMatchObject({ acked: true });
  short.end();
});

test('a kiosk with nothing to send costs the disk no flush', async () => {
  await bench.clock.pass(MINUTE);
  const { commits } = bench;
  await bench.clock.pass(3 * HOUR);
  expect(bench.commits).toBe(commits);
});
