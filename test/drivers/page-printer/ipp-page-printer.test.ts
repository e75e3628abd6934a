/** The A4 printer's driver on the twin of an IPP printer, in virtual time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeIpp, encodeIpp } from '../../../drivers/page-printer/ipp-message.ts';
import { IppPagePrinter } from '../../../drivers/page-printer/ipp-page-printer.ts';
import type { PagePrinterEvent, PageProgress } from '../../../drivers/page-printer/page-printer.ts';
import { printerWordIn } from '../../../drivers/page-printer/printer-reasons.ts';
import { readRequest, writeAnswer } from '../../../hardware-sim/devices/page-printer/ipp-wire.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** As much of a PDF as a printer of the twin's kind looks at. */
function pdfOf(pages: number): Uint8Array {
  return new TextEncoder().encode(`%PDF-1.7\n${'<< /Type /Page >>\n'.repeat(pages)}<< /Type /Pages >>\n%%EOF\n`);
}

/** What of an exchange gets lost. */
type Cut = { readonly from: number; readonly lose: 'question' | 'answer' | 'both ways, silently' };

async function inRoom(sheets?: number) {
  const clock = new ManualClock();
  const machine = new SimPagePrinter({ clock, ...(sheets === undefined ? {} : { sheets }) });
  let asked = 0;
  let cut: Cut | undefined;
  const door = () => ({
    uri: 'ipp://sim/ipp/print',
    close: () => undefined,
    ask: async (body: Uint8Array, signal: AbortSignal): Promise<Uint8Array> => {
      asked += 1;
      const now = cut && asked >= cut.from ? cut.lose : undefined;
      if (now === 'both ways, silently') {
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      }
      if (now === 'question') machine.unplug();
      const answer = await machine.ask(body, signal);
      if (now === 'answer') machine.unplug();
      return now === 'answer' ? machine.ask(body, signal) : answer;
    },
  });
  const printer = new IppPagePrinter({ id: 'page-printer', door, clock });
  const events: PagePrinterEvent[] = [];
  printer.onPagePrinterEvent((event) => events.push(event));
  await clock.pass(100);
  async function ended<Value>(work: Promise<Value>, limitMs = 600_000): Promise<Value> {
    let done = false;
    work.then(
      () => {
        done = true;
      },
      () => {
        done = true;
      },
    );
    for (let passedMs = 0; passedMs < limitMs && !done; passedMs += 500) await clock.pass(500);
    return work;
  }
  const print = (pages: number, timeoutMs = 120_000, onProgress?: (progress: PageProgress) => void) =>
    printer.printPages({ pdf: pdfOf(pages), pages, ...(onProgress ? { onProgress } : {}) }, { timeoutMs });
  return {
    ...{ clock, machine, printer, events, ended, print },
    asked: () => asked,
    cutAt: (wanted: Cut | undefined) => {
      cut = wanted;
    },
  };
}

