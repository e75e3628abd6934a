/**
 * The controller board: receive buffer, parser, press and the order of things.
 *
 * Commands in the queue are carried out one by one, each when everything before
 * it is on paper; real-time requests are served as their last byte arrives.
 */
import type { PaperOp } from '../paper.ts';
import { EscposParser } from '../parser/escpos-parser.ts';
import type { CommandToken, Token } from '../parser/token.ts';
import { byteAt, choiceAt } from '../press/arguments.ts';
import { Press } from '../press/press.ts';
import { answers } from './answers.ts';
import { ByteQueue } from './byte-queue.ts';
import { automaticStatus, type Condition, isOffline, isWatchedChange, realTimeStatus } from './condition.ts';
import type { Mechanism } from './mechanism.ts';
import type { Outlet } from './presenter.ts';
import { isCustom, type PrinterProfile } from './profiles.ts';
import { type RealTimeRequest, RealTimeScanner } from './real-time-scanner.ts';
import { StarMarks } from './star-status.ts';

type Job = PaperOp | { readonly kind: 'command'; readonly token: CommandToken };

export interface BoardSurroundings {
  readonly mechanism: Mechanism;
  readonly outlet: Outlet;
  readonly answer: (bytes: Uint8Array) => void;
  /** Something was carried out: there may be room in the buffer again. */
  readonly onWorked: () => void;
}

export class Board {
  readonly buffer: ByteQueue;
  hung = false;
  drawerKicks = 0;
  beeps = 0;
  unknownBytes = 0;
  ignoredCommands = 0;
  readonly #profile: PrinterProfile;
  readonly #around: BoardSurroundings;
  readonly #parser: EscposParser;
  readonly #press: Press;
  readonly #scanner = new RealTimeScanner();
  readonly #star = new StarMarks();
  readonly #jobs: Job[] = [];
  #pumping = false;
  #asbMask = 0;
  #asbSent: Uint8Array;
  #presenterSent = '';
  #offlineResponse = false;
  #wasOffline = false;

  constructor(profile: PrinterProfile, around: BoardSurroundings) {
    this.#profile = profile;
    this.#around = around;
    this.buffer = new ByteQueue(profile.receiveBufferBytes);
    this.#press = new Press(profile.press, (op) => this.#jobs.push(op));
    this.#parser = new EscposParser(profile.parser, (token) => this.#take(token));
    this.#asbSent = automaticStatus(this.condition, profile.lastStatusByte);
  }

  get condition(): Condition {
    const { coverOpen, paperOut, paperNearEnd, cutterError, headHot } = this.#around.mechanism;
    const { drawerPinHigh } = this.#profile;
    return { coverOpen, paperOut, paperNearEnd, cutterError, headHot, drawerPinHigh };
  }

