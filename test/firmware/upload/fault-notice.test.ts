/** A silent insurance line: the authority is told in time and once, and at the end is proven what was delivered. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgeAlarms } from '../../../firmware/upload/age-alarms.ts';
import { BenchUploads, listRow } from './bench-uploads.ts';

let bench: BenchUploads;

beforeEach(async () => {
  bench = new BenchUploads();
  await bench.boot();
});

afterEach(() => bench.end());

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const stages = () => bench.messages.map((message) => message['stage']);

function lineDown(): void {
  bench.lineAnswers = false;
  bench.insurance.down = 'silent';
}

/** Many hours go by: fewer small questions. */
function slowly(): void {
  bench.end();
  bench = new BenchUploads({ quietMs: HOUR });
}

function lineUp(): void {
  bench.lineAnswers = true;
  bench.insurance.down = 'no';
}

test('[part of SZ-278] within a minute of the fault the authority has been told: what, since when, what still works, which plan', async () => {
  await bench.clock.pass(5 * MINUTE);
  const downMs = bench.clock.wallMs();
  lineDown();
  await bench.clock.pass(MINUTE);
  expect(bench.messages).toEqual([
    expect.objectContaining({
      ...{ stage: 'first', number: 1, what: 'insuranceLine', kioskId: 'K-1', institutionCode: 'H99000000001' },
      ...{ plan: 'insuranceLineDown', stillWorks: expect.arrayContaining(['billParking', 'staffedWindows']) },
    }),
  ]);
  const [first] = bench.messages;
  expect(Number(first?.['sinceMs'])).toBeLessThanOrEqual(downMs + 20 * SECOND);
  expect(Number(first?.['atMs']) - downMs).toBeLessThanOrEqual(MINUTE);
  expect(bench.audited('fault.begun')).toHaveLength(1);
});

test('a line that is away for less than the limit is nobody’s news', async () => {
  await bench.clock.pass(MINUTE);
  bench.line.missed(bench.clock.monotonicMs());
  lineDown();
  await bench.clock.pass(25 * SECOND);
  lineUp();
  await bench.clock.pass(10 * MINUTE);
  expect(bench.messages).toEqual([]);
  expect(bench.audited('fault.begun')).toEqual([]);
});

test('one lost call between answered ones is no fault', async () => {
  await bench.clock.pass(MINUTE);
  const sentMs = bench.clock.monotonicMs();
  await bench.clock.pass(5 * SECOND);
  bench.line.answered();
  await bench.clock.pass(5 * SECOND);
  bench.line.missed(sentMs);
  expect(bench.line.line.state).toBe('answers');
});

test('[SZ-284b] [Y2-10] first, follow-up and closing message; closed only when all that waited was delivered, with counts', async () => {
  await bench.add(listRow(1));
  await bench.clock.pass(MINUTE);
  lineDown();
  for (let number = 2; number <= 301; number += 1) {
    await bench.add(listRow(number));
    await bench.clock.pass((6 * HOUR) / 300);
  }
  expect(stages().slice(0, 3)).toEqual(['first', 'followUp', 'followUp']);
  expect(bench.messages.at(-1)).toMatchObject({ stage: 'followUp', waiting: expect.any(Number) });
  lineUp();
  await bench.clock.pass(5 * MINUTE);
  expect(stages().slice(-2)).toEqual(['answersAgain', 'closing']);
  const [again, closing] = bench.messages.slice(-2);
  // The row from before the fault had been delivered before it.
  expect(closing?.['delivered']).toMatchObject({ count: 300, heldForPerson: 0, within24h: true });
  expect(again?.['waiting']).toBeGreaterThanOrEqual(299);
  expect(bench.insurance.keys).toEqual(Array.from({ length: 301 }, (_, index) => `set_${index + 1} settlementList`));
  const [statement, ...more] = bench.audited('upload.delivered');
  expect(more).toEqual([]);
  expect(statement).toMatchObject({ fault: again?.['fault'], count: 300, held: 0, state: 'within24h' });
  expect(String(statement?.['digest'])).toMatch(/^[0-9a-f]{64}$/);
  expect(Number(statement?.['firstMs'])).toBeLessThanOrEqual(Number(statement?.['lastMs']));
  expect(bench.audit.verify()).toMatchObject({ ok: true });
});

