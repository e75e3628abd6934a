/** The camera of a phone: reads the code that is really drawn on the glass. */
import type { BrowserContext, Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** @throws when no code can be read there. */
export async function codeIn(picture: Locator, context: BrowserContext): Promise<string> {
  const png = (await picture.screenshot()).toString('base64');
  // The kiosk's page may load no picture of ours, so an empty one develops it.
  const darkroom = await context.newPage();
  try {
    const { width, height, pixels } = await darkroom.evaluate(async (encoded) => {
      const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!canvas) throw new Error('There is no canvas.');
      canvas.drawImage(bitmap, 0, 0);
      const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      // One byte a pixel is enough for black on white.
      const grey = data.filter((_, at) => at % 4 === 0);
      return { width: bitmap.width, height: bitmap.height, pixels: Array.from(grey) };
    }, png);
    const data = Uint8Array.from(pixels.flatMap((grey) => [grey, grey, grey]));
    return decodeQR({ width, height, data });
  } finally {
    await darkroom.close();
  }
}
