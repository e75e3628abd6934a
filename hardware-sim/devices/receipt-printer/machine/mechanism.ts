/**
 * Paper, head, knife and motor: carries out one thing at a time, in its own time.
 *
 * Dots are on paper when the motor has passed them. Whatever stops the motor
 * leaves a cut-off line there; when the cause is gone, the line that failed is
 * printed again from its first dot, as real printers do.
 */
import type { Clock, Unsubscribe } from '../../../../drivers/ports.ts';
import { DOTS_PER_MM, type PaperOp, PaperRoll, type Sheet } from '../paper.ts';
import type { PrinterProfile } from './profiles.ts';

export interface MechanismEvents {
  /** Something new is on the paper, or the paper has moved. */
  readonly onMoved: () => void;
  readonly onSheet: (sheet: Sheet) => void;
  /** Paper, cover, knife or head changed. */
  readonly onCondition: () => void;
}

export class Mechanism {
  readonly #clock: Clock;
  readonly #profile: PrinterProfile;
  readonly #events: MechanismEvents;
  readonly roll: PaperRoll;
  coverOpen = false;
  headHot = false;
  cutterError = false;
  cutterJammed = false;
  cuts = 0;
  dotsFed = 0;
  #paperDots: number;
  #op: PaperOp | undefined;
  #done: () => void = () => {};
  #timer: Unsubscribe | undefined;
  #freeAtMs = 0;

  constructor(clock: Clock, profile: PrinterProfile, paperMm: number, events: MechanismEvents) {
    this.#clock = clock;
    this.#profile = profile;
    this.#events = events;
    this.#paperDots = Math.round(paperMm * DOTS_PER_MM);
    this.roll = new PaperRoll(profile.press.widthDots);
  }

  get paperOut(): boolean {
    return this.#paperDots <= 0;
  }

  get paperNearEnd(): boolean {
    return this.#paperDots < this.#profile.nearEndMm * DOTS_PER_MM;
  }

  /** What is left on the roll, mm. */
  get paperMm(): number {
    return this.#paperDots / DOTS_PER_MM;
  }

  get busy(): boolean {
    return this.#op !== undefined;
  }

  get #stopped(): boolean {
    return this.coverOpen || this.headHot || this.cutterError || this.paperOut;
  }

  /** Carries out `op`; calls `done` when its last dot is on paper, which may be at once. */
  run(op: PaperOp, done: () => void): void {
    this.#op = op;
    this.#done = done;
    this.#start();
  }

  /** A hand changed something: stops the motor where it is, or starts it again. */
  changed(change: () => void): void {
    this.#halt();
    change();
    this.#events.onCondition();
    this.#start();
  }

  loadPaper(mm: number): void {
    this.changed(() => {
      this.#endSheet('paperEnd');
      this.#paperDots = Math.round(mm * DOTS_PER_MM);
    });
  }

  /** Tears at the edge; the sheet is what has come out so far. */
  tearOff(): Sheet | undefined {
    this.#halt();
    const sheet = this.#endSheet('torn');
    this.#start();
    return sheet;
  }

  /** Power gone or buffer cleared: what is not on paper yet never will be. */
  forget(): void {
    this.#halt();
    this.#op = undefined;
  }

  #start(): void {
    const op = this.#op;
    if (!op || this.#timer || this.#stopped) return;
    const now = this.#clock.monotonicMs();
    const dots = this.#reachable(op);
    const duration = Math.abs(dots) / this.#dotsPerMs + (op.kind === 'cut' ? this.#profile.cutMs : 0);
    if (duration === 0) {
      this.#arrive();
      return;
    }
    this.#freeAtMs = Math.max(this.#freeAtMs, now) + duration;
    this.#timer = this.#clock.timer(this.#freeAtMs - now, () => {
      this.#timer = undefined;
      this.#arrive();
    });
  }

  get #dotsPerMs(): number {
    return (this.#profile.speedMmPerSecond * DOTS_PER_MM) / 1000;
  }

  #length(op: PaperOp): number {
    return op.kind === 'print' ? op.advance : op.kind === 'feed' ? op.dots : op.feed;
  }

  /** As far as the paper reaches. */
  #reachable(op: PaperOp): number {
    return Math.min(this.#length(op), this.#paperDots);
  }

  /** The motor came to the end of the movement, or of the paper. */
  #arrive(): void {
    const op = this.#op;
    if (!op) return;
    const dots = this.#reachable(op);
    this.#move(op, dots);
    if (dots < this.#length(op)) {
      this.#runOut(op, dots);
      return;
    }
    if (op.kind === 'cut' && !this.#cut(op)) return;
    this.#op = undefined;
    if (this.paperOut) this.#runOut(undefined, 0);
    this.#done();
  }

  #cut(op: Extract<PaperOp, { kind: 'cut' }>): boolean {
    if (this.cutterJammed) {
      this.#op = { ...op, feed: 0 };
      this.cutterError = true;
      this.#events.onCondition();
      return false;
    }
    this.cuts += 1;
    this.#endSheet(op.cut);
    return true;
  }

  #runOut(op: PaperOp | undefined, dots: number): void {
    if (op) this.#op = this.#rest(op, dots);
    this.#paperDots = 0;
    this.#endSheet('paperEnd');
    this.#events.onCondition();
  }

  /** Something stopped the motor half-way: what it passed is on paper. */
  #halt(): void {
    if (!this.#timer || !this.#op) return;
    this.#timer();
    this.#timer = undefined;
    const op = this.#op;
    const left = Math.max(0, this.#freeAtMs - this.#clock.monotonicMs());
    this.#freeAtMs = this.#clock.monotonicMs();
    const whole = this.#reachable(op);
    const cutting = op.kind === 'cut' ? this.#profile.cutMs : 0;
    const missing = Math.ceil(Math.max(0, left - cutting) * this.#dotsPerMs);
    const moved = Math.sign(whole) * Math.max(0, Math.abs(whole) - missing);
    this.#move(op, moved);
    this.#op = this.#rest(op, moved);
  }

  #move(op: PaperOp, dots: number): void {
    if (op.kind === 'print') this.roll.print(op, dots);
    this.roll.feed(dots);
    this.#paperDots -= dots;
    this.dotsFed += Math.max(0, dots);
    this.#events.onMoved();
  }

  /** What is to be done after a stop: a line that is not whole is printed again. */
  #rest(op: PaperOp, moved: number): PaperOp {
    switch (op.kind) {
      case 'print':
        return moved >= op.height ? { kind: 'feed', dots: op.advance - moved } : op;
      case 'feed':
        return { kind: 'feed', dots: op.dots - moved };
      case 'cut':
        return { ...op, feed: op.feed - moved };
    }
  }

  #endSheet(how: NonNullable<Sheet['cut']>): Sheet | undefined {
    const sheet = this.roll.end(how);
    if (sheet && how !== 'torn') this.#events.onSheet(sheet);
    return sheet;
  }
}
