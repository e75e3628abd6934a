/**
 * A social-security card read over a line that something happens to at one byte after the other.
 *
 * One promise: every walk ends with the card or a word, and the line is mended and tried in between.
 */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { CardRefusal } from '../../../drivers/card-reader/apdu.ts';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { readSocialSecurityCard } from '../../../drivers/card-reader/social-security-card.ts';
import { openTcpCardSlot } from '../../../drivers/card-reader/tcp-card-transport.ts';
import { CardGoneError, type CardSlot, LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { openTcpCardDoor } from '../../../hardware-sim/devices/tcp-card-door.ts';
import { BENDS, type Bend, BentLine, type Way } from '../../support/bent-line.ts';
import { daemonWith, newSlot, READER } from './wire-bench.ts';

const { yan } = RARE_NAME_HOLDERS;
/** By command only: the whole table takes a quarter of an hour, beside whatever else the machine does. */
const EVERY_BYTE = process.env['YIZHAN_EVERY_BYTE'] === '1';
/** Long enough for a read on a busy machine; a hung line costs all of it. ms */
const PATIENCE_MS = EVERY_BYTE ? 60_000 : 4_000;
const HUNG_PATIENCE_MS = 150;
/** Benches side by side; those that wait for a deadline cost no work meanwhile. */
const AT_ONCE: Readonly<Record<Bend, number>> = { pulled: 6, slow: 6, hung: 40, noisy: 24, doubled: 24 };
/** After every so many of them the line is mended and the card read again. */
const MENDED_EVERY = 8;
export const LONG = EVERY_BYTE ? 1_800_000 : 300_000;

type Open = (signal: AbortSignal) => Promise<CardSlot>;
interface Bench {
  readonly line: BentLine;
  readonly open: Open;
}

export async function tcpBench(): Promise<Bench> {
  const slot = newSlot();
  slot.insert(issueCard(yan));
  const door = await openTcpCardDoor(slot);
  const line = await BentLine.open(0, door.port);
  onTestFinished(async () => {
    await line.close();
    await door.close();
  });
  return { line, open: (signal) => openTcpCardSlot('127.0.0.1', line.port, signal) };
}

export async function socketBench(): Promise<Bench> {
  const slot = newSlot();
  slot.insert(issueCard(yan));
  const { socketPath } = await daemonWith(slot);
  const bent = join(socketPath, '..', 'bent.comm');
  const line = await BentLine.open(bent, socketPath);
  onTestFinished(() => line.close());
  return { line, open: (signal) => openPcscdSlot(READER, { socketPath: bent }, systemClock, signal) };
}

/** One whole walk: open, power, read, let go. Ends with the card's number, a fault word or the name of an error. */
async function walk(open: Open, patienceMs: number): Promise<string> {
  const signal = AbortSignal.timeout(patienceMs);
  let slot: CardSlot | undefined;
  try {
    slot = await open(signal);
    const chip = await slot.connect(signal);
    const read = await readSocialSecurityCard(chip, { signal });
    return read.done ? read.value.socialSecurityNumber.reveal() : read.fault;
  } catch (error) {
    if (error instanceof LinkLostError || error instanceof CardGoneError || error instanceof CardRefusal) {
      return error.name;
    }
    if (signal.aborted && error === signal.reason) return 'deadline';
    throw error;
  } finally {
    await slot?.close();
  }
}

const WORDS: Readonly<Record<Bend, readonly string[]>> = {
  pulled: ['LinkLostError', 'CardGoneError', yan.identityNumber],
  hung: ['deadline', yan.identityNumber],
  noisy: [
    'LinkLostError',
    'CardGoneError',
    'CardRefusal',
    'invalidMedia',
    'securityFail',
    'deadline',
    yan.identityNumber,
  ],
  slow: [yan.identityNumber],
  doubled: [
    'LinkLostError',
    'CardGoneError',
    'CardRefusal',
    'invalidMedia',
    'securityFail',
    'deadline',
    yan.identityNumber,
  ],
};

/**
 * Every byte, but in a long run of zeros (the empty rows of the daemon's table of 16 readers are five in six of its
 * bytes): there every 61st, a prime, so that it falls on every kind of field. `YIZHAN_EVERY_BYTE=1` walks those too.
 */
function whereSomethingIsSaid(bytes: Uint8Array): number[] {
  if (EVERY_BYTE) return [...bytes.keys()];
  const said = (at: number): boolean => bytes.subarray(Math.max(0, at - 2), at + 2).some((byte) => byte !== 0);
  return [...bytes.keys()].filter((at) => said(at) || at % 61 === 0);
}

export async function everyBoundary(makeBench: () => Promise<Bench>, bend: Bend, way: Way): Promise<void> {
  const benches = await Promise.all(Array.from({ length: AT_ONCE[bend] }, makeBench));
  const [first] = benches;
  if (!first) return;
  expect(await walk(first.open, PATIENCE_MS)).toBe(yan.identityNumber);
  const bytes = first.line.passed[way];
  expect(bytes).toBeGreaterThan(200);
  const boundaries = whereSomethingIsSaid(first.line.said(way));
  // What noise and doubled bytes make of a length is waited for in vain, as from a hung line.
  const patienceMs = bend === 'pulled' || bend === 'slow' ? PATIENCE_MS : HUNG_PATIENCE_MS;
  const wrong: string[] = [];
  const work = async ({ line, open }: Bench): Promise<void> => {
    for (let after = boundaries.shift(); after !== undefined; after = boundaries.shift()) {
      line.plan({ bend, way, after });
      const word = await walk(open, patienceMs);
      if (!WORDS[bend].includes(word)) wrong.push(`${bend} after ${after} bytes: ${word}`);
      line.plan(undefined);
      if (boundaries.length % MENDED_EVERY !== 0) continue;
      const next = await walk(open, PATIENCE_MS);
      if (next !== yan.identityNumber) wrong.push(`the read after ${bend} after ${after} bytes: ${next}`);
    }
  };
  await Promise.all(benches.map(work));
  expect(wrong).toEqual([]);
}

const WAYS: readonly Way[] = ['toKiosk', 'toSlot'];
/** Every way in which a line goes wrong, on each of its two ways. */
export const CASES = BENDS.flatMap((bend) => WAYS.map((way) => [bend, way] as const));
