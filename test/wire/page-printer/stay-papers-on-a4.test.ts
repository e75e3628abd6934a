/** 出院单据 on a kiosk with an A4 printer: list and record come out there; without paper in it they come on the slip. */
import { afterEach, expect, test } from 'vitest';
import { ippDoor } from '../../../drivers/page-printer/ipp-http-transport.ts';
import { IppPagePrinter } from '../../../drivers/page-printer/ipp-page-printer.ts';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { Secret } from '../../../drivers/secret.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { Rooms } from '../../../firmware/journeys/rooms.ts';
import { stayPapers } from '../../../firmware/journeys/stay-papers.ts';
import type { ScreenBody } from '../../../firmware/screen/messages.ts';
import type { Session } from '../../../firmware/session/session.ts';
import { openIppDoor } from '../../../hardware-sim/devices/page-printer/ipp-http-door.ts';
import { SimPagePrinter } from '../../../hardware-sim/devices/page-printer/sim-page-printer.ts';
import { config, profile } from '../../firmware/kiosk-fixture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const record = {
  writtenAt: '2026-03-05 09:00:00',
  doctorName: '演示医生',
  sections: [{ title: '出院医嘱', text: '一周后复查。'.repeat(600) }],
};

async function a4(): Promise<{ machine: SimPagePrinter; pagePrinter: IppPagePrinter }> {
  const machine = new SimPagePrinter({ clock: systemClock });
  const door = await openIppDoor(machine);
  const pagePrinter = new IppPagePrinter({ id: 'a4', door: () => ippDoor(door.address), clock: systemClock });
  closing.push(
    () => pagePrinter.close(),
    () => door.close(),
  );
  await until(pagePrinter, () => pagePrinter.state === 'online');
  return { machine, pagePrinter };
}

function until(printer: IppPagePrinter, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [printer.onStateChanged(look), printer.onPagePrinterEvent(look)];
    look();
  });
}

/** Somebody who opens the record, prints it, goes back and leaves. */
async function takesRecord(pagePrinter: IppPagePrinter): Promise<{ slips: PaperDocument[]; prints: string[] }> {
  const slips: PaperDocument[] = [];
  const prints: string[] = [];
  const answers: Record<string, unknown[]> = {
    'S-PAPERS': [{ open: 'dischargeRecord' }, 'leave'],
    'S-PAPER': [{ step: 'print' }, { step: 'back', touched: true }],
  };
  const session = {
    ...{ id: 'ses_1', language: 'zh', textSize: 'standard', maskedProxy: undefined },
    ask: async (body: ScreenBody, question: { until?: Promise<unknown> }) => {
      if (body.name === 'S-PAPER') prints.push(body.print);
      if (body.name === 'S-BUSY' || (body.name === 'S-PAPER' && body.print === 'printing')) return question.until;
      return answers[body.name]?.shift();
    },
  } as unknown as Session;
  const papers = {
    dischargeRecord: record,
    dischargeRecordLink: undefined,
    feeListLink: undefined,
    invoiceLink: 'https://invoice.example/1',
  };
  const rooms = {
    ...{ config, profile: profile(), clock: systemClock, pagePrinter },
    services: { stayPapers: async () => ({ outcome: 'ok', value: papers }) },
    audit: { write: () => undefined },
    printer: {
      obstacle: () => undefined,
      print: async (document: PaperDocument) => {
        slips.push(document);
        return { done: true, value: { proof: 'printed' } };
      },
    },
  } as unknown as Rooms;
  await stayPapers(rooms, session, {
    person: {
      ...{ personNumber: new Secret(''), name: new Secret('张演一'), certificateNumber: new Secret('990001') },
      ...{ age: 60, gender: '1', insurances: [] },
    },
    ...{ settlementNumber: 'set_1', inpatientNumber: 'I1', slip: { paper: 'ready' } },
    feeListPages: () => [],
    feeListSlip: async () => ({ paper: 'ready' }),
  });
  return { slips, prints };
}

test('the record comes out on A4, as many sheets as it needs, and nothing on the slip', async () => {
  const { machine, pagePrinter } = await a4();
  const { slips, prints } = await takesRecord(pagePrinter);
  expect(prints).toEqual(['can', 'printing', 'ready']);
  expect(machine.sheets().length).toBe(2);
  expect(slips).toEqual([]);
});

test('with no paper in the A4 printer it comes on the slip instead, and no sheet waits for the next person', async () => {
  const { machine, pagePrinter } = await a4();
  machine.takePaperOut();
  // What the printer says of itself is asked anew every few seconds: told by a print that cannot be.
  await pagePrinter.printPages({ pdf: new TextEncoder().encode('%PDF-1.7\n/Type /Page \n%%EOF'), pages: 1 }, SHORT);
  const { slips, prints } = await takesRecord(pagePrinter);
  expect(prints).toEqual(['can', 'printing', 'ready']);
  expect(slips).toHaveLength(1);
  machine.loadPaper(10);
  expect(machine.sheets()).toEqual([]);
});

const SHORT = { timeoutMs: 1_500 };
