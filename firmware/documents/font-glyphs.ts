/**
 * Draws, dot by dot, the characters that a receipt printer's own font lacks.
 *
 * The open font that the project ships is opened at the first such character,
 * which takes some tenths of a second once; start-up pays nothing. One promise:
 * a character is drawn as itself or not at all, never as another or a box.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CELL_DOTS, type GlyphRaster, LINE_DOTS } from '../../drivers/receipt-printer/glyph-raster.ts';
import { type Contour, fillOutline, type Point } from './outline-fill.ts';
import { snapStems } from './stem-snapping.ts';

interface FontCommand {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
  readonly args: readonly number[];
}

interface FontGlyph {
  readonly advanceWidth: number;
  readonly path: { readonly commands: readonly FontCommand[] };
}

interface Font {
  readonly unitsPerEm: number;
  readonly ascent: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): FontGlyph;
}

/** Bounded, so that hostile texts can't grow it; a slip with rare names needs a handful. */
const MOST_KEPT = 128;
/** Straight pieces of one curve: a whole character is 24 dots, so a piece is under a dot. */
const PIECES = 8;

/** @param openFont throws when there is no font; then every character counts as missing. */
export function fontGlyphs(openFont: () => Font = openShippedFont): GlyphRaster {
  const kept = new Map<string, Uint8Array | undefined>();
  let font: Font | undefined;
  let opened = false;
  return (character) => {
    if (kept.has(character)) return kept.get(character);
    if (!opened) {
      opened = true;
      font = orUndefined(openFont);
    }
    const glyph = font && draw(character, font);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(character, glyph);
    return glyph;
  };
}

/** A kiosk without its font still prints: the driver then puts its visible mark. */
function orUndefined(openFont: () => Font): Font | undefined {
  try {
    return openFont();
  } catch {
    return undefined;
  }
}

function openShippedFont(): Font {
  const require = createRequire(import.meta.url);
  const library = require('fontkit') as { openSync(file: string): Font };
  const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts');
  return library.openSync(join(folder, 'NotoSansHans-Regular.otf'));
}

function draw(character: string, font: Font): Uint8Array | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (!font.hasGlyphForCodePoint(codePoint)) return undefined;
  const glyph = font.glyphForCodePoint(codePoint);
  // As on the printer: one encoded byte is one cell, and only ASCII has one byte.
  const columns = codePoint < 0x80 ? CELL_DOTS : 2 * CELL_DOTS;
  const scaleY = LINE_DOTS / font.unitsPerEm;
  const scaleX = Math.min(scaleY, columns / Math.max(glyph.advanceWidth, 1));
  const left = (columns - glyph.advanceWidth * scaleX) / 2;
  const place = (x: number, y: number): Point => ({ x: left + x * scaleX, y: (font.ascent - y) * scaleY });
  const contours = snapStems(contoursOf(glyph.path.commands, place), { columns, rows: LINE_DOTS });
  return fillOutline(contours, { columns: 2 * CELL_DOTS, rows: LINE_DOTS });
}

function contoursOf(commands: readonly FontCommand[], place: (x: number, y: number) => Point): readonly Contour[] {
  const contours: Point[][] = [];
  for (const { command, args } of commands) {
    if (command === 'closePath') continue;
    const points: Point[] = [];
    for (let at = 0; at + 1 < args.length; at += 2) points.push(place(args[at] ?? 0, args[at + 1] ?? 0));
    const from = contours.at(-1)?.at(-1);
    if (command === 'moveTo' || !from) contours.push(points);
    else contours.at(-1)?.push(...(command === 'lineTo' ? points : curve([from, ...points])));
  }
  return contours;
}

/** A Bézier curve of any degree as straight pieces, without its first point. */
function curve(controls: readonly Point[]): readonly Point[] {
  return Array.from({ length: PIECES }, (_, index) => pointOn(controls, (index + 1) / PIECES));
}

function pointOn(controls: readonly Point[], share: number): Point {
  let points = controls;
  while (points.length > 1) {
    points = points.slice(1).map((to, index) => {
      const from = points[index] ?? to;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    });
  }
  return points[0] ?? { x: 0, y: 0 };
}
