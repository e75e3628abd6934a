import { expect, test } from 'vitest';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { faultWord, onBench } from './card-bench.ts';

const { yan } = RARE_NAME_HOLDERS;

test('torn off at any APDU is noMedia, the reader stays online and reads the next card', async () => {
  const { slot, read, reader, told } = await onBench();
  let torn = 0;
  for (let apdu = 1; ; apdu += 1) {
    slot.insert(issueCard(yan));
    slot.faults.tearOffAtApdu(apdu);
    const completion = await read();
    if (completion.done) break;
    expect(completion.fault).toBe('noMedia');
    expect([reader.state, reader.media]).toEqual(['online', 'notPresent']);
    torn += 1;
  }
  // SSSE, EF05 and its four records, EF06 and its five.
  expect(torn).toBe(12);
  expect(told.filter((word) => word === 'mediaRemoved')).toHaveLength(12);
});

test('a reader unplugged at any moment is deviceNotReady, and the same card is read when it is back', async () => {
  for (let afterMs = 0; afterMs < 150; afterMs += 10) {
    const { slot, clock, reader } = await onBench();
    slot.insert(issueCard(yan));
    const reading = reader.readSocialSecurityCard({ timeoutMs: 3_000 });
    await clock.pass(afterMs);
    slot.unplug();
    await clock.pass(50);
    const completion = await reading;
    expect(completion).toMatchObject(completion.done ? { done: true } : { done: false, fault: 'deviceNotReady' });
    expect(completion.done).toBe(afterMs >= 12 * 12);
    expect([reader.state, reader.media]).toEqual(['powerOff', 'unknown']);
    slot.plugIn();
    await clock.pass(250);
    expect([reader.state, reader.media]).toEqual(['online', 'present']);
  }
});

test('a read that was canceled lets the chip go', async () => {
  const { slot, clock, reader, read } = await onBench();
  slot.insert(issueCard(yan));
  const stop = new AbortController();
  const reading = reader.readSocialSecurityCard({ timeoutMs: 3_000, signal: stop.signal });
  await clock.pass(30);
  stop.abort();
  await clock.pass(50);
  expect(faultWord(await reading)).toBe('canceled');
  await expect(slot.transmit(Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x08))).rejects.toThrow('no powered chip');
  expect(faultWord(await read())).toBe('done');
});

test('a hung reader is timeOut at the limit, not before, and works again after its cable was pulled', async () => {
  const { slot, clock, reader, read } = await onBench();
  slot.insert(issueCard(yan));
  slot.hang();
  let ended = false;
  const reading = reader.readSocialSecurityCard({ timeoutMs: 3_000 }).finally(() => {
    ended = true;
  });
  await clock.pass(2_999);
  expect(ended).toBe(false);
  await clock.pass(51);
  expect(faultWord(await reading)).toBe('timeOut');
  slot.unplug();
  slot.plugIn();
  await clock.pass(250);
  expect(faultWord(await read())).toBe('done');
});

test('after a loss the card is announced anew, even the same one: nobody saw whose it is now', async () => {
  const { slot, clock, told } = await onBench();
  slot.insert(issueCard(yan));
  slot.unplug();
  slot.plugIn();
  await clock.pass(250);
  expect(told).toEqual(['online', 'mediaInserted', 'powerOff', 'online', 'mediaRemoved', 'mediaInserted']);
});

test('a card that was turned over while the reader was away was taken out first', async () => {
  const { slot, clock, told } = await onBench();
  slot.insert(issueCard(yan));
  slot.unplug();
  slot.turnOver();
  slot.plugIn();
  await clock.pass(250);
  expect(told).toEqual(['online', 'mediaInserted', 'powerOff', 'online', 'mediaRemoved', 'invalidMedia']);
});

test('a command without a reader is deviceNotReady at once, and close leaves no timer behind', async () => {
  const { slot, clock, reader } = await onBench();
  slot.unplug();
  expect(faultWord(await reader.readSocialSecurityCard({ timeoutMs: 3_000 }))).toBe('deviceNotReady');
  slot.plugIn();
  await clock.pass(250);
  await reader.close();
  expect(reader.state).toBe('offline');
  await clock.pass(60_000);
  expect(clock.waiting).toBe(0);
});
