/**
 * A kiosk's disk as the proof needs it: opened again after every end, and bad on command.
 */
import type { CallStep } from '../../firmware/settlement/facts.ts';
import type { JournalPort } from '../../firmware/settlement/journal-port.ts';
import type { DiskTrouble } from './trouble-table.ts';
import type { DurableIntents } from './watched-journal.ts';

/** A trouble that happened, and the step whose answer was being written when it came. */
export interface Sprung {
  readonly trouble: DiskTrouble;
  readonly step: CallStep;
}

export interface KioskDisk {
  readonly intents: DurableIntents;
  /** What is on the disk, opened by a new process. Throws when the disk is full. */
  open(): JournalPort;
  /** The process is gone without a word: what it held open is never closed in order. */
  kill(): void;
  /** The same, and the engine must recover its log by itself. */
  powerCut(): void;
  /** The next transaction that holds an answer of this step meets this. `writes`: for a full disk, how many still fit. */
  arm(trouble: DiskTrouble, step: CallStep, writes: number): void;
  /** The trouble that happened since this was last asked. */
  takeSprung(): Sprung | undefined;
  spaceAgain(): void;
  /** Hex: two disks with the same one hold the same journal. */
  headCode(): string;
  remove(): void;
}
