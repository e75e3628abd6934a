/**
 * Paper as it leaves the printer: sheets with lines of glyphs, pictures and symbols at dot positions.
 *
 * Lengths are dots of 1/8 mm (203 dpi). `PaperRoll` promises that what a sheet
 * holds is what the head has burnt: a line under the head when the paper ended
 * stands there as `whole: false` and is no text.
 */

export const DOTS_PER_MM = 8;

export interface TextStyle {
  readonly font: 'a' | 'b';
  readonly scaleX: number;
  readonly scaleY: number;
  readonly bold: boolean;
  /** Thickness in dots. */
  readonly underline: 0 | 1 | 2;
  readonly inverse: boolean;
  /** A quarter turn clockwise. */
  readonly rotated: boolean;
}

/** One dot a bit, rows padded to bytes, the leftmost dot in the highest bit. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}

/** A character in its cell: `x` from the left edge of the print area, cell width and height in dots. */
export interface GlyphMark {
  readonly kind: 'glyph';
  x: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly style: TextStyle;
  /** A glyph that the host downloaded: drawn from its dots instead of from a font. */
  readonly picture?: Picture;
}

export interface PictureMark {
  readonly kind: 'picture';
  x: number;
  /** On paper, after scaling and cutting off what is beyond the print area. */
  readonly width: number;
  readonly height: number;
  readonly picture: Picture;
  readonly scaleX: number;
  readonly scaleY: number;
}

export interface SymbolMark {
  readonly kind: 'symbol';
  x: number;
  readonly width: number;
  readonly height: number;
  /** `qr`, `pdf417`, `code128`, `ean13`, … */
  readonly type: string;
  readonly data: string;
  /** Rows of modules, `true` = black; one row for bar codes; absent when this simulator can't draw the kind. */
  readonly modules?: readonly (readonly boolean[])[];
  /** Text beside a bar code: above, below or both. */
  readonly caption: 'none' | 'above' | 'below' | 'both';
  readonly captionText: string;
}

export type Mark = GlyphMark | PictureMark | SymbolMark;

/** What the head burns in one go; `dy` is its distance from the start of the print. */
export interface Strip {
  readonly dy: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly upsideDown: boolean;
  /** Page mode: the strip is turned this far (degrees, clockwise) around its own top left corner at `left`. */
  readonly turned: 0 | 90 | 180 | 270;
  readonly left: number;
}

export type PaperOp =
  | { readonly kind: 'print'; readonly strips: readonly Strip[]; readonly height: number; readonly advance: number }
  | { readonly kind: 'feed'; readonly dots: number }
  | { readonly kind: 'cut'; readonly cut: 'full' | 'partial'; readonly feed: number };

export interface PaperLine {
  readonly y: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly upsideDown: boolean;
  readonly turned: Strip['turned'];
  readonly left: number;
  /** How many dots of its height are on paper. */
  readonly burnt: number;
  /** `false`: the paper, the cover or the power ended it half-way. */
  readonly whole: boolean;
}

export interface Sheet {
  readonly widthDots: number;
  /** How far the paper has come out so far. */
  heightDots: number;
  readonly lines: PaperLine[];
  /** How this sheet ended; `undefined` while it hangs from the head. */
  cut: 'full' | 'partial' | 'torn' | 'paperEnd' | undefined;
}

export function emptySheet(widthDots: number): Sheet {
  return { widthDots, heightDots: 0, lines: [], cut: undefined };
}

/** The paper at the head; has no time and no end of its own, and forgets a sheet that is off it. */
export class PaperRoll {
  readonly widthDots: number;
  current: Sheet;
  #y = 0;

  constructor(widthDots: number) {
    this.widthDots = widthDots;
    this.current = emptySheet(widthDots);
  }

  /** Something stands on the paper at the head, or it has been fed. */
  get begun(): boolean {
    return this.current.lines.length > 0 || this.current.heightDots > 0;
  }

  /** Burns the strips where the head stands. `reached` dots of them are on paper; the rest is missing. */
  print(op: Extract<PaperOp, { kind: 'print' }>, reached: number): void {
    for (const strip of op.strips) {
      if (strip.dy >= reached && op.height > 0) continue;
      const { dy, height, marks, upsideDown, turned, left } = strip;
      const burnt = Math.min(height, reached - dy);
      const whole = burnt >= height;
      this.current.lines.push({ y: this.#y + dy, height, marks, upsideDown, turned, left, burnt, whole });
    }
  }

  /** Moves the paper; back-feed stops at the edge of the sheet. */
  feed(dots: number): void {
    this.#y = Math.max(0, this.#y + dots);
    this.current.heightDots = Math.max(this.current.heightDots, this.#y);
  }

  /** Ends the sheet at the head and gives it back; an untouched one is no sheet. */
  end(how: NonNullable<Sheet['cut']>): Sheet | undefined {
    if (!this.begun) return undefined;
    const sheet = this.current;
    sheet.cut = how;
    this.current = emptySheet(this.widthDots);
    this.#y = 0;
    return sheet;
  }
}
