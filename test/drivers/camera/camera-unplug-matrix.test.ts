/** The camera's wire disturbed at every byte of a frame, in both framings, under virtual time. */
import { describe, expect, test } from 'vitest';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { usualLens } from '../../../drivers/camera/lens-watch.ts';
import { framesOver } from '../../../drivers/camera/tcp-frames-transport.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { BLACK, GRAY, TEST_CARD, WHITE } from './golden-frames.ts';

type Framing = 'bare' | 'length';

const framed = (jpeg: Uint8Array, framing: Framing): Uint8Array =>
  framing === 'bare' ? jpeg : Uint8Array.of(0, 0, jpeg.length >> 8, jpeg.length & 255, ...jpeg);

/** A wire with a plug: what a test says comes out of it. */
class Wire {
  plugged = true;
  opened = 0;
  #deliver: ((bytes: Uint8Array) => void) | undefined;
  #lose: ((error: LinkLostError) => void) | undefined;
  readonly #first: Uint8Array;

  constructor(first: Uint8Array) {
    this.#first = first;
  }

  say(bytes: Uint8Array): void {
    this.#deliver?.(bytes);
  }

  pull(): void {
    const lose = this.#lose;
    this.#deliver = undefined;
    this.#lose = undefined;
    lose?.(new LinkLostError('pulled'));
  }

  open(): Promise<ByteLink> {
    if (!this.plugged) return Promise.reject(new LinkLostError('nothing there'));
    this.opened += 1;
    return Promise.resolve({
      write: () => Promise.reject(new Error('nobody writes to a camera')),
      onData: (listener) => {
        this.#deliver = listener;
        // A camera that is opened begins to send.
        queueMicrotask(() => this.say(this.#first));
        return () => undefined;
      },
      onLost: (listener) => {
        this.#lose = listener;
        return () => undefined;
      },
      close: () => {
        this.#deliver = undefined;
        this.#lose = undefined;
        return Promise.resolve();
      },
    });
  }
}

async function onBench(framing: Framing) {
  const clock = new ManualClock();
  const wire = new Wire(framed(GRAY, framing));
  const bus = busWith({ openFrameSource: async (_address, signal) => framesOver(await wire.open(), signal) });
  // What is seen through the lens is another test's affair, and would take most of the time here.
  const lens = { ...usualLens, lookEveryMs: 3_600_000 };
  const camera = new FrameCamera({ id: 'camera', address: 'tcp-frames://bench', bus, clock, lens });
  await clock.pass(1);
  expect(camera.state).toBe('online');
  return { clock, wire, camera };
}

type Bench = Awaited<ReturnType<typeof onBench>>;

/** A picture, while the wire sends one whole frame after the other. */
async function nextPicture({ clock, wire, camera }: Bench, framing: Framing): Promise<Uint8Array | string> {
  const taking = camera.takePicture({ timeoutMs: 1_000 });
  await clock.drain();
  wire.say(framed(WHITE, framing));
  await clock.pass(1_100);
  const taken = await taking;
  return taken.done ? Uint8Array.from(taken.value.reveal()) : taken.fault;
}

interface Disturbance {
  readonly name: string;
  /** What happens after `cut` bytes of the frame; resolves when the hand is done. */
  readonly act: (bench: Bench, frame: Uint8Array, cut: number) => Promise<void>;
  /** Every way the command that ran may end. */
  readonly ends: readonly string[];
}

const disturbances: readonly Disturbance[] = [
  {
    name: 'pulled',
    ends: ['deviceNotReady'],
    act: async ({ clock, wire }) => {
      wire.plugged = false;
      wire.pull();
      await clock.pass(400);
      wire.plugged = true;
    },
  },
  { name: 'hung', ends: ['timeOut'], act: async ({ clock }) => clock.pass(1_000) },
  {
    name: 'noisy',
    ends: ['picture', 'timeOut', 'deviceNotReady'],
    act: async ({ clock, wire }, frame, cut) => {
      wire.say(Uint8Array.from({ length: 64 }, (_, at) => (at * 89 + cut) & 255));
      wire.say(frame.subarray(cut));
      await clock.pass(1_000);
    },
  },
  {
    name: 'slow',
    ends: ['picture'],
    act: async ({ clock, wire }, frame, cut) => {
      await clock.pass(300);
      wire.say(frame.subarray(cut, cut + 1));
      await clock.pass(300);
      wire.say(frame.subarray(cut + 1));
    },
  },
  {
    name: 'doubled',
    ends: ['picture', 'timeOut', 'deviceNotReady'],
    act: async ({ clock, wire }, frame, cut) => {
      wire.say(frame.subarray(0, cut));
      wire.say(frame.subarray(cut));
      await clock.pass(1_000);
    },
  },
  {
    name: 'replugged',
    ends: ['deviceNotReady'],
    act: async ({ clock, wire }) => {
      wire.pull();
      await clock.pass(300);
    },
  },
];

/** The camera through one disturbance: how its command ended, and what it is worth afterwards. */
async function disturbed(framing: Framing, frame: Uint8Array, cut: number, act: Disturbance['act']) {
  const bench = await onBench(framing);
  const taking = bench.camera.takePicture({ timeoutMs: 900 });
  await bench.clock.drain();
  bench.wire.say(frame.subarray(0, cut));
  await act(bench, frame, cut);
  await bench.clock.pass(1_000);
  const taken = await taking;
  for (let step = 0; step < 5; step += 1) {
    // A false length in a bare stream's noise claims 64 kB at most.
    for (let more = 0; more < (framing === 'bare' ? 40 : 2); more += 1) bench.wire.say(framed(TEST_CARD, framing));
    await bench.clock.pass(400);
  }
  const { state } = bench.camera;
  // A piece of the old frame and a piece of a new one are never glued together across a loss.
  const next = await nextPicture(bench, framing);
  await bench.camera.close();
  return { ended: taken.done ? 'picture' : taken.fault, state, next, timersLeft: bench.clock.waiting };
}

describe.each(['bare', 'length'] as const)('the camera’s wire, %s frames, at every byte of a frame', (framing) => {
  test.each(disturbances)('$name: the wait settles, and whole pictures come again', async ({ act, ends }) => {
    const frame = framed(BLACK, framing);
    const cuts = Array.from({ length: frame.length - 1 }, (_, at) => at + 1);
    // Each bench has a clock of its own, so all of them can go at once.
    const results = await Promise.all(cuts.map((cut) => disturbed(framing, frame, cut, act)));
    for (const [at, { ended, ...result }] of results.entries()) {
      expect(ends, `after ${cuts[at]} bytes`).toContain(ended);
      expect(result, `after ${cuts[at]} bytes`).toEqual({ state: 'online', next: WHITE, timersLeft: 0 });
    }
  });
});
