/** The virtual board against the protocol's text and against other people's clients. */
import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import firmataIo from 'firmata-io';
import five from 'johnny-five';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ByteLink } from '../../../drivers/ports.ts';
import { HostReader, MODE, MOST_DATA_BYTES } from '../../../hardware-sim/devices/cabinet/firmata-wire.ts';
import { VirtualBoard } from '../../../hardware-sim/devices/cabinet/virtual-board.ts';

const never = new AbortController().signal;

async function spoken(board: VirtualBoard) {
  const link = await board.openByteLink(never);
  const heard: number[] = [];
  link.onData((bytes) => heard.push(...bytes));
  return {
    say: async (...bytes: number[]) => {
      heard.length = 0;
      await link.write(Uint8Array.from(bytes), never);
      await new Promise((resolve) => setImmediate(resolve));
      return [...heard];
    },
  };
}

/** Bytes as in the tables of github.com/firmata/protocol, protocol.md, version 2.5.1. */
describe('the protocol’s text', () => {
  test('version report: F9, major, minor', async () => {
    const { say } = await spoken(new VirtualBoard());
    expect(await say(0xf9)).toEqual([0xf9, 2, 5]);
  });

  test('firmware report: each letter in two 7-bit bytes', async () => {
    const { say } = await spoken(new VirtualBoard());
    const answer = await say(0xf0, 0x79, 0xf7);
    expect(answer.slice(0, 8)).toEqual([0xf0, 0x79, 2, 5, 0x53, 0, 0x74, 0]);
    expect(answer.at(-1)).toBe(0xf7);
  });

  test('capabilities: pairs of mode and resolution, 7F after each pin', async () => {
    const { say } = await spoken(new VirtualBoard({ size: 'uno' }));
    const answer = await say(0xf0, 0x6b, 0xf7);
    // Pins 0 and 1 have none; pin 2: input, pull-up, output, servo; pin 3 has PWM of 8 bits too.
    expect(answer.slice(0, 13)).toEqual([0xf0, 0x6c, 0x7f, 0x7f, 0x00, 1, 0x0b, 1, 0x01, 1, 0x04, 14, 0x7f]);
    expect(answer.filter((byte) => byte === 0x7f)).toHaveLength(20);
  });

  test('analog mapping: one byte a pin, 127 for none', async () => {
    const { say } = await spoken(new VirtualBoard({ size: 'uno' }));
    expect(await say(0xf0, 0x69, 0xf7)).toEqual([0xf0, 0x6a, ...new Array(14).fill(127), 0, 1, 2, 3, 4, 5, 0xf7]);
  });

  test('a port tells its level when reporting is switched on, and when a pin of it changes', async () => {
    const board = new VirtualBoard();
    const { say } = await spoken(board);
    await say(0xf4, 22, MODE.pullUp, 0xf4, 23, MODE.pullUp);
    // Port 2 is pins 16 to 23: bits 6 and 7.
    expect(await say(0xd2, 1)).toEqual([0x92, 0x40, 0x01]);
    board.wire(22, 'low');
    expect(await say()).toEqual([0x92, 0x00, 0x01]);
    board.wire(23, 'low');
    expect(await say()).toEqual([0x92, 0x00, 0x00]);
    await say(0xd2, 0);
    board.wire(23, 'open');
    expect(await say()).toEqual([]);
  });

  test('a pin’s state is what was written, for a pull-up that it is on', async () => {
    const { say } = await spoken(new VirtualBoard());
    await say(0xf4, 40, MODE.output, 0x95, 0x01, 0x00);
    expect(await say(0xf0, 0x6d, 40, 0xf7)).toEqual([0xf0, 0x6e, 40, MODE.output, 1, 0xf7]);
    await say(0xf4, 22, MODE.pullUp);
    expect(await say(0xf0, 0x6d, 22, 0xf7)).toEqual([0xf0, 0x6e, 22, MODE.pullUp, 1, 0xf7]);
    await say(0xf4, 5, MODE.pwm, 0xe5, 0x7f, 0x01);
    expect(await say(0xf0, 0x6d, 5, 0xf7)).toEqual([0xf0, 0x6e, 5, MODE.pwm, 0x7f, 0x01, 0xf7]);
  });

  test('set digital pin value (2.5) moves one pin', async () => {
    const board = new VirtualBoard();
    const { say } = await spoken(board);
    await say(0xf5, 36, 1);
    expect([35, 36, 37].map((pin) => board.driven(pin))).toEqual([false, true, false]);
  });

  test('any noise before a question does not keep it from being answered, and holds no more than a small board can', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (noise) => {
        const reader = new HostReader();
        for (const bytes of noise) reader.read(bytes);
        // An unended message of the noise takes what follows into itself; the end mark frees the line.
        reader.read(Uint8Array.of(0xf7));
        expect(reader.read(Uint8Array.of(0xf9))).toEqual([{ say: 'versionQuery' }]);
        expect(MOST_DATA_BYTES).toBe(64);
      }),
    );
  });
});

