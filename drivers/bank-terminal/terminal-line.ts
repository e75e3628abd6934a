/**
 * The driver's line to one POS module: opened, signed in, and held to the rule
 * that what is owed is asked before anything else.
 *
 * One promise: a command that fails says whether its money may have moved, and
 * one that was only waiting moved none.
 */
import { CommandQueue } from '../command-queue.ts';
import { type CommandOptions, type Completion, completed, type DeviceState, failed } from '../device.ts';
import { type Clock, type DeviceBus, LinkLostError } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import type { BankTerminalEvent, MoneyCompletion } from './bank-terminal.ts';
import { type Asking, type Owed, OwedOutcome } from './owed-outcome.ts';
import { nothingMoved } from './terminal-answers.ts';
import type { TerminalMessage } from './terminal-message.ts';
import type { TerminalCommand, TerminalProfile } from './terminal-profile-table.ts';
import { type FieldValues, pause, TerminalSilentError, TerminalWire } from './terminal-wire.ts';

export interface TerminalLineOptions {
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink'>;
  readonly clock: Clock;
  readonly profile: TerminalProfile;
  readonly tell: (event: BankTerminalEvent) => void;
}

/** One command's way: its signal, and whether its first byte has left. */
export interface Course {
  readonly signal: AbortSignal;
  sending: boolean;
  /** A person is needed, so only the deadline ends the wait for the answer. */
  readonly atCard?: boolean;
  /** What the module owes from the first byte to the answer. */
  readonly owes?: Owed;
}

/** How often an idle module is asked whether it is there, ms. */
const IDLE_ASK_MS = 30_000;
/** Above the longest pause inside a frame, ms. */
const HALF_FRAME_MS = 100;

type Except = Parameters<OwedOutcome['is']>[0];
type BeforeFault = 'acquirerUnreachable' | 'busy' | 'paperOut' | 'outcomeOwed';

export class TerminalLine {
  readonly supervisor: Supervisor<TerminalWire>;
  readonly owed: OwedOutcome;
  readonly #options: TerminalLineOptions;
  readonly #queue: CommandQueue;
  #wire: TerminalWire | undefined;
  #identity: string | undefined;
  /** Begins somewhere, so that a module that outlived us does not take our first question for one it has answered. */
  #sequence: number;
  #signedIn = false;
  #sendsCardNumbers = false;
  #commands = 0;
  #cancelIdleAsk = (): void => undefined;

  constructor(options: TerminalLineOptions) {
    this.#options = options;
    this.#sequence = Math.floor(options.clock.wallMs() / 1_000) % 999_999;
    this.owed = new OwedOutcome(options.profile, options.clock, options.tell);
    this.#queue = new CommandQueue(options.clock);
    this.supervisor = new Supervisor<TerminalWire>({
      clock: options.clock,
      open: (signal) => this.#open(signal),
      ready: (wire, signal) => this.#ready(wire, signal),
      lost: () => this.#lost(),
      openTimeoutMs: 2 * options.profile.answerMs + 5_000,
    });
  }

  get state(): DeviceState {
    const { state } = this.supervisor;
    return state === 'online' && this.#sendsCardNumbers ? 'potentialFraud' : state;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get sendsCardNumbers(): boolean {
    return this.#sendsCardNumbers;
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.supervisor.close();
  }

