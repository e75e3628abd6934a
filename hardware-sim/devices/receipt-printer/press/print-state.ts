/**
 * Everything a command can set about how later data prints, with the values
 * that `ESC @` puts back. One style object is shared by all glyphs printed with it.
 */
import type { Picture, TextStyle } from '../paper.ts';

export const CELL_DOTS = 12;
export const LINE_DOTS = 24;
export const DEFAULT_LINE_SPACING = 30;
/** Motion units an inch where `GS P` has not set others: one unit is one dot. */
export const DOTS_PER_INCH = 203;

/** What differs between single-byte and Chinese characters. */
export interface SizeAndLine {
  scaleX: number;
  scaleY: number;
  underline: 0 | 1 | 2;
}

export interface PressOptions {
  /** Dots across the paper, e.g. 576 (80 mm) or 384 (58 mm). */
  readonly widthDots: number;
  /** `ESC !` and `ESC -` change Chinese characters too; on Epson models only `FS !` and `FS -` do. */
  readonly escStyleReachesChinese: boolean;
  readonly carriageReturnFeeds: boolean;
  /** `GS Z` + `ESC Z` of Chinese boards; off = prints as text. */
  readonly legacySymbols: boolean;
}

export class PrintState {
  font: 'a' | 'b' = 'a';
  bold = false;
  doubleStrike = false;
  inverse = false;
  rotated = false;
  upsideDown = false;
  singleByte: SizeAndLine = { scaleX: 1, scaleY: 1, underline: 0 };
  chinese: SizeAndLine = { scaleX: 1, scaleY: 1, underline: 0 };
  rightSpace = 0;
  chineseLeftSpace = 0;
  chineseRightSpace = 0;
  lineSpacing = DEFAULT_LINE_SPACING;
  unitX = 1;
  unitY = 1;
  align: 'left' | 'center' | 'right' = 'left';
  marginLeft = 0;
  areaWidth: number;
  tabs: readonly number[] = Array.from({ length: 32 }, (_, index) => (index + 1) * 8);
  userGlyphsOn = false;
  readonly userGlyphs = new Map<number, Picture>();
  readonly userChinese = new Map<number, Picture>();
  downloadedPicture: Picture | undefined;
  barcodeHeight = 162;
  barcodeModule = 3;
  caption: 'none' | 'above' | 'below' | 'both' = 'none';
  legacySymbol = 0;
  #styles: { readonly singleByte: TextStyle; readonly chinese: TextStyle } | undefined;

  constructor(widthDots: number) {
    this.areaWidth = widthDots;
  }

  /** Call after changing a field that a style holds. */
  restyle(): void {
    this.#styles = undefined;
  }

  style(cells: 1 | 2): TextStyle {
    this.#styles ??= { singleByte: this.#made(this.singleByte, this.font), chinese: this.#made(this.chinese, 'a') };
    return cells === 2 ? this.#styles.chinese : this.#styles.singleByte;
  }

  #made(size: SizeAndLine, font: 'a' | 'b'): TextStyle {
    const { scaleX, scaleY, underline } = size;
    const { inverse, rotated } = this;
    return { font, scaleX, scaleY, underline, inverse, rotated, bold: this.bold || this.doubleStrike };
  }
}
