/**
 * The photo on a virtual ID chip: 1,024 bytes behind the mark of their format (WLT), which is nobody's to open here.
 *
 * All but one byte behind the mark is noise; that one says which of the invented
 * people is meant, so that the virtual decoder can show the drawing.
 */
import { drawnAs } from '../camera/drawn-as.ts';
import type { PersonId } from '../camera/invented-people-table.ts';

const PHOTO_BYTES = 1_024;
/** `WLf` and a zero begin every such picture. */
const MARK = [0x57, 0x4c, 0x66, 0x00] as const;
const PEOPLE: readonly PersonId[] = ['jia', 'yi', 'bing', 'ding'];

/** @param holder key of the person whom the card was issued to */
export function virtualPhoto(holder: string, noise: (count: number) => Uint8Array): Uint8Array {
  const photo = noise(PHOTO_BYTES);
  photo.set([...MARK, PEOPLE.indexOf(drawnAs(holder))]);
  return photo;
}

/** `undefined` when these are not such bytes. */
export function photographedIn(photo: Uint8Array): PersonId | undefined {
  const marked = photo.length === PHOTO_BYTES && MARK.every((byte, at) => photo[at] === byte);
  return marked ? PEOPLE[photo[MARK.length] ?? PEOPLE.length] : undefined;
}
