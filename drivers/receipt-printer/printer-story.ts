/**
 * What listeners have been told about a printer.
 *
 * One promise: a change is told once and an unchanged word never, however often
 * and by whichever way the printer repeats itself.
 */
import type { DeviceState } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { PaperState, PrinterEvent } from './receipt-printer.ts';

export class PrinterStory {
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  readonly #eventListeners = new Set<(event: PrinterEvent) => void>();
  #state: DeviceState = 'starting';
  #paper: PaperState = 'unknown';
  #coverOpen = false;
  #slip: boolean | undefined;
  #retracting = false;

  onState(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onEvent(listener: (event: PrinterEvent) => void): Unsubscribe {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** `coverOpen` is `undefined` while the printer is away: nobody can know, so nothing is told. */
  sees(now: {
    readonly state: DeviceState;
    readonly paper: PaperState;
    readonly coverOpen: boolean | undefined;
    readonly slip: boolean | undefined;
  }): void {
    if (now.state !== this.#state) {
      this.#state = now.state;
      for (const listener of [...this.#stateListeners]) listener(now.state);
    }
    if (now.coverOpen !== undefined && now.coverOpen !== this.#coverOpen) {
      this.#coverOpen = now.coverOpen;
      this.tell({ event: 'coverChanged', open: now.coverOpen });
    }
    if (now.paper !== this.#paper) {
      this.#paper = now.paper;
      this.tell({ event: 'paperThreshold', paper: now.paper });
    }
    this.#seesSlip(now.slip);
  }

  /** `undefined`: no eye for it, or the printer is away; what was seen last still counts. */
  #seesSlip(slip: boolean | undefined): void {
    if (slip === undefined || slip === (this.#slip ?? false)) return;
    this.#slip = slip;
    if (slip) this.tell({ event: 'mediaPresented' });
    else this.tell({ event: this.#retracting ? 'mediaRetracted' : 'mediaTaken' });
    this.#retracting = false;
  }

  /** That the slip goes is our doing from here on, or (`false`) it did not go. */
  retracts(really: boolean): void {
    this.#retracting = really;
  }

  tell(event: PrinterEvent): void {
    for (const listener of [...this.#eventListeners]) listener(event);
  }
}
