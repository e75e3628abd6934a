/**
 * What every form of a face check shares: who listens, and how often a session has tried.
 *
 * One promise: the attempts of one session are never counted in another.
 */
import type { Unsubscribe } from '../ports.ts';
import type { FaceEvent, FaceVerdict } from './biometric.ts';

export class FaceListeners {
  readonly #listeners = new Set<(event: FaceEvent) => void>();

  on(listener: (event: FaceEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: FaceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

export class Attempts {
  readonly #most: number;
  #sessionId: string | undefined;
  #made = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** `false` when this session has none left. */
  begin(sessionId: string): boolean {
    if (this.#sessionId !== sessionId) this.#made = 0;
    this.#sessionId = sessionId;
    if (this.#made >= this.#most) return false;
    this.#made += 1;
    return true;
  }

  /** What the person is offered after this decision. */
  nextAfter(decision: FaceVerdict['decision']): FaceVerdict['next'] {
    if (decision === 'accept') return 'goOn';
    return decision === 'retry' && this.#made < this.#most ? 'tryAgain' : 'useAnotherWay';
  }
}
