/** Every byte of what a kiosk and a card slot say to each other, while a social-security card is read. */
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CardRefusal } from '../../../drivers/card-reader/apdu.ts';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { readSocialSecurityCard } from '../../../drivers/card-reader/social-security-card.ts';
import { openTcpCardSlot } from '../../../drivers/card-reader/tcp-card-transport.ts';
import { CardGoneError, type CardSlot, LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { openTcpCardDoor } from '../../../hardware-sim/devices/tcp-card-door.ts';
import { BENDS, type Bend, BentLine, type Way } from './bent-line.ts';
import { daemonWith, newSlot, READER } from './wire-bench.ts';

const { yan } = RARE_NAME_HOLDERS;
/** Long enough for a read on a busy machine; a hung line costs all of it. ms */
const PATIENCE_MS = 4_000;
const HUNG_PATIENCE_MS = 150;
/** Benches side by side; those that wait for a deadline cost no work meanwhile. */
const AT_ONCE = { hung: 40, others: 6 } as const;
/** After every so many of them the line is mended and the card read again. */
const MENDED_EVERY = 8;
const LONG = 300_000;

type Open = (signal: AbortSignal) => Promise<CardSlot>;
interface Bench {
  readonly line: BentLine;
  readonly open: Open;
}

async function tcpBench(): Promise<Bench> {
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

async function socketBench(): Promise<Bench> {
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

async function everyBoundary(makeBench: () => Promise<Bench>, bend: Bend, way: Way, step: number): Promise<void> {
  const benches = await Promise.all(Array.from({ length: bend === 'hung' ? AT_ONCE.hung : AT_ONCE.others }, makeBench));
  const [first] = benches;
  if (!first) return;
  expect(await walk(first.open, PATIENCE_MS)).toBe(yan.identityNumber);
  const bytes = first.line.passed[way];
  expect(bytes).toBeGreaterThan(200);
  const boundaries = Array.from({ length: Math.ceil(bytes / step) }, (_, at) => at * step);
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
const CASES = BENDS.flatMap((bend) => WAYS.map((way) => [bend, way] as const));

describe('the TCP card slot', () => {
  test.each(CASES)(
    'a line %s anywhere on its way %s ends the read with a word, and the next one reads the card',
    // Where a frame is cut or stalls matters at every byte; where it is bent, at every third.
    (bend, way) => everyBoundary(tcpBench, bend, way, bend === 'pulled' || bend === 'hung' ? 1 : 3),
    LONG,
  );
});

describe('the PC/SC daemon’s socket', () => {
  // Most of its bytes are the table of 16 readers, so a step that is prime falls on every kind of field.
  test.each(CASES)(
    'a line %s anywhere on its way %s ends the read with a word, and the next one reads the card',
    (bend, way) => everyBoundary(socketBench, bend, way, 61),
    LONG,
  );
});
