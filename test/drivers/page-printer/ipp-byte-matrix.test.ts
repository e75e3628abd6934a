/**
 * An A4 list walked byte by byte: every byte of every question and answer broken, and every answer cut short behind
 * every byte of it. What pulls, hangs, slows or doubles an exchange does so as a whole here: HTTP hands over a question
 * or an answer entire or not at all (`test/wire/page-printer/ipp-http-bytes.test.ts` shows that, byte by byte).
 */
import { describe, expect, test } from 'vitest';
import { IppPagePrinter } from '../../../drivers/page-printer/ipp-page-printer.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const PDF = new TextEncoder().encode('%PDF-1.7\n<< /Type /Page >>\n<< /Type /Pages >>\n%%EOF\n');
const LIMIT_MS = 30_000;
const kinds = [
  'brokenQuestion',
  'brokenAnswer',
  'cutAnswer',
  'pulled',
  'replugged',
  'hung',
  'slow',
  'doubled',
] as const;
type Kind = (typeof kinds)[number];

/** The wire of one exchange after another; its `at`th byte of the wanted direction is where the trouble is. */
class Wire {
  /** Bytes that have passed as questions, and as answers. */
  readonly passed = { question: 0, answer: 0 };
  trouble: { readonly kind: Kind; readonly at: number } | undefined;
  #dead = false;
  readonly #machine: SimPagePrinter;
  readonly #clock: ManualClock;

  constructor(machine: SimPagePrinter, clock: ManualClock) {
    this.#machine = machine;
    this.#clock = clock;
  }

  mend(): void {
    this.trouble = undefined;
    this.#dead = false;
  }

  async ask(body: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    if (this.#dead) throw new LinkLostError('connection refused');
    const inQuestion = this.#within('question', body.length);
    const kind = inQuestion === undefined ? undefined : this.trouble?.kind;
    if (kind === 'pulled' || kind === 'replugged') {
      this.#dead = kind === 'pulled';
      throw new LinkLostError('reset');
    }
    if (kind === 'hung') return never(signal);
    if (kind === 'slow') await this.#pause(20_000, signal);
    const question = kind === 'brokenQuestion' && inQuestion !== undefined ? flipped(body, inQuestion) : body;
    if (kind === 'doubled') this.#machine.ask(question, signal).catch(() => undefined);
    const answer = await this.#machine.ask(question, signal);
    const inAnswer = this.#within('answer', answer.length);
    if (inAnswer === undefined) return answer;
    if (this.trouble?.kind === 'brokenAnswer') return flipped(answer, inAnswer);
    return this.trouble?.kind === 'cutAnswer' ? answer.slice(0, inAnswer) : answer;
  }

  /** Where in this message the trouble is; once. */
  #within(direction: 'question' | 'answer', length: number): number | undefined {
    const from = this.passed[direction];
    this.passed[direction] += length;
    const { trouble } = this;
    if (!trouble || directionOf(trouble.kind) !== direction) return undefined;
    return trouble.at >= from && trouble.at < from + length ? trouble.at - from : undefined;
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.timer(ms, () => resolve());
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }
}

function directionOf(kind: Kind): 'question' | 'answer' {
  return kind === 'brokenAnswer' || kind === 'cutAnswer' ? 'answer' : 'question';
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const broken = bytes.slice();
  broken[at] = (broken[at] ?? 0) ^ 0x20;
  return broken;
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

async function inRoom() {
  const clock = new ManualClock();
  const machine = new SimPagePrinter({ clock });
  const wire = new Wire(machine, clock);
  const door = () => ({
    uri: 'ipp://sim/ipp/print',
    close: () => undefined,
    ask: (body: Uint8Array, signal: AbortSignal) => wire.ask(body, signal),
  });
  const printer = new IppPagePrinter({ id: 'page-printer', door, clock });
  await clock.pass(100);
  const print = () => printer.printPages({ pdf: PDF, pages: 1 }, { timeoutMs: LIMIT_MS });
  async function ended<Value>(work: Promise<Value>): Promise<Value> {
    let over = false;
    const watched = work.then((value) => {
      over = true;
      return value;
    });
    for (let passed = 0; passed <= LIMIT_MS + 1_000 && !over; passed += 1_000) await clock.pass(1_000);
    expect(over, 'a print outlived its own deadline').toBe(true);
    return watched;
  }
  return { clock, machine, wire, printer, print, ended };
}

async function bytes(): Promise<{ readonly question: number; readonly answer: number; readonly before: number[] }> {
  const { wire, printer, print, ended } = await inRoom();
  const before = [wire.passed.question, wire.passed.answer];
  expect(await ended(print())).toMatchObject({ done: true });
  const { question, answer } = wire.passed;
  await printer.close();
  return { question, answer, before };
}

describe('an A4 list, byte by byte', () => {
  test.each(kinds)('%s: it ends with a word, nothing comes out twice, and the next list is printed', async (kind) => {
    const whole = await bytes();
    const direction = directionOf(kind);
    const from = whole.before[direction === 'question' ? 0 : 1] ?? 0;
    for (let at = from; at < whole[direction]; at += 1) {
      const { clock, machine, wire, printer, print, ended } = await inRoom();
      const where = `${kind} at byte ${at - from}`;
      wire.trouble = { kind, at };
      const word = await ended(print());
      // A broken byte may ask for another document or format; what it never does is hold anybody up.
      if (word.done && kind !== 'brokenQuestion' && kind !== 'doubled') {
        expect(machine.sheets().length, where).toBeGreaterThanOrEqual(kind === 'brokenAnswer' ? 0 : 1);
      }
      wire.mend();
      await clock.pass(45_000);
      expect(printer.state, where).toBe('online');
      if (kind !== 'brokenQuestion' && kind !== 'doubled')
        expect(machine.sheets().length, where).toBeLessThanOrEqual(1);
      expect(await ended(print()), where).toMatchObject({ done: true });
      await printer.close();
      await clock.pass(10_000);
      expect(clock.waiting, where).toBe(0);
    }
  });
});
