/**
 * Production's door on a data folder whose journal can't be used: the process stays, the screen says so, and nothing
 * starts again and again. Real thread, real files; no party is there to be asked.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RunningKiosk, runKiosk } from '../../firmware/main.ts';
import { outOfService } from '../../firmware/out-of-service.ts';
import { BrokerFailure } from '../../firmware/ports.ts';
import { type ReasonId, reasons } from '../../firmware/reasons.ts';
import { demoRulePackBytes } from '../../hardware-sim/parties/catalogue/rule-pack.ts';
import { createTestAuthority, seedPack } from '../../provisioning/test-authority.ts';
import { config, profileBytes } from './kiosk-fixture.ts';

let folder = '';
let running: RunningKiosk | undefined;
let restarts: string[] = [];
let told: string[] = [];
const authority = createTestAuthority();
const database = () => join(folder, 'kiosk.db');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-out-'));
  restarts = [];
  told = [];
  seedPack(join(folder, 'packs', 'region'), profileBytes('national'), authority, '2026-01-01T00:00:00+08:00');
  seedPack(join(folder, 'packs', 'rules'), demoRulePackBytes(), authority, '2026-01-01T00:00:00+08:00', 'rules');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
});

afterEach(async () => {
  await stop();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningKiosk> {
  running = await runKiosk({
    ...{ config, dataFolder: folder, trust: authority.trust, pageFolder: folder },
    broker: { connect: () => Promise.reject(new BrokerFailure('notSent', 'connection refused')) },
    onMustRestart: (why) => restarts.push(why),
  });
  return running;
}

async function stop(): Promise<void> {
  const kiosk = running;
  running = undefined;
  await kiosk?.stop();
}

/** A kiosk that has served once, so that there is a journal. */
async function servedOnce(): Promise<void> {
  const { kiosk } = await start();
  await kiosk?.settlements.open();
  await vi.waitFor(() => expect(existsSync(join(folder, 'kiosk.db.was-here'))).toBe(true));
  await stop();
}

async function expectOut(reason: ReasonId): Promise<void> {
  const { screen, screenUrl } = await start();
  await vi.waitFor(
    () => expect(screen.current?.body).toEqual({ name: 'S-OUT', reason, staffCode: reasons[reason].staffCode }),
    { timeout: 20_000 },
  );
  expect(screen.current?.help.window).toBe(config.hospital.helpWindow);
  expect((await fetch(screenUrl)).status).toBe(200);
  expect(restarts).toEqual([]);
  expect(told.join('')).toContain(reasons[reason].staffCode);
}

test('a journal that was deleted is not begun anew without a word', async () => {
  await servedOnce();
  for (const end of ['', '-wal', '-shm']) rmSync(`${database()}${end}`, { force: true });
  await expectOut('journalMissing');
  expect(existsSync(database())).toBe(false);
});

test('a journal that was emptied is not begun anew without a word', async () => {
  await servedOnce();
  writeFileSync(database(), '');
  await expectOut('journalMissing');
});

test('the database of another program in the journal’s place: out of service', async () => {
  await servedOnce();
  rmSync(database());
  const other = new DatabaseSync(database());
  other.exec('CREATE TABLE people(name TEXT); PRAGMA user_version = 1');
  other.close();
  await expectOut('journalMissing');
});

test('a damaged database: out of service, and the file stays as it is', async () => {
  await servedOnce();
  const damaged = readFileSync(database()).fill(0x41, 4_096, 8_192);
  writeFileSync(database(), damaged);
  await expectOut('journalDamaged');
  await stop();
  expect(readFileSync(database()).equals(damaged)).toBe(true);
});

test('a journal of a newer edition: out of service, found by the ledger’s own thread', async () => {
  await servedOnce();
  const newer = new DatabaseSync(database());
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  await expectOut('journalTooNew');
});

test('with a sound journal the same folder serves again', async () => {
  await servedOnce();
  const { kiosk, screen } = await start();
  await expect(kiosk?.settlements.open()).resolves.toEqual([]);
  await vi.waitFor(() => expect(screen.current?.body).toMatchObject({ name: 'S-HOME' }), { timeout: 20_000 });
  expect(told.join('')).not.toContain('out of service');
});

test('a full disk is tried again every minute; a damaged journal waits for a person; anything else restarts at once', () => {
  const error = (name: string, message: string): Error => Object.assign(new Error(message), { name });
  expect(outOfService(error('LedgerStoppedError', 'The ledger stopped: database or disk is full.'))).toMatchObject({
    ...{ reason: 'diskTrouble', againAfterMs: 60_000 },
  });
  expect(outOfService(error('StoreUnsoundError', 'The database cannot be used: disk I/O error'))).toMatchObject({
    reason: 'diskTrouble',
  });
  expect(outOfService(error('JournalDamagedError', 'The journal is damaged at entry 3.'))).toMatchObject({
    ...{ reason: 'journalDamaged', againAfterMs: undefined },
  });
  expect(outOfService(error('LedgerStoppedError', 'The ledger stopped: its worker ended.'))).toBeUndefined();
  expect(outOfService(error('TypeError', 'x is not a function'))).toBeUndefined();
});
