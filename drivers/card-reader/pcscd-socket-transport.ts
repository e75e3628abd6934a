/**
 * A card slot of the PC/SC daemon, spoken to directly on its unix socket (`pcscd:PATTERN`).
 *
 * No native code: one connection watches the reader table, another one carries
 * the card. One promise: a card that left is `CardGoneError`, a reader or a
 * daemon that left is `LinkLostError`, and a hung chip blocks nobody else.
 */
import {
  type CardConnection,
  CardGoneError,
  type CardSlot,
  type Clock,
  LinkLostError,
  type SlotMedia,
  type Unsubscribe,
} from '../ports.ts';
import { abortable } from './abortable.ts';
import { PcscdConnection } from './pcscd-connection.ts';
import { readerError } from './pcscd-errors.ts';
import {
  CONNECT_BYTES,
  DISCONNECT_BYTES,
  decodeConnect,
  decodeEstablish,
  decodeReaderTable,
  decodeTransmit,
  ESTABLISH_BYTES,
  encodeConnect,
  encodeDisconnect,
  encodeEstablish,
  encodeTransmit,
  encodeWaitReaderChange,
  LONGEST_APDU,
  READER_TABLE_BYTES,
  type ReaderRow,
  RV,
  TRANSMIT_BYTES,
  WAIT_EVENT_BYTES,
} from './pcscd-protocol.ts';
import { matchesReader } from './reader-pattern.ts';
import { SlotWatch } from './slot-watch.ts';

/** While another program holds the card. ms. */
const SHARING_RETRY_MS = 50;
const NEVER = new AbortController().signal;

export interface PcscdSlotOptions {
  /** Default: `PCSCLITE_CSOCK_NAME`, else the daemon's usual place. */
  readonly socketPath?: string;
}

export function pcscdSocketPath(): string {
  return process.env['PCSCLITE_CSOCK_NAME'] || '/run/pcscd/pcscd.comm';
}

/**
 * One attempt. Takes the first reader of the daemon's table whose name matches (`*` = anything).
 * Rejects with `LinkLostError` (no daemon, no such reader) or `signal.reason`.
 */
