/** Devices without a wire: a hand sets what a driver would say. Only what health may ask is there. */
import type { CardMedia, CardReader } from '../../../drivers/card-reader/card-reader.ts';
import type { Device, DeviceClass, DeviceState, LastFault } from '../../../drivers/device.ts';
import type { PaperState, ReceiptPrinter } from '../../../drivers/receipt-printer/receipt-printer.ts';

class TestDevice {
  readonly id: string;
  readonly identity = undefined;
  state: DeviceState;
  lastFault: LastFault | undefined;
  readonly #listeners = new Set<(state: DeviceState) => void>();
  readonly #events = new Set<() => void>();

  constructor(id: string, state: DeviceState) {
    this.id = id;
    this.state = state;
  }

  become(state: DeviceState, fault?: LastFault): void {
    this.state = state;
    this.lastFault = fault;
    for (const listener of [...this.#listeners]) listener(state);
  }

  /** Something happened that the device has an event for. */
  happened(): void {
    for (const listener of [...this.#events]) listener();
  }

  capabilities(): Readonly<Record<string, never>> {
    return {};
  }

  onStateChanged(listener: (state: DeviceState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onEvent(listener: () => void): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  async close(): Promise<void> {}
}

export class TestPrinter extends TestDevice implements Pick<ReceiptPrinter, keyof Device | 'paper' | 'coverOpen'> {
  readonly deviceClass = 'receiptPrinter';
  paper: PaperState = 'full';
  coverOpen = false;

  onPrinterEvent(listener: () => void): () => void {
    return this.onEvent(listener);
  }
}

export class TestReader extends TestDevice implements Pick<CardReader, keyof Device | 'media'> {
  readonly deviceClass = 'cardReader';
  media: CardMedia = 'notPresent';

  onCardEvent(listener: () => void): () => void {
    return this.onEvent(listener);
  }
}

export class TestOther extends TestDevice implements Device {
  readonly deviceClass: DeviceClass;

  constructor(id: string, state: DeviceState, deviceClass: DeviceClass) {
    super(id, state);
    this.deviceClass = deviceClass;
  }
}
