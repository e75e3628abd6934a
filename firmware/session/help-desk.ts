/**
 * 找人帮忙: a call to the guide desk (导诊台), from the bar of every screen or the hard button beside it (Y1-8).
 *
 * One promise: staff are told which kiosk, which screen and which of our codes, and nothing of whoever stands there; who
 * is not answered within half a minute is told telephone and window instead of waiting on.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { HospitalServices } from '../hospital/hospital-services.ts';
import type { KioskDevices } from '../kiosk-devices.ts';
import type { Clock, Unsubscribe } from '../ports.ts';

/** product.md 2.8, ms. */
const UNANSWERED_AFTER_MS = 30_000;
const ASK_EVERY_MS = 2_000;

export interface HelpAbout {
  readonly screen: string;
  readonly staffCode: string;
}

export interface HelpCall {
  readonly state: 'calling' | 'coming' | 'unanswered';
  /** Resolves at the next change; never after the last one. */
  changed(): Promise<void>;
  /** Nobody needs to come any more. */
  end(): void;
}

export interface HelpDeskParts {
  readonly services: Pick<HospitalServices, 'callHelp' | 'helpState' | 'endHelp'>;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly kioskId: string;
  readonly newId: (prefix: string) => string;
}

export class HelpDesk {
  readonly #parts: HelpDeskParts;

  constructor(parts: HelpDeskParts) {
    this.#parts = parts;
  }

  call(about: HelpAbout): HelpCall {
    const { audit, newId } = this.#parts;
    const call = new Ringing(this.#parts, newId('help'));
    audit.write('help.called', { choice: about.screen, ...(about.staffCode !== '' && { reason: about.staffCode }) });
    call.ring(about);
    return call;
  }
}

class Ringing implements HelpCall {
  state: HelpCall['state'] = 'calling';
  readonly #parts: HelpDeskParts;
  readonly #requestId: string;
  #told: () => void = () => undefined;
  #next: Promise<void>;
  #over = false;
  #stops: readonly Unsubscribe[] = [];

  constructor(parts: HelpDeskParts, requestId: string) {
    this.#parts = parts;
    this.#requestId = requestId;
    this.#next = this.#nextChange();
  }

  ring(about: HelpAbout): void {
    const { clock, services, kioskId } = this.#parts;
    this.#stops = [clock.timer(UNANSWERED_AFTER_MS, () => this.#becomes('unanswered'))];
    services.callHelp({ kioskId, ...about, requestId: this.#requestId }).then(
      ({ outcome }) => {
        if (outcome === 'ok') this.#askAgain();
        else this.#becomes('unanswered');
      },
      () => this.#becomes('unanswered'),
    );
  }

  changed(): Promise<void> {
    return this.#next;
  }

  end(): void {
    if (this.#over) return;
    this.#stop();
    this.#parts.services.endHelp(this.#requestId).catch(() => undefined);
  }

  #askAgain(): void {
    if (this.#over || this.state !== 'calling') return;
    const stop = this.#parts.clock.timer(ASK_EVERY_MS, () => {
      this.#parts.services.helpState(this.#requestId).then(
        (answer) => {
          if (answer.outcome === 'ok' && answer.value.state === 'coming') this.#becomes('coming');
          else this.#askAgain();
        },
        () => this.#askAgain(),
      );
    });
    this.#stops = [...this.#stops, stop];
  }

  #becomes(state: 'coming' | 'unanswered'): void {
    if (this.#over || this.state !== 'calling') return;
    this.state = state;
    for (const stop of this.#stops) stop();
    if (state === 'unanswered') this.#parts.audit.write('help.unanswered');
    const tell = this.#told;
    this.#next = this.#nextChange();
    tell();
  }

  #stop(): void {
    this.#over = true;
    for (const stop of this.#stops) stop();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#told = resolve;
    });
  }
}

/** The hard button with Braille, where the cabinet has one. */
export function onHelpButton({ cabinet }: Pick<KioskDevices, 'cabinet'>, pressed: () => void): Unsubscribe {
  if (!cabinet) return () => undefined;
  return cabinet.onCabinetEvent(({ changed }) => {
    if (changed.operatorCallButtonSensor === 'on') pressed();
  });
}
