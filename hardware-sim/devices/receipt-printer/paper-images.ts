/**
 * The pictures on a sheet. Bands that follow each other without a gap at the same
 * place are one picture: senders cut pictures into bands because commands are short.
 */
import type { PictureMark, Sheet } from './paper.ts';
import { rows } from './paper-text.ts';

/** Dots on paper. */
export interface PaperImage {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  height: number;
  readonly bands: PictureMark[];
}

export function imagesOf(sheet: Sheet): readonly PaperImage[] {
  const images: PaperImage[] = [];
  const growing = new Map<string, PaperImage>();
  for (const line of rows(sheet).flat()) {
    if (!line.whole) continue;
    for (const mark of line.marks) {
      if (mark.kind !== 'picture') continue;
      const place = `${mark.x}:${mark.width}`;
      const above = growing.get(place);
      if (above && above.y + above.height === line.y && line.turned === 0) {
        above.height += mark.height;
        above.bands.push(mark);
      } else {
        const image = { x: mark.x, y: line.y, width: mark.width, height: mark.height, bands: [mark] };
        images.push(image);
        growing.set(place, image);
      }
    }
  }
  return images;
}
