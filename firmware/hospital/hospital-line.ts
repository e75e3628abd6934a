/**
 * The line to the hospital's system: both clients on it, and whether it can be worked with now (product.md 2.9).
 *
 * What the home screen offers hangs on it, so that nobody puts a card down for what cannot be done. One promise: a single
 * lost message closes nothing, and the tiles come back by themselves.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Clock, HttpPort, Unsubscribe } from '../ports.ts';
import { LineWatch } from '../upload/line-watch.ts';
import { watchedHttp } from '../upload/watched-http.ts';
import { HttpHospitalGateway } from './http-hospital-gateway.ts';
import { HttpHospitalServices } from './http-hospital-services.ts';

/** After so long without an exchange a small question is asked, ms. */
const QUIET_MS = 30_000;
/** Silence that goes on for so long after it was noticed is no lost message: the question that follows one comes within 5 s. */
const SURE_AFTER_MS = 8_000;

export interface HospitalLineParts {
  readonly http: HttpPort;
  readonly config: Pick<KioskConfig, 'hospitalGateway'>;
  readonly clock: Clock;
  readonly audit: Pick<AuditTrail, 'write'>;
}

export class HospitalLine {
  readonly hospital: HttpHospitalGateway;
  readonly services: HttpHospitalServices;
  readonly #line: LineWatch;
  readonly #audit: Pick<AuditTrail, 'write'>;
  readonly #listeners = new Set<() => void>();
  #open = true;
  #stopTimer: Unsubscribe = () => undefined;

  constructor({ http, config, clock, audit }: HospitalLineParts) {
    this.#audit = audit;
    const ask = (): Promise<unknown> => this.hospital.callsSince(undefined);
    this.#line = new LineWatch({ clock, quietMs: QUIET_MS, ask });
    const options = { http: watchedHttp(http, clock, this.#line), gateway: config.hospitalGateway };
    this.hospital = new HttpHospitalGateway(options);
    this.services = new HttpHospitalServices(options);
    this.#line.onChanged(({ state }) => {
      this.#stopTimer();
      if (state === 'answers') this.#become(true);
      if (state === 'silent') this.#stopTimer = clock.timer(SURE_AFTER_MS, () => this.#become(false));
    });
  }

  /** As far as is known before anybody comes. */
  get open(): boolean {
    return this.#open;
  }

  onChanged(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.#line.start();
  }

  close(): void {
    this.#stopTimer();
    this.#line.close();
  }

  #become(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.#audit.write(open ? 'hospital.answersAgain' : 'hospital.silent');
    for (const listener of [...this.#listeners]) listener();
  }
}
