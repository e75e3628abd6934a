/**
 * The wire between a kiosk and its parties: when a message arrives, and when its answer does.
 *
 * A fate is data, decided when the message leaves. No message lives longer than the shortest quarantine allows.
 */
import { DEADLINES_MS, OTHER_DEADLINE_MS } from '../../firmware/settlement/deadlines.ts';
import type { CallStep } from '../../firmware/settlement/facts.ts';
import type { WireTrouble } from './trouble-table.ts';

export interface Fate {
  readonly trouble: WireTrouble | undefined;
  /** When it arrives at the party, once or twice, ms after it left. */
  readonly arrivesMs: readonly number[];
  readonly answer: 'comes' | 'never' | 'broken' | 'notSent';
  /** ms after the first arrival, or after it left when nothing arrives. */
  readonly answerMs: number;
}

/** Numbers that a fate is made of; the model and the soak each have their own. */
export interface Draw {
  /** From `least` to `most`, whole. */
  between(least: number, most: number): number;
}

/** Nothing is carried longer than this, ms; the shortest quarantine is 120 s. */
export const LONGEST_LIFE_MS = 118_000;

export function deadlineMs(step: CallStep): number {
  return DEADLINES_MS[step] ?? OTHER_DEADLINE_MS;
}

export function fateOf(step: CallStep, trouble: WireTrouble | undefined, draw: Draw): Fate {
  const slow = step === 'ins.settle' ? 8 : 1;
  const way = draw.between(5, 60 * slow);
  const back = draw.between(5, 60 * slow);
  const limit = deadlineMs(step);
  switch (trouble) {
    case undefined:
    case 'refused':
      return { trouble, arrivesMs: [way], answer: 'comes', answerMs: back };
    case 'unreachable':
      return { trouble, arrivesMs: [], answer: 'notSent', answerMs: way };
    case 'requestLost':
      return { trouble, arrivesMs: [], answer: 'never', answerMs: 0 };
    case 'answerLost':
      return { trouble, arrivesMs: [way], answer: 'never', answerMs: 0 };
    case 'answerBroken':
      return { trouble, arrivesMs: [way], answer: 'broken', answerMs: back };
    case 'answerLate':
      return { trouble, arrivesMs: [way], answer: 'comes', answerMs: limit + draw.between(1, 200_000) };
    case 'requestLate': {
      const late = draw.between(limit + 1, LONGEST_LIFE_MS);
      return { trouble, arrivesMs: [late], answer: 'comes', answerMs: back };
    }
    case 'reordered':
      return { trouble, arrivesMs: [draw.between(1_000, LONGEST_LIFE_MS)], answer: 'broken', answerMs: 0 };
    case 'doubled':
      return { trouble, arrivesMs: [way, draw.between(way, LONGEST_LIFE_MS)], answer: 'comes', answerMs: back };
  }
}

/** When the kiosk hears something, ms after the message left; `undefined` = never. */
export function heardMs({ arrivesMs, answer, answerMs, trouble }: Fate): number | undefined {
  if (answer === 'never') return undefined;
  if (trouble === 'reordered') return 1;
  return (arrivesMs[0] ?? 0) + answerMs;
}
