/**
 * What the kiosk and a device host say to each other.
 *
 * Requests carry an id and get exactly one reply; everything else is told
 * without being asked. No message carries more than `LONGEST_PAYLOAD` bytes, so
 * neither side can be flooded by one message of the other.
 */
import type { HidDevice, SlotMedia } from '../ports.ts';

/** One child per native library. `loopback` has none: it proves the boundary without hardware. */
export const HOST_LIBRARIES = ['pcsclite', 'serialport', 'usb', 'node-hid', 'loopback'] as const;
export type HostLibrary = (typeof HOST_LIBRARIES)[number];

/** An APDU or a piece of a stream; longer writes are sent in pieces. Bytes. */
export const LONGEST_PAYLOAD = 65_600;
/** What one message costs at least, so that a flood of tiny ones is a flood too. Bytes. */
export const LEAST_COST = 64;
/** What a link may have told and the kiosk not yet taken, before it counts as flooding. Bytes. */
export const MOST_UNTAKEN = 1_048_576;

export type HostRequest =
  | { readonly ask: 'openCardSlot' | 'openByteLink' | 'openHidLink'; readonly id: number; readonly address: string }
  /** `handle` is a slot's; the reply is `powered`. */
  | { readonly ask: 'connect'; readonly id: number; readonly handle: number }
  | { readonly ask: 'transmit'; readonly id: number; readonly card: number; readonly apdu: Uint8Array }
  | { readonly ask: 'disconnect'; readonly id: number; readonly card: number; readonly how?: 'eject' }
  /** A piece of a stream, or one whole report. */
  | { readonly ask: 'write'; readonly id: number; readonly handle: number; readonly bytes: Uint8Array }
  | { readonly ask: 'close'; readonly id: number; readonly handle: number }
  | { readonly ask: 'alive'; readonly id: number };

export type HostCommand =
  | HostRequest
  /** The caller of request `id` gave up; its reply still comes. */
  | { readonly ask: 'cancel'; readonly id: number }
  /** The kiosk took this many bytes of a link; not answered. */
  | { readonly ask: 'taken'; readonly handle: number; readonly bytes: number };

export type HostReply =
  | { readonly tell: 'slotOpened'; readonly id: number; readonly readerName: string; readonly media: SlotMedia }
  | { readonly tell: 'hidOpened'; readonly id: number; readonly device: HidDevice }
  | { readonly tell: 'done'; readonly id: number }
  /** Resident memory of the whole process, native code included. */
  | { readonly tell: 'alive'; readonly id: number; readonly rssBytes: number }
  | { readonly tell: 'powered'; readonly id: number; readonly card: number; readonly atr: Uint8Array }
  | { readonly tell: 'answer'; readonly id: number; readonly answer: Uint8Array }
  | { readonly tell: 'failed'; readonly id: number; readonly error: HostErrorWord; readonly message: string };

/** `id` of an open request is the handle of what it opened. */
export type HostNews =
  | { readonly tell: 'ready' }
  | { readonly tell: 'media'; readonly handle: number; readonly media: SlotMedia }
  /** A piece of a stream, or one whole report. */
  | { readonly tell: 'data'; readonly handle: number; readonly bytes: Uint8Array }
  | { readonly tell: 'lost'; readonly handle: number; readonly message: string };

/** The port's two errors, a canceled call, and our own mistakes. */
export type HostErrorWord = 'linkLost' | 'cardGone' | 'canceled' | 'refused';

export type HostMessage = HostReply | HostNews;
