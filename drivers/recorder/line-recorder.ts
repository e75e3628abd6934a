/**
 * The recorder port over a byte link (TCP or serial line) to the hospital's recorder or its gateway.
 *
 * One promise: a recorder that stops is known within five seconds, and every mark
 * ends acknowledged, refused by name, or owed. An owed mark is a record with its own
 * time, not a command: it is told afterwards as `late`, never as if it were now.
 */
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import { LineCutter } from '../line-tool.ts';
import type { ByteLink, Clock, Unsubscribe } from '../ports.ts';
import { Supervisor } from '../supervisor.ts';
import { ClockOffset } from './clock-offset.ts';
import { type Answer, isIntervalId, meaningOf, wasAnswered } from './mark-answer.ts';
import { type OwedMark, OwedMarks } from './owed-marks.ts';
import type * as words from './recorder.ts';
import { LONGEST_RECORDER_LINE, parseRecorderLine, recorderLine } from './recorder-line.ts';
import { changedStatus, checkRecorderOptions, type LineRecorderOptions, openRecorderLink } from './recorder-options.ts';

/** Asked so often, and answered within so long, ms: together under the five seconds of Y3-20a. */
const ASK_MS = 2_000;
const ANSWER_MS = 1_500;
const MOST_REFUSED_LINES = 256; // a flood is no recorder

export class LineRecorder implements words.Recorder {
  readonly id: string;
  readonly deviceClass = 'recorder';
  readonly #options: LineRecorderOptions;
  readonly #clock: Clock;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #listeners = new Set<(event: words.RecorderEvent) => void>();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  readonly #owed = new OwedMarks();
  readonly #offset: ClockOffset;
  #camera: words.CameraState = 'unknown';
  #identity: string | undefined;
  #onReady: (() => void) | undefined;
  #told: words.RecorderStatus;
  #seq = 0;
  #refused = 0;
  #tellingOwed = false;
  #stopReading: Unsubscribe | undefined;
  #cancelTimers: readonly Unsubscribe[] = [];

