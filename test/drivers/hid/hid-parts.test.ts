import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choose } from '../../../drivers/hid/hid-transport.ts';
import { numbersItsReports } from '../../../drivers/hid/report-descriptor.ts';
import { HidFrameReader, LONGEST_REPORT, TcpHidProtocolError } from '../../../drivers/hid/tcp-hid-frames.ts';

describe('report descriptors', () => {
  /** The boot keyboard's, HID 1.11 appendix B.1 (page 59), without its LED outputs. */
  const bootKeyboard = Buffer.from(
    '05010906a1010507 19e029e7150025017501950881029501750881019506750815002565050719002965 8100c0'.replaceAll(' ', ''),
    'hex',
  );
  /** A vendor page with report id 2, after the style of HID 1.11 appendix E.10. */
  const numbered = Buffer.from('0600ff0901a10185021500260 0ff0075089540090181 02c0'.replaceAll(' ', ''), 'hex');

  test('the boot keyboard numbers no reports', () => expect(numbersItsReports(bootKeyboard)).toBe(false));
  test('a report id item is found among the others', () => expect(numbersItsReports(numbered)).toBe(true));
  test('a byte of data that looks like a report id item is none', () =>
    expect(numbersItsReports(Uint8Array.of(0x26, 0x85, 0x02))).toBe(false));
  test('a long item is stepped over', () =>
    expect(numbersItsReports(Uint8Array.of(0xfe, 2, 0, 0x85, 0x02))).toBe(false));
  test('no descriptor makes the reading run away', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => typeof numbersItsReports(bytes) === 'boolean'),
    );
  });
});

describe('which of several HID devices is meant', () => {
  const keyboard = {
    vendorId: 1,
    productId: 2,
    path: '/dev/hidraw0',
    release: 1,
    interface: 0,
    usagePage: 1,
    usage: 6,
  };
  const scanner = { ...keyboard, path: '/dev/hidraw1', interface: 1, usagePage: 0x8c, usage: 2, serialNumber: 'A1' };
  const ids = { vendorId: 1, productId: 2 };

  test('a scanner that is a keyboard as well is opened as a scanner', () =>
    expect(choose([keyboard, scanner], ids)).toBe(scanner));
  test('a scanner that is nothing but a keyboard is opened, to be named', () =>
    expect(choose([keyboard], ids)).toBe(keyboard));
  test('a serial number and a usage choose', () => {
    const twin = { ...scanner, path: '/dev/hidraw2', serialNumber: 'B2' };
    expect(choose([scanner, twin], { ...ids, serialNumber: 'B2' })).toBe(twin);
    expect(choose([keyboard, scanner], { ...ids, usagePage: 1, usage: 6 })).toBe(keyboard);
    expect(choose([keyboard, scanner], { ...ids, usagePage: 0x59 })).toBeUndefined();
  });
});

describe('the tcp-hid wire', () => {
  /** From the specification in tcp-hid-frames.ts, by hand. */
  const hello = Buffer.from('0000000e01595a48494401008c0002535031', 'hex');
  const report = Buffer.from('0000000402aabbcc', 'hex');

  test('a hello and a report come out of any pieces', () => {
    const bytes = Buffer.concat([hello, report, report]);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const reader = new HidFrameReader();
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const frames = at.flatMap((from, index) => reader.push(bytes.subarray(from, at[index + 1])));
        expect(frames).toEqual([
          { frame: 'hello', device: { product: 'SP1', usagePage: 0x8c, usage: 2 } },
          { frame: 'report', report: Uint8Array.of(0xaa, 0xbb, 0xcc) },
          { frame: 'report', report: Uint8Array.of(0xaa, 0xbb, 0xcc) },
        ]);
      }),
    );
  });

  test.each([
    ['a length of nothing', '00000001'],
    ['a length beyond the longest report', (LONGEST_REPORT + 2).toString(16).padStart(8, '0')],
    ['an unknown type', '000000020500'],
    ['another protocol', '0000000b015858484944010001 0001'.replaceAll(' ', '')],
    ['another version', '0000000b01595a4849440200010001'],
    ['half a hello', '0000000801595a4849440100'],
  ])('%s ends the connection', (_name, hex) =>
    expect(() => new HidFrameReader().push(Buffer.from(hex, 'hex'))).toThrow(TcpHidProtocolError),
  );

  test('hostile bytes bring frames of allowed length or the one protocol error', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (pieces) => {
        const reader = new HidFrameReader();
        try {
          for (const frame of pieces.flatMap((piece) => reader.push(piece))) {
            if (frame.frame === 'report') expect(frame.report.length).toBeLessThanOrEqual(LONGEST_REPORT);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TcpHidProtocolError);
        }
      }),
    );
  });
});
