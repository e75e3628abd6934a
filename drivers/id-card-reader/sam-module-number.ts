/**
 * SAM 模块号, the number of the security module: who this reader is.
 *
 * One promise: a module that does not tell it, or tells something else, is a
 * reader without a number and works all the same.
 */
import { type SamDialogue, SamSilenceError } from './sam-dialogue.ts';
import { SAM_STATUS } from './sam-status.ts';

/** Rejects with `LinkLostError` or `signal.reason` only. */
export async function moduleNumberOf(
  sam: SamDialogue,
  limitMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { status, data } = await sam.ask('moduleId', limitMs, signal);
    return status === SAM_STATUS.done ? printedNumber(data) : undefined;
  } catch (error) {
    if (error instanceof SamSilenceError) return undefined;
    throw error;
  }
}

/** As makers print it: `05.01-20200101-0000000001-0000000002`; little-endian, 2 + 2 + 4 + 4 + 4 bytes. */
export function printedNumber(data: Uint8Array): string | undefined {
  if (data.length !== 16) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const pair = (at: number): string => String(view.getUint16(at, true)).padStart(2, '0');
  const word = (at: number, digits: number): string => String(view.getUint32(at, true)).padStart(digits, '0');
  return `${pair(0)}.${pair(2)}-${word(4, 8)}-${word(8, 10)}-${word(12, 10)}`;
}
