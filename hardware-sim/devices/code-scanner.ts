/**
 * A code scanner on the bench: what is held in front of its window comes out of
 * its cable, in the mode that the last set-up sheet put it into.
 *
 * Serial line and HID-POS are what a kiosk wants; keyboard is how many scanners
 * leave the factory. Hands plug, unplug, show and set up; what hands can't
 * cause is a fault for the next code.
 */
import { type ByteLink, type Clock, type HidLink, LinkLostError, type Unsubscribe } from '../../drivers/ports.ts';
import { HID_FACES, piecesOf, QR_CODE, type ScannerMode } from './code-scanner-wire.ts';
import { SimHidPort } from './hid-port.ts';

/** Disturbs the next code that is shown, once `after` pieces (bytes of a line, reports of HID) have passed. */
export interface ScannerFault {
  readonly after: number;
  readonly disturbance:
    | { readonly kind: 'pulled' | 'replugged' | 'hung' | 'doubled' }
    /** These bytes (for HID: this report) come in between. */
    | { readonly kind: 'noise'; readonly bytes: Uint8Array }
    /** The rest comes so much later, ms; needs a clock. */
    | { readonly kind: 'slow'; readonly ms: number };
}

export interface SimCodeScannerOptions {
  readonly mode?: ScannerMode;
  /** For slow cables only. */
  readonly clock?: Clock;
}

export class SimCodeScanner {
  readonly #clock: Clock | undefined;
  readonly #links = new Set<ScannerLink>();
  readonly #shownListeners = new Set<(bytes: Uint8Array) => void>();
  #mode: ScannerMode;
  #port: SimHidPort;
  #plugged = true;
  #hung = false;
  #fault: ScannerFault | undefined;

  constructor({ mode = 'line', clock }: SimCodeScannerOptions = {}) {
    this.#mode = mode;
    this.#clock = clock;
    this.#port = portFor(mode);
  }

  readonly faults = {
    next: (fault: ScannerFault): void => {
      this.#fault = fault;
    },
  };

  get mode(): ScannerMode {
    return this.#mode;
  }

  /** Hands: hold a code in front of the window. */
  show(text: string | Uint8Array, symbology = QR_CODE): void {
    const code = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    for (const listener of this.#shownListeners) listener(code);
    const pieces = piecesOf(code, this.#mode, symbology);
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault) this.#sayDisturbed(pieces, fault);
    else this.#say(pieces);
  }

  /** Watches the window: what was held in front of it, whether or not a host reads it. */
  onShown(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#shownListeners.add(listener);
    return () => this.#shownListeners.delete(listener);
  }

  /** Hands: show the sheet that sets the scanner up; it leaves the bus and comes back as something else. */
  showSetUpSheet(mode: ScannerMode): void {
    const plugged = this.#plugged;
    this.unplug();
    this.#mode = mode;
    this.#port = portFor(mode);
    if (plugged) this.plugIn();
  }

  unplug(): void {
    this.#plugged = false;
    this.#hung = false;
    this.#port.unplug();
    for (const link of this.#links) link.lose();
    this.#links.clear();
  }

  plugIn(): void {
    this.#plugged = true;
    this.#port.plugIn();
  }

  /** Its processor stops: nothing comes out any more until it is unplugged. */
  hang(): void {
    this.#hung = true;
    this.#port.hang();
  }

  openByteLink(_signal: AbortSignal): Promise<ByteLink> {
    if (!this.#plugged) return Promise.reject(new LinkLostError('the scanner is not plugged in'));
    if (this.#mode !== 'line') return Promise.reject(new LinkLostError('the scanner has no serial port in this mode'));
    const link = new ScannerLink(() => this.#links.delete(link));
    this.#links.add(link);
    return Promise.resolve(link);
  }

  openHidLink(signal: AbortSignal): Promise<HidLink> {
    if (this.#mode === 'line') return Promise.reject(new LinkLostError('the scanner is no HID device in this mode'));
    return this.#port.openHidLink(signal);
  }

  #say(pieces: readonly Uint8Array[]): void {
    if (this.#hung || !this.#plugged) return;
    if (this.#mode !== 'line') for (const report of pieces) this.#port.say(report);
    else if (pieces.length > 0) {
      // A line comes in one go: an operating system hands on what is there.
      const line = Uint8Array.from(Buffer.concat(pieces));
      for (const link of [...this.#links]) link.deliver(line);
    }
  }

  #sayDisturbed(pieces: readonly Uint8Array[], { after, disturbance }: ScannerFault): void {
    this.#say(pieces.slice(0, after));
    const rest = pieces.slice(after);
    switch (disturbance.kind) {
      case 'pulled':
        this.unplug();
        return;
      case 'replugged':
        this.unplug();
        this.plugIn();
        return;
      case 'hung':
        this.hang();
        return;
      case 'doubled':
        this.#say([...pieces.slice(Math.max(0, after - 1), after), ...rest]);
        return;
      case 'noise':
        this.#say([disturbance.bytes]);
        this.#say(rest);
        return;
      case 'slow':
        this.#clock?.timer(disturbance.ms, () => this.#say(rest));
    }
  }
}

function portFor(mode: ScannerMode): SimHidPort {
  return new SimHidPort({ device: HID_FACES[mode === 'keyboard' ? 'keyboard' : 'hidPos'] });
}

class ScannerLink implements ByteLink {
  readonly #forget: () => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();

  constructor(forget: () => void) {
    this.#forget = forget;
  }

  deliver(bytes: Uint8Array): void {
    for (const listener of this.#data) listener(bytes);
  }

  lose(): void {
    for (const listener of this.#lost) listener(new LinkLostError('the scanner was unplugged'));
  }

  write(): Promise<void> {
    return Promise.resolve();
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.#data.add(listener);
    return () => this.#data.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#forget();
    return Promise.resolve();
  }
}
