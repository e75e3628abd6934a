/**
 * What the virtual camera sees, as JPEG: the committed drawings of invented people.
 *
 * One promise: a picture is read once and handed out as a copy, so that a host
 * that wipes its frame does not blind the camera.
 */
import { readFileSync } from 'node:fs';
import type { PersonId } from './invented-people-table.ts';

export type PersonPose = 'front' | 'again' | 'left' | 'right' | 'far';
export type ScenePicture = `${PersonId}-${PersonPose}` | 'hall' | 'covered' | 'dim' | 'two' | 'phone' | 'print';

const read = new Map<string, Uint8Array>();

/** 640 × 480. */
export function scenePicture(name: ScenePicture): Uint8Array {
  return fileBytes(name);
}

/** The photo on the person's ID chip: 102 × 126, JPEG (a real chip holds it in a coding of its own). */
export function chipPhoto(person: PersonId): Uint8Array {
  return fileBytes(`${person}-chip`);
}

function fileBytes(name: string): Uint8Array {
  let bytes = read.get(name);
  if (!bytes) {
    bytes = readFileSync(new URL(`./pictures/${name}.jpg`, import.meta.url));
    read.set(name, bytes);
  }
  return Uint8Array.from(bytes);
}
