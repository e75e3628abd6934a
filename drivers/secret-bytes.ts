/**
 * Bytes about a person that can really be destroyed: a photo, a template.
 *
 * One promise: `wipe()` overwrites the memory that held them, in place, so
 * whoever still holds the array holds zeros.
 */
import { Secret } from './secret.ts';

export class SecretBytes extends Secret<Uint8Array> {
  #bytes: Uint8Array | undefined;

  /** Takes the array over: it is overwritten later, so it must belong to nobody else. */
  constructor(bytes: Uint8Array) {
    super(bytes);
    this.#bytes = bytes;
  }

  override wipe(): void {
    this.#bytes?.fill(0);
    this.#bytes = undefined;
    super.wipe();
  }
}
