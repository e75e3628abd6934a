/**
 * Characters in their cells, as references to shared outlines.
 *
 * Every character stands in the cell that the printer gives it, whatever the
 * font's own widths, so columns are straight. No text reaches the picture: only
 * outlines do, so nothing that is printed can become markup.
 */
import type { GlyphMark, TextStyle } from '../paper.ts';
import { picturePath } from './dot-paths.ts';
import { glyphOutlines, UNITS_ABOVE_BASELINE, UNITS_PER_EM } from './glyph-outlines.ts';

/** Latin letters are drawn narrower than the font has them: printer cells are half as wide as tall. */
const LATIN_NARROWING = 0.86;

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Collects the outlines that one sheet uses; `definitions` goes in front of the drawing. */
export class TextDrawing {
  readonly #ids = new Map<string, string>();
  readonly #definitions: string[] = [];
  readonly #idPrefix: string;

  /** @param idPrefix letters, digits and hyphens; keeps two drawings on one page apart. */
  constructor(idPrefix = '') {
    this.#idPrefix = idPrefix.replace(/[^A-Za-z0-9-]/g, '');
  }

  get definitions(): string {
    return this.#definitions.join('');
  }

  /** One glyph with its cell's top left corner at `x`, `y`. */
  glyph(mark: GlyphMark, x: number, y: number): string {
    const { style, width, height } = mark;
    const paper = style.inverse ? 'fill="#fff"' : '';
    const ground = style.inverse ? `<path d="M${x} ${y}h${width}v${height}h${-width}z"/>` : '';
    const line =
      style.underline > 0 && !style.inverse && !style.rotated
        ? `<path d="M${x} ${y + height - style.underline}h${width}v${style.underline}h${-width}z"/>`
        : '';
    return ground + this.#character(mark, x, y, paper) + line;
  }

  #character(mark: GlyphMark, x: number, y: number, paint: string): string {
    const { style, text, width, height, picture } = mark;
    if (picture) {
      const path = picturePath({
        picture,
        scaleX: style.scaleX,
        scaleY: style.scaleY,
        width: picture.width * style.scaleX,
      });
      return `<path transform="translate(${x} ${y})" d="${path}" ${paint}/>`;
    }
    if (text.trim() === '') return '';
    if (!style.rotated) return this.outlined(text, style, { x, y, width, height }, paint);
    const turn = `translate(${x + width} ${y}) rotate(90)`;
    const upright = this.outlined(text, style, { x: 0, y: 0, width: height, height: width }, paint);
    return `<g transform="${turn}">${upright}</g>`;
  }

  /** A character filling a cell of any size. */
  outlined(
    text: string,
    style: Pick<TextStyle, 'bold'>,
    cell: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    paint = '',
  ): string {
    const weight = style.bold ? 'Bold' : 'Regular';
    const outline = glyphOutlines.outline(text, weight);
    if (outline.path === '') return '';
    const scaleY = cell.height / UNITS_PER_EM;
    const isWide = cell.width >= cell.height;
    const natural = isWide ? cell.width / UNITS_PER_EM : ((cell.width * 2) / UNITS_PER_EM) * LATIN_NARROWING;
    const scaleX = Math.min(natural, cell.width / Math.max(outline.advance, 1));
    const left = cell.x + (cell.width - outline.advance * scaleX) / 2;
    const baseline = cell.y + UNITS_ABOVE_BASELINE * scaleY;
    const place = `translate(${rounded(left)} ${rounded(baseline)}) scale(${rounded(scaleX)} ${rounded(-scaleY)})`;
    return `<use href="#${this.#id(weight + text, outline.path)}" transform="${place}" ${paint}/>`;
  }

  #id(key: string, path: string): string {
    let id = this.#ids.get(key);
    if (!id) {
      id = `${this.#idPrefix}g${this.#ids.size}`;
      this.#ids.set(key, id);
      this.#definitions.push(`<path id="${id}" d="${path}"/>`);
    }
    return id;
  }
}
