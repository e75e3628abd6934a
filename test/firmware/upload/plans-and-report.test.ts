/** Contingency plans with their drill, and what a data folder says about its uploads. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contingencyPlans, drillPlan, type PlanName } from '../../../firmware/upload/contingency-plans.ts';
import { uploadsReport } from '../../../firmware/upload/uploads-report.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { BenchUploads, listRow } from './bench-uploads.ts';

let bench: BenchUploads;

beforeEach(async () => {
  bench = new BenchUploads();
  await bench.boot();
});

afterEach(() => bench.end());

function report() {
  const store = openSqliteStore(bench.file);
  try {
    const found = uploadsReport(store, bench.clock, 100);
    if (!found) throw new Error('another edition');
    return found;
  } finally {
    store.close();
  }
}

describe('the plans', () => {
  test('[part of Z-10.2.2] there is one for each kind of fault and for a suspended agreement, in both languages, with who does what', () => {
    const names: readonly PlanName[] = [
      ...(['insuranceLineDown', 'hospitalLineDown', 'paymentDown', 'agreementSuspended', 'powerOrMachine'] as const),
    ];
    expect(Object.keys(contingencyPlans).sort()).toEqual([...names].sort());
    for (const { steps } of Object.values(contingencyPlans)) {
      expect(steps.length).toBeGreaterThanOrEqual(3);
      expect(steps.filter(({ zh, en }) => zh.length < 5 || en.length < 10)).toEqual([]);
      expect(new Set(steps.map(({ who }) => who)).size).toBeGreaterThanOrEqual(2);
    }
  });

  test('[part of Y3-18c] a drill leaves a report with every step and message, and touches nothing real', async () => {
    const before = JSON.stringify([await bench.outbox.state(), await bench.outbox.head(), bench.commits]);
    const drill = drillPlan('insuranceLineDown', {
      kioskId: 'K-1',
      institutionCode: 'H1',
      nowMs: bench.clock.wallMs(),
    });
    expect(drill.steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(drill.messages.map((message) => [message['stage'], message['drill']])).toEqual([
      ['first', true],
      ['followUp', true],
      ['answersAgain', true],
      ['closing', true],
    ]);
    await bench.clock.pass(120_000);
    expect(JSON.stringify([await bench.outbox.state(), await bench.outbox.head(), bench.commits])).toBe(before);
    expect(bench.messages).toEqual([]);
  });
});

describe('the report', () => {
  test('says what waits, how old it is and why, without a word about the person', async () => {
    bench.insurance.refusals.set('set_1 settlementList', { reason: 'noDiagnosis', hopeless: true });
    await bench.add(listRow(1));
    await bench.clock.pass(3_600_000);
    const { rows, lanes, trouble, auditHolds } = report();
    expect(rows).toMatchObject([
      { key: 'set_1 settlementList', hold: 'person', lastError: 'noDiagnosis', ageMs: 3_600_000 },
    ]);
    expect(lanes.find(({ lane }) => lane === 'insurance')).toMatchObject({ waiting: 0, heldForPerson: 1 });
    expect([trouble, auditHolds]).toEqual([true, true]);
    expect(JSON.stringify(rows)).not.toMatch(/测试甲|990000199001010017/);
  });

  test('[part of SZ-284b] holds the statement of a fault; an altered statement shows', async () => {
    bench.lineAnswers = false;
    bench.insurance.down = 'silent';
    await bench.add(listRow(1), listRow(2));
    await bench.clock.pass(120_000);
    bench.lineAnswers = true;
    bench.insurance.down = 'no';
    await bench.clock.pass(120_000);
    expect(report()).toMatchObject({
      delivered: [{ count: 2, held: 0, state: 'within24h', digest: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      ...{ auditHolds: true, trouble: false },
    });
    const store = openSqliteStore(bench.file);
    store.run(`UPDATE audit SET fields = replace(fields, '"count":2', '"count":3') WHERE event = 'upload.delivered'`);
    store.close();
    expect(report()).toMatchObject({ auditHolds: false, trouble: true });
  });
});
