/**
 * The slip at the mouth when its patient goes: a name is on it.
 *
 * Only where the printer has an eye for it. One promise: it is said once that the slip is still there, and whoever
 * comes next finds none: it is drawn back where a motor can, and where only hands can, the staff is told.
 */
import type { ReceiptPrinter } from '../../drivers/receipt-printer/receipt-printer.ts';
import type { TimerPair } from '../region/profile.ts';
import type { Rooms } from './rooms.ts';

const RETRACT_TIMEOUT_MS = 10_000;

/** T-PAPER (product.md 2.0), ms: so long a slip may hang there before its patient is reminded, with a chime. */
export const SLIP_WAITS: TimerPair = { standardMs: 20_000, elderlyMs: 30_000 };

export interface SlipWatch {
  /** Resolves when a hand has taken the slip; never where nothing sees it. */
  readonly taken: Promise<void>;
  /** It is at the mouth now. */
  waits(): boolean;
  close(): void;
}

export function watchSlip(printer: ReceiptPrinter | undefined): SlipWatch {
  let stop = (): void => undefined;
  const taken = new Promise<void>((resolve) => {
    const unsubscribe = printer?.onPrinterEvent(({ event }) => {
      if (event === 'mediaTaken') resolve();
    });
    stop = () => unsubscribe?.();
  });
  return { taken, waits: () => printer?.media === 'present', close: () => stop() };
}

/** After a session, whatever its end: what hangs there is its slip. */
export async function takeBackLeftSlip({ printer, audit }: Rooms, session: { readonly id: string }): Promise<void> {
  if (printer?.media !== 'present') return;
  const drawn = await printer.retract({ timeoutMs: RETRACT_TIMEOUT_MS });
  if (!drawn.done && drawn.fault === 'noMediaPresent') return;
  audit.write('slip.left', { session: session.id, state: drawn.done ? 'retracted' : drawn.fault });
}
