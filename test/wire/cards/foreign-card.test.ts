/** A card emulator that was not written here, through the real pcscd, against our reader code. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { parseAtr } from '../../../drivers/card-reader/atr.ts';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { PivToken } from '../../../drivers/person-token/piv-token.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { GOLDEN_CARD } from '../../drivers/card-reader/golden-card.ts';
import { REAL_READER, type RealPcscd, realPcscdMissing, startRealPcscd } from './real-pcscd.ts';
import { programMissing, until, within } from './wire-bench.ts';

/** Debian's Python, whatever else is first on the PATH: the emulator is a Debian package. */
const PYTHON = '/usr/bin/python3';
const PATIENT = { timeoutMs: 20_000 } as const;

function emulatorMissing(): string | undefined {
  const missing =
    programMissing('/usr/bin/vicc', 'vsmartcard-vpicc') ??
    programMissing('/usr/lib/python3/dist-packages/Cryptodome', 'python3-pycryptodome');
  return missing ?? (existsSync(PYTHON) ? undefined : `${PYTHON} is missing: apt-get install python3`);
}

const missing = realPcscdMissing() ?? emulatorMissing();
let pcscd: RealPcscd | undefined;
beforeAll(async () => {
  if (!missing) pcscd = await startRealPcscd();
}, 30_000);
afterAll(() => pcscd?.close());

/** The records of the golden card, as the emulator's files take them. */
function recordsOf(tags: readonly string[]): string[] {
  return Object.entries(GOLDEN_CARD)
    .filter(([command]) => tags.some((tag) => command.startsWith(`00B2 ${tag} `)))
    .filter(([, answer]) => answer.endsWith('9000'))
    .map(([, answer]) => answer.replaceAll(' ', '').slice(0, -4));
}

interface ForeignCard {
  /** Pulls it out: the emulator is ended. */
  pull(): void;
}

async function insertForeignCard(changes: Readonly<Record<string, readonly string[]>> = {}): Promise<ForeignCard> {
  if (!pcscd) throw new Error('pcscd does not run');
  const { socketPath, vpcdPort } = pcscd;
  const look = await openPcscdSlot(REAL_READER, { socketPath }, systemClock, within(10_000));
  await until(look, 'notPresent');
  const script = new URL('./foreign-card.py', import.meta.url).pathname;
  const emulator = spawn(PYTHON, [script], { stdio: ['pipe', 'ignore', 'inherit'] });
  onTestFinished(() => void emulator.kill('SIGKILL'));
  const records = {
    EF05: recordsOf(['01', '03', '06', '07']),
    EF06: recordsOf(['08', '09', '0A', '0D']),
    ...changes,
  };
  emulator.stdin.end(JSON.stringify({ port: vpcdPort, records }));
  await until(look, 'present');
  await look.close();
  return { pull: () => void emulator.kill('SIGKILL') };
}

async function kioskReader() {
  if (!pcscd) throw new Error('pcscd does not run');
  const bus = createDeviceBus({ clock: systemClock, pcscdSocketPath: pcscd.socketPath });
  const address = `pcscd:${REAL_READER}`;
  const reader = new ChipCardReader({ id: 'card-reader', address, bus, clock: systemClock });
  onTestFinished(() => reader.close());
  const told: string[] = [];
  const waiting = new Map<string, () => void>();
  reader.onCardEvent(({ event }) => {
    told.push(event);
    waiting.get(event)?.();
  });
  const hears = (event: string): Promise<void> =>
    told.includes(event) ? Promise.resolve() : new Promise((resolve) => waiting.set(event, resolve));
  return { reader, bus, address, hears };
}

describe('vsmartcard’s emulator through the real pcscd', () => {
  test('a social-security card on its file system is read, record by record', async (ctx) => {
    if (missing) return ctx.skip(missing);
    await insertForeignCard();
    const { reader, hears } = await kioskReader();
    await hears('mediaInserted');
    const read = await reader.readSocialSecurityCard(PATIENT);
    if (!read.done) throw new Error(`${read.fault}: ${read.detail}`);
    expect(read.value.socialSecurityNumber.reveal()).toBe('990000196103170018');
    expect(read.value.name.reveal()).toBe('张演䶮');
    expect(read.value.cardId.reveal()).toBe('990000D1560000050000000000000042');
    expect([read.value.specificationVersion, read.value.validUntil]).toEqual(['2.00', '20340104']);
  }, 60_000);

  test('a card of version 3 asks for an authentication that this kiosk has not, also when it is not ours', async (ctx) => {
    if (missing) return ctx.skip(missing);
    const EF05 = recordsOf(['01', '03', '06', '07']).map((record) => record.replace('0304322E3030', '0304332E3030'));
    await insertForeignCard({ EF05 });
    const { reader, hears } = await kioskReader();
    await hears('mediaInserted');
    expect(await reader.readSocialSecurityCard(PATIENT)).toMatchObject({ done: false, fault: 'securityFail' });
  }, 60_000);

  test('records that lie about their length are invalidMedia, and a card pulled out is told', async (ctx) => {
    if (missing) return ctx.skip(missing);
    const card = await insertForeignCard({ EF06: ['0813393930303030313936313033313730303138'] });
    const { reader, hears } = await kioskReader();
    await hears('mediaInserted');
    expect(await reader.readSocialSecurityCard(PATIENT)).toMatchObject({ done: false, fault: 'invalidMedia' });
    card.pull();
    await hears('mediaRemoved');
    expect(reader.media).toBe('notPresent');
  }, 60_000);

  test('it is no staff card, and says so by its own words', async (ctx) => {
    if (missing) return ctx.skip(missing);
    await insertForeignCard();
    const { bus, address } = await kioskReader();
    const token = new PivToken({ id: 'staff-token', address, bus, clock: systemClock });
    onTestFinished(() => token.close());
    await new Promise<void>((resolve) => token.onTokenEvent(() => resolve()));
    expect(await token.readCertificate(PATIENT)).toMatchObject({
      done: false,
      fault: 'invalidMedia',
      detail: 'no PIV card: 6A82 (no such file)',
    });
  }, 60_000);

  test('the answer to reset that it makes up is understood: T=1 and its card capabilities', async (ctx) => {
    if (missing) return ctx.skip(missing);
    await insertForeignCard();
    if (!pcscd) return;
    const slot = await openPcscdSlot(REAL_READER, { socketPath: pcscd.socketPath }, systemClock, within(10_000));
    const media = slot.media();
    await slot.close();
    const answer = media.kind === 'present' ? parseAtr(media.atr) : undefined;
    expect(answer).toMatchObject({ protocols: [1, 1], contactless: false });
    // ISO 7816-4, 8.1.1: category 80, then a COMPACT-TLV 7x, the card capabilities.
    expect(answer && [answer.historical[0], (answer.historical[1] ?? 0) >> 4]).toEqual([0x80, 0x07]);
  }, 60_000);
});