/** Any Firmata client wants an emitter that writes. */
class Wire extends EventEmitter {
  readonly #link: ByteLink;
  constructor(link: ByteLink) {
    super();
    this.#link = link;
    link.onData((bytes) => this.emit('data', Buffer.from(bytes)));
    queueMicrotask(() => this.emit('open'));
  }
  write(bytes: Uint8Array, done?: () => void): void {
    void this.#link.write(bytes, never).then(done);
  }
}

async function client(board: VirtualBoard) {
  const wire = new Wire(await board.openByteLink(never));
  const firmata = new firmataIo.Firmata(wire, { reportVersionTimeout: 1 });
  await new Promise<void>((resolve) => firmata.once('ready', () => resolve()));
  return firmata;
}

describe('the real Firmata client on its own (firmata-io 2.3.0)', () => {
  test('finds version, firmware, pins and analog channels', async () => {
    const firmata = await client(new VirtualBoard());
    expect(firmata.version).toEqual({ major: 2, minor: 5 });
    expect(firmata.firmware).toEqual({ name: 'StandardFirmata', version: { major: 2, minor: 5 } });
    expect(firmata.pins).toHaveLength(70);
    expect(firmata.pins[2]?.supportedModes).toContain(firmata.MODES.PWM);
    expect(firmata.analogPins[0]).toBe(54);
  });

  test('reads a contact through the board’s pull-up, and drives a relay', async () => {
    const board = new VirtualBoard();
    board.wire(22, 'low');
    const firmata = await client(board);
    const levels: number[] = [];
    firmata.on('digital-read-22', (value: number) => levels.push(value));
    firmata.pinMode(22, firmata.MODES.PULLUP);
    firmata.reportDigitalPin(22, 1);
    await new Promise((resolve) => setImmediate(resolve));
    board.wire(22, 'open');
    await new Promise((resolve) => setImmediate(resolve));
    expect(levels).toEqual([0, 1]);
    firmata.pinMode(36, firmata.MODES.OUTPUT);
    firmata.digitalWrite(36, 1);
    await new Promise<void>((resolve) => firmata.queryPinState(36, resolve));
    expect(firmata.pins[36]).toMatchObject({ mode: firmata.MODES.OUTPUT, state: 1 });
    expect(board.driven(36)).toBe(true);
  });
});

test('johnny-five itself, with a board of its own, lights a lamp by pulse width and pulls a relay', async () => {
  const board = new VirtualBoard();
  const io = await client(board);
  const whole = new five.Board({ io, repl: false, debug: false, sigint: false });
  onTestFinished(() => void whole.removeAllListeners());
  await new Promise<void>((resolve) => whole.once('ready', () => resolve()));
  new five.Led({ board: whole, pin: 5 }).on();
  new five.Relay({ board: whole, pin: 36, type: 'NC' }).open();
  await new Promise((resolve) => setImmediate(resolve));
  expect(board.mode(5)).toBe(MODE.pwm);
  expect(board.driven(5)).toBe(true);
  expect(board.driven(36)).toBe(true);
});
