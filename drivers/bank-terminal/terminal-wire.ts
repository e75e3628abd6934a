/**
 * One open line to a POS module: a question, its ACK, its answer.
 *
 * Answers are known by their sequence number, so the late answer of an older
 * question is nobody's. A frame is said again only when the module answered it
 * with NAK, that is, when it says that it did not understand it. One promise:
 * nobody waits on a line that is lost, silent or given up.
 */
import { abortable } from '../card-reader/abortable.ts';
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import type { SaleProgress } from './bank-terminal.ts';
import { ACK, encodeFrame, FrameReader, NAK } from './terminal-frame.ts';
import { decodeMessage, encodeRequest, type TerminalMessage } from './terminal-message.ts';
import type { TerminalCommand, TerminalField, TerminalProfile } from './terminal-profile-table.ts';

export type FieldValues = readonly (readonly [TerminalField, string])[];

export interface Question {
  readonly command: TerminalCommand;
  readonly fields: FieldValues;
  /** How long the answer may take, ms; without it only the signal ends the wait (a person has the card). */
  readonly answerMs: number | undefined;
  /** Called before the first byte leaves: from now on only the module knows. */
  readonly onSending?: () => void;
}

interface Asked {
  readonly sequence: string;
  readonly command: TerminalCommand;
  heard(event: 'ack' | 'nak' | TerminalMessage): void;
}

/** The module answers nothing: as good as lost, a new link has to be made. */
export class TerminalSilentError extends LinkLostError {}

export class TerminalWire {
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #profile: TerminalProfile;
  readonly #reader = new FrameReader();
  readonly #lifetime = new AbortController();
  readonly #release: Unsubscribe;
  readonly #onProgress: (progress: SaleProgress) => void;
  readonly #onCardNumber: () => void;
  #asked: Asked | undefined;
  #sequence: number;
  #lastByteMs = 0;

  constructor(options: {
    readonly link: ByteLink;
    readonly clock: Clock;
    readonly profile: TerminalProfile;
    /** The number of the question before the first one. */
    readonly sequence: number;
    readonly onProgress: (progress: SaleProgress) => void;
    /** The module sent a card number; it is gone already. */
    readonly onCardNumber: () => void;
  }) {
    this.#link = options.link;
    this.#clock = options.clock;
    this.#profile = options.profile;
    this.#sequence = options.sequence;
    this.#onProgress = options.onProgress;
    this.#onCardNumber = options.onCardNumber;
    this.#release = options.link.onData((bytes) => this.#read(bytes));
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Rejects with `TerminalSilentError`, `LinkLostError` or `signal.reason`. One question at a time. */
  async ask(question: Question, signal: AbortSignal): Promise<TerminalMessage> {
    this.#sequence = (this.#sequence % 999_999) + 1;
    const sequence = String(this.#sequence).padStart(6, '0');
    const { command } = question;
    const frame = this.#frame('request', command, [['sequence', sequence], ...question.fields]);
    const both = AbortSignal.any([signal, this.#lifetime.signal]);
    const releases: Unsubscribe[] = [];
    try {
      return await abortable(
        new Promise<TerminalMessage>((resolve, reject) => {
          let tries = 0;
          let understood = false;
          let cancelTimer = (): void => undefined;
          releases.push(() => cancelTimer());
          const allow = (ms: number, why: string): void => {
            cancelTimer();
            cancelTimer = this.#clock.timer(ms, () => reject(new TerminalSilentError(why)));
          };
          const say = (): void => {
            tries += 1;
            allow(this.#profile.ackMs, 'the module does not acknowledge');
            this.#link.write(frame, both).catch(reject);
          };
          const heard = (event: 'ack' | 'nak' | TerminalMessage): void => {
            if (typeof event === 'object') {
              resolve(event);
              return;
            }
            // It said ACK to this frame. A NAK behind that is noise or about a notice, and a sale said again would be
            // two sales; another ACK buys it no more time.
            if (understood) return;
            understood = event === 'ack';
            if (understood && question.answerMs === undefined) cancelTimer();
            else if (understood) allow(question.answerMs ?? 0, 'the module does not answer');
            else if (tries < this.#profile.tries) say();
            else reject(new TerminalSilentError('the module understands nothing'));
          };
          this.#asked = { sequence, command, heard };
          both.throwIfAborted();
          question.onSending?.();
          say();
        }),
        both,
      );
    } finally {
      for (const release of releases) release();
      this.#asked = undefined;
    }
  }

  /** Says something that is not answered; it may be lost. */
  tell(command: TerminalCommand, fields: FieldValues): void {
    this.#send(this.#frame('notice', command, fields));
  }

  /** The link is given up: whoever waits is told why. */
  end(error: LinkLostError): void {
    this.#release();
    this.#reader.reset();
    this.#lifetime.abort(error);
  }

  #frame(kind: 'request' | 'notice', command: TerminalCommand, fields: FieldValues): Uint8Array {
    return encodeFrame(encodeRequest(this.#profile, kind, command, fields));
  }

  #read(bytes: Uint8Array): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#reader.midFrame && nowMs - this.#lastByteMs > this.#profile.pauseMs) this.#reader.reset();
    this.#lastByteMs = nowMs;
    for (const event of this.#reader.push(bytes)) {
      if (event.kind === 'broken') this.#send(Uint8Array.of(NAK));
      else if (event.kind === 'frame') this.#take(decodeMessage(this.#profile, event.payload));
      else this.#asked?.heard(event.kind);
    }
  }

  #take(message: TerminalMessage | undefined): void {
    // What makes no sense makes none the second time either: it is acknowledged, and its question waits on.
    this.#send(Uint8Array.of(ACK));
    if (message?.cardNumberSent) this.#onCardNumber();
    if (message?.kind === 'notice') {
      const progress = this.#profile.progress.get(message.fields.get('progress') ?? '');
      if (progress) this.#onProgress(progress);
    } else if (message?.kind === 'answer') {
      const asked = this.#asked;
      if (asked?.command === message.command && asked.sequence === message.fields.get('sequence')) asked.heard(message);
    }
  }

  #send(bytes: Uint8Array): void {
    this.#link.write(bytes, this.#lifetime.signal).catch(() => undefined);
  }
}

export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let cancel = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    cancel = clock.timer(ms, resolve);
  });
  return abortable(passed, signal).finally(() => cancel());
}
