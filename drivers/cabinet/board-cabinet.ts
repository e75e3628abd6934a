/**
 * The cabinet (机柜) behind one board: a microcontroller with Firmata, or the
 * computer's own GPIO lines.
 *
 * One promise: the outputs of a board that comes back are put as they should be
 * before the cabinet calls itself online, and no word about a sensor outlives the
 * board that told it.
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
import { pauseFor, signalWithin } from '../pause.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import { Supervisor } from '../supervisor.ts';
import { type BoardAddress, boardOpener, boardPins } from './board-opener.ts';
import type { Cabinet, CabinetEvent, CabinetStatus, LightFault, LightSetting } from './cabinet.ts';
import { cabinetCapabilities, cabinetStatus, changedWords } from './cabinet-status.ts';
import { DEFAULT_PIN_PLAN } from './default-pin-plan-table.ts';
import { HeadsetKeys } from './headset-keys.ts';
import { InputSettler } from './input-settler.ts';
import { OutputDesk } from './output-desk.ts';
import { HeldOtherwiseError, type PinBoard } from './pin-board.ts';
import { checkPinPlan, type PinPlan } from './pin-plan.ts';

/** The address: `serial:/dev/serial/by-id/…?baudRate=57600`, `tcp://…:3030` or `gpio:gpiochip0`. */
export interface BoardCabinetOptions extends BoardAddress {
  /** The device map's id. */
  readonly id: string;
  readonly plan?: PinPlan;
}

/** How often an idle board is asked, and how long it may take, ms: a hung board is lost within three seconds. */
const CHECK_MS = 2_000;
const ANSWER_MS = 1_000;
const LAMP_TEST_MS = 300;

export class BoardCabinet implements Cabinet {
  readonly id: string;
  readonly deviceClass = 'cabinet';
  readonly #clock: Clock;
  readonly #plan: PinPlan;
  readonly #queue: CommandQueue;
  readonly #desk: OutputDesk;
  readonly #settlers: ReadonlyMap<number, InputSettler>;
  readonly #supervisor: Supervisor<PinBoard>;
  readonly #listeners = new Set<(event: CabinetEvent) => void>();
  readonly #keys = new HeadsetKeys();
  readonly onKeyPressed: Cabinet['onKeyPressed'] = (listener) => this.#keys.onPressed(listener);
  readonly #held = new Map<number, boolean>();
  #board: PinBoard | undefined;
  #identity: string | undefined;
  #status: CabinetStatus;
  #upsWasEngaged = false;
  #told = false;
  #cancelCheck: Unsubscribe | undefined;
  #cancelBlink: Unsubscribe | undefined;