test('every message of a fault reaches the authority once, whatever its own line loses or doubles', async () => {
  lineDown();
  bench.authority.fates.push('answerLost', 'doubled', 'unreachable', 'requestLost', 'late');
  await bench.clock.pass(2 * HOUR);
  lineUp();
  await bench.clock.pass(30 * MINUTE);
  const numbers = bench.messages.map((message) => message['number']);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(stages().filter((stage) => stage === 'first')).toHaveLength(1);
  expect(stages().at(-1)).toBe('closing');
});

test('a power cut in the middle of a fault makes no second first message, and the fault is still closed', async () => {
  lineDown();
  await bench.add(listRow(1));
  await bench.clock.pass(2 * MINUTE);
  for (let cut = 0; cut < 3; cut += 1) {
    await bench.boot();
    await bench.clock.pass(10 * MINUTE);
  }
  lineUp();
  await bench.boot();
  await bench.clock.pass(10 * MINUTE);
  expect(new Set(bench.messages.map((message) => message['fault'])).size).toBe(1);
  expect(stages().filter((stage) => stage === 'first')).toHaveLength(1);
  expect(stages().at(-1)).toBe('closing');
  expect(bench.insurance.keys).toEqual(['set_1 settlementList']);
});

test('a power cut at any transaction of the closing leaves one statement more rather than none', async () => {
  let cuts = 0;
  for (let at = 0; at < 14; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const cut = new BenchUploads();
      await cut.boot();
      cut.lineAnswers = false;
      cut.insurance.down = 'silent';
      await cut.add(listRow(1), listRow(2));
      await cut.clock.pass(2 * MINUTE);
      cut.lineAnswers = true;
      cut.insurance.down = 'no';
      cut.cut = { at: cut.commits + at, when };
      await cut.clock.pass(5 * MINUTE);
      if (!cut.hasPower) {
        cuts += 1;
        await cut.boot();
      }
      cut.cut = undefined;
      await cut.clock.pass(5 * MINUTE);
      const told = cut.messages.map((message) => message['stage']);
      expect(told.filter((stage) => stage === 'closing')).toHaveLength(1);
      expect(cut.audited('upload.delivered').length).toBeGreaterThanOrEqual(1);
      expect(cut.audited('upload.delivered')[0]).toMatchObject({ count: 2 });
      cut.end();
    }
  }
  expect(cuts).toBeGreaterThanOrEqual(10);
});

test('a line that stutters while it comes back is one fault; only a real silence is told', async () => {
  lineDown();
  await bench.add(listRow(1));
  await bench.clock.pass(2 * MINUTE);
  bench.lineAnswers = true;
  await bench.clock.pass(30 * SECOND);
  expect(stages()).toEqual(['first', 'answersAgain']);
  bench.lineAnswers = false;
  await bench.clock.pass(2 * MINUTE);
  expect(stages()).toEqual(['first', 'answersAgain', 'silentAgain']);
  lineUp();
  await bench.clock.pass(5 * MINUTE);
  expect(stages()).toEqual(['first', 'answersAgain', 'silentAgain', 'answersAgain', 'closing']);
  expect(new Set(bench.messages.map((message) => message['fault'])).size).toBe(1);
});

test('a second fault is a fault of its own', async () => {
  for (let fault = 0; fault < 2; fault += 1) {
    lineDown();
    await bench.clock.pass(5 * MINUTE);
    lineUp();
    await bench.clock.pass(5 * MINUTE);
  }
  expect(stages()).toEqual(['first', 'answersAgain', 'closing', 'first', 'answersAgain', 'closing']);
  expect(new Set(bench.messages.map((message) => message['fault'])).size).toBe(2);
});

test('[part of SZ-278] no way to the authority: staff get one task with the telephone number, and what they did is on record', async () => {
  bench.authority.down = 'unreachable';
  lineDown();
  await bench.clock.pass(3 * MINUTE);
  await bench.boot();
  await bench.clock.pass(3 * MINUTE);
  const tasks = [...bench.hospital.taken.values()].filter(({ kind }) => kind === 'staffTask');
  expect(tasks).toHaveLength(1);
  expect(JSON.parse(tasks[0]?.body ?? '')).toMatchObject({
    ...{ task: 'telephoneAuthority', phone: '000-12393', plan: 'insuranceLineDown', number: 'tsk_1' },
  });
  bench.uploads.telephoned('flt_1', 'E0042');
  expect(bench.audited('fault.telephoned')).toMatchObject([{ fault: 'flt_1', by: 'E0042' }]);
  // The message itself still goes when its way is there again.
  bench.authority.down = 'no';
  await bench.clock.pass(5 * MINUTE);
  expect(stages()[0]).toBe('first');
});

