/** A card that is pushed out by a motor: every way it can go wrong has its word, and the reader works afterwards. */
import { describe, expect, test } from 'vitest';
import type { EjectFault } from '../../../drivers/card-reader/card-reader.ts';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import type { Completion } from '../../../drivers/device.ts';
import { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { faultWord } from './card-bench.ts';

const TIMEOUT_MS = 5_000;
const card = () => issueCard(RARE_NAME_HOLDERS.yan, { version: '2.00' });

/** @param told what the site file says of a motor; @param built what the reader has */
async function onBench(told = true, built = told) {
  const clock = new ManualClock();
  const slot = new SimCardSlot({ clock, motor: built });
  const bus = busWith({ openCardSlot: (_address, signal) => slot.openCardSlot(signal) });
  const reader = new ChipCardReader({ id: 'card-reader', address: 'sim:card-reader', bus, clock, motor: told });
  await clock.drain();
  /** @param meanwhile hands, so many ms after the command */
  const eject = async (afterMs = 0, meanwhile = (): void => undefined): Promise<string> => {
    let end: Completion<void, EjectFault> | undefined;
    reader.ejectMedia({ timeoutMs: TIMEOUT_MS }).then(
      (completion) => {
        end = completion;
      },
      () => undefined,
    );
    clock.timer(afterMs, meanwhile);
    for (let passed = 0; !end; passed += 20) {
      if (passed > TIMEOUT_MS + 200) throw new Error('The push outlived its own deadline.');
      await clock.pass(20);
    }
    return faultWord(end);
  };
  return { clock, slot, reader, eject };
}

describe('a reader with a motor', () => {
  test('pushes a card to its mouth, where it stays until a hand takes it', async () => {
    const { clock, slot, reader, eject } = await onBench();
    slot.insert(card());
    await clock.drain();
    expect(await eject()).toBe('done');
    expect([reader.media, slot.card, slot.atMouth?.label]).toEqual(['notPresent', undefined, slot.atMouth?.label]);
    await clock.pass(600_000);
    expect(slot.atMouth).toBeDefined();
    expect(slot.remove()).toBeDefined();
    expect(reader.capabilities()).toMatchObject({ ejects: true, retains: false });
  });

  test.each([
    ['nothing is in it', () => undefined, 'noMedia'],
    ['the card lies the wrong way', (slot: SimCardSlot) => slot.insert(card(), { face: 'wrong' }), 'invalidMedia'],
  ] as const)('says so when %s', async (_what, hands, word) => {
    const { clock, slot, eject } = await onBench();
    hands(slot);
    await clock.drain();
    expect(await eject()).toBe(word);
  });

  test('that the site file promises and the reader has not is a jam, said within the deadline', async () => {
    const { clock, slot, reader, eject } = await onBench(true, false);
    slot.insert(card());
    await clock.drain();
    expect(await eject()).toBe('mediaJammed');
    expect(reader.media).toBe('present');
  });

  test('is not asked of a reader that has none', async () => {
    const { slot, eject } = await onBench(false);
    slot.insert(card());
    expect(await eject()).toBe('unsupportedCommand');
    expect(slot.card).toBeDefined();
  });

  const MISHAPS: readonly [string, (slot: SimCardSlot) => void, readonly string[]][] = [
    ['the card is pulled out by hand', (slot) => void slot.remove(), ['done', 'noMedia']],
    ['the cable is pulled', (slot) => slot.unplug(), ['deviceNotReady', 'mediaJammed', 'done']],
    ['the reader hangs', (slot) => slot.hang(), ['timeOut', 'mediaJammed', 'deviceNotReady', 'done']],
    [
      'the cable is pulled and put in again',
      (slot) => {
        slot.unplug();
        slot.plugIn();
      },
      ['deviceNotReady', 'mediaJammed', 'done'],
    ],
  ];
  test.each(MISHAPS)(
    '%s at any moment: the push ends with its word, and the next one works',
    async (_what, hands, words) => {
      for (let afterMs = 0; afterMs <= 1_000; afterMs += 100) {
        const { clock, slot, reader, eject } = await onBench();
        slot.insert(card());
        await clock.drain();
        expect(words, `after ${afterMs} ms`).toContain(await eject(afterMs, () => hands(slot)));
        await clock.pass(1_000);
        slot.unplug();
        slot.remove();
        slot.plugIn();
        await clock.pass(60_000);
        expect(reader.state).toBe('online');
        slot.insert(card());
        await clock.drain();
        expect(await eject()).toBe('done');
      }
    },
  );
});
