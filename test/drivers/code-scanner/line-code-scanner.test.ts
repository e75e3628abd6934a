import { describe, expect, test } from 'vitest';
import { codeKindOf } from '../../../drivers/code-scanner/code-kind.ts';
import type { ScannerEvent } from '../../../drivers/code-scanner/code-scanner.ts';
import { LineCodeScanner } from '../../../drivers/code-scanner/line-code-scanner.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** An invented 医保 code: 28 letters and digits (interface D.3). */
const CREDENTIAL = 'TEST0000CODE0000INVENTED0001';

async function onBench() {
  const clock = new ManualClock();
  let deliver = (_bytes: Uint8Array): void => undefined;
  let lose = (): void => undefined;
  let plugged = true;
  const bus = busWith({
    openByteLink: () => {
      if (!plugged) return Promise.reject(new LinkLostError('nothing there'));
      const link: ByteLink = {
        write: () => Promise.resolve(),
        onData: (listener) => {
          deliver = listener;
          return () => {
            deliver = () => undefined;
          };
        },
        onLost: (listener) => {
          lose = () => listener(new LinkLostError('unplugged'));
          return () => undefined;
        },
        close: () => Promise.resolve(),
      };
      return Promise.resolve(link);
    },
  });
  const scanner = new LineCodeScanner({ id: 'code-scanner', address: 'sim:codes', bus, clock });
  const heard: string[] = [];
  scanner.onScannerEvent((event: ScannerEvent) =>
    heard.push(event.event === 'codeRead' ? `${event.kind} ${event.text.reveal()}` : `refused: ${event.detail}`),
  );
  await clock.drain();
  return {
    clock,
    scanner,
    heard,
    scan: (text: string | Uint8Array) => deliver(typeof text === 'string' ? Buffer.from(text) : text),
    unplug: () => {
      plugged = false;
      lose();
    },
    plugIn: () => {
      plugged = true;
    },
  };
}

describe('what a text is (E.4)', () => {
  test.each([
    ['100000000000000000', 'wechatPay'],
    ['159999999999999999', 'wechatPay'],
    ['169999999999999999', 'unknown'],
    ['2500000000000000', 'alipay'],
    ['300000000000000000000000', 'alipay'],
    ['3000000000000000000000000', 'eCredential'],
    ['240000000000000000', 'unknown'],
    ['6200000000000000000', 'unionPay'],
    ['62000000000000000000', 'eCredential'],
    [CREDENTIAL, 'eCredential'],
    ['TEST0000CODE0000INV', 'unknown'],
    ['https://example.invalid/a-page', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (text, kind) => expect(codeKindOf(text)).toBe(kind));
});

describe('a scanner that sends lines', () => {
  test('a code is told once with its kind, however its bytes come and its line ends', async () => {
    const { scanner, heard, scan } = await onBench();
    scan(CREDENTIAL.slice(0, 10));
    scan(`${CREDENTIAL.slice(10)}\r`);
    scan('\n100000000000000000\n6200000000000000000\r\n');
    expect(heard).toEqual([
      `eCredential ${CREDENTIAL}`,
      'wechatPay 100000000000000000',
      'unionPay 6200000000000000000',
    ]);
    await scanner.close();
  });

  test('a code does not show when an event is printed', async () => {
    const { scanner, scan } = await onBench();
    let event: ScannerEvent | undefined;
    scanner.onScannerEvent((told) => {
      event = told;
    });
    scan(`${CREDENTIAL}\r\n`);
    expect(JSON.stringify(event)).toContain('eCredential');
    expect(JSON.stringify(event)).not.toContain(CREDENTIAL);
    await scanner.close();
  });

  test('a code that is held still is told once a second', async () => {
    const { clock, scanner, heard, scan } = await onBench();
    for (let at = 0; at <= 1_000; at += 250) {
      scan(`${CREDENTIAL}\r\n`);
      await clock.pass(250);
    }
    expect(heard).toHaveLength(2);
    await scanner.close();
  });

  test('another code in between is no duplicate', async () => {
    const { scanner, heard, scan } = await onBench();
    scan('a\nb\na\n');
    expect(heard).toEqual(['unknown a', 'unknown b', 'unknown a']);
    await scanner.close();
  });
});

describe('bad input', () => {
  test('a text of 100 kB is one refusal, and the next code is read', async () => {
    const { scanner, heard, scan } = await onBench();
    for (let sent = 0; sent < 100_000; sent += 1_000) scan('x'.repeat(1_000));
    scan(`\r\n${CREDENTIAL}\r\n`);
    expect(heard).toEqual(['refused: longer than 512 bytes', `eCredential ${CREDENTIAL}`]);
    await scanner.close();
  });

  test('512 bytes are accepted, 513 are not', async () => {
    const { scanner, heard, scan } = await onBench();
    scan(`${'x'.repeat(512)}\n${'y'.repeat(513)}\n`);
    expect(heard).toEqual([`eCredential ${'x'.repeat(512)}`, 'refused: longer than 512 bytes']);
    await scanner.close();
  });

  test.each([
    ['an escape', 'ab\u001b[2Jcd\n'],
    ['a zero byte', 'ab\u0000cd\n'],
    ['a tab', 'ab\tcd\n'],
    ['a C1 control', 'ab\u0085cd\n'],
  ])('%s in the text is refused', async (_name, text) => {
    const { scanner, heard, scan } = await onBench();
    scan(text);
    expect(heard).toEqual(['refused: control characters']);
    await scanner.close();
  });

  test('bytes that are no UTF-8 are refused, Chinese in UTF-8 is read', async () => {
    const { scanner, heard, scan } = await onBench();
    scan(Uint8Array.of(0xd6, 0xd0, 0x0a));
    scan('中文\n');
    expect(heard).toEqual(['refused: not UTF-8 text', 'unknown 中文']);
    await scanner.close();
  });

  test('half a code is not glued to the next person’s', async () => {
    const { clock, scanner, heard, scan } = await onBench();
    scan('62000');
    await clock.pass(501);
    scan('100000000000000000\r\n');
    expect(heard).toEqual(['refused: a code without a line end', 'wechatPay 100000000000000000']);
    await scanner.close();
  });

  test('half a code from before the cable was pulled is forgotten', async () => {
    const { clock, scanner, heard, scan, unplug, plugIn } = await onBench();
    scan('62000');
    unplug();
    expect(scanner.state).toBe('powerOff');
    plugIn();
    await clock.pass(300);
    expect(scanner.state).toBe('online');
    scan('00000000000000\n');
    expect(heard).toEqual(['unknown 00000000000000']);
    await scanner.close();
    expect(clock.waiting).toBe(0);
  });
});