test('no authority in the site file is no silence: the task comes at once with the fault', async () => {
  const alone = new BenchUploads({ authority: false });
  await alone.boot();
  alone.lineAnswers = false;
  await alone.clock.pass(3 * MINUTE);
  expect([...alone.hospital.taken.values()].filter(({ kind }) => kind === 'staffTask')).toHaveLength(1);
  alone.end();
});

test('[SZ-284b] a drain that stays blocked raises a red alarm at 20 hours and at 24, each once, with its count', async () => {
  slowly();
  await bench.boot();
  bench.insurance.down = 'silent';
  await bench.add(listRow(1), listRow(2));
  await bench.clock.pass(20 * HOUR - MINUTE);
  expect(bench.alarms).toEqual([]);
  await bench.clock.pass(2 * MINUTE);
  expect(bench.alarms).toMatchObject([{ kind: 'insurance', state: 'red20h', count: 2 }]);
  expect(await bench.uploads.health()).toMatchObject({ waiting: 2, alarm: 'red20h' });
  await bench.clock.pass(8 * HOUR);
  expect(bench.alarms).toMatchObject([{ state: 'red20h' }, { state: 'red24h', count: 2 }]);
  expect(bench.audited('upload.overdue')).toMatchObject([
    { kind: 'insurance', count: 2, state: 'red20h' },
    { kind: 'insurance', count: 2, state: 'red24h' },
  ]);
});

test('the 24 hours of what waited for a silent line begin when it answers', () => {
  const alarms = new AgeAlarms({ traceLimitMs: HOUR });
  const lanes = [{ lane: 'insurance', waiting: 7, heldForPerson: 1, heldForContent: 0, oldestMs: 0 }] as const;
  const row = { id: 1, kind: 'settlementList', lane: 'insurance', key: 'k', madeMs: 0, attempts: 9 } as const;
  const rows = [{ ...row, refusals: 0, hold: undefined, lastError: undefined }];
  const at = (hours: number, silentLine: boolean, answersSinceMs?: number) =>
    alarms
      .look({ nowMs: hours * HOUR, lanes, rows, silentLine, answersSinceMs })
      .map(({ state, count }) => [state, count]);
  expect(at(30, true)).toEqual([]);
  expect(at(49, false, 30 * HOUR)).toEqual([]);
  expect(at(50, false, 30 * HOUR)).toEqual([['red20h', 8]]);
  expect(at(53.9, false, 30 * HOUR)).toEqual([]);
  expect(at(54, false, 30 * HOUR)).toEqual([['red24h', 8]]);
  // Over once, it can come again.
  expect(at(55, true, 30 * HOUR)).toEqual([]);
  expect(at(56, false, 30 * HOUR)).toHaveLength(2);
});

test('[part of SZ-273] settled medicine whose codes have not come within the limit raises an alarm; with them it goes', async () => {
  slowly();
  await bench.boot();
  await bench.add(listRow(1, { kind: 'traceCodes', key: 'set_1 traceCodes 1', hold: 'content' }));
  await bench.clock.pass(23 * HOUR);
  expect(bench.insurance.keys).toEqual([]);
  expect(bench.alarms).toEqual([]);
  await bench.clock.pass(2 * HOUR);
  expect(bench.alarms).toMatchObject([{ kind: 'traceCodes', state: 'overLimit', upload: 'set_1 traceCodes 1' }]);
  expect(bench.audited('trace.overdue')).toHaveLength(1);
  await bench.uploads.complete('set_1 traceCodes 1', { traceCodes: ['81000000000000000001'] });
  await bench.clock.pass(MINUTE);
  expect(bench.insurance.keys).toEqual(['set_1 traceCodes 1']);
  expect(await bench.outbox.tally('traceCodes')).toEqual({ rows: 1, acked: 1, heldForPerson: 0, heldForContent: 0 });
});
