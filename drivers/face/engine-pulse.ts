/**
 * The face engine's heartbeat: whether its child is there, within its memory, and getting on with its look.
 *
 * Its main thread answers, or it hangs. A thread of one of its libraries is judged by the processor time of the look
 * under way: no look needs as much as one that spins, and one that waits for the processor still gets some. One
 * promise: a kiosk or a child that is itself starved of the processor is never taken for an engine that hangs.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { EngineReply } from './engine-messages.ts';

/** A model runs on the child's own main thread and holds it for some ten milliseconds, on a small board for some more: eight tenths of a second of silence are none of that. */
const HEARTBEAT_MS = 160;
const MISSED_HEARTBEATS = 5;
/** A beat that goes out or comes back later than this was kept from the processor, ms. */
const LATE_MS = 40;
/** Between two beats: a thread that shares its processor with twenty others gets twice as much, an idle child a tenth. Ms. */
const STILL_MS = 6;
/** So many beats in a row without any work in a look that is not over. */
const STILL_BEATS = 4;
/** 30 ms on a desk, ten times as much on a small board, ms of processor. */
const LONGEST_LOOK_PROCESSOR_MS = 700;
/** What it needs is in docs/performance.md; one that holds so much leaks. Bytes. */
const MOST_ENGINE_MEMORY = 384 * 1_048_576;

export type AliveReply = Extract<EngineReply, { tell: 'alive' }>;

export interface EnginePulseOptions {
  readonly clock: Clock;
  /** Asks whether it is alive; rejects when the engine ended. */
  readonly ask: () => Promise<EngineReply>;
  readonly onSick: (why: string) => void;
}

export class EnginePulse {
  readonly #options: EnginePulseOptions;
  readonly #look = new LookWatch();
  #missed = 0;
  #dueMs: number;
  #cancelTimer: Unsubscribe = () => undefined;

  constructor(options: EnginePulseOptions) {
    this.#options = options;
    this.#dueMs = options.clock.monotonicMs();
    this.#beat();
  }

  stop(): void {
    this.#cancelTimer();
  }

  /** Counted, not timed: a kiosk that slept has sent none, and one that is late with its own timers counts none. */
  #beat(): void {
    const { clock, ask, onSick } = this.#options;
    if (this.#missed >= MISSED_HEARTBEATS) {
      onSick('the face engine hangs');
      return;
    }
    const sentMs = clock.monotonicMs();
    const onTime = sentMs - this.#dueMs <= LATE_MS;
    if (onTime) this.#missed += 1;
    this.#dueMs = sentMs + HEARTBEAT_MS;
    this.#cancelTimer = clock.timer(HEARTBEAT_MS, () => this.#beat());
    ask().then(
      (reply) => {
        this.#missed = 0;
        this.#judge(reply, onTime && clock.monotonicMs() - sentMs <= LATE_MS);
      },
      () => undefined,
    );
  }

  #judge(reply: EngineReply, prompt: boolean): void {
    const { onSick } = this.#options;
    if (reply.tell !== 'alive') onSick('the face engine talks nonsense');
    else if (reply.rssBytes > MOST_ENGINE_MEMORY) onSick('the face engine leaks memory');
    else if (this.#look.hangs(reply.look, prompt)) onSick('a call hangs in the face engine');
  }
}

/** The look under way, from one heartbeat to the next. */
class LookWatch {
  #last: AliveReply['look'];
  #still = 0;

  /** @param prompt whether neither side was late with this beat */
  hangs(look: AliveReply['look'], prompt: boolean): boolean {
    const last = this.#last;
    this.#last = look;
    if (!look || look.id !== last?.id || look.processorMs - last.processorMs >= STILL_MS) this.#still = 0;
    else if (prompt) this.#still += 1;
    return this.#still >= STILL_BEATS || (look?.processorMs ?? 0) >= LONGEST_LOOK_PROCESSOR_MS;
  }
}
