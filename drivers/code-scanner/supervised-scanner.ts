/**
 * A code scanner under supervision, whichever way its codes come.
 *
 * One promise: what was begun before the cable was pulled, or before a pause
 * longer than half a second, is never joined with what comes after.
 */
import type { DeviceState, LastFault } from '../device.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import type { CodeParser, ParsedCode } from './code-parser.ts';
import type { CodeScanner, ScannerEvent, ScannerForm } from './code-scanner.ts';
import { CodeTeller, LONGEST_TEXT } from './code-teller.ts';

/** The longest pause inside one code, ms; after it, what came before lost its end. */
const LONGEST_PAUSE_MS = 500;

/** A link that carries one form of code. */
export interface ScannerLink {
  /** What the bus says it is; `undefined` where it says nothing. */
  readonly identity: string | undefined;
  onBytes(listener: (bytes: Uint8Array) => void): Unsubscribe;
}

export interface SupervisedScannerOptions {
  readonly id: string;
  readonly form: ScannerForm;
  readonly clock: Clock;
  readonly parser: CodeParser;
  readonly open: (signal: AbortSignal) => Promise<Opened<ScannerLink>>;
}

export class SupervisedScanner implements CodeScanner {
  readonly id: string;
  readonly deviceClass = 'codeScanner';
  readonly #form: ScannerForm;
  readonly #clock: Clock;
  readonly #parser: CodeParser;
  readonly #teller: CodeTeller;
  readonly #supervisor: Supervisor<ScannerLink>;
  #identity: string | undefined;
  #stopReading: Unsubscribe | undefined;
  #cancelPause: Unsubscribe | undefined;

  constructor(options: SupervisedScannerOptions) {
    this.id = options.id;
    this.#form = options.form;
    this.#clock = options.clock;
    this.#parser = options.parser;
    this.#teller = new CodeTeller(options.clock);
    this.#supervisor = new Supervisor<ScannerLink>({
      clock: options.clock,
      open: options.open,
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

  get identity(): string | undefined {
    return this.#identity;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { form: this.#form, longestText: LONGEST_TEXT };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onScannerEvent(listener: (event: ScannerEvent) => void): Unsubscribe {
    return this.#teller.onScannerEvent(listener);
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  #ready(link: ScannerLink): Promise<void> {
    this.#identity = link.identity;
    this.#stopReading = link.onBytes((bytes) => this.#read(bytes));
    return Promise.resolve();
  }

  #lost(): void {
    this.#stopReading?.();
    this.#stopReading = undefined;
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#parser.forget();
    this.#teller.forget();
  }

  #read(bytes: Uint8Array): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#tell(this.#parser.push(bytes));
    if (!this.#parser.midCode || !this.#stopReading) return;
    this.#cancelPause = this.#clock.timer(LONGEST_PAUSE_MS, () => this.#tell(this.#parser.giveUp()));
  }

  #tell(codes: readonly ParsedCode[]): void {
    for (const code of codes) {
      if ('refused' in code) this.#teller.refuse(code.refused);
      else this.#teller.code(code.bytes, code.symbology);
    }
  }
}
