/**
 * From the bytes of one whole code to what is told about it, whichever form the scanner has.
 *
 * One promise: at most one short text or one refusal is told per code held up.
 * It keeps no text: only a digest for a second, to know the same act again.
 */
import { createHash } from 'node:crypto';
import type { Clock, Unsubscribe } from '../ports.ts';
import { Secret } from '../secret.ts';
import { codeKindOf } from './code-kind.ts';
import type { ScannerEvent } from './code-scanner.ts';

/** The longest text that is accepted, bytes. Payment codes and credentials are far shorter. */
export const LONGEST_TEXT = 512;
/** The same code within this time after it was told is the same act of holding it, ms. */
const SAME_ACT_MS = 1_000;

const CONTROL = /\p{Cc}/u;
/** AIM symbology identifier (ISO/IEC 15424) in front of a line, where a scanner is set to send it. */
const AIM_PREFIX = /^\][A-Za-z][0-9A-Za-z]/;

export class CodeTeller {
  readonly #clock: Clock;
  readonly #listeners = new Set<(event: ScannerEvent) => void>();
  #lastTold: { readonly digest: string; readonly atMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onScannerEvent(listener: (event: ScannerEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `bytes` are wiped. `symbology`: the AIM identifier, where the form has a place for it. */
  code(bytes: Uint8Array, symbology?: string): void {
    const decoded = textOf(bytes);
    bytes.fill(0);
    if (decoded === undefined) {
      this.refuse('not UTF-8 text');
      return;
    }
    const prefix = symbology === undefined ? AIM_PREFIX.exec(decoded)?.[0] : undefined;
    const text = prefix === undefined ? decoded : decoded.slice(prefix.length);
    const identifier = symbology ?? prefix;
    if (CONTROL.test(text)) this.refuse('control characters');
    else if (text !== '' && !this.#sameAct(text)) {
      this.#tell({
        event: 'codeRead',
        kind: codeKindOf(text),
        text: new Secret(text),
        ...(identifier === undefined ? {} : { symbology: identifier }),
      });
    }
  }

  refuse(detail: string): void {
    this.#tell({ event: 'codeRefused', detail });
  }

  /** The scanner is gone: what it last saw is no act of today's. */
  forget(): void {
    this.#lastTold = undefined;
  }

  #sameAct(text: string): boolean {
    const atMs = this.#clock.monotonicMs();
    const digest = createHash('sha256').update(text).digest('base64');
    const last = this.#lastTold;
    if (last && last.digest === digest && atMs - last.atMs < SAME_ACT_MS) return true;
    this.#lastTold = { digest, atMs };
    return false;
  }

  #tell(event: ScannerEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