  /** One byte from the cable; the caller has looked whether there is room. */
  receive(byte: number): void {
    const request = this.hung ? undefined : this.#scanner.push(byte);
    // A request that clears the buffer takes its own bytes with it.
    if (request && this.#serve(request)) return;
    this.buffer.push(byte);
  }

  /** Goes on until the motor runs, the printer is stopped, or nothing is left to do. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    while (!this.hung && !this.#around.mechanism.busy && !isOffline(this.condition)) {
      const job = this.#jobs.shift();
      if (job) {
        this.#do(job);
        continue;
      }
      const byte = this.buffer.shift();
      if (byte === undefined) break;
      this.#parser.push(Uint8Array.of(byte));
    }
    this.#pumping = false;
  }

  /** Tells the host what changed, as far as it asked to hear of it. */
  notice(): void {
    if (this.hung) return;
    const { outlet, answer } = this.#around;
    const now = automaticStatus(this.condition, this.#profile.lastStatusByte);
    if (isWatchedChange(this.#asbMask, this.#asbSent, now)) answer(this.#profile.star ? this.#starStatus() : now);
    this.#asbSent = now;
    const pushed = outlet.watching ? outlet.pushed(this.condition) : new Uint8Array();
    if (pushed.join() !== this.#presenterSent && outlet.watching) answer(pushed);
    this.#presenterSent = pushed.join();
    const offline = isOffline(this.condition);
    if (offline && !this.#wasOffline && this.#offlineResponse) answer(Uint8Array.of(0x37, 0x23, 0x00));
    this.#wasOffline = offline;
  }

  /** Everything in RAM is gone; NV logos and paper stay. */
  powerLost(): void {
    this.#clear();
    this.#parser.reset();
    this.#press.powerLost();
    this.#scanner.reset();
    this.#star.clear();
    this.#asbMask = 0;
    this.#around.outlet.watching = 0;
    this.#offlineResponse = false;
    this.hung = false;
  }

  #clear(): void {
    this.buffer.clear();
    this.#jobs.length = 0;
    this.#parser.abandon();
    this.#press.dropLine();
    this.#around.mechanism.forget();
  }

  #take(token: Token): void {
    if (token.kind === 'unknown') this.unknownBytes += token.length;
    if (this.#press.take(token) === 'outOfRange') this.ignoredCommands += 1;
    if (token.kind === 'command') this.#jobs.push({ kind: 'command', token });
  }

  #do(job: Job): void {
    if (job.kind === 'command') this.#obey(job.token);
    else {
      this.#around.mechanism.run(job, () => {
        this.pump();
        this.#around.onWorked();
      });
    }
  }

  /** What a command in the queue makes the machine do or say; paper is the press's. */
  #obey(token: CommandToken): void {
    const { outlet, answer } = this.#around;
    const { args } = token;
    const answered = answers[token.row.name]?.(this.#answerSource(), args);
    if (answered) answer(answered);
    switch (token.row.name) {
      case 'GS a':
        if (!this.#profile.asb) return;
        this.#asbMask = byteAt(args, 0);
        if (this.#asbMask !== 0) this.#sendAutomaticStatus();
        return;
      case 'GS ( H':
        if (byteAt(args, 2) === 0x31) this.#offlineResponse = this.#profile.processId && choiceAt(args, 4) > 0;
        return;
      case 'ESC p':
        this.drawerKicks += 1;
        return;
      case 'ESC B':
      case 'ESC C':
      case 'BEL':
        this.beeps += 1;
        return;
      case 'ETB':
        this.#star.mark();
        if (this.#profile.star) answer(this.#starStatus());
        return;
      case 'ESC RS E':
        if (byteAt(args, 0) === 0) this.#star.clear();
        return;
      case 'ESC ACK SOH':
        if (this.#profile.star) answer(this.#starStatus());
        return;
      case 'GS E0':
        if (!isCustom(this.#profile)) return;
        outlet.watching = byteAt(args, 0);
        this.#presenterSent = outlet.pushed(this.condition).join();
        return;
      case 'GS e':
        if (!isCustom(this.#profile)) return;
        this.#ejector(args);
        return;
      default:
        return;
    }
  }

  #ejector(args: Uint8Array): void {
    const said = this.#around.outlet.command(args, this.condition);
    if (said) this.#around.answer(said);
    this.notice();
  }

  /** @returns whether the buffer was cleared. */
  #serve(request: RealTimeRequest): boolean {
    const { outlet, answer, mechanism } = this.#around;
    switch (request.kind) {
      case 'status': {
        if (this.#profile.silentWhileFeeding && mechanism.busy && !isOffline(this.condition)) return false;
        const status = realTimeStatus(request.which, this.condition);
        if (status !== undefined) answer(Uint8Array.of(status));
        else if (request.which === 0x14 && isCustom(this.#profile)) answer(outlet.fullStatus(this.condition));
        else if (request.which === 0x08 && this.#profile.presenter === 'detector')
          answer(Uint8Array.of(outlet.detector()));
        return false;
      }
      case 'automaticStatus':
        if (this.#profile.asb) this.#sendAutomaticStatus();
        return false;
      case 'drawer':
        this.drawerKicks += 1;
        return false;
      case 'recover':
        if (!mechanism.cutterError) return false;
        if (request.clear) this.#clear();
        mechanism.changed(() => {
          mechanism.cutterError = false;
        });
        return request.clear;
      case 'clearBuffer':
        this.#clear();
        answer(Uint8Array.of(0x37, 0x25, 0x00));
        return true;
    }
  }

  #sendAutomaticStatus(): void {
    this.#asbSent = automaticStatus(this.condition, this.#profile.lastStatusByte);
    this.#around.answer(this.#profile.star ? this.#starStatus() : this.#asbSent);
  }

  #starStatus(): Uint8Array {
    return this.#star.status(this.condition);
  }

  #answerSource(): Parameters<NonNullable<(typeof answers)[string]>>[0] {
    const { mechanism } = this.#around;
    const { profile, condition } = { profile: this.#profile, condition: this.condition };
    const { logos, symbols } = this.#press;
    return { profile, condition, logos, symbols, linesFed: Math.floor(mechanism.dotsFed / 30), cuts: mechanism.cuts };
  }
}
