/**
 * Page mode: lines collect in an area until `FF` or `ESC FF` burns the whole page
 * and feeds its height. Four print directions; positions are dots of the page.
 */
import type { PaperOp, Strip } from '../paper.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Direction = 0 | 1 | 2 | 3;

export class PageArea {
  #area: Rectangle;
  #direction: Direction = 0;
  #strips: Strip[] = [];
  /** Where the next line stands, across the lines' reading direction. */
  #y = 0;

  constructor(area: Rectangle) {
    this.#area = area;
  }

  /** How long a line is before it wraps. */
  get lineLength(): number {
    return this.#direction % 2 === 0 ? this.#area.width : this.#area.height;
  }

  get #depth(): number {
    return this.#direction % 2 === 0 ? this.#area.height : this.#area.width;
  }

  setArea(area: Rectangle): void {
    this.#area = area;
    this.#y = 0;
  }

  setDirection(direction: Direction): void {
    this.#direction = direction;
    this.#y = 0;
  }

  moveDown(y: number, relative: boolean): boolean {
    const target = relative ? this.#y + y : y;
    if (target < 0 || target > this.#depth) return false;
    this.#y = target;
    return true;
  }

  feed(dots: number): void {
    this.#y += dots;
  }

  /** Adds a line where the position stands; a line beyond the area prints nothing. */
  add(strip: Strip, advance: number): void {
    if (strip.marks.length > 0 && this.#y <= this.#depth) this.#strips.push(this.#turned(strip));
    this.#y += advance;
  }

  clear(): void {
    this.#strips = [];
    this.#y = 0;
  }

  /** The whole page as one thing to burn. */
  toOp(): PaperOp {
    const strips = [...this.#strips].sort((one, other) => one.dy - other.dy);
    const height = strips.reduce((deepest, strip) => Math.max(deepest, strip.dy + strip.height), 0);
    return { kind: 'print', strips, height, advance: this.#area.y + this.#area.height };
  }

  /** Directions: 0 from the top left, 1 upwards from the bottom left, 2 from the bottom right, 3 downwards. */
  #turned(strip: Strip): Strip {
    const { x, y, width, height } = this.#area;
    switch (this.#direction) {
      case 0:
        return { ...strip, dy: y + this.#y, left: x, turned: 0 };
      case 1:
        return { ...strip, dy: y + height, left: x + this.#y, turned: 270 };
      case 2:
        return { ...strip, dy: y + height - this.#y, left: x + width, turned: 180 };
      case 3:
        return { ...strip, dy: y, left: x + width - this.#y, turned: 90 };
    }
  }
}
