/** Requests that somebody in the hospital has to say yes to: a doctor to a refund, staff to a conversion. */
export type Said = 'waiting' | 'approved' | 'refused';

export class Approvals {
  readonly #prefix: string;
  readonly #bySubject = new Map<string, { readonly applicationId: string; said: Said }>();

  /** @param prefix of the numbers given, e.g. `TF`. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The request about this subject, made now if it is the first. */
  ask(subject: string, atOnce: Said): { readonly applicationId: string; readonly said: Said } {
    const known = this.#bySubject.get(subject);
    if (known) return known;
    const applicationId = `${this.#prefix}${String(this.#bySubject.size + 1).padStart(6, '0')}`;
    const made = { applicationId, said: atOnce };
    this.#bySubject.set(subject, made);
    return made;
  }

  /** Numbers that somebody still has to answer. */
  get waiting(): readonly string[] {
    return [...this.#bySubject.values()].filter(({ said }) => said === 'waiting').map((one) => one.applicationId);
  }

  about(subject: string): Said | undefined {
    return this.#bySubject.get(subject)?.said;
  }

  /** Hands: the answer. @throws RangeError for a number that nobody asked under. */
  say(applicationId: string, said: 'approved' | 'refused'): void {
    for (const request of this.#bySubject.values()) {
      if (request.applicationId === applicationId) {
        request.said = said;
        return;
      }
    }
    throw new RangeError('Nobody has asked under this number.');
  }
}
