/**
 * A code scanner that sends each code as a line of text.
 *
 * One promise: whatever is held in front of the window, at most one short text
 * or one refusal comes out of it, and the next code is read as if nothing had
 * happened. It keeps no text: only a digest for a second, to know it again.
 */
import { createHash } from 'node:crypto';
import type { DeviceState, LastFault } from '../device.ts';
import type { ByteLink, Clock, DeviceBus, Unsubscribe } from '../ports.ts';
import { Secret } from '../secret.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import { codeKindOf } from './code-kind.ts';
import type { CodeScanner, ScannerEvent } from './code-scanner.ts';

export interface LineCodeScannerOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `serial:/dev/serial/by-id/…`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
}

/** The longest text that is accepted, bytes. Payment codes and credentials are far shorter. */
const LONGEST_TEXT = 512;
/** The same code within this time after it was told is the same act of holding it, ms. */
const SAME_ACT_MS = 1_000;
/** The longest pause inside one code, ms; after it, what came before lost its end. */
const LONGEST_PAUSE_MS = 500;

const CR = 0x0d;
const LF = 0x0a;
const CONTROL = /\p{Cc}/u;

export class LineCodeScanner implements CodeScanner {
  readonly id: string;
  readonly deviceClass = 'codeScanner';
  readonly #clock: Clock;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #scannerListeners = new Set<(event: ScannerEvent) => void>();
  readonly #line = new Uint8Array(LONGEST_TEXT);
  #length = 0;
  #discarding = false;
  #lastByteMs = 0;
  #lastTold: { readonly digest: string; readonly atMs: number } | undefined;
  #stopReading: Unsubscribe | undefined;

  constructor(options: LineCodeScannerOptions) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: (signal) => openLink(options, signal),
      ready: (link) => this.#ready(link),
      lost: () => this.#lost(),
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  /** A scanner in line mode does not say who it is. */
  get identity(): string | undefined {
    return undefined;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { longestText: LONGEST_TEXT };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onScannerEvent(listener: (event: ScannerEvent) => void): Unsubscribe {
    this.#scannerListeners.add(listener);
    return () => this.#scannerListeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  #ready(link: ByteLink): Promise<void> {
    this.#stopReading = link.onData((bytes) => this.#read(bytes));
    return Promise.resolve();
  }

  #lost(): void {
    this.#stopReading?.();
    this.#stopReading = undefined;
    this.#startLine();
    this.#lastTold = undefined;
  }

  #read(bytes: Uint8Array): void {
    const nowMs = this.#clock.monotonicMs();
    const midLine = this.#length > 0 || this.#discarding;
    if (midLine && nowMs - this.#lastByteMs > LONGEST_PAUSE_MS) {
      if (!this.#discarding) this.#tell({ event: 'codeRefused', detail: 'a code without a line end' });
      this.#startLine();
    }
    this.#lastByteMs = nowMs;
    for (const byte of bytes) {
      if (byte === CR || byte === LF) this.#endLine();
      else if (this.#discarding) continue;
      else if (this.#length === LONGEST_TEXT) {
        this.#tell({ event: 'codeRefused', detail: `longer than ${LONGEST_TEXT} bytes` });
        this.#startLine();
        this.#discarding = true;
      } else {
        this.#line[this.#length] = byte;
        this.#length += 1;
      }
    }
  }

  #startLine(): void {
    this.#line.fill(0);
    this.#length = 0;
    this.#discarding = false;
  }

  #endLine(): void {
    const bytes = this.#line.slice(0, this.#length);
    this.#startLine();
    // The second half of CR LF, or the end of a line that was refused already.
    if (bytes.length === 0) return;
    const text = textOf(bytes);
    bytes.fill(0);
    if (text === undefined) this.#tell({ event: 'codeRefused', detail: 'not UTF-8 text' });
    else if (CONTROL.test(text)) this.#tell({ event: 'codeRefused', detail: 'control characters' });
    else if (!this.#sameAct(text)) {
      this.#tell({ event: 'codeRead', kind: codeKindOf(text), text: new Secret(text) });
    }
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
    for (const listener of [...this.#scannerListeners]) listener(event);
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

async function openLink(options: LineCodeScannerOptions, signal: AbortSignal): Promise<Opened<ByteLink>> {
  const link = await options.bus.openByteLink(options.address, signal);
  return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
}