export async function openPcscdSlot(
  readerPattern: string,
  options: PcscdSlotOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<CardSlot> {
  const socketPath = options.socketPath ?? pcscdSocketPath();
  const watch = new SlotWatch();
  const table = await PcscdConnection.open(socketPath, (error) => watch.lose(error), signal);
  try {
    const { rows, news } = await lookAndWait(table, signal);
    const row = rows.find(({ name }) => matchesReader(readerPattern, name));
    if (!row) throw new LinkLostError(`no PC/SC reader is called ${readerPattern}`);
    return new PcscdSlot({ socketPath, watch, table, row, news, clock });
  } catch (error) {
    table.close();
    throw error;
  }
}

interface Look {
  readonly rows: readonly ReaderRow[];
  /** Resolves when the rows are no longer true. */
  readonly news: Promise<unknown>;
}

/**
 * Table and event may arrive in one piece: the daemon registers us for the next event before it sends the table.
 * So the event is expected together with it, not after it.
 */
async function lookAndWait(table: PcscdConnection, signal: AbortSignal): Promise<Look> {
  const reply = table.request(encodeWaitReaderChange(), READER_TABLE_BYTES, signal);
  const news = table.expect(WAIT_EVENT_BYTES);
  news.catch(() => undefined);
  return { rows: decodeReaderTable(await reply), news };
}

interface Parts {
  readonly socketPath: string;
  readonly watch: SlotWatch;
  readonly table: PcscdConnection;
  readonly row: ReaderRow;
  readonly news: Promise<unknown>;
  readonly clock: Clock;
}

class PcscdSlot implements CardSlot {
  readonly readerName: string;
  readonly #parts: Parts;
  readonly #cards = new Set<PcscdConnection>();
  #events: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.readerName = parts.row.name;
    this.#events = parts.row.events;
    this.#show(parts.row);
    this.#follow().catch(() => undefined);
  }

  media(): SlotMedia {
    return this.#parts.watch.media;
  }

  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe {
    return this.#parts.watch.onMediaChanged(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#parts.watch.onLost(listener);
  }

  /** Each powered chip has its own connection: to give up on a hung one is to hang up. */
  async connect(signal: AbortSignal): Promise<CardConnection> {
    const { socketPath, watch } = this.#parts;
    if (watch.ended) throw watch.ended;
    const card = await PcscdConnection.open(socketPath, () => this.#lose('the PC/SC daemon hung up'), signal);
    this.#cards.add(card);
    try {
      return await this.#power(card, signal);
    } catch (error) {
      this.#drop(card);
      throw watch.ended ?? error;
    }
  }

  async close(): Promise<void> {
    this.#parts.watch.close();
    this.#hangUp();
  }

  async #power(card: PcscdConnection, signal: AbortSignal): Promise<CardConnection> {
    const { clock, watch } = this.#parts;
    const established = decodeEstablish(await card.request(encodeEstablish(), ESTABLISH_BYTES, signal));
    if (established.rv !== RV.success) throw this.#cardError(established.rv);
    for (;;) {
      const bytes = encodeConnect(established.context, this.readerName);
      const reply = decodeConnect(await card.request(bytes, CONNECT_BYTES, signal));
      if (reply.rv === RV.success) {
        const media = watch.media;
        const atr = media.kind === 'present' ? media.atr : new Uint8Array(0);
        return this.#powered({ card, handle: reply.card, protocol: reply.protocol, atr });
      }
      // Another program has the card at the moment: the caller's deadline says how long that may last.
      if (reply.rv !== RV.sharingViolation) throw this.#cardError(reply.rv);
      await abortable(new Promise<void>((resolve) => clock.timer(SHARING_RETRY_MS, resolve)), signal);
    }
  }

  #powered(chip: { card: PcscdConnection; handle: number; protocol: number; atr: Uint8Array }): CardConnection {
    const { card, handle, protocol, atr } = chip;
    return {
      atr,
      transmit: async (apdu, signal) => {
        if (apdu.length < 4 || apdu.length > LONGEST_APDU) throw new RangeError('An APDU of impossible length.');
        if (!this.#cards.has(card)) throw this.#parts.watch.ended ?? new CardGoneError('the chip was disconnected');
        try {
          const reply = await card.request(encodeTransmit(handle, protocol, apdu), transmitReplySize, signal);
          const { rv, length } = decodeTransmit(reply);
          if (rv !== RV.success) throw this.#cardError(rv);
          // Some reader drivers report a card that was torn off as an empty success.
          if (length < 2) throw new CardGoneError('the chip answered without a status word');
          return Uint8Array.from(reply.subarray(TRANSMIT_BYTES));
        } catch (error) {
          if (signal.aborted) this.#drop(card);
          throw this.#parts.watch.ended ?? error;
        }
      },
      disconnect: async (how) => {
        if (!this.#cards.has(card)) return;
        try {
          await card.request(encodeDisconnect(handle, how), DISCONNECT_BYTES, NEVER);
        } catch {
          // The daemon is gone, and the chip's power with it.
        } finally {
          this.#drop(card);
        }
      },
    };
  }

  /** Event, table, event, table … */
  async #follow(): Promise<void> {
    const { table } = this.#parts;
    let { news } = this.#parts;
    for (;;) {
      await news;
      const look = await lookAndWait(table, NEVER);
      news = look.news;
      const row = look.rows.find(({ name }) => name === this.readerName);
      if (!row) return this.#lose('the reader was unplugged');
      if (row.card === 'readerFailed') return this.#lose('the reader does not answer its driver');
      this.#show(row);
    }
  }

  #show(row: ReaderRow): void {
    const { watch } = this.#parts;
    // Out and in again between two looks: the person before and the person after are not the same.
    if (row.events !== this.#events && row.card !== 'absent') watch.setMedia({ kind: 'notPresent' });
    this.#events = row.events;
    if (row.card === 'present') watch.setMedia({ kind: 'present', atr: row.atr });
    else watch.setMedia({ kind: row.card === 'mute' ? 'mute' : 'notPresent' });
  }

  #cardError(rv: number): CardGoneError | LinkLostError {
    const error = readerError(rv);
    if (error instanceof LinkLostError) this.#lose(error.message);
    return error;
  }

  #lose(message: string): void {
    this.#parts.watch.lose(new LinkLostError(message));
    this.#hangUp();
  }

  #hangUp(): void {
    this.#parts.table.close();
    for (const card of [...this.#cards]) this.#drop(card);
  }

  #drop(card: PcscdConnection): void {
    this.#cards.delete(card);
    card.close();
  }
}

function transmitReplySize(bytes: Buffer): number {
  if (bytes.length < TRANSMIT_BYTES) return TRANSMIT_BYTES;
  const { length, rv } = decodeTransmit(bytes);
  return rv === RV.success ? TRANSMIT_BYTES + Math.min(length, LONGEST_APDU) : TRANSMIT_BYTES;
}
