/**
 * The computer's own GPIO lines, through libgpiod 1.x's tools (Debian package `gpiod`).
 *
 * No native module: `gpioget` reads the first levels, one `gpiomon` a kind of bias
 * watches, one `gpioset` an output holds its line for as long as it lives. One
 * promise: a child that ends by itself is a lost board, and no child outlives it.
 *
 * What it can not do: between reading and watching (some ms at every open) an edge
 * is missed until the next one; a changed output lets go of its line for some ms,
 * because one `gpioset` has to end before the next can take it.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { LineCutter, LineTool } from '../line-tool.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LONGEST_LINE, parseEdge, parseLevels } from './gpio-line.ts';
import type { BoardPins, LevelListener, PinBoard } from './pin-board.ts';

export interface GpioTools {
  readonly gpioget: string;
  readonly gpiomon: string;
  readonly gpioset: string;
}

export interface GpioBoardOptions {
  /** Name or number of the chip, e.g. `gpiochip0`. */
  readonly chip: string;
  readonly pins: BoardPins;
  readonly onLevel: LevelListener;
  readonly clock: Clock;
  /** Default: as found on the PATH. */
  readonly tools?: GpioTools;
  /** Default: by the files that the kernel shows of a process. */
  readonly holdsLines?: (processId: number) => boolean;
}

const ON_PATH: GpioTools = { gpioget: 'gpioget', gpiomon: 'gpiomon', gpioset: 'gpioset' };
/** How often to look whether a tool holds its lines yet, ms. */
const LOOK_MS = 5;

/**
 * Whether a process holds GPIO lines: the kernel names the file of a requested line so (`gpio-linehandle`,
 * `gpio-event`, since version 2 of its interface `gpio-line`). An output has its level from that moment on.
 */
function holdsLines(processId: number): boolean {
  try {
    const folder = `/proc/${processId}/fd`;
    return readdirSync(folder).some((file) =>
      /^anon_inode:.*gpio-(line|event)/.test(readlinkSync(`${folder}/${file}`)),
    );
  } catch {
    return false;
  }
}

/** Rejects with `LinkLostError` (no tools, no chip, lines taken by somebody else) or `signal.reason`. */
export async function openGpioBoard(options: GpioBoardOptions, signal: AbortSignal): Promise<PinBoard> {
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(options.chip) || options.chip.startsWith('-')) {
    throw new LinkLostError('the address names no GPIO chip');
  }
  const board = new GpioBoard(options);
  try {
    await board.start(signal);
    return board;
  } catch (error) {
    await board.close();
    throw error;
  }
}

class GpioBoard implements PinBoard {
  readonly identity: string;
  readonly #options: GpioBoardOptions;
  readonly #tools: GpioTools;
  readonly #ended = new AbortController();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  readonly #monitors = new Set<LineTool>();
  readonly #outputs = new Map<number, LineTool>();

  constructor(options: GpioBoardOptions) {
    this.#options = options;
    this.#tools = options.tools ?? ON_PATH;
    this.identity = `gpio ${options.chip}`;
  }

