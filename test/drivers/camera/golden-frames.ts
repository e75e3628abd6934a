/**
 * Small Motion JPEG frames that another program encoded: Debian's ffmpeg 5.1.9,
 * `ffmpeg -f lavfi -i color=black:size=16x16 -frames:v 1 -pix_fmt gray -huffman optimal
 * -bitexact -q:v 2 -f mjpeg -` (white and gray alike), and `testsrc=size=16x16` with
 * `-pix_fmt yuvj420p -q:v 8`.
 */
const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

const TABLE =
  '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgEBAQEBAUFBQUFBQYGBgYGBgYGBgYGBgYHBwcICAgHBwcGBgcHCAgICAkJCQgICAgJCQoKCgwMCwsODg4RERT/';

export const BLACK = bytes(
  `${TABLE}xABLAAEBAAAAAAAAAAAAAAAAAAAACAEBAAAAAAAAAAAAAAAAAAAAABABAAAAAAAAAAAAAAAAAAAAABEBAAAAAAAAAAAAAAAAAAAAAP/AABEIABAAEAMBEgACEgADEgD/2gAMAwEAAhEDEQA/AJ/AAAB//9k=`,
);
export const WHITE = bytes(
  `${TABLE}xABLAAEBAAAAAAAAAAAAAAAAAAAABwEBAAAAAAAAAAAAAAAAAAAAABABAAAAAAAAAAAAAAAAAAAAABEBAAAAAAAAAAAAAAAAAAAAAP/AABEIABAAEAMBEgACEgADEgD/2gAMAwEAAhEDEQA/AL+AAAD/2Q==`,
);
export const GRAY = bytes(
  `${TABLE}xABKAAEAAAAAAAAAAAAAAAAAAAAAAQEAAAAAAAAAAAAAAAAAAAAAEAEAAAAAAAAAAAAAAAAAAAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgAEAAQAwESAAISAAMSAP/aAAwDAQACEQMRAD8AAAAA/9k=`,
);
/** Mean luma of the 256 source pixels: 119.6 (`-f rawvideo`, averaged). */
export const TEST_CARD = bytes(
  '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgQEBMQExYWFhYWFhoYGhsbGxoaGhobGxsdHR0iIiIdHR0bGx0dICAiIiUmJSMjIiMmJigoKDAwLi44ODpFRVP/xABsAAEBAQAAAAAAAAAAAAAAAAAGAwUBAQEAAAAAAAAAAAAAAAAAAAECEAACAgEDBAMBAQAAAAAAAAACAQMREgAEBTEiIRNSMmFBFBEAAQIGAgMBAQAAAAAAAAAAEQETEiIEAgMhMQBSFGFDM//AABEIABAAEAMBIgACEQADEQD/2gAMAwEAAhEDEQA/ADPpk47jYSAyCSQBkZRkSdHiQpNYtUJ93635a02328HhtyEkQAMSIfYAAKsHiixSx7qImPlLLrrKmGDecft1/oiDCOOJuxKsBAbfcqvDpqPLxT8jNJEMEo1VNAR39f5S+OpyCpSlWl02/wCx+R/mDFC4JuIgfvSybPiwZQ4j0SXcLqoYnWS4IuGDagW+Pf/Z',
);

/** As many UVC cameras send it: the Huffman tables left out, `ffmpeg -huffman default` with its DHT segment cut away. */
export const withoutTables = (jpeg: Uint8Array): Uint8Array => {
  const at = Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xc4]));
  const size = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
  return Uint8Array.from([...jpeg.subarray(0, at), ...jpeg.subarray(at + 2 + size)]);
};
