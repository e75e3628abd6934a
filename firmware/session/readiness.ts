/**
 * Whether the kiosk itself is fit to serve: its cabinet is shut and upright, staff are not at it, mains feeds it, and
 * the disk has room for the books (product.md 2.9).
 *
 * One promise: nobody is received while it is not, and an opened cabinet ends the session that is under way (SZ-266c);
 * money that moves is looked after by the settlement desk either way. A sensor that nobody can ask closes nothing.
 */
import type { Cabinet, CabinetStatus } from '../../drivers/cabinet/cabinet.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, StorePort, Unsubscribe } from '../ports.ts';
import { type ReasonId, reasons } from '../reasons.ts';

export interface Unfit {
  readonly reason: Extract<ReasonId, 'cabinetOpen' | 'staffAtWork' | 'onBattery' | 'diskTrouble'>;
  /** Who is being served: goes at once, or comes to an end first. */
  readonly session: 'endsNow' | 'mayFinish';
}

export interface ReadinessParts {
  readonly cabinet: Pick<Cabinet, 'status' | 'onCabinetEvent' | 'onStateChanged'> | undefined;
  readonly store: StorePort;
  readonly clock: Clock;
  readonly audit: Pick<AuditTrail, 'write'>;
}

/** Less room on the disk: nobody new is received before the journal itself is at risk, bytes. */
export const LEAST_ROOM_BYTES = 64 * 1024 * 1024;
const LOOK_AT_DISK_MS = 10_000;

export class Readiness {
  readonly #parts: ReadinessParts;
  readonly #listeners = new Set<() => void>();
  #full = false;
  #unfit: Unfit | undefined;
  #cancelLook: Unsubscribe = () => undefined;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
    parts.cabinet?.onCabinetEvent(() => this.#look());
    parts.cabinet?.onStateChanged(() => this.#look());
    this.#lookAtDisk();
  }

  /** `undefined`: fit to serve. */
  now(): Unfit | undefined {
    return this.#unfit;
  }

  onChanged(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#cancelLook();
  }

  #lookAtDisk(): void {
    this.#cancelLook = this.#parts.clock.timer(LOOK_AT_DISK_MS, () => this.#lookAtDisk());
    const room = this.#parts.store.roomBytes?.();
    this.#full = room !== undefined && room < LEAST_ROOM_BYTES;
    this.#look();
  }

  #look(): void {
    const status = this.#parts.cabinet?.status();
    const unfit: Unfit | undefined =
      (status && unfitCabinet(status)) ?? (this.#full ? { reason: 'diskTrouble', session: 'mayFinish' } : undefined);
    const before = this.#unfit;
    if (before?.reason === unfit?.reason) return;
    this.#unfit = unfit;
    if (unfit) this.#parts.audit.write(reasons[unfit.reason].audit, { reason: unfit.reason });
    else this.#parts.audit.write('kiosk.fit', before ? { reason: before.reason } : {});
    for (const listener of [...this.#listeners]) listener();
  }
}

function unfitCabinet({ doors, tamperSensor, seismicSensor, operatorSwitch, ups }: CabinetStatus): Unfit | undefined {
  const open = Object.values(doors).includes('open') || tamperSensor === 'on' || seismicSensor === 'on';
  if (open) return { reason: 'cabinetOpen', session: 'endsNow' };
  const staff = operatorSwitch === 'maintenance' || operatorSwitch === 'supervisor';
  if (staff) return { reason: 'staffAtWork', session: 'mayFinish' };
  const onBattery = typeof ups === 'object' && ups.engaged;
  return onBattery ? { reason: 'onBattery', session: 'mayFinish' } : undefined;
}
