/**
 * Expected codes are those of pcsc-lite 1.9.9's daemon (winscard.c, readerfactory.c) for the same acts.
 */
import { describe, expect, test } from 'vitest';
import { startPcscDaemon } from '../../../hardware-sim/devices/pcsc-daemon.ts';
import { RawPcsc } from './raw-pcsc.ts';
import { daemonWith, KnownCard, KnownT1Card, newSlot, READ_BINARY_16, READER } from './wire-bench.ts';

const [EXCLUSIVE, SHARED, DIRECT] = [1, 2, 3];
const [LEAVE, RESET, UNPOWER] = [0, 1, 2];
const SHARING_VIOLATION = 0x8010000b;
const [CONNECT_RECONNECT, DISCONNECT, BEGIN, END, STATUS] = [0x05, 0x06, 0x07, 0x08, 0x0b];

async function programs(card = new KnownCard()) {
  const slot = newSlot();
  slot.insert(card);
  const { socketPath } = await daemonWith(slot);
  const one = new RawPcsc(socketPath);
  const two = new RawPcsc(socketPath);
  return { slot, socketPath, one, two, first: await one.establish(), second: await two.establish() };
}

describe('our PC/SC daemon, who may use a card', () => {
  test('an exclusive program keeps every other one out until it lets go', async () => {
    const { one, two, first, second } = await programs();
    const held = await one.connectCard(first, READER, EXCLUSIVE);
    expect((await two.connectCard(second, READER, SHARED)).rv).toBe(SHARING_VIOLATION);
    await one.ask(DISCONNECT, [held.card, UNPOWER, 0]);
    expect((await two.connectCard(second, READER, SHARED)).rv).toBe(0);
    expect((await one.connectCard(first, READER, EXCLUSIVE)).rv).toBe(SHARING_VIOLATION);
  });

  test('a program that dies lets go of what it held', async () => {
    const { one, two, first, second } = await programs();
    expect((await one.connectCard(first, READER, EXCLUSIVE)).rv).toBe(0);
    one.hangUp();
    await one.closed;
    let rv = SHARING_VIOLATION;
    while (rv === SHARING_VIOLATION) rv = (await two.connectCard(second, READER, EXCLUSIVE)).rv;
    expect(rv).toBe(0);
  });

  test('a transaction shuts the others out of the card, and only its owner ends it', async () => {
    const { one, two, first, second } = await programs();
    const mine = await one.connectCard(first, READER, SHARED);
    const theirs = await two.connectCard(second, READER, SHARED);
    expect((await one.ask(BEGIN, [mine.card, 0])).rv).toBe(0);
    expect((await two.transmit(theirs.card, 1, READ_BINARY_16)).rv).toBe(SHARING_VIOLATION);
    expect((await two.ask(BEGIN, [theirs.card, 0])).rv).toBe(SHARING_VIOLATION);
    expect((await two.ask(END, [theirs.card, LEAVE, 0])).rv).toBe(SHARING_VIOLATION);
    expect((await one.transmit(mine.card, 1, READ_BINARY_16)).answer.length).toBe(18);
    expect((await one.ask(END, [mine.card, LEAVE, 0])).rv).toBe(0);
    expect((await one.ask(END, [mine.card, LEAVE, 0])).rv).toBe(0x80100016);
    expect((await two.transmit(theirs.card, 1, READ_BINARY_16)).rv).toBe(0);
  });

  test('a connect that meets a transaction waits for its end', async () => {
    const { one, two, first, second } = await programs();
    const mine = await one.connectCard(first, READER, SHARED);
    await one.ask(BEGIN, [mine.card, 0]);
    const waits = two.connectCard(second, READER, SHARED);
    expect((await one.transmit(mine.card, 1, READ_BINARY_16)).rv).toBe(0);
    await one.ask(END, [mine.card, LEAVE, 0]);
    expect((await waits).rv).toBe(0);
  });

  test('who resets a shared card is known to the others until they reconnect', async () => {
    const { one, two, first, second } = await programs();
    const mine = await one.connectCard(first, READER, SHARED);
    const theirs = await two.connectCard(second, READER, SHARED);
    await one.ask(DISCONNECT, [mine.card, RESET, 0]);
    expect((await two.ask(STATUS, [theirs.card, 0])).rv).toBe(0x80100068);
    expect((await two.transmit(theirs.card, 1, READ_BINARY_16)).rv).toBe(0x80100068);
    expect((await two.ask(CONNECT_RECONNECT, [theirs.card, SHARED, 3, LEAVE, 0, 0])).rv).toBe(0);
    expect((await two.transmit(theirs.card, 1, READ_BINARY_16)).rv).toBe(0);
  });

  test('a card that was taken out is gone for its program, also when another one follows', async () => {
    const { slot, one, first } = await programs();
    const held = await one.connectCard(first, READER, SHARED);
    slot.remove();
    expect((await one.ask(STATUS, [held.card, 0])).rv).toBe(0x80100069);
    slot.insert(new KnownCard());
    expect((await one.transmit(held.card, 1, READ_BINARY_16)).rv).toBe(0x80100069);
  });

  test('a direct connection needs no card, any other one does', async () => {
    const { slot, one, first } = await programs();
    slot.remove();
    expect((await one.connectCard(first, READER, SHARED)).rv).toBe(0x8010000c);
    expect((await one.connectCard(first, READER, DIRECT, 0)).rv).toBe(0);
  });

  test('a chip gets the protocol that it offers, and refuses one that it does not speak', async () => {
    const { one, first } = await programs(new KnownT1Card());
    expect((await one.connectCard(first, READER, SHARED, 1)).rv).toBe(0x8010000f);
    const { protocol, card } = await one.connectCard(first, READER, SHARED, 3);
    expect(protocol).toBe(2);
    expect((await one.transmit(card, 1, READ_BINARY_16)).rv).toBe(0x8010000f);
    expect((await one.transmit(card, 2, READ_BINARY_16)).rv).toBe(0);
  });

  test('an answer that the program has no room for is not sent in part', async () => {
    const { one, first } = await programs();
    const { card } = await one.connectCard(first, READER, SHARED);
    one.say(0x09, [card, 1, 16, 5, 3, 16, 10, 0], READ_BINARY_16);
    const reply = await one.hear(32);
    expect([reply.readUInt32LE(24), reply.readUInt32LE(28)]).toEqual([18, 0x80100008]);
    expect((await one.ask(STATUS, [card, 0])).rv).toBe(0);
  });

  test('attributes that a virtual reader does not have are refused, the ATR is told', async () => {
    const { one, first } = await programs();
    const { card } = await one.connectCard(first, READER, SHARED);
    const getAttribute = async (id: number): Promise<Buffer> => {
      one.say(0x0f, [card, id, { text: '', bytes: 264 }, 264, 0]);
      return one.hear(280);
    };
    const atr = await getAttribute(0x00090303);
    expect(atr.subarray(8, 8 + atr.readUInt32LE(272)).toString('hex')).toBe('3b0459495a48');
    expect((await getAttribute(0x00010103)).readUInt32LE(276)).toBe(0x8010001f);
    one.say(0x0a, [card, 0x42000d48, 0, 256, 0, 0]);
    expect((await one.hear(24)).readUInt32LE(20)).toBe(0x8010001f);
  });
});

