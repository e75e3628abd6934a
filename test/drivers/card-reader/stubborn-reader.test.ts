import { expect, test } from 'vitest';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import { type CardConnection, type CardSlot, LinkLostError } from '../../../drivers/ports.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { faultWord } from './card-bench.ts';
import { GOLDEN_CARD } from './golden-card.ts';
import { SpokenChip } from './spoken-chip.ts';

/** A library that ignores signals: what it is asked for comes when it comes, or never. */
class StubbornSlot implements CardSlot {
  readonly readerName = 'a stubborn reader';
  readonly #connection: Promise<CardConnection>;

  constructor(connection: Promise<CardConnection>) {
    this.#connection = connection;
  }

  media() {
    return { kind: 'present', atr: Uint8Array.of(0x3b, 0x00) } as const;
  }

  onMediaChanged(): () => void {
    return () => undefined;
  }

  onLost(): () => void {
    return () => undefined;
  }

  connect(): Promise<CardConnection> {
    return this.#connection;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const never = new Promise<never>(() => undefined);

async function onBench(connections: readonly Promise<CardConnection>[]) {
  const clock = new ManualClock();
  let opened = 0;
  const bus = busWith({
    openCardSlot: async () => {
      const slot = new StubbornSlot(connections[Math.min(opened, connections.length - 1)] ?? never);
      opened += 1;
      return slot;
    },
  });
  const reader = new ChipCardReader({ id: 'card-reader', address: 'pcsc:*', bus, clock });
  const states: string[] = [];
  reader.onStateChanged((state) => states.push(state));
  await clock.drain();
  return { clock, reader, states };
}

class Chip extends SpokenChip {
  letGo = 0;
  readonly #lettingGo: () => Promise<void>;

  constructor(lettingGo: () => Promise<void> = () => Promise.resolve()) {
    super(GOLDEN_CARD);
    this.#lettingGo = lettingGo;
  }

  override disconnect(): Promise<void> {
    this.letGo += 1;
    return this.#lettingGo();
  }
}

test('a chip that is powered after its caller gave up is let go at once', async () => {
  let powered: (connection: CardConnection) => void = () => undefined;
  const connecting = new Promise<CardConnection>((resolve) => {
    powered = resolve;
  });
  const { clock, reader } = await onBench([connecting]);
  const reading = reader.readSocialSecurityCard({ timeoutMs: 500 });
  await clock.pass(550);
  expect(faultWord(await reading)).toBe('timeOut');
  const chip = new Chip();
  powered(chip);
  await clock.drain();
  expect([chip.letGo, chip.heard]).toEqual([1, []]);
});

test('a reader that never lets go of a chip is opened anew, and the next read works', async () => {
  const { clock, reader, states } = await onBench([
    Promise.resolve(new Chip(() => never)),
    Promise.resolve(new Chip()),
  ]);
  const reading = reader.readSocialSecurityCard({ timeoutMs: 3_000 });
  await clock.pass(1_000);
  await reading;
  await clock.pass(250);
  expect(states).toEqual(['online', 'powerOff', 'online']);
  expect(faultWord(await reader.readSocialSecurityCard({ timeoutMs: 3_000 }))).toBe('done');
});

test('a chip that can not be let go of keeps what was read', async () => {
  const chip = new Chip(() => Promise.reject(new LinkLostError('gone')));
  const { reader, states } = await onBench([Promise.resolve(chip)]);
  expect(faultWord(await reader.readSocialSecurityCard({ timeoutMs: 3_000 }))).toBe('done');
  expect(states).toEqual(['online']);
});
