/** What the bytes inside a symbol say, as a person's phone would read them. */

const utf8 = new TextDecoder('utf-8', { fatal: true });
const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** UTF-8 if it is that, else GB18030, else one character a byte. */
export function symbolText(bytes: Uint8Array): string {
  for (const decoder of [utf8, gb18030]) {
    try {
      return decoder.decode(bytes);
    } catch {
      // Not this encoding; the next may fit.
    }
  }
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