  /** @throws PinPlanError */
  constructor(options: BoardCabinetOptions) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#plan = options.plan ?? DEFAULT_PIN_PLAN;
    checkPinPlan(this.#plan);
    this.#queue = new CommandQueue(options.clock);
    this.#desk = new OutputDesk(this.#plan, options.clock);
    const settled = (one: InputSettler): unknown => this.#keys.takes(one, this.#told) || this.#tell();
    this.#settlers = new Map(
      this.#plan.inputs.map((input) => [input.pin, new InputSettler(input, options.clock, settled)]),
    );
    this.#status = this.#look();
    const open = boardOpener(options, boardPins(this.#plan), (pin, high) => this.#settlers.get(pin)?.take(high));
    this.#supervisor = new Supervisor<PinBoard>({
      clock: options.clock,
      open: async (signal) => {
        const board = await open(signal);
        return { link: board, onLost: (listener) => board.onLost(listener), close: () => board.close() };
      },
      ready: (board, signal) => this.#ready(board, signal),
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
    return cabinetCapabilities(this.#plan);
  }

  status(): CabinetStatus {
    return this.#status;
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onCabinetEvent(listener: (event: CabinetEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setLight(light: string, setting: LightSetting, options: CommandOptions): Promise<Completion<void, LightFault>> {
    const refusal = this.#desk.refusal(light, setting);
    if (refusal) return Promise.resolve(failed('invalidLight', refusal));
    return this.#move(options, () => this.#desk.setLight(light, setting));
  }

  switchRelay(relay: string, closed: boolean, options: CommandOptions): Promise<Completion<void, 'lightError'>> {
    if (!this.#desk.hasRelay(relay))
      return Promise.resolve(failed('unsupportedCommand', 'the pin plan has no such relay'));
    return this.#move(options, () => this.#desk.switchRelay(relay, closed));
  }

  /** Lights every lamp for `LAMP_TEST_MS` and puts each back as it should be then. Relays are left alone. */
  testLights(options: CommandOptions): Promise<Completion<void, 'lightError'>> {
    return this.#queue.run(options, async (signal) => {
      const board = this.#supervisor.link;
      if (!board) return failed('deviceNotReady', 'the board is away');
      const lamps = this.#desk.lampsLit();
      for (const pin of lamps.keys()) this.#held.delete(pin);
      try {
        await board.write(lamps, signal);
        await pauseFor(this.#clock, LAMP_TEST_MS, signal);
        await this.#put(board, signal);
        return completed(undefined);
      } catch (error) {
        if (this.#board === board) this.#putLater(board);
        if (error instanceof HeldOtherwiseError) return failed('lightError', error.message);
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  #move(options: CommandOptions, change: () => () => void): Promise<Completion<void, 'lightError'>> {
    return this.#queue.run(options, async (signal) => {
      const board = this.#supervisor.link;
      if (!board) return failed('deviceNotReady', 'the board is away');
      const takeBack = change();
      try {
        await this.#put(board, signal);
        return completed(undefined);
      } catch (error) {
        takeBack();
        // What was half done is undone, unless the board is gone: then it is put right when it comes back.
        if (this.#board === board) this.#putLater(board);
        if (error instanceof HeldOtherwiseError) return failed('lightError', error.message);
        throw error;
      } finally {
        this.#blinkOn();
      }
    });
  }

  async #ready(board: PinBoard, signal: AbortSignal): Promise<void> {
    this.#board = board;
    this.#identity = board.identity;
    this.#held.clear();
    await this.#put(board, signal);
    this.#told = true;
    this.#tell();
    this.#blinkOn();
    this.#checkLater(board);
  }

  #lost(): void {
    this.#board = undefined;
    this.#cancelCheck?.();
    this.#cancelBlink?.();
    this.#held.clear();
    this.#queue.drop();
    for (const settler of this.#settlers.values()) settler.forget();
    this.#tell();
    this.#told = false;
  }

  /** Writes what is not already so. */
  async #put(board: PinBoard, signal: AbortSignal): Promise<void> {
    const due = new Map([...this.#desk.levels()].filter(([pin, high]) => this.#held.get(pin) !== high));
    // Noted before it is confirmed, taken out again when it is not: a blink must not be written twice meanwhile.
    for (const [pin, high] of due) this.#held.set(pin, high);
    try {
      if (due.size > 0) await board.write(due, signal);
    } catch (error) {
      for (const pin of due.keys()) this.#held.delete(pin);
      throw error;
    }
  }

  #putLater(board: PinBoard): void {
    const { signal, cancel } = signalWithin(this.#clock, ANSWER_MS);
    this.#put(board, signal)
      .catch(() => undefined) // the next check finds a board that does not answer
      .finally(cancel);
  }

  #blinkOn(): void {
    this.#cancelBlink?.();
    const nextMs = this.#desk.nextChangeMs();
    const board = this.#board;
    if (nextMs === undefined || !board) return;
    this.#cancelBlink = this.#clock.timer(nextMs, () => {
      this.#putLater(board);
      this.#blinkOn();
    });
  }

  #checkLater(board: PinBoard): void {
    this.#cancelCheck = this.#clock.timer(CHECK_MS, () => {
      const { signal, cancel } = signalWithin(this.#clock, ANSWER_MS);
      board.check(signal).then(
        () => {
          cancel();
          if (this.#board === board) this.#checkLater(board);
        },
        () => {
          cancel();
          if (this.#board === board) void this.#supervisor.restart('the board does not answer');
        },
      );
    });
  }

  #look(): CabinetStatus {
    return cabinetStatus(this.#plan, ({ pin }) => this.#settlers.get(pin)?.active, this.#upsWasEngaged);
  }

  /** While a board is being set up its first words come one by one; they are told together when it is ready. */
  #tell(): void {
    if (!this.#told) return;
    const onBattery = this.#plan.inputs.find(({ senses }) => senses === 'upsOnBattery');
    if (onBattery && this.#settlers.get(onBattery.pin)?.active) this.#upsWasEngaged = true;
    const before = this.#status;
    this.#status = this.#look();
    const changed = changedWords(before, this.#status);
    if (changed) for (const listener of [...this.#listeners]) listener({ event: 'statusChanged', changed });
  }
}