describe('an A4 list', () => {
  test('is done when the printer says that the last sheet is out', async () => {
    const { printer, machine, ended, print, clock } = await inRoom();
    expect([printer.state, printer.identity, printer.obstacle()]).toEqual(['online', 'Yizhan Simulated A4', undefined]);
    const seen: PageProgress[] = [];
    const printing = print(5, 120_000, (progress) => seen.push(progress));
    await clock.pass(9_000);
    expect(machine.sheets()).toHaveLength(4);
    expect(await ended(printing)).toEqual({ done: true, value: { proof: 'completed' } });
    expect(machine.sheets().map(({ page }) => page)).toEqual([1, 2, 3, 4, 5]);
    expect(seen.map(({ pagesOut }) => pagesOut)).toContain(3);
    expect(seen.at(-1)).toMatchObject({ state: 'completed' });
    await printer.close();
    expect(clock.waiting).toBe(0);
  });

  test.each([
    ['paperOut', (machine: SimPagePrinter) => machine.takePaperOut()],
    ['coverOpen', (machine: SimPagePrinter) => machine.openCover()],
    ['mediaJammed', (machine: SimPagePrinter) => machine.jam()],
    ['tonerOut', (machine: SimPagePrinter) => machine.emptyToner()],
  ] as const)('%s before it: told at once, and no job is left to come out later', async (fault, hand) => {
    const { printer, machine, ended, print } = await inRoom();
    hand(machine);
    expect(await ended(print(3))).toMatchObject({ done: false, fault, onPaper: 'nothing' });
    expect(machine.taken).toBe(0);
    expect(printer.obstacle()).toBe(fault);
    await printer.close();
  });

  test('paper that runs out after page 2 and is loaded in time: it goes on and is done', async () => {
    const { printer, machine, ended, print, clock, events } = await inRoom(2);
    const seen: PageProgress[] = [];
    const printing = print(5, 120_000, (progress) => seen.push(progress));
    await clock.pass(20_000);
    expect(seen.at(-1)).toEqual({ state: 'waiting', pagesOut: 2, obstacle: 'paperOut' });
    expect(events).toContainEqual({ event: 'paperThreshold' });
    machine.loadPaper(100);
    expect(await ended(printing)).toMatchObject({ done: true });
    expect(machine.sheets()).toHaveLength(5);
    await printer.close();
  });

  test('paper that nobody loads: the rest is taken back, and does not come out for the next person', async () => {
    const { printer, machine, ended, print, clock } = await inRoom(2);
    expect(await ended(print(5, 30_000))).toMatchObject({ done: false, fault: 'paperOut', onPaper: 'partial' });
    await clock.pass(5_000);
    machine.loadPaper(100);
    await clock.pass(60_000);
    expect(machine.sheets()).toHaveLength(2);
    expect(await ended(print(1))).toMatchObject({ done: true });
    expect(machine.sheets().map(({ job }) => job)).toEqual([101, 101, 102]);
    await printer.close();
  });

  test('taken back by the patient in the middle, the sheet that is under way is the last', async () => {
    const { printer, machine, ended, clock } = await inRoom();
    const stop = new AbortController();
    const printing = printer.printPages({ pdf: pdfOf(30), pages: 30 }, { timeoutMs: 300_000, signal: stop.signal });
    await clock.pass(7_000);
    stop.abort();
    expect(await ended(printing)).toMatchObject({ done: false, fault: 'canceled', onPaper: 'partial' });
    await clock.pass(120_000);
    expect(machine.sheets().length).toBeLessThanOrEqual(4);
    await printer.close();
  });

  test('that is no PDF is aborted by the printer, and said so', async () => {
    const { printer, ended } = await inRoom();
    const nothing = { pdf: new TextEncoder().encode('hello'), pages: 1 };
    expect(await ended(printer.printPages(nothing, { timeoutMs: 60_000 }))).toMatchObject({ fault: 'hardwareError' });
    await printer.close();
  });
});

