/**
 * A bay of the cabinet: one device beyond card reader, scanner and printer, as hands reach it and eyes see it.
 *
 * The workbench draws whatever bays there are; a new device is one more file here and one line in `all-bays.ts`.
 */

import type { ByteLink, FrameSource } from '../../drivers/ports.ts';

/** One thing said twice: Chinese, and English below it. */
export type BayWords = readonly [zh: string, en: string];

export type Given = string | number | undefined;

export interface BayHand {
  readonly words: BayWords;
  readonly look?: 'main' | 'breaks' | 'mends';
  /** Buttons that differ by a value only: a key's digit. */
  readonly with?: readonly (string | number)[];
  /** Nothing to do now: the button is dim. */
  readonly can?: () => boolean;
  /** @throws Error in English when hands cannot do that now. */
  readonly use: (given: Given) => void;
}

export interface Seen {
  readonly words: BayWords;
  readonly value: string;
}

export interface Bay {
  /** The device map's key: `pinPad`. */
  readonly id: string;
  readonly words: BayWords;
  readonly lamp: () => 'well' | 'busy' | 'wrong' | 'unplugged';
  /** What somebody who stands there sees. */
  readonly look: () => readonly Seen[];
  readonly hands: Readonly<Record<string, BayHand>>;
  /** Where the twin's own cable ends: a cabinet in this process plugs it in there, without a door. */
  readonly cable?: DeviceCable;
  /** Opens its loopback door; `entry` goes into the site file under the bay's id. */
  readonly open: () => Promise<OpenBay>;
}

export type DeviceCable =
  | { readonly carries: 'bytes'; readonly open: (signal: AbortSignal) => Promise<ByteLink> }
  | { readonly carries: 'frames'; readonly open: (signal: AbortSignal) => Promise<FrameSource> };

export interface OpenBay {
  /** None: another bay's choice (`face-place.ts`) decides what the site file says. */
  readonly entry?: { readonly id: string; readonly address: string } & Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Of no body and for nothing: what a certified device's row looks like. */
export const SIM_CERTIFICATE = { number: 'SIM-990000', until: '2099-12-31' } as const;