  /** @throws TypeError when an id has letters that do not go on the wire */
  constructor(options: LineRecorderOptions) {
    checkRecorderOptions(options);
    this.id = options.id;
    this.#options = options;
    this.#clock = options.clock;
    this.#queue = new CommandQueue(options.clock);
    this.#offset = new ClockOffset(options.clock);
    this.#told = this.status();
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: (signal) => openRecorderLink(options, signal),
      ready: (link, signal) => this.#ready(link, signal),
      lost: () => this.#lost(),
      longestRetryMs: 2_000,
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { camera: this.#options.camera };
  }

  status(): words.RecorderStatus {
    return {
      cameras: { [this.#options.camera]: this.#camera },
      clockOffsetMs: this.#offset.offsetMs,
      clockUncertaintyMs: this.#offset.uncertaintyMs,
      owedMarks: this.#owed.count,
      lostMarks: this.#owed.lost,
    };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onRecorderEvent(listener: (event: words.RecorderEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async mark(
    interval: string,
    kind: words.MarkKind,
    options: CommandOptions,
  ): Promise<Completion<words.MarkAcknowledgement, words.MarkFault>> {
    if (!isIntervalId(interval))
      throw new TypeError('An interval id is a short prefix and letters, no number of a person.');
    this.#seq += 1;
    const mark: OwedMark = { seq: this.#seq, interval, kind, atWallMs: Math.round(this.#clock.wallMs()) };
    const completion = await this.#queue.run<Completion<words.MarkAcknowledgement, words.MarkFault>>(
      options,
      async (signal) => {
        const link = this.#supervisor.link;
        if (!link) return failed('deviceNotReady', 'the recorder is away');
        return meaningOf(await this.#send(link, mark, signal), this.#offset.offsetMs);
      },
    );
    if (!wasAnswered(completion)) this.#owed.add(mark);
    this.#tell();
    return completion;
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  async #ready(link: ByteLink, signal: AbortSignal): Promise<void> {
    const lines = new LineCutter(LONGEST_RECORDER_LINE);
    const letters = new TextDecoder('latin1');
    this.#refused = 0;
    this.#stopReading = link.onData((bytes) => {
      for (const line of lines.push(letters.decode(bytes))) this.#hear(line);
    });
    const { kioskId: kiosk, bootId: boot } = this.#options;
    const ready = new Promise<void>((resolve, reject) => {
      this.#onReady = resolve;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    await Promise.all([ready, link.write(recorderLine('HELLO', { v: 1, kiosk, boot }), signal)]);
    this.#askTime(link);
    this.#tell();
  }

  #lost(): void {
    this.#stopReading?.();
    for (const cancel of this.#cancelTimers) cancel();
    this.#onReady = undefined;
    this.#answers.clear();
    this.#camera = 'unknown';
    this.#queue.drop();
    this.#tell();
  }

  #hear(line: string): void {
    const said = parseRecorderLine(line);
    if (!said) {
      this.#refused += 1;
      if (this.#refused > MOST_REFUSED_LINES) void this.#supervisor.restart('noise instead of a recorder');
      return;
    }
    switch (said.says) {
      case 'READY':
        this.#identity = said.recorder;
        this.#onReady?.();
        return;
      case 'TIME':
        if (this.#offset.take(said.id, said.recorderWallMs)) this.#cancelTimers[0]?.(); // its limit needs no wake-up
        // Behind the marks of now: what is owed has waited already.
        this.#tellOwed();
        break;
      case 'STATE':
        if (said.camera === this.#options.camera) this.#camera = said.recording ? 'ok' : 'inop';
        break;
      default:
        if (said.says === 'ACK') this.#camera = said.recording ? 'ok' : 'inop';
        this.#answers.get(said.seq)?.(said);
    }
    this.#tell();
  }

  /** Also the sign of life: one question in two seconds. */
  #askTime(link: ByteLink): void {
    const asked = this.#offset.ask();
    link
      .write(recorderLine('TIME', { id: asked, cam: this.#options.camera }), new AbortController().signal)
      .catch(() => undefined);
    this.#cancelTimers = [
      this.#clock.timer(ANSWER_MS, () => {
        if (this.#offset.answered < asked) void this.#supervisor.restart('the recorder does not answer');
      }),
      this.#clock.timer(ASK_MS, () => this.#askTime(link)),
    ];
  }

  async #send(link: ByteLink, mark: OwedMark, signal: AbortSignal, late = false): Promise<Answer> {
    const { seq, interval, kind, atWallMs: at } = mark;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#answers.set(seq, resolve);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const line = recorderLine('MARK', { seq, kind, ivl: interval, cam: this.#options.camera, at, late: late ? 1 : 0 });
    try {
      const [, said] = await Promise.all([link.write(line, signal), answer]);
      return said;
    } finally {
      this.#answers.delete(seq);
    }
  }

  /** One after the other, until none is left or the recorder is gone again; begun after each sign of life. */
  #tellOwed(): void {
    const link = this.#supervisor.link;
    const mark = this.#owed.oldest;
    const lost = this.#owed.lostUntold;
    if (!link || this.#tellingOwed || (!mark && lost === 0)) return;
    this.#tellingOwed = true;
    this.#queue
      .run<Completion<void>>({ timeoutMs: ANSWER_MS }, async (signal) => {
        if (this.#supervisor.link !== link) return failed('deviceNotReady', 'the recorder is away');
        if (lost > 0) {
          await link.write(recorderLine('LOST', { n: lost }), signal);
          this.#owed.lostWereTold(lost);
        }
        if (mark) {
          const { says } = await this.#send(link, mark, signal, true);
          // Also a refusal is an answer: asking again would not change it.
          this.#owed.remove(mark.seq);
          if (says === 'ACK') this.#emit({ event: 'lateMarkAcknowledged', interval: mark.interval, kind: mark.kind });
        }
        return completed(undefined);
      })
      .then(
        ({ done }) => {
          this.#tellingOwed = false;
          this.#tell();
          if (done) this.#tellOwed();
        },
        () => {
          this.#tellingOwed = false;
        },
      );
  }

  #tell(): void {
    const before = this.#told;
    this.#told = this.status();
    const changed = changedStatus(before, this.#told);
    if (changed) this.#emit({ event: 'statusChanged', changed });
  }

  #emit(event: words.RecorderEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
