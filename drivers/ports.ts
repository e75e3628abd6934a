/**
 * Everything that a driver may ask of the world.
 *
 * A driver sees bytes, APDUs and time through these interfaces and nothing
 * else, so the same driver runs on a real bus, behind the device-host process
 * and on the simulator. An implementation throws `LinkLostError` when the
 * thing at the other end went away; only `CommandQueue` turns that into a
 * fault word.
 */

/** The device, its cable or the process that held it is gone. Never "slow", never "refused". */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError';
}

export type Unsubscribe = () => void;

/**
 * Time, as a port. `monotonicMs` never goes back and is meaningful only within
 * one boot; `wallMs` is the calendar (Unix ms) and may jump.
 */
export interface Clock {
  monotonicMs(): number;
  wallMs(): number;
  /** Calls `fire` once, `delayMs` from now, unless the returned function is called first. */
  timer(delayMs: number, fire: () => void): Unsubscribe;
}

/** Randomness, as a port: `bytes` is cryptographic in production and seeded in the simulator. */
export interface RandomSource {
  bytes(count: number): Uint8Array;
}

/** An open, two-way stream of bytes: serial port, USB printer pipe, TCP connection. */
export interface ByteLink {
  /**
   * Hands bytes to the other side, in order. Resolves when the operating system
   * (or the simulated cable) has taken them all, which proves nothing about the
   * device. Rejects with `LinkLostError`, or with `signal.reason` when aborted.
   */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  onData(listener: (bytes: Uint8Array) => void): Unsubscribe;
  /** Called once, at the moment the link is known to be lost (not after `close`). */
  onLost(listener: (error: LinkLostError) => void): Unsubscribe;
  close(): Promise<void>;
}

/** What the reader's slot says. `mute` = something is in the slot but its chip does not answer. */
export type SlotMedia =
  | { readonly kind: 'notPresent' }
  | { readonly kind: 'present'; readonly atr: Uint8Array }
  | { readonly kind: 'mute' };

/** One slot of one card reader, of whatever library or wire. */
export interface CardSlot {
  /** Stable name of the reader as its bus knows it, e.g. `Yizhan Virtual Reader 00 00`. */
  readonly readerName: string;
  media(): SlotMedia;
  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe;
  onLost(listener: (error: LinkLostError) => void): Unsubscribe;
  /** Powers the chip. Rejects with `CardGoneError` when no answering chip is in the slot. */
  connect(signal: AbortSignal): Promise<CardConnection>;
  close(): Promise<void>;
}

/** The card left the slot, or its chip went mute, while a command ran. The reader itself is fine. */
export class CardGoneError extends Error {
  override readonly name = 'CardGoneError';
}

/** A powered chip. One APDU at a time; the answer includes SW1 SW2. */
export interface CardConnection {
  readonly atr: Uint8Array;
  /** Rejects with `CardGoneError`, `LinkLostError`, or `signal.reason`. */
  transmit(apdu: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
  /** `eject`: a reader with a motor pushes the card out as well; one without leaves it where it is. */
  disconnect(how?: 'eject'): Promise<void>;
}

/** What a HID device says it is: its top-level collection (HID usage tables) and its product text. */
export interface HidDevice {
  /** The product string of its descriptor; empty when it has none. */
  readonly product: string;
  /** e.g. `0x8c` for a code scanner at the point of sale, `0x01` with usage `0x06` for a keyboard. 0 = not known. */
  readonly usagePage: number;
  readonly usage: number;
}

/**
 * HID reports in both directions, each whole: never split, joined or cut.
 * The first byte of each is the report id; it is 0 where the device numbers no reports.
 */
export interface HidLink {
  readonly device: HidDevice;
  /**
   * Resolves when the operating system has taken the report. Rejects with
   * `LinkLostError`, or with `signal.reason` when aborted.
   */
  write(report: Uint8Array, signal: AbortSignal): Promise<void>;
  onReport(listener: (report: Uint8Array) => void): Unsubscribe;
  onLost(listener: (error: LinkLostError) => void): Unsubscribe;
  close(): Promise<void>;
}

/**
 * Still pictures as a camera delivers them: one JPEG per frame.
 *
 * An open source has delivered a frame already: open and streaming are one.
 * Nothing queues up in it: whoever does not keep a frame in the listener has lost it.
 */
export interface FrameSource {
  /** The buffer is the listener's from then on, to keep or to wipe. One listener at a time. */
  onFrame(listener: (jpeg: Uint8Array) => void): Unsubscribe;
  onLost(listener: (error: LinkLostError) => void): Unsubscribe;
  close(): Promise<void>;
}

/** One network interface as the kernel shows it. */
export interface NetInterface {
  readonly name: string;
  /** The kernel's number: it stays when an interface is renamed. */
  readonly index: number;
  /** Switched on by the administrator, whether or not a cable is in it. */
  readonly up: boolean;
  readonly carrier: boolean;
  /** Lower case with colons; `''` for interfaces that have none. */
  readonly mac: string;
  /** With prefix length, e.g. `192.0.2.2/24`. */
  readonly addresses: readonly string[];
}

/** One route of any table. */
export interface NetRoute {
  /** `default`, or an address with prefix length. */
  readonly destination: string;
  readonly gateway: string | undefined;
  readonly interface: string;
  /** `main`, `local`, or the table's number. */
  readonly table: string;
}

/** Whose MAC an address on the line has. */
export interface NetNeighbour {
  readonly address: string;
  readonly interface: string;
  readonly mac: string;
}

/**
 * Changes of the machine's network, as events. `onChanged` is told as soon as the kernel says so,
 * also of an interface, route or neighbour that is gone again a moment later; a whole look follows.
 */
export interface NetEvents {
  interfaces(): readonly NetInterface[];
  routes(): readonly NetRoute[];
  neighbours(): readonly NetNeighbour[];
  /** Called after any of the three has changed. */
  onChanged(listener: (interfaces: readonly NetInterface[]) => void): Unsubscribe;
  close(): Promise<void>;
}

/**
 * Opens devices by the address that the device map gives, e.g.
 * `pcsc:Yizhan Virtual*`, `tcp-card://127.0.0.1:5100`, `serial:/dev/serial/by-id/…`,
 * `tcp://127.0.0.1:9100`, `usb:0416:5011`, `hid:0c2e:0b61`, `sim:receipt-printer`.
 * Each call is one attempt: it rejects with `LinkLostError` when nothing is
 * there; the supervisor alone tries again.
 */
export interface DeviceBus {
  openByteLink(address: string, signal: AbortSignal): Promise<ByteLink>;
  openCardSlot(address: string, signal: AbortSignal): Promise<CardSlot>;
  openHidLink(address: string, signal: AbortSignal): Promise<HidLink>;
  openFrameSource(address: string, signal: AbortSignal): Promise<FrameSource>;
}
