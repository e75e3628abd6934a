/**
 * A note acceptor: rollers, an escrow for one note, a stacker box, and counters
 * that no power cut touches.
 *
 * One promise: what its counter says has fallen into the box has fallen into it,
 * unless hands or a broken stacker (`uncounted`) made a liar of it on purpose.
 */
import { CutLine } from '../cut-line.ts';

export type Counted = { readonly box: number; readonly notes: readonly (readonly [faceFen: number, count: number])[] };

export type AcceptorEvent =
  | { readonly kind: 'escrow'; readonly noteFen: number }
  | { readonly kind: 'returned' }
  | { readonly kind: 'fault'; readonly fault: 'jammed' | 'boxFull' | 'boxOut' | 'lost' };

export type AcceptorSaid = { readonly says: string; readonly counted?: Counted; readonly escrow?: boolean } | undefined;

/** What the stacker does when the plug is pulled while a note moves. */
export type MidStack = 'fallsIn' | 'comesBack' | 'uncounted';

export class VirtualCashAcceptor {
  readonly line = new CutLine();
  /** Hands: the power fails while the next note moves, and this is what becomes of it. */
  failsMidStack: MidStack | undefined;
  /** Hands: the rollers cannot move the next note into the box and give it back. */
  givesBack = false;
  readonly #listeners = new Set<(event: AcceptorEvent) => void>();
  #powered = true;
  #accepting: ReadonlySet<number> = new Set();
  #escrowFen = 0;
  #box = 1;
  #boxIn = true;
  #counters = new Map<number, number>();
  /** What really lies in the box; only hands that open it know. */
  #lies: number[] = [];
  /** Notes that came back to the patient's hand. */
  readonly #inHand: number[] = [];

  onEvent(listener: (event: AcceptorEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands: a note into the mouth; one that is not wanted now comes straight back. */
  insert(noteFen: number): 'taken' | 'cameBack' {
    if (!this.#powered || !this.#boxIn || this.#escrowFen > 0 || !this.#accepting.has(noteFen)) {
      this.#inHand.push(noteFen);
      return 'cameBack';
    }
    this.#escrowFen = noteFen;
    this.#tell({ kind: 'escrow', noteFen });
    return 'taken';
  }

  /** Hands: what came back so far, taken. */
  takeNotes(): readonly number[] {
    return this.#inHand.splice(0);
  }

  /** Hands: the box is opened and counted. */
  countByHand(): readonly number[] {
    return [...this.#lies];
  }

  /** Hands: an empty box for the full one. */
  changeBox(): void {
    this.#box += 1;
    this.#counters = new Map();
    this.#lies = [];
  }

  /** Hands: a note goes into or out of the box past the counter. */
  slip(noteFen: number, way: 'in' | 'out'): void {
    if (way === 'in') this.#lies.push(noteFen);
    else this.#lies.splice(this.#lies.indexOf(noteFen), 1);
  }

  pullPlug(): void {
    this.#powered = false;
  }

  /** A note that lay in the escrow comes back. */
  plugIn(): void {
    this.#powered = true;
    this.#accepting = new Set();
    this.#return();
  }

  accept(faces: readonly number[]): AcceptorSaid {
    return this.#command('accept', () => {
      this.#accepting = new Set(faces);
      return { says: this.#boxIn ? 'accepting' : 'outOfService' };
    });
  }

  stop(): AcceptorSaid {
    return this.#command('stop', () => {
      this.#accepting = new Set();
      this.#return();
      return { says: 'stopped' };
    });
  }

  stack(): AcceptorSaid {
    return this.#command('stack', () => {
      const noteFen = this.#escrowFen;
      if (noteFen === 0) return { says: 'returned' };
      if (this.givesBack) {
        this.givesBack = false;
        this.#return();
        return { says: 'returned' };
      }
      const { failsMidStack } = this;
      if (failsMidStack) {
        this.failsMidStack = undefined;
        this.#powered = false;
        if (failsMidStack === 'comesBack') return undefined;
        this.#escrowFen = 0;
        this.#lies.push(noteFen);
        if (failsMidStack === 'fallsIn') this.#count(noteFen);
        return undefined;
      }
      this.#escrowFen = 0;
      this.#lies.push(noteFen);
      this.#count(noteFen);
      return { says: 'stacked', counted: this.#counted() };
    });
  }

  giveBack(): AcceptorSaid {
    return this.#command('giveBack', () => {
      this.#return();
      return { says: 'returned' };
    });
  }

  counters(): AcceptorSaid {
    return this.#command('counters', () => ({
      says: 'counters',
      counted: this.#counted(),
      escrow: this.#escrowFen > 0,
    }));
  }

  #command(words: string, work: () => AcceptorSaid): AcceptorSaid {
    if (!this.#powered || !this.line.carry(`${words}\n`) || !this.#powered) return undefined;
    const said = work();
    if (!said || !this.#powered) return undefined;
    return this.line.carry(`${JSON.stringify(said)}\n`) && this.#powered ? said : undefined;
  }

  #count(noteFen: number): void {
    this.#counters.set(noteFen, (this.#counters.get(noteFen) ?? 0) + 1);
  }

  #counted(): Counted {
    return { box: this.#box, notes: [...this.#counters] };
  }

  #return(): void {
    if (this.#escrowFen === 0) return;
    this.#inHand.push(this.#escrowFen);
    this.#escrowFen = 0;
    this.#tell({ kind: 'returned' });
  }

  #tell(event: AcceptorEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
