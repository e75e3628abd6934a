/**
 * A4 pages as a PDF, by pdfkit, with the project's own Chinese font in it.
 *
 * One promise: what the grid says is what stands on the page, as text that can be read out again, and nothing about the
 * patient stands anywhere else in the file: no author, no title, no date of the machine.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type GridPage, PAGE_CELLS } from './page-grid.ts';

/** A4, points. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = 34;
const LINE = 12.4;
const SIZE = 8.4;

/** Resolves with the whole file. Drawing 40 pages takes a few hundred ms, so call it where nobody waits for a screen. */
export async function pagesAsPdf(pages: readonly GridPage[]): Promise<Uint8Array> {
  const { default: PdfDocument } = await import('pdfkit');
  const info = { Producer: 'Yizhan', Creator: 'Yizhan', CreationDate: new Date(0) };
  // No default font: a font that is known by its path and again by a name would be read anew at every change of weight.
  const file = new PdfDocument({ size: 'A4', margin: 0, autoFirstPage: false, info, font: '' });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    file.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    file.on('end', () => resolve());
    file.on('error', reject);
  });
  file.registerFont('regular', fontPath('Regular'));
  file.registerFont('bold', fontPath('Bold'));
  for (const { columns, lines } of pages) {
    file.addPage();
    const cell = (PAGE.width - 2 * MARGIN) / PAGE_CELLS;
    for (const [at, line] of lines.entries()) {
      const y = MARGIN + at * LINE;
      if (line.kind === 'rule') {
        const middle = y + LINE / 2;
        file
          .moveTo(MARGIN, middle)
          .lineTo(PAGE.width - MARGIN, middle)
          .lineWidth(0.4)
          .stroke();
        continue;
      }
      file.font(line.bold ? 'bold' : 'regular');
      const put = (text: string, from: number, width: number, align: 'left' | 'right' | 'center'): void => {
        if (text === '') return;
        const room = width * cell;
        file.fontSize(SIZE);
        // A proportional font is now and then wider than its cells: drawn smaller, never cut.
        const wide = file.widthOfString(text);
        const size = wide > room ? (SIZE * room) / wide : SIZE;
        const spare = room - (wide * size) / SIZE;
        const left = MARGIN + from * cell + (align === 'left' ? 0 : spare / (align === 'center' ? 2 : 1));
        file.fontSize(size).text(text, left, y, { lineBreak: false });
      };
      if (line.kind === 'text') put(line.text, 0, PAGE_CELLS, line.align);
      else {
        let from = 0;
        for (const [index, { width, align }] of columns.entries()) {
          put(line.cells[index] ?? '', from, width, align);
          from += width + 1;
        }
      }
    }
  }
  file.end();
  await ended;
  return Buffer.concat(chunks);
}

function fontPath(weight: 'Regular' | 'Bold'): string {
  const folder = dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc'));
  return join(folder, '..', 'fonts', `NotoSansHans-${weight}.otf`);
}
