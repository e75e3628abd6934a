/**
 * Outlines of characters from the open Chinese font that the project ships with.
 *
 * Outlines are paths with the baseline at 0 and y upwards, in font units; each is
 * worked out once. The fonts are opened when the first character is drawn.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Outline {
  /** SVG path data. */
  readonly path: string;
  readonly advance: number;
}

interface FontGlyph {
  readonly advanceWidth: number;
  readonly path: { toSVG(): string };
}
interface Font {
  glyphForCodePoint(codePoint: number): FontGlyph;
}
interface FontLibrary {
  openSync(file: string): Font;
}

export type Weight = 'Regular' | 'Bold';

/** Both fonts: 1000 units an em, of which 880 are above the baseline. */
export const UNITS_PER_EM = 1000;
export const UNITS_ABOVE_BASELINE = 880;

const require = createRequire(import.meta.url);

class GlyphOutlines {
  readonly #fonts = new Map<Weight, Font>();
  readonly #outlines = new Map<string, Outline>();

  /** A character that the font lacks has the outline of an empty box. */
  outline(character: string, weight: Weight): Outline {
    const key = weight + character;
    let outline = this.#outlines.get(key);
    if (!outline) {
      const glyph = this.#font(weight).glyphForCodePoint(character.codePointAt(0) ?? 0x20);
      outline = { path: glyph.path.toSVG(), advance: glyph.advanceWidth };
      this.#outlines.set(key, outline);
    }
    return outline;
  }

  #font(weight: Weight): Font {
    let font = this.#fonts.get(weight);
    if (!font) {
      const library = require('fontkit') as FontLibrary;
      const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts');
      font = library.openSync(join(folder, `NotoSansHans-${weight}.otf`));
      this.#fonts.set(weight, font);
    }
    return font;
  }
}

/** One for the whole process: every sheet prints the same characters. */
export const glyphOutlines = new GlyphOutlines();
