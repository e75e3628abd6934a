/**
 * The USB socket of a virtual HID device, with the cable in the hand.
 *
 * A device says its reports here and hears what the host writes; whoever opens
 * it gets a link in memory. One promise: a pulled cable loses every link at
 * once, a hung device takes and says nothing, and no report is split or joined.
 */
import { type HidDevice, type HidLink, LinkLostError, type Unsubscribe } from '../../drivers/ports.ts';

export interface HidPortOptions {
  readonly device: HidDevice;
  /** The host wrote this report; its first byte is the report id. */
  readonly onOutput?: (report: Uint8Array) => void;
  /** The host opened the device anew. */
  readonly onOpened?: () => void;
}

export class SimHidPort {
  readonly #options: HidPortOptions;
  readonly #links = new Set<PortLink>();
  readonly #pluggedListeners = new Set<(plugged: boolean) => void>();
  #plugged = true;
  #hung = false;

  constructor(options: HidPortOptions) {
    this.#options = options;
  }

  get pluggedIn(): boolean {
    return this.#plugged;
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** The device's side: one input report, with its id. Lost when nobody has the device open. */
  say(report: Uint8Array): void {
    if (this.#hung || !this.#plugged) return;
    for (const link of [...this.#links]) link.deliver(Uint8Array.from(report));
  }

  unplug(): void {
    if (!this.#plugged) return;
    this.#plugged = false;
    this.#hung = false;
    for (const link of [...this.#links]) link.lose(new LinkLostError('the device was unplugged'));
    this.#links.clear();
    for (const listener of [...this.#pluggedListeners]) listener(false);
  }

  plugIn(): void {
    if (this.#plugged) return;
    this.#plugged = true;
    for (const listener of [...this.#pluggedListeners]) listener(true);
  }

  /** Its controller stops: the bus still shows it, and it answers nothing until it is unplugged or comes round. */
  hang(): void {
    this.#hung = true;
  }

  comeRound(): void {
    this.#hung = false;
    for (const link of [...this.#links]) link.takeWaiting();
  }

  onPluggedChanged(listener: (plugged: boolean) => void): Unsubscribe {
    this.#pluggedListeners.add(listener);
    return () => this.#pluggedListeners.delete(listener);
  }

  /** The in-memory form for a `DeviceBus`; a second host takes the device over. */
  openHidLink(signal: AbortSignal): Promise<HidLink> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#plugged) return Promise.reject(new LinkLostError('the device is not plugged in'));
    for (const link of [...this.#links]) link.lose(new LinkLostError('another host took the device over'));
    this.#links.clear();
    const link = new PortLink({
      device: this.#options.device,
      hung: () => this.#hung,
      hear: (report) => this.#options.onOutput?.(report),
      forget: () => this.#links.delete(link),
    });
    this.#links.add(link);
    this.#options.onOpened?.();
    return Promise.resolve(link);
  }
}

interface PortLinkParts {
  readonly device: HidDevice;
  hung(): boolean;
  hear(report: Uint8Array): void;
  forget(): void;
}

class PortLink implements HidLink {
  readonly device: HidDevice;
  readonly #parts: PortLinkParts;
  readonly #reports = new Set<(report: Uint8Array) => void>();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  readonly #waiting: { readonly take: () => void; readonly lose: (error: LinkLostError) => void }[] = [];
  #ended: LinkLostError | undefined;

  constructor(parts: PortLinkParts) {
    this.#parts = parts;
    this.device = parts.device;
  }

  /** Like the USB driver's: a device that takes nothing keeps the write waiting. */
  write(report: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (signal.aborted) return Promise.reject(signal.reason);
    const own = Uint8Array.from(report);
    if (!this.#parts.hung() && this.#waiting.length === 0) {
      this.#parts.hear(own);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const entry = {
        take: () => {
          signal.removeEventListener('abort', onAbort);
          this.#parts.hear(own);
          resolve();
        },
        lose: (error: LinkLostError) => {
          signal.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(entry);
    });
  }

  takeWaiting(): void {
    for (const { take } of this.#waiting.splice(0)) take();
  }

  onReport(listener: (report: Uint8Array) => void): Unsubscribe {
    this.#reports.add(listener);
    return () => this.#reports.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const ended = this.#ended;
    if (ended) queueMicrotask(() => listener(ended));
    else this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  close(): Promise<void> {
    this.#end(new LinkLostError('the device was closed by this side'));
    this.#parts.forget();
    return Promise.resolve();
  }

  deliver(report: Uint8Array): void {
    for (const listener of [...this.#reports]) listener(report);
  }

  lose(error: LinkLostError): void {
    const listeners = [...this.#lostListeners];
    this.#end(error);
    for (const listener of listeners) listener(error);
  }

  #end(error: LinkLostError): void {
    this.#ended ??= error;
    this.#reports.clear();
    this.#lostListeners.clear();
    for (const { lose } of this.#waiting.splice(0)) lose(this.#ended);
  }
}