  /**
   * Runs a command that may move money when its turn comes. What it `owes` is noted before its first byte and forgotten
   * at its answer, both before the next command's turn.
   */
  async money<Value, Fault extends string>(
    options: CommandOptions,
    way: { readonly owes?: Owed; readonly atCard?: boolean },
    command: (course: Course) => Promise<MoneyCompletion<Value, Fault>>,
  ): Promise<MoneyCompletion<Value, Fault>> {
    let course: Course | undefined;
    const ended = await this.#queue.run<MoneyCompletion<Value, Fault>>(options, async (signal) => {
      const own: Course = { ...way, signal, sending: false };
      course = own;
      const result = await this.#restartWhenSilent(command(own));
      if (own.owes && own.sending && (result.done || result.effect === 'none')) this.owed.forget(own.owes);
      return result;
    });
    if (ended.done || 'effect' in ended) return ended;
    return { ...ended, effect: course?.sending ? 'unknown' : 'none' };
  }

  /** Runs a command that only asks. */
  plain<Value, Fault extends string>(
    options: CommandOptions,
    command: (course: Course) => Promise<Completion<Value, Fault>>,
  ): Promise<Completion<Value, Fault>> {
    return this.#queue.run<Completion<Value, Fault>, Fault>(options, (signal) =>
      this.#restartWhenSilent(command({ signal, sending: false })),
    );
  }

  ask(command: TerminalCommand, fields: FieldValues, course: Course): Promise<TerminalMessage> {
    const wire = this.supervisor.link;
    if (!wire) return Promise.reject(new LinkLostError('the module is not there'));
    return this.#askOn(wire, command, fields, course);
  }

  /** `except` is what the command itself is about to ask. */
  async askOwed(course: Course, except?: Except): Promise<void> {
    if (this.owed.number === undefined || (except && this.owed.is(except))) return;
    await this.owed.ask(this.asking(course));
  }

  /** What stands against a new movement of money: an outcome that is still owed, or a module that can't sign in. */
  async obstacle(course: Course, except?: Except): Promise<MoneyCompletion<never, BeforeFault> | undefined> {
    await this.askOwed(course, except);
    const open = this.owed.number !== undefined && !(except && this.owed.is(except));
    if (open) return nothingMoved('outcomeOwed', 'an outcome is still owed');
    if (this.#signedIn) return undefined;
    const answer = await this.asking(course).ask('signIn', []);
    this.#signedIn = answer.word === 'done';
    if (this.#signedIn) return undefined;
    return { ...failed('acquirerUnreachable', 'the module could not sign in'), effect: 'none' };
  }

  /** Questions beside the command itself: they move nothing. */
  asking({ signal }: Course): Asking {
    return {
      signal,
      ask: (command, fields) => this.ask(command, fields, { signal, sending: false }),
      tell: (command, fields) => this.tell(command, fields),
    };
  }

  tell(command: TerminalCommand, fields: FieldValues): void {
    this.supervisor.link?.tell(command, fields);
  }

  startAnew(): void {
    this.supervisor.restart('a sale ended without an answer').catch(() => undefined);
  }

  async #askOn(wire: TerminalWire, command: TerminalCommand, fields: FieldValues, course: Course) {
    const answerMs = course.atCard ? undefined : this.#options.profile.answerMs;
    const onSending = (): void => {
      course.sending = true;
      if (course.owes) this.owed.owe(course.owes);
    };
    const answer = await wire.ask({ command, fields, answerMs, onSending }, course.signal);
    this.#sequence = wire.sequence;
    // The module lost its keys, by a power cut of its own for one: the next command signs in first.
    if (answer.word === 'signInFirst') this.#signedIn = false;
    return answer;
  }

  async #open(signal: AbortSignal): Promise<Opened<TerminalWire>> {
    const { bus, address, clock, profile, tell } = this.#options;
    const link = await bus.openByteLink(address, signal);
    const wire = new TerminalWire({
      ...{ link, clock, profile, sequence: this.#sequence },
      onProgress: (progress) => tell({ event: 'saleProgress', progress }),
      onCardNumber: () => this.#refuseCardNumber(),
    });
    return { link: wire, onLost: (listener) => link.onLost(listener), close: () => link.close() };
  }

  async #ready(wire: TerminalWire, signal: AbortSignal): Promise<void> {
    this.#wire = wire;
    // Half a frame that was cut: the module forgets it after this pause, instead of waiting for its rest in our next.
    await pause(this.#options.clock, this.#options.profile.pauseMs + HALF_FRAME_MS, signal);
    const course: Course = { signal, sending: false };
    await this.owed.ask({
      signal,
      ask: (command, fields) => this.#askOn(wire, command, fields, course),
      tell: (command, fields) => wire.tell(command, fields),
    });
    const answer = await this.#askOn(wire, 'signIn', [], course);
    this.#signedIn = answer.word === 'done';
    this.#identity = answer.fields.get('terminal') ?? this.#identity;
    this.#askWhenIdle(wire);
  }

  /**
   * A serial line does not say that the other end lost its power: an idle module is asked for its totals, and before
   * that for what it still owes.
   */
  #askWhenIdle(wire: TerminalWire): void {
    this.#cancelIdleAsk = this.#options.clock.timer(IDLE_ASK_MS, () => {
      if (this.#wire !== wire) return;
      this.#askWhenIdle(wire);
      if (this.#commands > 0) return;
      // Silence restarts the line; what it says is not wanted now.
      this.plain({ timeoutMs: IDLE_ASK_MS }, async (course) => {
        await this.askOwed(course);
        return completed(await this.ask('totals', [], course));
      }).catch(() => undefined);
    });
  }

  #lost(): void {
    this.#cancelIdleAsk();
    const wire = this.#wire;
    if (wire) this.#sequence = wire.sequence;
    this.#wire = undefined;
    this.#signedIn = false;
    wire?.end(new LinkLostError('the line to the module is lost'));
    this.#queue.drop();
  }

  /** A module that does not answer may have bytes of ours half-read: only a new link is a clean start. */
  async #restartWhenSilent<Ended>(work: Promise<Ended>): Promise<Ended> {
    this.#commands += 1;
    try {
      return await work;
    } catch (error) {
      if (error instanceof TerminalSilentError) this.supervisor.restart(error.message).catch(() => undefined);
      throw error;
    } finally {
      this.#commands -= 1;
    }
  }

  #refuseCardNumber(): void {
    if (this.#sendsCardNumbers) return;
    this.#sendsCardNumbers = true;
    this.#options.tell({ event: 'cardNumberRefused' });
  }
}
