/**
 * A pole display of two rows of twenty glowing characters, as its manual has it (CD5220 standard mode): it shows what
 * it is sent, says nothing, and begins anew, dark, when it gets its power back.
 *
 * Written from the command list of the CD5220 manual (Partner Tech; pages 15 and 17 of its user's manual): a row of
 * `ESC Q A` or `ESC Q B` shows at its CR; in that string mode only CLR and another row count.
 */
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { SerialCable } from '../serial-cable.ts';

const WIDE = 20;

export class SimVfdDisplay {
  #rows: string[] = ['', ''];
  /** What came of a command that is not whole. */
  #held: number[] = [];
  #stringMode = false;
  /** Where a plain character goes. */
  #at = { row: 0, column: 0 };
  cursor = true;
  #cable: SerialCable | undefined;
  #plugged = true;
  #powered = true;
  #hung = false;

  /** What people in the hall read; nothing when dark. */
  text(): readonly string[] {
    if (!this.#powered) return [];
    const rows = this.#rows.map((row) => row.trimEnd());
    return rows.every((row) => row === '') ? [] : rows;
  }

  unplug(): void {
    this.#plugged = false;
    this.#cable?.lose();
    this.#cable = undefined;
  }

  plugIn(): void {
    this.#plugged = true;
  }

  cutPower(): void {
    this.#powered = false;
    this.#begin();
  }

  powerUp(): void {
    this.#powered = true;
    this.#hung = false;
    this.#begin();
  }

  /** What it shows stays, and nothing it is sent changes it. */
  hang(): void {
    this.#hung = true;
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#plugged) return Promise.reject(new LinkLostError('no display at this cable'));
    this.#cable?.lose();
    this.#cable = new SerialCable((bytes) => {
      if (this.#powered && !this.#hung) for (const byte of bytes) this.#hear(byte);
    });
    return Promise.resolve(this.#cable);
  }

  #begin(): void {
    this.#rows = ['', ''];
    this.#held = [];
    this.#stringMode = false;
    this.#at = { row: 0, column: 0 };
    this.cursor = true;
  }

  #hear(byte: number): void {
    if (this.#held.length > 0) {
      this.#hearOfCommand(byte);
      return;
    }
    if (byte === 0x1b) this.#held = [byte];
    else if (byte === 0x0c) {
      this.#rows = ['', ''];
      this.#stringMode = false;
      this.#at = { row: 0, column: 0 };
    } else if (this.#stringMode) return;
    else if (byte === 0x0d) this.#at = { ...this.#at, column: 0 };
    else if (byte === 0x0a) this.#at = { ...this.#at, row: 1 - this.#at.row };
    else if (byte === 0x0b) this.#at = { row: 0, column: 0 };
    else if (byte >= 0x20 && byte <= 0x7e) this.#write(byte);
  }

  #hearOfCommand(byte: number): void {
    const [, kind, row] = this.#held;
    if (kind === 0x51 && row !== undefined) {
      if (byte === 0x0d) this.#stringRow(row, this.#held.slice(3));
      else if (this.#held.length < 3 + 2 * WIDE) {
        this.#held.push(byte);
        return;
      }
      this.#held = [];
      return;
    }
    this.#held.push(byte);
    const [, command, argument] = this.#held;
    if (command === 0x51) {
      if (argument !== undefined && argument !== 0x41 && argument !== 0x42) this.#held = [];
      return;
    }
    if (command === 0x40 && !this.#stringMode) this.#begin();
    else if (command === 0x5f && argument === undefined) return;
    else if (command === 0x5f && !this.#stringMode) this.cursor = argument === 1;
    this.#held = [];
  }

  #stringRow(which: number, bytes: readonly number[]): void {
    this.#stringMode = true;
    const text = bytes.slice(0, WIDE).map((byte) => (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : ' '));
    this.#rows[which - 0x41] = text.join('');
  }

  #write(byte: number): void {
    const row = (this.#rows[this.#at.row] ?? '').padEnd(WIDE);
    const { column } = this.#at;
    this.#rows[this.#at.row] = row.slice(0, column) + String.fromCharCode(byte) + row.slice(column + 1);
    const next = column + 1;
    this.#at = next < WIDE ? { ...this.#at, column: next } : { row: 1 - this.#at.row, column: 0 };
  }
}
