/**
 * Every byte of what a kiosk and an IPP printer say to each other over the real HTTP client: pulled, hung, noisy, slow
 * and doubled there, in both directions, while a queue is asked how it is and while an A4 list is handed over.
 */
import { afterEach, expect, test } from 'vitest';
import { ippDoor } from '../../../drivers/page-printer/ipp-http-transport.ts';
import { decodeIpp, encodeIpp } from '../../../drivers/page-printer/ipp-message.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openIppDoor } from '../../../hardware-sim/devices/page-printer/ipp-http-door.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';
import { BENDS, type Bend, BentLine, type Way } from '../../support/bent-line.ts';

const PDF = new TextEncoder().encode('%PDF-1.7\n<< /Type /Page >>\n<< /Type /Pages >>\n%%EOF\n');
const PATIENCE_MS = 4_000;
/** A hung line costs all of it. */
const HUNG_PATIENCE_MS = 150;
/** Benches side by side: those that wait for a deadline cost no work meanwhile. */
const AT_ONCE: Readonly<Record<Bend, number>> = { pulled: 6, slow: 6, hung: 40, noisy: 24, doubled: 24 };
const MENDED_EVERY = 8;

const QUESTIONS = {
  'is asked how it is': encodeIpp('printerAttributes', 1, {
    operation: [['requested-attributes', 0x44, 'printer-state', 'printer-state-reasons']],
  }),
  'is handed an A4 list': encodeIpp(
    'printJob',
    2,
    {
      operation: [
        ['job-name', 0x42, 'A4'],
        ['document-format', 0x49, 'application/pdf'],
      ],
    },
    PDF,
  ),
} as const;
type Question = keyof typeof QUESTIONS;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Bench {
  readonly line: BentLine;
  readonly sheets: () => number;
  /** `answered`, `unreadable`, `lost`, `deadline` */
  readonly ask: (question: Question, patienceMs: number) => Promise<string>;
}

async function bench(): Promise<Bench> {
  const machine = new SimPagePrinter({ clock: systemClock });
  const door = await openIppDoor(machine);
  const line = await BentLine.open(0, Number(new URL(door.address.replace('ipp:', 'http:')).port));
  closers.push(async () => {
    await line.close();
    await door.close();
  });
  const address = `ipp://127.0.0.1:${line.port}/ipp/print`;
  const ask: Bench['ask'] = async (question, patienceMs) => {
    const queue = ippDoor(address);
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const answer = decodeIpp(await queue.ask(QUESTIONS[question], signal));
      return answer ? 'answered' : 'unreadable';
    } catch (error) {
      if (error instanceof LinkLostError) return 'lost';
      if (signal.aborted && error === signal.reason) return 'deadline';
      throw error;
    } finally {
      queue.close();
    }
  };
  return { line, sheets: () => machine.sheets().length, ask };
}

const WORDS: Readonly<Record<Bend, readonly string[]>> = {
  // A deadline here would mean that a line which is gone is waited for.
  pulled: ['lost', 'answered'],
  hung: ['deadline', 'answered'],
  noisy: ['lost', 'deadline', 'unreadable', 'answered'],
  slow: ['answered'],
  doubled: ['lost', 'deadline', 'unreadable', 'answered'],
};
const WAYS: readonly Way[] = ['toKiosk', 'toSlot'];
const CASES = (Object.keys(QUESTIONS) as Question[]).flatMap((question) =>
  BENDS.flatMap((bend) => WAYS.map((way) => [question, bend, way] as const)),
);

test.each(CASES)(
  'the queue %s: the line %s at any byte on its way %s ends with a word, and the next question is answered',
  async (question, bend, way) => {
    const benches = await Promise.all(Array.from({ length: AT_ONCE[bend] }, bench));
    const [first] = benches;
    if (!first) return;
    expect(await first.ask(question, PATIENCE_MS)).toBe('answered');
    const bytes = first.line.passed[way];
    expect(bytes).toBeGreaterThan(100);
    const boundaries = [...Array(bytes).keys()];
    const patienceMs = bend === 'pulled' || bend === 'slow' ? PATIENCE_MS : HUNG_PATIENCE_MS;
    const wrong: string[] = [];
    const work = async ({ line, ask, sheets }: Bench): Promise<void> => {
      for (let after = boundaries.shift(); after !== undefined; after = boundaries.shift()) {
        line.plan({ bend, way, after });
        const before = sheets();
        const word = await ask(question, patienceMs);
        if (!WORDS[bend].includes(word)) wrong.push(`${bend} after ${after} bytes: ${word}`);
        if (sheets() - before > 1) wrong.push(`${bend} after ${after} bytes: printed twice`);
        line.plan(undefined);
        if (boundaries.length % MENDED_EVERY !== 0) continue;
        const next = await ask('is asked how it is', PATIENCE_MS);
        if (next !== 'answered') wrong.push(`the question after ${bend} after ${after} bytes: ${next}`);
      }
    };
    await Promise.all(benches.map(work));
    expect(wrong).toEqual([]);
  },
  120_000,
);
