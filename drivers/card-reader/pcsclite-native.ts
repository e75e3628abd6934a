/**
 * The part of the native PC/SC library that its transport uses, as types.
 *
 * Ours, because the library is optional and its own types come only with it.
 */
export interface NativeReader {
  readonly name: string;
  readonly SCARD_STATE_PRESENT: number;
  readonly SCARD_STATE_MUTE: number;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_UNPOWER_CARD: number;
  readonly SCARD_LEAVE_CARD: number;
  readonly SCARD_EJECT_CARD: number;
  on(event: 'status', listener: (status: { readonly state: number; readonly atr?: Buffer }) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'end', listener: () => void): void;
  connect(options: { share_mode: number }, done: (error: Error | undefined | null, protocol: number) => void): void;
  disconnect(disposition: number, done: (error: Error | undefined | null) => void): void;
  transmit(
    apdu: Buffer,
    answerBytes: number,
    protocol: number,
    done: (error: Error | undefined | null, answer: Buffer) => void,
  ): void;
  close(): void;
}

export interface NativeContext {
  on(event: 'reader', listener: (reader: NativeReader) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  close(): void;
}

/** The library puts the PC/SC code into the sentence: `… error: text(0x80100069)`. */
export function codeOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /([0-9a-f]{8})\)$/.exec(text)?.[1] ?? 'unknown';
}