describe('our PC/SC daemon, waiting and manners', () => {
  test('a waiting program is told once about a change, and not at all after it stopped', async () => {
    const { slot, one } = await programs();
    one.say(0x13, []);
    await one.hear(2_944);
    slot.remove();
    expect((await one.hear(8)).toString('hex')).toBe('0000000000000000');
    slot.insert(new KnownCard());
    one.say(0x13, []);
    await one.hear(2_944);
    one.say(0x14, []);
    expect((await one.hear(8)).toString('hex')).toBe('0000000000000000');
    slot.remove();
    expect((await one.ask(0x11, [4, 4, 0])).rv).toBe(0);
  });

  test('a wait is canceled from another connection, by its context', async () => {
    const { one, two, first } = await programs();
    one.say(0x13, []);
    await one.hear(2_944);
    expect((await two.ask(0x0d, [first, 0])).rv).toBe(0);
    expect((await one.hear(8)).readUInt32LE(4)).toBe(0x80100002);
    expect((await two.ask(0x0d, [first, 0])).rv).toBe(0x80100003);
  });

  test('another protocol version is refused with the one that is spoken', async () => {
    const { one } = await programs();
    const reply = await one.ask(0x11, [4, 9, 0]);
    expect([reply.word(0), reply.word(4), reply.rv]).toEqual([4, 4, 0x8010001e]);
  });

  test.each([
    ['an unknown command', 0x7f, []],
    ['a structure of the wrong size', 0x01, [2]],
    ['a handle of somebody else', 0x0b, [12_345, 0]],
    ['an APDU longer than any card takes', 0x09, [1, 1, 16, 0x7fffffff, 3, 16, 258, 0]],
  ])('%s ends the connection, and only that one', async (_what, command, words) => {
    const { one, two } = await programs();
    one.say(command, words);
    await one.closed;
    expect((await two.ask(0x11, [4, 4, 0])).rv).toBe(0);
  });

  test('a socket path or a set of readers that PC/SC can not have is refused at the start', async () => {
    await expect(startPcscDaemon({ socketPath: `/tmp/${'x'.repeat(108)}`, slots: [] })).rejects.toThrow(RangeError);
    await expect(startPcscDaemon({ socketPath: 'unused.sock', slots: [newSlot(), newSlot()] })).rejects.toThrow(
      'same name',
    );
  });
});
