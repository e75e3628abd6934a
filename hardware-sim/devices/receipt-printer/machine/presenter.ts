/**
 * Where cut slips go: fall out, or wait in a presenter until somebody takes them
 * or the printer draws them back (Custom family, escpos.md section 5).
 */
import type { Sheet } from '../paper.ts';
import { byteAt } from '../press/arguments.ts';
import { type Condition, isOffline } from './condition.ts';

export class Outlet {
  readonly #holds: boolean;
  /** Cut, and still between the rollers: no hand can reach it. */
  readonly #inside: Sheet[] = [];
  readonly #sheets: Sheet[] = [];
  readonly retracted: Sheet[] = [];
  /** Pushed out with nobody there to take it: it lies on the floor of the hall. */
  readonly fallen: Sheet[] = [];
  /** `GS E0 n`: which status bytes are sent on change. */
  watching = 0;
  #halfOut = false;

  /** @param holds what is cut stays inside until it is presented */
  constructor(holds = false) {
    this.#holds = holds;
  }

  get sheets(): readonly Sheet[] {
    return this.#sheets;
  }

  put(sheet: Sheet): void {
    (this.#holds ? this.#inside : this.#sheets).push(sheet);
  }

  take(): Sheet | undefined {
    this.#halfOut = false;
    return this.#sheets.shift();
  }

  /** A hand pulls the slip out of the rollers and lets it hang: the eye still sees it, the motor has lost it. */
  pullHalf(): void {
    this.#halfOut = this.waiting;
  }

  /** Into the bin inside the machine: nobody can take them any more. */
  retract(): void {
    this.retracted.push(...this.#inside.splice(0));
    if (!this.#halfOut) this.retracted.push(...this.#sheets.splice(0));
  }

  /** What is held comes to the mouth; what still hung there falls. */
  present(): void {
    if (this.#inside.length === 0) return;
    this.#eject(this.#sheets);
    this.#sheets.push(...this.#inside.splice(0));
  }

  /** Answer to `GS e n` and the paper byte of the full status share the bit for a waiting ticket. */
  status(condition: Condition): Uint8Array {
    const { paperOut, paperNearEnd, cutterError } = condition;
    return Uint8Array.of(
      (paperNearEnd || paperOut ? 0x01 : 0) |
        (paperOut ? 0x04 : 0) |
        (this.waiting ? 0x08 : 0) |
        (cutterError ? 0x40 : 0),
    );
  }

  /** `10 0F` and four bytes: paper, user, recoverable, fatal. */
  fullStatus(condition: Condition): Uint8Array {
    return Uint8Array.of(0x10, 0x0f, ...this.#four(condition));
  }

  /** What is pushed on change: `10 n` and the chosen bytes. */
  pushed(condition: Condition): Uint8Array {
    const chosen = this.#four(condition).filter((_, index) => (this.watching & (1 << index)) !== 0);
    return Uint8Array.of(0x10, this.watching, ...chosen);
  }

  /** `GS e n`: 2 retract, 3 present, 5 eject, 6 say how it is (KPM 210/216 manual, page 3-94). → the answer, if any */
  command(args: Uint8Array, condition: Condition): Uint8Array | undefined {
    switch (byteAt(args, 0)) {
      case 0x02:
        this.retract();
        return undefined;
      case 0x03:
        this.present();
        return undefined;
      case 0x05:
        this.#eject(this.#inside);
        this.#eject(this.#sheets);
        return undefined;
      case 0x06:
        return this.status(condition);
      default:
        return undefined;
    }
  }

  /** Epson's peeler status, `DLE EOT 8 3`: bit 5 on = no paper in the detector (ESC/POS Command Reference). */
  detector(): number {
    return 0x12 | (this.waiting ? 0 : 0x20);
  }

  get waiting(): boolean {
    return this.#sheets.length > 0;
  }

  #eject(sheets: Sheet[]): void {
    this.#halfOut = false;
    this.fallen.push(...sheets.splice(0));
  }

  #four(condition: Condition): readonly number[] {
    const { coverOpen, paperOut, paperNearEnd, headHot, cutterError } = condition;
    const paper = (paperOut ? 0x01 : 0) | (paperNearEnd || paperOut ? 0x04 : 0) | (this.waiting ? 0x20 : 0);
    const user = coverOpen ? 0x02 : 0;
    return [paper, user, headHot ? 0x01 : 0, isOffline(condition) && cutterError ? 0x01 : 0];
  }
}
