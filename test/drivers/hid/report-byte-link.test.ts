import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthFirst64, ReportByteLink, type ReportProfile } from '../../../drivers/hid/report-byte-link.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { SimHidPort } from '../../../hardware-sim/devices/hid-port.ts';

const never = new AbortController().signal;

async function onPort(profile: ReportProfile = lengthFirst64) {
  const written: Uint8Array[] = [];
  const port = new SimHidPort({
    device: { product: 'Yizhan Virtual Reader', usagePage: 0xff00, usage: 1 },
    onOutput: (report) => written.push(report),
  });
  const link = new ReportByteLink(await port.openHidLink(never), profile);
  const heard: number[] = [];
  link.onData((bytes) => heard.push(...bytes));
  return { port, link, written, heard };
}

test('a frame longer than a report goes out in full reports and a padded last one', async () => {
  const { link, written } = await onPort();
  await link.write(
    Uint8Array.from({ length: 70 }, (_, at) => at),
    never,
  );
  expect(written.map((report) => report.length)).toEqual([65, 65]);
  expect([...(written[0] ?? [])].slice(0, 4)).toEqual([0, 63, 0, 1]);
  expect([...(written[1] ?? [])].slice(0, 10)).toEqual([0, 7, 63, 64, 65, 66, 67, 68, 69, 0]);
});

test('what the device packed comes out as the stream it was', async () => {
  const { port, heard } = await onPort();
  port.say(Uint8Array.of(0, 3, 0xaa, 0xaa, 0xaa, 0, 0, 0));
  port.say(Uint8Array.of(0, 2, 0x96, 0x69));
  expect(heard).toEqual([0xaa, 0xaa, 0xaa, 0x96, 0x69]);
});

test.each([
  ['another report id', [7, 1, 0xaa]],
  ['a length beyond the report', [0, 200, 0xaa, 0xbb]],
  ['no data at all', [0]],
  ['an empty report', []],
  ['a length of nothing', [0, 0, 0xaa]],
])('%s carries nothing and shifts nothing', async (_name, report) => {
  const { port, heard } = await onPort();
  port.say(Uint8Array.from(report));
  port.say(Uint8Array.of(0, 1, 0x42));
  expect(heard).toEqual([0x42]);
});

test('an interrupted write ends with its signal, and the next one is not mixed with it', async () => {
  const { port, link, written } = await onPort();
  port.hang();
  const controller = new AbortController();
  const first = link.write(new Uint8Array(130).fill(1), controller.signal);
  const second = link.write(Uint8Array.of(2), never);
  controller.abort(new Error('given up'));
  await expect(first).rejects.toThrow('given up');
  port.comeRound();
  await second;
  expect(written.map((report) => report[2])).toEqual([2]);
});

test('a pulled cable ends a write that waits', async () => {
  const { port, link } = await onPort();
  port.hang();
  const write = link.write(Uint8Array.of(1), never);
  port.unplug();
  await expect(write).rejects.toBeInstanceOf(LinkLostError);
});

test('a profile whose parts overlap is our own mistake', async () => {
  await expect(onPort({ ...lengthFirst64, dataAt: 0 })).rejects.toThrow(RangeError);
});

test('whatever stream goes out in reports comes back from them whole', async () => {
  const profiles = fc.record({
    id: fc.nat(255),
    lengthAt: fc.nat(3),
    lengthBytes: fc.constantFrom<1 | 2>(1, 2),
    gap: fc.nat(3),
    room: fc.integer({ min: 1, max: 300 }),
    littleEndian: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(profiles, fc.uint8Array({ maxLength: 900 }), async (shape, bytes) => {
      const dataAt = shape.lengthAt + shape.lengthBytes + shape.gap;
      const { id, lengthAt, lengthBytes, littleEndian } = shape;
      const reportBytes = dataAt + shape.room;
      const profile = { inputId: id, outputId: id, reportBytes, lengthAt, lengthBytes, littleEndian, dataAt };
      const { port, link, written, heard } = await onPort(profile);
      await link.write(bytes, never);
      for (const report of written) port.say(report);
      expect(heard).toEqual([...bytes]);
    }),
  );
});

test('no report of a hostile device throws or brings more than it holds', async () => {
  const { port, heard } = await onPort({ ...lengthFirst64, lengthBytes: 2, dataAt: 2, littleEndian: true });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (report) => {
      heard.length = 0;
      port.say(report);
      expect(heard.length).toBeLessThanOrEqual(Math.max(0, report.length - 3));
    }),
  );
});
