import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SamIdCardReader } from '../../../drivers/id-card-reader/sam-id-card-reader.ts';
import type { ByteLink } from '../../../drivers/ports.ts';
import type { WipeableBytes } from '../../../drivers/wipeable.ts';
import { VirtualIdCardReader } from '../../../hardware-sim/devices/id-card-reader/virtual-id-card-reader.ts';
import { issueIdCard, otherCard } from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { faultWord, JIA, onBench } from './id-card-bench.ts';

const YI = { ...JIA, key: 'yi', name: '測試乙' };

describe('a card on the reader', () => {
  test('is announced, read whole, and announced gone when it is lifted', async () => {
    const { twin, clock, reader, told, read } = await onBench();
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    expect([told, reader.media]).toEqual([['online', 'mediaInserted'], 'present']);
    const completion = await read();
    expect(completion.done && completion.value.number.reveal()).toBe(JIA.identityNumber);
    expect(completion.done && completion.value.name.reveal()).toBe(JIA.name);
    await clock.pass(2_000);
    expect(reader.media).toBe('present');
    twin.takeAway();
    await clock.pass(1_000);
    expect([told.at(-1), reader.media]).toEqual(['mediaRemoved', 'notPresent']);
  });

  test('is told within 1.2 s after minutes of rest, within half a second where somebody stands, and read in less than 1.5 s', async () => {
    const { twin, clock, reader, told, read } = await onBench();
    await clock.pass(600_000);
    twin.present(issueIdCard(JIA));
    await clock.pass(1_200);
    expect(told.at(-1)).toBe('mediaInserted');
    twin.takeAway();
    await clock.pass(600_000);
    reader.attend();
    await clock.pass(5_000);
    twin.present(issueIdCard(JIA));
    await clock.pass(500);
    expect(told.at(-1)).toBe('mediaInserted');
    const before = clock.monotonicMs();
    expect(faultWord(await read())).toBe('done');
    expect(clock.monotonicMs() - before).toBeLessThan(1_500);
  });

  test('is read a second time without being lifted', async () => {
    const { twin, clock, read } = await onBench();
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    expect(faultWord(await read())).toBe('done');
    expect(faultWord(await read())).toBe('done');
  });

  test('is not mixed up with the next one', async () => {
    const { twin, clock, told, read } = await onBench();
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    twin.present(issueIdCard(YI));
    const completion = await read();
    expect(completion.done && completion.value.name.reveal()).toBe(YI.name);
    expect(told).toEqual(['online', 'mediaInserted', 'mediaRemoved', 'mediaInserted']);
  });

  test('with an address written on later stays present, and nobody hears the address', async () => {
    const { twin, clock, reader, told } = await onBench();
    twin.present(issueIdCard(JIA, { latestAddress: '試驗省另一無名街道9號' }));
    await clock.pass(5_000);
    expect(reader.media).toBe('present');
    expect(told).toEqual(['online', 'mediaInserted']);
  });

  test('a photo is given to who asks, and destroyed when nobody does', async () => {
    const { twin, clock, read } = await onBench();
    const card = issueIdCard(JIA);
    twin.present(card);
    await clock.pass(1_000);
    let photo: WipeableBytes | undefined;
    const completion = await read({
      photoTo: (secret) => {
        photo = secret;
      },
    });
    expect(photo?.reveal()).toEqual(card.photo);
    const shown = inspect({ completion, photo }, { depth: 9, showHidden: true });
    expect(shown).not.toMatch(/測試|990000|0x57|WLf|Uint8Array/u);
  });
});

