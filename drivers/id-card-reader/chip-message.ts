/**
 * The answer to 读固定信息: text, photo and, from some modules, fingerprints (E.2).
 *
 * One promise: whoever takes it apart leaves nothing of a person behind in the
 * bytes that came: what is not handed on is overwritten.
 */
import { type Completion, completed, failed } from '../device.ts';
import { WipeableBytes } from '../wipeable.ts';
import type { IdCard, IdCardReadFault, IdCardReadOptions } from './id-card-reader.ts';
import { IdentityTextError, identityCardOf } from './identity-text.ts';
import { PHOTO_BYTES, TEXT_BYTES } from './identity-text-table.ts';

export interface ChipMessage {
  /** 256 bytes; the receiver overwrites them. */
  readonly text: Uint8Array;
  /** `undefined` when the card holds none, or nobody wants it. */
  readonly photo: WipeableBytes | undefined;
}

/**
 * Takes the data of a good answer apart and overwrites it.
 * `undefined`: its lengths are not those of a card. Fingerprints, and a photo that nobody wants, are never copied.
 */
export function chipMessageOf(data: Uint8Array, photoWanted: boolean): ChipMessage | undefined {
  try {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (data.length < 4) return undefined;
    const text = view.getUint16(0);
    const photo = view.getUint16(2);
    const plain = 4 + text + photo;
    const start = data.length === plain ? 4 : 6;
    if (text !== TEXT_BYTES || (photo !== PHOTO_BYTES && photo !== 0)) return undefined;
    if (start === 6 && (data.length < 6 || data.length !== 6 + text + photo + view.getUint16(4))) return undefined;
    const photoStart = start + text;
    return {
      text: data.slice(start, photoStart),
      photo: photo === 0 || !photoWanted ? undefined : new WipeableBytes(data.slice(photoStart, photoStart + photo)),
    };
  } finally {
    data.fill(0);
  }
}

/** The card that a good answer holds. The photo goes to `photoTo`, or nowhere; `data` is overwritten. */
export function cardIn(data: Uint8Array, photoTo: IdCardReadOptions['photoTo']): Completion<IdCard, IdCardReadFault> {
  const message = chipMessageOf(data, photoTo !== undefined);
  if (!message) return failed('invalidMedia', 'the answer has not the lengths of a card');
  let { photo } = message;
  try {
    const card = identityCardOf(message.text);
    if (photo && photoTo) {
      photoTo(photo);
      photo = undefined;
    }
    return completed(card);
  } catch (error) {
    if (error instanceof IdentityTextError) return failed('invalidMedia', error.message);
    throw error;
  } finally {
    message.text.fill(0);
    photo?.wipe();
  }
}
