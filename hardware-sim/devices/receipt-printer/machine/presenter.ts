/**
 * Where cut slips go: fall out, or wait in a presenter until somebody takes them
 * or the printer draws them back (Custom family, escpos.md section 5).
 */
import type { Sheet } from '../paper.ts';
import { byteAt } from '../press/arguments.ts';
import { type Condition, isOffline } from './condition.ts';

export class Outlet {
  readonly #sheets: Sheet[] = [];
  readonly retracted: Sheet[] = [];
  /** `GS E0 n`: which status bytes are sent on change. */
  watching = 0;

  get sheets(): readonly Sheet[] {
    return this.#sheets;
  }

  put(sheet: Sheet): void {
    this.#sheets.push(sheet);
  }

  take(): Sheet | undefined {
    return this.#sheets.shift();
  }

  /** Into the bin inside the machine: nobody can take them any more. */
  retract(): void {
    this.retracted.push(...this.#sheets.splice(0));
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

  /** `GS e n`: 2 draws the ticket back into the machine; the other numbers only ask. */
  command(args: Uint8Array): void {
    if (byteAt(args, 0) === 0x02) this.retract();
  }

  get waiting(): boolean {
    return this.#sheets.length > 0;
  }

  #four(condition: Condition): readonly number[] {
    const { coverOpen, paperOut, paperNearEnd, headHot, cutterError } = condition;
    const paper = (paperOut ? 0x01 : 0) | (paperNearEnd || paperOut ? 0x04 : 0) | (this.waiting ? 0x20 : 0);
    const user = coverOpen ? 0x02 : 0;
    return [paper, user, headHot ? 0x01 : 0, isOffline(condition) && cutterError ? 0x01 : 0];
  }
}
