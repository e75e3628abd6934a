/** Who may act for whom (亲友代办): registered at a window until a day, or guardian of a child. */
import { dayText } from '../beijing-time.ts';
import type { PartyClock } from '../party.ts';
import type { Registered } from './registered.ts';

/** Younger than this a parent or guardian acts, years. */
const OF_AGE = 18;

export class ProxyRegister {
  readonly #clock: PartyClock;
  /** Patient's key and the proxy's certificate → last day. */
  readonly #registered = new Map<string, string>();
  readonly #guardians = new Set<string>();

  constructor(clock: PartyClock) {
    this.#clock = clock;
  }

  /** Hands at the window. @param until yyyy-MM-dd */
  register(patient: Registered, proxy: Registered, until = '2099-12-31'): void {
    this.#registered.set(placeOf(patient, proxy.certificate?.number ?? ''), until);
  }

  /** Hands: the household register says so. */
  registerGuardian(patient: Registered, guardian: Registered): void {
    this.#guardians.add(placeOf(patient, guardian.certificate?.number ?? ''));
  }

  stateOf(patient: Registered, certificateNumber: string): 'registered' | 'guardian' | 'expired' | 'none' {
    const place = placeOf(patient, certificateNumber);
    const today = dayText(this.#clock.wallMs());
    const years = Number(today.slice(0, 4)) - Number(patient.born.slice(0, 4));
    if (years < OF_AGE && this.#guardians.has(place)) return 'guardian';
    const until = this.#registered.get(place);
    if (until === undefined) return 'none';
    return until >= today ? 'registered' : 'expired';
  }
}

function placeOf({ key }: Registered, certificateNumber: string): string {
  return `${key} ${certificateNumber}`;
}
