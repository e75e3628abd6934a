/**
 * A sheet as it looks: SVG with one unit a dot, characters as outlines of a real
 * Chinese font, pictures and symbols as paths.
 *
 * The text of the SVG is numbers and path data only, whatever was printed.
 */
import { modulesPath, picturePath } from './drawing/dot-paths.ts';
import { TextDrawing } from './drawing/text-drawing.ts';
import type { Mark, PaperLine, Sheet, SymbolMark } from './paper.ts';

/** White paper around the print area, dots: 80 mm paper has a 72 mm print area. */
const EDGE_DOTS = 32;
/** Cells; a bar code's caption may be wider than its bars. */
const LONGEST_CAPTION = 48;
const CAPTION = { width: 12, height: 24, room: 28 };

export interface PaperSvgOptions {
  /** Millimetres in the SVG's width and height; without it the picture is one CSS pixel a dot. */
  readonly millimetres?: boolean;
  /** Different for two sheets on one page, so that their outlines keep apart. */
  readonly idPrefix?: string;
}

/** @returns one whole `<svg>` element. */
export function paperSvg(sheet: Sheet, options: PaperSvgOptions = {}): string {
  const drawing = new TextDrawing(options.idPrefix);
  const lines = sheet.lines.map((line, index) =>
    drawLine(line, sheet.widthDots, drawing, `${options.idPrefix ?? ''}c${index}`),
  );
  const width = sheet.widthDots + EDGE_DOTS * 2;
  const lowest = sheet.lines.reduce((depth, line) => Math.max(depth, line.y + line.height), sheet.heightDots);
  const height = Math.max(lowest, 1) + EDGE_DOTS * 2;
  const size = options.millimetres
    ? `width="${width / 8}mm" height="${height / 8}mm"`
    : `width="${width}" height="${height}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">` +
    `<defs>${drawing.definitions}</defs><path fill="#fff" d="M0 0h${width}v${height}h${-width}z"/>` +
    `<g fill="#111" transform="translate(${EDGE_DOTS} ${EDGE_DOTS})">${lines.join('')}</g></svg>`
  );
}

function drawLine(line: PaperLine, paperWidth: number, drawing: TextDrawing, clipId: string): string {
  const marks = line.marks.map((mark) => draw(mark, line.height, drawing)).join('');
  if (marks === '') return '';
  const turn = line.turned === 0 ? '' : ` rotate(${line.turned})`;
  const flip = line.upsideDown ? ` rotate(180 ${paperWidth / 2} ${line.height / 2})` : '';
  const placed = `<g transform="translate(${line.left} ${line.y})${turn}${flip}">${marks}</g>`;
  if (line.whole || line.turned !== 0) return placed;
  const burnt = `M0 ${line.y}h${paperWidth}v${Math.max(line.burnt, 0)}h${-paperWidth}z`;
  return `<clipPath id="${clipId}"><path d="${burnt}"/></clipPath><g clip-path="url(#${clipId})">${placed}</g>`;
}

/** Characters of one line share a baseline: smaller ones stand at the bottom. */
function draw(mark: Mark, lineHeight: number, drawing: TextDrawing): string {
  const y = lineHeight - mark.height;
  if (mark.kind === 'glyph') return drawing.glyph(mark, mark.x, y);
  if (mark.kind === 'picture') return `<path transform="translate(${mark.x} ${y})" d="${picturePath(mark)}"/>`;
  return drawSymbol(mark, y, drawing);
}

function drawSymbol(mark: SymbolMark, y: number, drawing: TextDrawing): string {
  const above = mark.caption === 'above' || mark.caption === 'both' ? CAPTION.room : 0;
  const below = mark.caption === 'below' || mark.caption === 'both' ? CAPTION.room : 0;
  const height = mark.height - above - below;
  const body = mark.modules
    ? `<path transform="translate(${mark.x} ${y + above})" d="${modulesPath(mark.modules, mark.width, height)}"/>`
    : standIn(mark, y + above, height, drawing);
  const captions = [
    above > 0 ? caption(mark, mark.captionText, y, drawing) : '',
    below > 0 ? caption(mark, mark.captionText, y + mark.height - CAPTION.height, drawing) : '',
  ];
  return body + captions.join('');
}

/** A frame with the kind's name: kinds that this simulator doesn't draw still take their place. */
function standIn(mark: SymbolMark, y: number, height: number, drawing: TextDrawing): string {
  const frame = `M${mark.x} ${y}h${mark.width}v${height}h${-mark.width}zm2 2v${height - 4}h${mark.width - 4}v${4 - height}z`;
  return `<path d="${frame}"/>${caption(mark, mark.type, y + Math.max(0, (height - CAPTION.height) / 2), drawing)}`;
}

function caption(mark: SymbolMark, text: string, y: number, drawing: TextDrawing): string {
  const characters = [...text].slice(0, LONGEST_CAPTION);
  const left = Math.max(0, mark.x + (mark.width - characters.length * CAPTION.width) / 2);
  const { width, height } = CAPTION;
  return characters
    .map((character, index) =>
      drawing.outlined(character, { bold: false }, { x: left + index * width, y, width, height }),
    )
    .join('');
}

/** Several sheets under each other as one SVG, for a file. */
export function rollSvg(sheets: readonly Sheet[], options: Pick<PaperSvgOptions, 'millimetres'> = {}): string {
  if (sheets.length === 1 && sheets[0]) return paperSvg(sheets[0], options);
  const gap = 24;
  let y = 0;
  const parts: string[] = [];
  let widest = 1;
  for (const [index, sheet] of sheets.entries()) {
    const svg = paperSvg(sheet, { idPrefix: `s${index}-` });
    const [width, height] = sizeOf(svg);
    parts.push(svg.replace('<svg ', `<svg x="0" y="${y}" `));
    y += height + gap;
    widest = Math.max(widest, width);
  }
  const height = Math.max(1, y - gap);
  const size = options.millimetres
    ? `width="${widest / 8}mm" height="${height / 8}mm"`
    : `width="${widest}" height="${height}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${widest} ${height}">` +
    `<path fill="#888" d="M0 0h${widest}v${height}h${-widest}z"/>${parts.join('')}</svg>`
  );
}

function sizeOf(svg: string): readonly [number, number] {
  const found = /viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg);
  return [Number(found?.[1] ?? 1), Number(found?.[2] ?? 1)];
}