  async start(signal: AbortSignal): Promise<void> {
    const { chip, pins, onLevel } = this.#options;
    const version = /v(\d{1,3}\.\d{1,3})/.exec(await this.#run(this.#tools.gpiomon, ['--version'], signal))?.[1] ?? '?';
    // Version 2 has other words for the same things, and would take the chip's name for a line's.
    if (!version.startsWith('1.')) throw new LinkLostError(`libgpiod 1.x is needed, found ${version}`);
    for (const pullUp of [true, false]) {
      const offsets = pins.inputs.filter((input) => input.pullUp === pullUp).map(({ pin }) => pin);
      if (offsets.length === 0) continue;
      const words = [`--bias=${pullUp ? 'pull-up' : 'as-is'}`, chip, ...offsets.map(String)];
      const levels = parseLevels(await this.#run(this.#tools.gpioget, words, signal), offsets.length);
      if (!levels) throw new LinkLostError('gpioget printed no levels');
      const monitor = this.#spawn(this.#tools.gpiomon, ['--line-buffered', ...words]);
      this.#monitors.add(monitor);
      const lines = new LineCutter(LONGEST_LINE);
      monitor.onText((text) => {
        for (const line of lines.push(text)) {
          const edge = parseEdge(line);
          if (edge && offsets.includes(edge.offset) && !this.#ended.signal.aborted) onLevel(edge.offset, edge.high);
        }
      });
      await this.#holds(monitor, signal);
      levels.forEach((high, at) => void onLevel(offsets[at] ?? -1, high));
    }
  }

  async write(levels: ReadonlyMap<number, boolean>, signal: AbortSignal): Promise<void> {
    await Promise.all([...levels].map(([pin, high]) => this.#drive(pin, high, signal)));
  }

  /** Whether every child lives: `gpiomon` and `gpioset` can not be asked anything. */
  check(): Promise<void> {
    const gone = [...this.#monitors, ...this.#outputs.values()].some((tool) => tool.over);
    return gone ? Promise.reject(new LinkLostError('a GPIO tool ended')) : Promise.resolve();
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#ended.abort(new LinkLostError('the GPIO lines were let go by this side'));
    await Promise.all([...this.#monitors, ...this.#outputs.values()].map((tool) => tool.stop(this.#options.clock)));
  }

  async #drive(pin: number, high: boolean, signal: AbortSignal): Promise<void> {
    const before = this.#outputs.get(pin);
    this.#outputs.delete(pin);
    await before?.stop(this.#options.clock);
    if (this.#ended.signal.aborted) throw this.#ended.signal.reason;
    signal.throwIfAborted();
    const tool = this.#spawn(this.#tools.gpioset, ['--mode=signal', this.#options.chip, `${pin}=${high ? 1 : 0}`]);
    this.#outputs.set(pin, tool);
    await this.#holds(tool, signal);
  }

  #spawn(program: string, words: readonly string[]): LineTool {
    const tool = new LineTool(program, words, 'gpiod');
    tool.onOver(() => this.#lose(new LinkLostError(`${tool.name} ended (${tool.lastWords})`)));
    return tool;
  }

  /** Resolves when the tool holds its lines: neither prints a word when it does. */
  #holds(tool: LineTool, signal: AbortSignal): Promise<void> {
    const holds = this.#options.holdsLines ?? holdsLines;
    return new Promise((resolve, reject) => {
      let cancel: Unsubscribe = () => undefined;
      const settle = (act: () => void): void => {
        cancel();
        signal.removeEventListener('abort', onAbort);
        act();
      };
      const onAbort = (): void => settle(() => reject(signal.reason));
      const look = (): void => {
        if (tool.processId !== undefined && holds(tool.processId)) settle(resolve);
        else cancel = this.#options.clock.timer(LOOK_MS, look);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      tool.onOver(() => settle(() => reject(new LinkLostError(`${tool.name} ended (${tool.lastWords})`))));
      if (signal.aborted) onAbort();
      else look();
    });
  }

  async #run(program: string, words: readonly string[], signal: AbortSignal): Promise<string> {
    const tool = new LineTool(program, words, 'gpiod');
    let printed = '';
    tool.onText((text) => {
      printed = (printed + text).slice(0, 1_024);
    });
    const onAbort = (): void => void tool.stop(this.#options.clock);
    signal.addEventListener('abort', onAbort, { once: true });
    await tool.ended;
    signal.removeEventListener('abort', onAbort);
    signal.throwIfAborted();
    if (tool.lastWords !== 'exit 0') throw new LinkLostError(`${tool.name} ended (${tool.lastWords})`);
    return printed;
  }

  #lose(error: LinkLostError): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort(error);
    for (const listener of [...this.#lostListeners]) listener(error);
    this.close().catch(() => undefined);
  }
}
