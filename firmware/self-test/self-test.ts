/**
 * What a self-test says of a device: a word, a sentence, and what to do.
 *
 * One promise of every test here: it prints nothing, keeps no picture, costs no PIN
 * try, and leaves a device alone that serves somebody.
 */
import type { CommandOptions } from '../../drivers/device.ts';
import type { Clock } from '../ports.ts';

/** `notTested`: nothing is known against it, and nothing could be asked. */
export interface SelfTest {
  readonly result: 'passed' | 'failed' | 'notTested';
  /** In plain words, for who stands at the kiosk; never anything personal. */
  readonly sentence: string;
  /** The next thing to do; `undefined` when nothing is. */
  readonly remedy: string | undefined;
}

/** What a self-test may know of the kiosk around its device. */
export interface AtKiosk {
  readonly clock: Clock;
  /** Somebody is being served: devices are looked at, not asked. */
  readonly busy: () => boolean;
  /** Somebody came: what is asked of a device ends, and the device is theirs. */
  readonly signal?: AbortSignal;
}

/** One command of a self-test, ms. */
const ANSWER_MS = 5_000;

/** For one command of a self-test. */
export const answerTo = ({ signal }: AtKiosk, timeoutMs = ANSWER_MS): CommandOptions => ({
  timeoutMs,
  ...(signal && { signal }),
});

export const passed = (sentence: string, remedy?: string): SelfTest => ({ result: 'passed', sentence, remedy });

export const failed = (sentence: string, remedy: string): SelfTest => ({ result: 'failed', sentence, remedy });

export const notTested = (sentence: string, remedy?: string): SelfTest => ({ result: 'notTested', sentence, remedy });

export const inUse = (): SelfTest =>
  notTested('Somebody is being served, so it was only looked at.', 'Ask again when nobody is there.');

/** A command's fault that no test has its own words for. */
export const unexpected = ({ fault, detail }: { readonly fault: string; readonly detail: string }): SelfTest =>
  failed(`It answered with ${fault} (${detail}).`, 'Switch it off and on; if it stays so, replace it.');
