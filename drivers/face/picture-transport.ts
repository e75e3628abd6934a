/**
 * Turns JPEG and raw bytes into pictures, through sharp. Native: loaded in the engine's child only.
 *
 * One promise: nothing larger than `MOST_PIXELS` is ever decoded, and a decoder
 * that trips over hostile bytes takes the child with it at most.
 */
import sharp from 'sharp';
import { type PictureBytes, UnreadablePictureError } from './face-engine.ts';
import type { Raster } from './raster.ts';

/** Full HD; cameras of a kiosk give a third of that. */
export const MOST_PIXELS = 2_073_600;
/** A chip photo is 102 × 126: the detector misses faces that small, so they are enlarged and framed. */
const SMALL_PHOTO_PX = 200;
const ENLARGE = 3;
const FRAME_GREY = { r: 128, g: 128, b: 128 };

sharp.cache(false);
sharp.concurrency(1);

/** @throws UnreadablePictureError */
export async function decodePicture(picture: PictureBytes): Promise<Raster> {
  try {
    const source =
      picture.encoding === 'jpeg'
        ? sharp(checkedJpeg(picture.bytes), { limitInputPixels: MOST_PIXELS, failOn: 'error' })
        : sharp(checkedRaw(picture), { raw: { width: picture.width, height: picture.height, channels: 3 } });
    const { data, info } = await source.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    const decoded = {
      width: info.width,
      height: info.height,
      rgb: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
    if (info.channels !== 3) throw new UnreadablePictureError('the picture has no three colours');
    if (info.width >= SMALL_PHOTO_PX) return decoded;
    const enlarged = await enlarge(decoded);
    decoded.rgb.fill(0);
    return enlarged;
  } catch (error) {
    // The decoder's own words may quote the file; that it is unreadable is all that matters.
    throw error instanceof UnreadablePictureError ? error : new UnreadablePictureError('no readable picture');
  }
}

/** The library reads SVG, TIFF and a dozen more by their first bytes; whoever holds up a picture gets one decoder. */
function checkedJpeg(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) throw new UnreadablePictureError('no JPEG');
  return bytes;
}

function checkedRaw(picture: Extract<PictureBytes, { encoding: 'rgb24' }>): Uint8Array {
  const { width, height, bytes } = picture;
  const right = width > 0 && height > 0 && width * height <= MOST_PIXELS && bytes.length === width * height * 3;
  if (!right) throw new UnreadablePictureError('the bytes are not width × height × 3');
  return bytes;
}

async function enlarge({ width, height, rgb }: Raster): Promise<Raster> {
  const wide = width * ENLARGE;
  const high = height * ENLARGE;
  const edge = Math.round(high / 2);
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(wide, high, { kernel: 'cubic', fit: 'fill' })
    .extend({ top: edge, bottom: edge, left: edge, right: edge, background: FRAME_GREY })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
