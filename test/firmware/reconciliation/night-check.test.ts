/** The night’s reading of journal and outbox: all as written, or people are told where it is not. */
import { expect, test } from 'vitest';
import { AuditTrail } from '../../../firmware/audit/audit-trail.ts';
import { outboxNotices } from '../../../firmware/journeys/notices.ts';
import { nightCheck } from '../../../firmware/reconciliation/night-check.ts';
import { startNightShift } from '../../../firmware/reconciliation/night-shift.ts';
import { checkBooks } from '../../../firmware/settlement/night-check.ts';
import { SqlOutbox } from '../../../firmware/settlement/outbox.ts';
import { Seal } from '../../../firmware/settlement/seal.ts';
import { MoneyBench } from './money-bench.ts';

const deviceKey = new Uint8Array(32).fill(7);
const seal = new Seal(deviceKey);

/** A kiosk on its shift, whose notices go to its own outbox as in production. */
function onShift(bench: MoneyBench) {
  const audit = new AuditTrail(bench.store, bench.clock);
  const outbox = new SqlOutbox(bench.store, seal);
  const notices = outboxNotices({
    ledger: { outbox: async ({ args }) => outbox.add(args[0] as Parameters<SqlOutbox['add']>[0], 0) },
    onTold: () => undefined,
    onStopped: (error) => expect.fail(error.message),
  });
  const { store, clock } = bench;
  const shift = startNightShift({
    ...{ reconciliation: bench.reconciliation, clock, busy: () => false, spreadMs: 0 },
    check: nightCheck({ store, sealingKey: deviceKey, clock, audit, notices }),
    // The comparison itself breaks off at a damaged journal.
    onThrew: () => undefined,
  });
  const said = (): readonly string[] =>
    audit.entries().flatMap(({ event }) => (event.startsWith('journal.') ? [event] : []));
  const told = (): readonly string[] =>
    store
      .all("SELECT key FROM outbox WHERE kind IN ('staffTask', 'authorityAlarm') ORDER BY id")
      .map((row) => String(row['key']));
  return { shift, said, told };
}

async function afterTwoVisits() {
  const bench = new MoneyBench({ deviceKey });
  await bench.visit('zhang');
  await bench.visit('li');
  return bench;
}

test('every night the whole journal and the outbox are read once more, and it says so', async () => {
  const bench = await afterTwoVisits();
  const { shift, said, told } = onShift(bench);
  await bench.until('23:59:00');
  await bench.until('02:00:00');
  await bench.until('23:59:00');
  await bench.until('02:00:00');
  expect(said().length).toBeGreaterThanOrEqual(2);
  expect(new Set(said())).toEqual(new Set(['journal.checked']));
  expect(told()).toEqual([]);
  shift.stop();
});

test.each([
  ['one amount of an old entry', "UPDATE journal SET body = replace(body, '2026', '2025') WHERE seq = 3", 'journal'],
  ['an entry in the middle', 'DELETE FROM journal WHERE seq = 5', 'journal'],
  ['the end', 'DELETE FROM journal WHERE seq > (SELECT max(seq) - 2 FROM journal)', 'journal'],
  ['a settlement’s own line', 'UPDATE saga SET last = first WHERE rowid = 1', 'journal'],
  ['what a row says', "UPDATE outbox SET body = 'x' WHERE id = 2", 'outbox'],
  ['where a row goes', "UPDATE outbox SET lane = 'invoice' WHERE kind = 'settlementEnded'", 'outbox'],
  ['a sealed row', 'UPDATE outbox SET sealed = zeroblob(60) WHERE sealed IS NOT NULL', 'outbox'],
])('%s that was changed is found in the night and told once, with its place', async (_what, sql, where) => {
  const bench = await afterTwoVisits();
  const body = (bench.store.get('SELECT body FROM journal WHERE seq = 3')?.['body'] ?? '') as string;
  bench.store.exec(sql.replace("'2026', '2025'", `'${body.slice(2, 8)}', 'xxxxxx'`));
  if (
    sql.includes('sealed IS NOT NULL') &&
    !bench.store.get('SELECT 1 AS is_there FROM outbox WHERE length(sealed) = 60')
  ) {
    new SqlOutbox(bench.store, new Seal(new Uint8Array(32).fill(9))).add(
      [{ kind: 'settlementList', key: 'set_x settlementList', body: '{}', person: '{}' }],
      0,
    );
  }
  const { shift, said, told } = onShift(bench);
  await bench.until('23:59:00');
  await bench.until('02:00:00');
  await bench.until('23:59:00');
  await bench.until('02:00:00');
  expect(said()).toContain('journal.damaged');
  expect(said()).not.toContain('journal.checked');
  expect(told()).toHaveLength(2);
  expect(told()[0]).toMatch(new RegExp(`^chk_${where}_\\d+ journalDamaged$`));
  shift.stop();
});

test('settlements go on while it reads, and what they write meanwhile is no damage', async () => {
  const bench = await afterTwoVisits();
  let pauses = 0;
  const visits: Promise<unknown>[] = [];
  const verdict = checkBooks(bench.store, seal, async () => {
    pauses += 1;
    if (pauses === 1) visits.push(bench.visit('sun'));
    await Promise.all(visits);
  });
  expect(await verdict).toMatchObject({ ok: true });
  expect(await checkBooks(bench.store, seal, async () => undefined)).toMatchObject({ ok: true });
});
