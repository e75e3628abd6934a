/**
 * A code scanner that sends each code as a line of text, over a serial port or TCP.
 *
 * One promise: whatever is held in front of the window, at most one short text
 * or one refusal comes out of it, and the next code is read as if nothing had
 * happened.
 */
import type { Clock, DeviceBus } from '../ports.ts';
import type { Opened } from '../supervisor.ts';
import { LineParser } from './line-parser.ts';
import { type ScannerLink, SupervisedScanner } from './supervised-scanner.ts';

export interface CodeScannerOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address, e.g. `serial:/dev/serial/by-id/…` or `hid:0c2e:0b61`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
}

export class LineCodeScanner extends SupervisedScanner {
  constructor({ id, address, bus, clock }: CodeScannerOptions) {
    const parser = new LineParser();
    super({ id, form: 'line', clock, parser, open: (signal) => openLine(bus, address, signal) });
  }
}

/** A scanner in line mode does not say who it is. */
async function openLine(bus: DeviceBus, address: string, signal: AbortSignal): Promise<Opened<ScannerLink>> {
  const link = await bus.openByteLink(address, signal);
  return {
    link: { identity: undefined, onBytes: (listener) => link.onData(listener) },
    onLost: (listener) => link.onLost(listener),
    close: () => link.close(),
  };
}