describe('a queue that is lost', () => {
  test('what a crash of ours left in the queue is taken back before anything is printed', async () => {
    const { clock, machine, printer, print } = await inRoom(1);
    const ending = print(4, 300_000);
    await clock.pass(10_000);
    machine.unplug();
    await clock.pass(20_000);
    expect(printer.state).toBe('powerOff');
    expect(await ending).toMatchObject({ done: false, fault: 'deviceNotReady', onPaper: 'partial' });
    machine.plugIn();
    await clock.pass(20_000);
    machine.loadPaper(100);
    await clock.pass(60_000);
    expect(printer.state).toBe('online');
    expect(machine.sheets()).toHaveLength(1);
    await printer.close();
  });

  const cuts = (['question', 'answer', 'both ways, silently'] as const).map((lose) => [lose] as const);
  test.each(cuts)(
    'the %s is lost at every exchange: it ends with a word, what waited is never printed, and all is well again',
    async (lose) => {
      const whole = await inRoom();
      const first = whole.asked();
      await whole.ended(whole.print(2));
      const exchanges = whole.asked() - first;
      await whole.printer.close();
      for (let cut = 1; cut <= exchanges; cut += 1) {
        const { printer, machine, ended, print, clock, cutAt, asked } = await inRoom();
        const at = `${lose} ${cut} of ${exchanges}`;
        cutAt({ from: asked() + cut, lose });
        const printing = print(2);
        const waiting = print(7);
        const word = await ended(printing);
        if (word.done) expect(machine.sheets(), at).toHaveLength(2);
        else expect(word, at).toMatchObject({ fault: expect.any(String), onPaper: expect.any(String) });
        expect(await ended(waiting), at).toMatchObject({ done: false, onPaper: 'nothing' });
        cutAt(undefined);
        machine.plugIn();
        await clock.pass(60_000);
        expect(printer.state, at).toBe('online');
        expect(machine.sheets().length, at).toBeLessThanOrEqual(2);
        expect(await ended(print(1)), at).toMatchObject({ done: true });
        await printer.close();
        expect(clock.waiting, at).toBe(0);
      }
    },
  );

  test('a queue that refuses even to say how it is (IPP 0x0503) is a word, not an accident of ours', async () => {
    const { printer, machine, ended, print, clock } = await inRoom();
    machine.refuse(0x0503);
    expect(await ended(print(1))).toMatchObject({ done: false, fault: 'hardwareError', onPaper: 'nothing' });
    machine.refuse(undefined);
    await clock.pass(15_000);
    expect(await ended(print(1))).toMatchObject({ done: true });
    await printer.close();
  });

  test('a printer without power is seen within its idle question, and found again', async () => {
    const { printer, machine, clock } = await inRoom();
    machine.cutPower();
    await clock.pass(11_000);
    expect(printer.state).toBe('powerOff');
    machine.powerUp();
    await clock.pass(10_000);
    expect(printer.state).toBe('online');
    await printer.close();
  });
});

describe('IPP bytes', () => {
  test('the twin reads what the driver writes, a document behind it untouched', () => {
    const request = encodeIpp(
      'printJob',
      7,
      { operation: [['job-name', 0x42, 'yizhan-pages']], job: [['copies', 0x21, 1]] },
      pdfOf(2),
    );
    const read = readRequest(request);
    expect(read).toMatchObject({ operation: 2, id: 7 });
    expect(read?.attributes.get('copies')).toEqual([1]);
    expect(Buffer.from(read?.document ?? []).equals(Buffer.from(pdfOf(2)))).toBe(true);
  });

  test('any bytes at all are an answer or none', () => {
    const good = writeAnswer(0, 9, [
      {
        tag: 4,
        fields: [
          [0x23, 'printer-state', 3],
          [0x44, 'printer-state-reasons', 'none', 'media-low'],
        ],
      },
    ]);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        (raw, hits) => {
          expect(() => decodeIpp(raw)).not.toThrow();
          const damaged = good.slice();
          for (const [at, byte] of hits) damaged[at % damaged.length] = byte;
          const answer = decodeIpp(damaged);
          if (answer) expect(() => printerWordIn(answer)).not.toThrow();
        },
      ),
    );
  });

  test.each([
    [['media-empty-error', 'media-needed'], 5, 'paperOut'],
    [['offline-report'], 3, 'offline'],
    [['cups-waiting-for-job-completed-report', 'media-low-warning'], 4, undefined],
    [['door-open-error', 'media-jam-error'], 5, 'coverOpen'],
    [['spool-area-full'], 5, 'offline'],
    [['none'], 3, undefined],
  ] as const)('reasons %j in state %i are %s', (reasons, state, obstacle) => {
    const fields = [[0x23, 'printer-state', state] as const, [0x44, 'printer-state-reasons', ...reasons] as const];
    const answer = decodeIpp(writeAnswer(0, 1, [{ tag: 4, fields }]));
    expect(answer && printerWordIn(answer)?.obstacle).toBe(obstacle);
  });
});
