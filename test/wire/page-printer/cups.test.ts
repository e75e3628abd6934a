/** Foreign witnesses of the page printer: a real CUPS scheduler under our driver, and its ipptool before our printer. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ippDoor } from '../../../drivers/page-printer/ipp-http-transport.ts';
import { IppPagePrinter } from '../../../drivers/page-printer/ipp-page-printer.ts';
import type { PageProgress } from '../../../drivers/page-printer/page-printer.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openIppDoor } from '../../../hardware-sim/devices/page-printer/ipp-http-door.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';
import { openRealCups, type RealCups, whyNoCups } from './real-cups.ts';

const run = promisify(execFile);
const why = whyNoCups();
if (why) console.warn(`[skipped] the page printer before a real CUPS: ${why}`);

const pdf = new TextEncoder().encode('%PDF-1.7\n<< /Type /Page >>\n<< /Type /Pages >>\n%%EOF\n');
const JOB = { pdf, pages: 1 };

function reaching(printer: IppPagePrinter, state: string): Promise<void> {
  return new Promise((resolve) => {
    if (printer.state === state) return resolve();
    const stop = printer.onStateChanged((now) => {
      if (now !== state) return;
      stop();
      resolve();
    });
  });
}

function printerAt(address: string): IppPagePrinter {
  return new IppPagePrinter({ id: 'page-printer', door: () => ippDoor(address), clock: systemClock });
}

describe.skipIf(why !== undefined)('a real CUPS', () => {
  let cups: RealCups;
  beforeAll(async () => {
    cups = await openRealCups();
  });
  afterAll(() => cups.close());

  test('prints our pages byte for byte and says that they are done', async () => {
    const printer = printerAt(cups.address);
    await reaching(printer, 'online');
    expect(printer.identity).toMatch(/raw/i);
    expect(await printer.printPages(JOB, { timeoutMs: 20_000 })).toEqual({ done: true, value: { proof: 'completed' } });
    const out = await cups.printed();
    expect(out.map((bytes) => bytes.equals(Buffer.from(pdf)))).toEqual([true]);
    await printer.close();
  });

  test('says paperOut in our words, goes on when paper is there, and takes back what nobody waits for', async () => {
    const printer = printerAt(cups.address);
    await reaching(printer, 'online');
    const before = (await cups.printed()).length;
    await cups.takePaper();
    const seen: PageProgress[] = [];
    const waits = new Promise<void>((resolve) => {
      void printer
        .printPages(
          {
            ...JOB,
            onProgress: (progress) => {
              seen.push(progress);
              if (progress.obstacle === 'paperOut') resolve();
            },
          },
          { timeoutMs: 6_000 },
        )
        .then((ended) => {
          expect(ended).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'nothing' });
          resolve();
        });
    });
    await waits;
    expect(seen.some(({ obstacle }) => obstacle === 'paperOut')).toBe(true);
    // While the first one waits, a second person is told at once instead of queueing behind it.
    const second = await printer.printPages(JOB, { timeoutMs: 20_000 });
    expect(second).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'nothing' });
    await cups.loadPaper();
    let third = await printer.printPages(JOB, { timeoutMs: 20_000 });
    for (let tries = 0; tries < 20 && !third.done; tries += 1)
      third = await printer.printPages(JOB, { timeoutMs: 20_000 });
    expect(third).toMatchObject({ done: true });
    expect(await cups.printed()).toHaveLength(before + 1);
    await printer.close();
  });

  test('stopped and started again, it is found again, and what waited in it does not come out', async () => {
    const printer = printerAt(cups.address);
    await reaching(printer, 'online');
    const before = (await cups.printed()).length;
    await cups.takePaper();
    const waiting = printer.printPages({ ...JOB, onProgress: () => undefined }, { timeoutMs: 30_000 });
    await new Promise<void>((resolve) => {
      const stop = printer.onPagePrinterEvent(() => {
        stop();
        resolve();
      });
      void waiting.then(() => resolve());
      systemClock.timer(2_000, resolve);
    });
    await cups.stop();
    expect(await waiting).toMatchObject({ done: false, fault: 'deviceNotReady' });
    await cups.loadPaper();
    await cups.takePaper();
    await cups.start();
    await reaching(printer, 'online');
    await cups.loadPaper();
    let next = await printer.printPages(JOB, { timeoutMs: 20_000 });
    for (let tries = 0; tries < 20 && !next.done; tries += 1)
      next = await printer.printPages(JOB, { timeoutMs: 20_000 });
    expect(next).toMatchObject({ done: true });
    expect(await cups.printed()).toHaveLength(before + 1);
    await printer.close();
  });

  test('its ipptool prints on our simulated printer, and reads that it is out of paper', async () => {
    const machine = new SimPagePrinter({ clock: systemClock });
    const door = await openIppDoor(machine);
    const folder = await mkdtemp(join(tmpdir(), 'yizhan-ipptool-'));
    try {
      const file = join(folder, 'page.pdf');
      const test = join(folder, 'print.test');
      await writeFile(file, pdf);
      const head =
        'ATTR charset attributes-charset utf-8\nATTR language attributes-natural-language en\nATTR uri printer-uri $uri';
      const body = `{\nOPERATION Print-Job\nGROUP operation-attributes-tag\n${head}\nATTR name requesting-user-name witness\nFILE $filename\nSTATUS successful-ok\nEXPECT job-id OF-TYPE integer\nEXPECT job-state OF-TYPE enum\n}\n{\nOPERATION Get-Printer-Attributes\nGROUP operation-attributes-tag\n${head}\nSTATUS successful-ok\nEXPECT printer-state-reasons OF-TYPE keyword\n}\n`;
      await writeFile(test, body);
      machine.loadPaper(1);
      machine.takePaperOut();
      const { stdout } = await run('/usr/bin/ipptool', ['-tv', '-f', file, door.address, test]);
      expect(stdout.match(/\[PASS\]/g)).toHaveLength(2);
      expect(stdout).toContain('media-empty-error');
      expect(machine.taken).toBe(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
      await door.close();
    }
  });
});

test('the driver prints on a simulated printer over HTTP, and sees it leave and come back', async () => {
  const machine = new SimPagePrinter({ clock: systemClock });
  const door = await openIppDoor(machine);
  const printer = printerAt(door.address);
  try {
    await reaching(printer, 'online');
    expect(await printer.printPages(JOB, { timeoutMs: 20_000 })).toMatchObject({ done: true });
    machine.unplug();
    expect(await printer.printPages(JOB, { timeoutMs: 20_000 })).toMatchObject({ done: false, onPaper: 'nothing' });
    await reaching(printer, 'powerOff');
    machine.plugIn();
    await reaching(printer, 'online');
  } finally {
    await printer.close();
    await door.close();
  }
});
