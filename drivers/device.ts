/**
 * The words every device shares: states, completions, faults.
 *
 * The spelling is XFS4IoT's (Common interface, `common.device` and completion
 * codes) so that a status can go on a wire unchanged. Expected trouble is a
 * `Completion` with a fault word; our own mistakes throw.
 */
import type { Unsubscribe } from './ports.ts';

/** XFS4IoT `common.device`. `powerOff` = not connected; `noDevice` = this kiosk has none. */
export type DeviceState =
  | 'online'
  | 'offline'
  | 'powerOff'
  | 'noDevice'
  | 'hardwareError'
  | 'userError'
  | 'deviceBusy'
  | 'fraudAttempt'
  | 'potentialFraud'
  | 'starting';

/** Fault words that any command of any device can end with (XFS4IoT completion codes). */
export type CommonFault =
  | 'canceled'
  | 'deviceNotReady'
  | 'hardwareError'
  | 'timeOut'
  | 'unsupportedCommand'
  | 'invalidData'
  | 'userError'
  | 'fraudAttempt'
  | 'sequenceError';

/** How a command ended. `detail` is for maintainers and never holds personal data. */
export type Completion<Value, Fault extends string = never> =
  | { readonly done: true; readonly value: Value }
  | { readonly done: false; readonly fault: Fault | CommonFault; readonly detail: string };

export function completed<Value>(value: Value): { readonly done: true; readonly value: Value } {
  return { done: true, value };
}

export function failed<Fault extends string>(
  fault: Fault,
  detail: string,
): { readonly done: false; readonly fault: Fault; readonly detail: string } {
  return { done: false, fault, detail };
}

/** Every command has a deadline (ms, counted from acceptance) and may have a signal. */
export interface CommandOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The last thing that went wrong, kept until the device works again. */
export interface LastFault {
  readonly fault: string;
  readonly detail: string;
  /** Unix ms. */
  readonly atWallMs: number;
}

export type DeviceClass =
  | 'cardReader'
  /** What a member of staff proves to be themselves with: PIV card, USB key. */
  | 'personToken'
  | 'idCardReader'
  | 'codeScanner'
  | 'receiptPrinter'
  | 'pagePrinter'
  | 'pinPad'
  | 'bankTerminal'
  | 'camera'
  | 'biometric'
  | 'queueDisplay'
  | 'voice'
  | 'cabinet'
  | 'recorder'
  | 'network';

/** What health, doctor and the journeys can ask of any device. */
export interface Device {
  /** The device map's id, e.g. `card-reader`. */
  readonly id: string;
  readonly deviceClass: DeviceClass;
  readonly state: DeviceState;
  readonly lastFault: LastFault | undefined;
  /** What the bus told about who this is (reader name, printer model); `undefined` until opened once. */
  readonly identity: string | undefined;
  /** Fixed after opening: e.g. `{ processId: true, cells: 48 }`. */
  capabilities(): Readonly<Record<string, string | number | boolean>>;
  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe;
  /** Stops supervision and closes the link; the device ends `offline`. */
  close(): Promise<void>;
}
