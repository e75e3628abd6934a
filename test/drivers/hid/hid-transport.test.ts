/** The link over node-hid, with the library's own device object stood in for: no hidraw device is needed. */
import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { hidLinkOver } from '../../../drivers/hid/hid-transport.ts';

/** As node-hid's `HIDAsync`: it begins to read with the first listener of `data`, and only reading finds a loss. */
class LibraryDevice extends EventEmitter {
  get reads(): boolean {
    return this.listenerCount('data') > 0;
  }

  pull(): void {
    if (this.reads) this.emit('error', new Error('could not read from HID device'));
  }

  says(...bytes: readonly number[]): void {
    if (this.reads) this.emit('data', Buffer.from(bytes));
  }

  write(report: Buffer): Promise<number> {
    return Promise.resolve(report.length);
  }

  close(): Promise<void> {
    this.removeAllListeners('data');
    return Promise.resolve();
  }
}

const SCANNER = { product: 'Scanner', usagePage: 0x8c, usage: 2 };
const settled = (): Promise<void> => new Promise((resolve) => queueMicrotask(resolve));

describe('a HID device that is pulled', () => {
  test('is told as lost to one who only waits for that, although nobody listens to its reports', () => {
    const library = new LibraryDevice();
    const link = hidLinkOver(library, SCANNER, true);
    const lost: string[] = [];
    link.onLost(({ message }) => lost.push(message));
    library.pull();
    expect(lost).toEqual([expect.stringContaining('went away')]);
  });

  test('is told once, and to one who asks after it as well', async () => {
    const library = new LibraryDevice();
    const link = hidLinkOver(library, SCANNER, true);
    const lost: string[] = [];
    link.onLost(() => lost.push('first'));
    library.pull();
    library.emit('error', new Error('again'));
    link.onLost(() => lost.push('late'));
    await settled();
    expect(lost).toEqual(['first', 'late']);
  });
});

test('what a device says while only its loss is waited for comes to the first who listens, in order', () => {
  const library = new LibraryDevice();
  const link = hidLinkOver(library, SCANNER, false);
  link.onLost(() => undefined);
  library.says(1, 10);
  library.says(2, 20);
  const heard: number[][] = [];
  link.onReport((report) => heard.push([...report]));
  library.says(3, 30);
  // A device that numbers no reports has id 0 in front of each.
  expect(heard).toEqual([
    [0, 1, 10],
    [0, 2, 20],
    [0, 3, 30],
  ]);
});

test('a device that talks to nobody for ever is held to 64 reports', () => {
  const library = new LibraryDevice();
  const link = hidLinkOver(library, SCANNER, true);
  link.onLost(() => undefined);
  for (let at = 0; at < 10_000; at += 1) library.says(1, at & 0xff);
  const heard: Uint8Array[] = [];
  link.onReport((report) => heard.push(report));
  expect(heard).toHaveLength(64);
});
