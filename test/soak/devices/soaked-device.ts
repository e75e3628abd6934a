/** One device of the 24-hour soak: its driver, what it is used for, and what hands do to it. */
import type { Completion, Device } from '../../../drivers/device.ts';
import type { Clock } from '../../../drivers/ports.ts';
import type { SeededStream } from '../../../hardware-sim/parties/seeded-stream.ts';

export interface SoakedDevice {
  readonly device: Device;
  /** One ordinary use; always settles with a word: `done`, or the fault. */
  readonly use: () => Promise<string>;
  /** What hands do to it, by name. */
  readonly trouble: Readonly<Record<string, () => void>>;
  /** Undoes whatever was done. */
  readonly mend: () => void;
}

export type MakeSoaked = (clock: Clock, stream: SeededStream) => SoakedDevice;

export const word = (completion: Completion<unknown, string> | { readonly done: boolean }): string =>
  completion.done ? 'done' : (completion as { readonly fault: string }).fault;

/** Noise of a motor beside the cable. */
export function noise(stream: SeededStream, bytes = 40): Uint8Array {
  return Uint8Array.from({ length: bytes }, () => stream.below(256));
}
