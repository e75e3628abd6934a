/**
 * Pictures that printers keep: NV memory survives power loss, RAM does not, and
 * the print buffer of `GS ( L` holds one picture until it is printed.
 */
import type { Picture } from '../paper.ts';

export interface ScaledPicture {
  readonly picture: Picture;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Room for logos, bytes: what a printer of this class has. */
const ROOM_BYTES = 384 * 1024;

export class LogoStore {
  /** By key code `kc1 kc2`. */
  readonly nv = new Map<number, Picture>();
  readonly ram = new Map<number, Picture>();
  /** By the number of `FS p`, from 1. */
  old: readonly Picture[] = [];
  buffered: ScaledPicture | undefined;

  /** Keeps a picture under a key; `false` when the memory is full. */
  keep(memory: 'nv' | 'ram', key: number, picture: Picture): boolean {
    const used = this.used(memory) - (this[memory].get(key)?.bits.length ?? 0);
    if (used + picture.bits.length > ROOM_BYTES) return false;
    this[memory].set(key, picture);
    return true;
  }

  used(memory: 'nv' | 'ram'): number {
    let bytes = 0;
    for (const picture of this[memory].values()) bytes += picture.bits.length;
    return bytes;
  }

  get roomBytes(): number {
    return ROOM_BYTES;
  }

  forgetRam(): void {
    this.ram.clear();
    this.buffered = undefined;
  }
}