test('what the line brought of a person is overwritten as soon as it was read', async () => {
  const clock = new ManualClock();
  const twin = new VirtualIdCardReader({ clock });
  const brought: Uint8Array[] = [];
  const bus = busWith({
    openByteLink: async (_address, signal) => {
      const link = await twin.openByteLink(signal);
      const onData: ByteLink['onData'] = (listener) =>
        link.onData((bytes) => {
          brought.push(bytes);
          listener(bytes);
        });
      return {
        write: (bytes, until) => link.write(bytes, until),
        onData,
        onLost: (listener) => link.onLost(listener),
        close: () => link.close(),
      };
    },
  });
  const reader = new SamIdCardReader({ id: 'id-card-reader', address: 'sim:id-card-reader', bus, clock });
  twin.present(issueIdCard(JIA));
  await clock.pass(500);
  const reading = reader.readIdCard({ timeoutMs: 5_000 });
  await clock.pass(3_000);
  expect(faultWord(await reading)).toBe('done');
  expect(brought.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(1_295);
  expect(brought.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
});

describe('a card that does not work', () => {
  test('none on the reader is noMedia', async () => {
    expect(faultWord(await (await onBench()).read())).toBe('noMedia');
  });

  test('a forged one is securityFail, one of another trade is invalidMedia and is told as that', async () => {
    const { twin, clock, reader, told, read } = await onBench();
    twin.present(issueIdCard(JIA, { chip: 'forged' }));
    await clock.pass(1_000);
    expect(faultWord(await read())).toBe('securityFail');
    twin.takeAway();
    twin.present(otherCard());
    await clock.pass(3_000);
    expect([told.at(-1), reader.media]).toEqual(['invalidMedia', 'invalid']);
    expect(faultWord(await read())).toBe('invalidMedia');
    twin.takeAway();
    await clock.pass(1_000);
    expect(told.at(-1)).toBe('mediaRemoved');
  });

  test('lifted at any moment of finding, selecting and reading is noMedia or a card, and the next card is read', async () => {
    for (let afterMs = 0; afterMs <= 1_100; afterMs += 50) {
      const { twin, clock, reader, read } = await onBench();
      twin.present(issueIdCard(JIA));
      const reading = reader.readIdCard({ timeoutMs: 5_000 });
      await clock.pass(afterMs);
      twin.takeAway();
      await clock.pass(3_000);
      expect(['noMedia', 'done']).toContain(faultWord(await reading));
      expect([reader.state, reader.media]).toEqual(['online', 'notPresent']);
      twin.present(issueIdCard(YI));
      await clock.pass(1_000);
      const next = await read();
      expect(next.done && next.value.name.reveal()).toBe(YI.name);
    }
  });

  test('one that slipped out and lies there again is read all the same', async () => {
    const { twin, clock, reader } = await onBench();
    const card = issueIdCard(JIA);
    twin.present(card);
    await clock.pass(1_000);
    const reading = reader.readIdCard({ timeoutMs: 5_000 });
    await clock.pass(300);
    twin.takeAway();
    await clock.pass(50);
    twin.present(card);
    await clock.pass(3_000);
    expect(faultWord(await reading)).toBe('done');
  });

  test.each([
    [0x10, 'hardwareError'],
    [0x11, 'hardwareError'],
    [0x21, 'hardwareError'],
    [0x23, 'sequenceError'],
    [0x24, 'hardwareError'],
    [0x31, 'securityFail'],
    [0x32, 'securityFail'],
    [0x33, 'securityFail'],
    [0x37, 'securityFail'],
    [0x3f, 'invalidMedia'],
    [0x40, 'invalidMedia'],
    [0x47, 'hardwareError'],
    [0x60, 'hardwareError'],
    [0x66, 'hardwareError'],
    [0x91, 'invalidMedia'],
    [0x55, 'hardwareError'],
  ])('a read answered with SW3 %i is %s', async (status, fault) => {
    const { twin, clock, read } = await onBench({ presence: 'none' });
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    twin.faults.statuses.push(status);
    const completion = await read();
    expect(faultWord(completion)).toBe(fault);
    expect(completion.done || completion.detail).toContain(`0x${status.toString(16)}`);
  });
});

describe('a module in trouble', () => {
  test.each([
    ['selfTest', '0x60'],
    ['notAuthorised', '0x66'],
  ] as const)('%s is hardwareError with its word, and passes when the module is mended', async (broken, word) => {
    const { twin, clock, reader, told, read } = await onBench();
    twin.faults.broken = broken;
    await clock.pass(1_000);
    expect([reader.state, faultWord(await read())]).toEqual(['hardwareError', 'hardwareError']);
    expect(reader.lastFault?.detail).toContain(word);
    twin.faults.broken = undefined;
    await clock.pass(6_000);
    expect([reader.state, reader.lastFault]).toEqual(['online', undefined]);
    expect(told).toEqual(['online', 'hardwareError', 'online']);
  });

  test('a wrong check byte is hardwareError, the link stays, and the next read is good', async () => {
    const { twin, clock, reader, told, read } = await onBench({ presence: 'none' });
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    twin.faults.wrongChecksums = 1;
    const completion = await read();
    expect([faultWord(completion), completion.done || completion.detail]).toEqual([
      'hardwareError',
      'the answer to readTextAndPhoto came with a wrong checksum',
    ]);
    expect(faultWord(await read())).toBe('done');
    expect([reader.state, told.includes('powerOff')]).toEqual(['online', false]);
  });

  test('a hung one is timeOut at the limit, not before; it is lost, and online again after its cable was pulled', async () => {
    const { twin, clock, reader, told, read } = await onBench();
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    twin.hang();
    let ended = false;
    const reading = reader.readIdCard({ timeoutMs: 2_000 }).finally(() => {
      ended = true;
    });
    await clock.pass(1_999);
    expect(ended).toBe(false);
    await clock.pass(51);
    expect(faultWord(await reading)).toBe('timeOut');
    await clock.pass(15_000);
    expect(reader.state).toBe('powerOff');
    twin.unplug();
    twin.plugIn();
    await clock.pass(6_000);
    expect(reader.state).toBe('online');
    expect(faultWord(await read())).toBe('done');
    expect(told.slice(-2)).toEqual(['mediaRemoved', 'mediaInserted']);
  });

  test('half an answer ends as timeOut after three seconds, and its other half is never taken for another answer', async () => {
    const { twin, clock, reader, read } = await onBench({ presence: 'none' });
    twin.present(issueIdCard(JIA));
    await clock.pass(1_000);
    twin.plug.whenPassed(twin.plug.passed + 10 + 700, () => twin.plug.silence());
    const before = clock.monotonicMs();
    expect(faultWord(await read())).toBe('timeOut');
    expect(clock.monotonicMs() - before).toBeLessThanOrEqual(3_100);
    await clock.pass(3_000);
    expect(reader.state).toBe('online');
    twin.takeAway();
    twin.present(issueIdCard(YI));
    await clock.pass(1_000);
    const next = await read();
    expect(next.done && next.value.name.reveal()).toBe(YI.name);
  });

  test.each(['refuses', 'ignores'] as const)(
    'one that %s the question for the latest address is used without it, and says that it sees no removal',
    async (ignorant) => {
      const { twin, clock, reader, told, read } = await onBench();
      twin.faults.ignorant = ignorant;
      twin.present(issueIdCard(JIA));
      await clock.pass(2_000);
      expect(faultWord(await read())).toBe('done');
      expect([reader.media, reader.capabilities()['cardTakenSensor']]).toEqual(['unknown', false]);
      twin.takeAway();
      twin.present(issueIdCard(YI));
      await clock.pass(1_000);
      expect(told).toEqual(['online', 'mediaInserted', 'mediaRemoved', 'mediaInserted']);
    },
  );

  test('its number is told once it is open', async () => {
    const { reader } = await onBench();
    expect(reader.identity).toBe('05.01-20200101-0000000001-0000000002');
  });
});

test('at rest it is asked once a second, and after close nothing is left running', async () => {
  const { twin, clock, reader } = await onBench();
  await clock.pass(60_000);
  const before = twin.plug.passed;
  await clock.pass(60_000);
  // A question and its answer are 10 and 11 bytes.
  expect((twin.plug.passed - before) / 21).toBeLessThanOrEqual(60);
  await reader.close();
  expect(reader.state).toBe('offline');
  await clock.pass(60_000);
  expect(clock.waiting).toBe(0);
});
