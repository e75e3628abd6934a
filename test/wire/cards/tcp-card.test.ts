import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SlotFrameReader } from '../../../drivers/card-reader/tcp-card-frames.ts';
import { openTcpCardSlot } from '../../../drivers/card-reader/tcp-card-transport.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { openTcpCardDoor } from '../../../hardware-sim/devices/tcp-card-door.ts';
import {
  everyMotorPushesOut,
  everySlotKeepsItsPromises,
  everyUnpluggedReaderIsLost,
  type Wire,
} from './slot-contract.ts';
import { lossOf, newSlot, within } from './wire-bench.ts';

const wire: Wire = {
  serve: async (slot) => {
    const door = await openTcpCardDoor(slot);
    onTestFinished(() => door.close());
    return (signal) => openTcpCardSlot('127.0.0.1', door.port, signal);
  },
};

everySlotKeepsItsPromises('TCP card slot', wire);
everyUnpluggedReaderIsLost('TCP card slot, unplugged and hung', wire);
everyMotorPushesOut('TCP card slot, a motor', wire);

/** A slot that says exactly these bytes to whoever calls. */
async function slotThatSays(hex: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(Buffer.from(hex, 'hex'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

// Typed from the table in tcp-card-frames.ts: length, type, body.
const HELLO = '0000000a 01 595a43415244 01 5231'.replaceAll(' ', '');
const EMPTY = '00000002 02 00'.replaceAll(' ', '');
const PRESENT = '00000004 02 01 3b00'.replaceAll(' ', '');

describe('TCP card slot, wire', () => {
  test('frames mean the same however the line cuts them', () => {
    const stream = Buffer.from(`${HELLO}${EMPTY}${PRESENT}000000080d`.slice(0, -10), 'hex');
    const whole = new SlotFrameReader().push(stream);
    expect(whole).toEqual([
      { frame: 'hello', readerName: 'R1' },
      { frame: 'media', media: { kind: 'notPresent' } },
      { frame: 'media', media: { kind: 'present', atr: Uint8Array.of(0x3b, 0x00) } },
    ]);
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const reader = new SlotFrameReader();
      expect([...reader.push(stream.subarray(0, cut)), ...reader.push(stream.subarray(cut))]).toEqual(whole);
    }
  });

  test('whatever bytes come, the frame reader gives frames of the five kinds or throws', () => {
    const anyFrames = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom(HELLO, EMPTY, PRESENT).map((hex) => Uint8Array.from(Buffer.from(hex, 'hex'))),
        fc
          .tuple(fc.integer({ min: 0, max: 0x16 }), fc.uint8Array({ maxLength: 30 }))
          .map(([type, body]) => Uint8Array.of(0, 0, 0, body.length + 1, type, ...body)),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyFrames, (pieces) => {
        const reader = new SlotFrameReader();
        try {
          for (const piece of pieces) {
            for (const frame of reader.push(piece)) {
              expect(['hello', 'media', 'powered', 'answer', 'released']).toContain(frame.frame);
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['a frame longer than any can be', `${HELLO}ffffffff`],
    ['an empty frame', `${HELLO}00000000`],
    ['something that is no card slot', '485454502f312e3120343030204261640d0a'],
    ['another version', '0000000a01595a43415244025231'],
    ['media before its name', EMPTY],
    ['an unknown frame', `${HELLO}000000017f`],
    ['a card without an ATR', `${HELLO}000000020201`],
  ])('%s does not open', async (_what, hex) => {
    const port = await slotThatSays(hex);
    await expect(openTcpCardSlot('127.0.0.1', port, within(5_000))).rejects.toBeInstanceOf(LinkLostError);
  });

  test('nonsense on an open line loses the slot instead of the process', async () => {
    let talk: ((hex: string) => void) | undefined;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      talk = (hex) => void socket.write(Buffer.from(hex, 'hex'));
      talk(`${HELLO}${EMPTY}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const slot = await openTcpCardSlot('127.0.0.1', (server.address() as AddressInfo).port, within(5_000));
    const loss = lossOf(slot);
    talk?.('00ffffff');
    expect(await loss).toBeInstanceOf(LinkLostError);
  });

  test('a line that nobody answers ends with the caller’s signal', async () => {
    const port = await slotThatSays('');
    await expect(openTcpCardSlot('127.0.0.1', port, within(50))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('nobody there is a lost link', async () => {
    const sim = newSlot();
    const door = await openTcpCardDoor(sim);
    await door.close();
    await expect(openTcpCardSlot('127.0.0.1', door.port, within(5_000))).rejects.toBeInstanceOf(LinkLostError);
  });

  test('a second kiosk takes the slot over, and the first one knows', async () => {
    const sim = newSlot();
    const door = await openTcpCardDoor(sim);
    onTestFinished(() => door.close());
    const first = await openTcpCardSlot('127.0.0.1', door.port, within(5_000));
    const loss = lossOf(first);
    const second = await openTcpCardSlot('127.0.0.1', door.port, within(5_000));
    expect(await loss).toBeInstanceOf(LinkLostError);
    await second.close();
  });
});
