/** What one command of the command line is, and how it reads its words. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export interface Command {
  /** The whole `--help` text. */
  readonly help: string;
  /** The text for a verb that has one of its own. */
  helpFor?(verb: string | undefined): Promise<string | undefined>;
  /** @returns the exit code: 0 good, 1 found trouble. @throws UsageError for wrong use (exit 2). */
  run(words: readonly string[]): Promise<number>;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `node:util` parseArgs with its errors turned into wrong use. */
export function readWords<const Options extends ParseArgsOptionsConfig>(words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number option within bounds. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  standard: number,
  [least, most]: [number, number],
): number {
  if (text === undefined) return standard;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}

/** The one JSON line that ends a `--json` run. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Progress and explanations go to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
