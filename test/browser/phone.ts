/** The camera of a phone: reads the code that is really drawn on the glass. */
import type { Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** @throws when no code can be read there. */
export async function codeIn(picture: Locator): Promise<string> {
  const png = (await picture.screenshot()).toString('base64');
  // The kiosk's page may load no picture of ours, so an empty one develops it.
  const darkroom = await picture.page().context().newPage();
  try {
    const { width, height, grey } = await darkroom.evaluate(async (encoded) => {
      const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      if (!canvas) throw new Error('There is no canvas.');
      canvas.drawImage(bitmap, 0, 0);
      const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      // Black on white: one byte a pixel says all, and a string crosses to the test faster than a list.
      let text = '';
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at] ?? 0);
      return { width: bitmap.width, height: bitmap.height, grey: btoa(text) };
    }, png);
    const data = new Uint8Array(width * height * 3);
    for (const [at, level] of Buffer.from(grey, 'base64').entries()) data.fill(level, at * 3, at * 3 + 3);
    return decodeQR({ width, height, data });
  } finally {
    await darkroom.close();
  }
}
