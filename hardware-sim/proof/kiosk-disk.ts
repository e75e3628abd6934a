/**
 * A kiosk's disk as the proof needs it: opened again after every end, and bad on command.
 */
import type { JournalPort } from '../../firmware/settlement/journal-port.ts';
import type { DiskTrouble } from './trouble-table.ts';
import type { DurableIntents } from './watched-journal.ts';

export interface KioskDisk {
  readonly intents: DurableIntents;
  /** What is on the disk, opened by a new process. Throws when the disk is full. */
  open(): JournalPort;
  /** The process is gone without a word: what it held open is never closed in order. */
  kill(): void;
  /** The same, and the engine must recover its log by itself. */
  powerCut(): void;
  /** The next transaction meets this. `writes`: for a full disk, how many still fit. */
  arm(trouble: DiskTrouble, writes: number): void;
  /** The trouble that happened since this was last asked. */
  takeSprung(): DiskTrouble | undefined;
  spaceAgain(): void;
  /** Hex: two disks with the same one hold the same journal. */
  headCode(): string;
  remove(): void;
}
