/** The self-test of every device of the simulated cabinet: passed as it stands, and failed by hands, in plain words. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedDevices, openedDevices } from '../../../bin/opened-devices.ts';
import type { Device } from '../../../drivers/device.ts';
import { systemClock as clock } from '../../../drivers/system-clock.ts';
import { type DeviceReport, testDevice, testDevices } from '../../../firmware/self-test/run-self-tests.ts';
import { LiveHall } from '../../../hardware-sim/live-hall.ts';

const WITHIN_MS = 15_000;
const NOBODY = { clock, busy: () => false };

let folder: string;
let hall: LiveHall;
let opened: OpenedDevices;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-self-tests-'));
  hall = await LiveHall.open({ dataFolder: folder });
  opened = openedDevices(readFileSync(hall.siteFile, 'utf8'));
  await until(() => opened.devices.all.every(({ state }) => state === 'online'));
}, 60_000);

afterAll(async () => {
  await opened?.close();
  await hall?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Looks again until it holds; the last look is in the error. */
async function until(holds: () => boolean | Promise<boolean>, said: () => unknown = () => ''): Promise<void> {
  const lastMs = performance.now() + WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > lastMs) throw new Error(`It did not come about. ${JSON.stringify(said())}`);
    await pause(20);
  }
}

function deviceOf(id: string): Device {
  const device = opened.devices.all.find((one) => one.id === id);
  if (!device) throw new Error(`The cabinet has no ${id}.`);
  return device;
}

const tested = (id: string, kiosk = NOBODY): Promise<DeviceReport> => testDevice(deviceOf(id), opened.devices, kiosk);

/** Tests until the device tells what hands did, as its driver notices it in its own time. */
async function sooner(id: string, result: string, words: RegExp): Promise<DeviceReport> {
  let report = await tested(id);
  await until(
    async () => {
      report = await tested(id);
      return report.selfTest.result === result && words.test(report.selfTest.sentence);
    },
    () => report,
  );
  return report;
}

test('[part of SZ-266a] every device of the cabinet is listed with its class, state, identity, abilities and a passed test', async () => {
  let reports: readonly DeviceReport[] = [];
  // A machine that stalls for a second takes a device away for a moment: it is asked again.
  await until(
    async () => {
      reports = await testDevices(opened.devices, NOBODY);
      return reports.every(({ selfTest }) => selfTest.result !== 'failed');
    },
    () => reports,
  );
  expect(reports.map(({ class: kind }) => kind).sort()).toEqual(
    [
      ...[
        'bankTerminal',
        'biometric',
        'cabinet',
        'camera',
        'cardReader',
        'codeScanner',
        'idCardReader',
        'network',
        'pagePrinter',
      ],
      ...['personToken', 'pinPad', 'queueDisplay', 'queueDisplay', 'receiptPrinter', 'recorder'],
    ].sort(),
  );
  for (const { id, state, lastFault, capabilities, selfTest } of reports) {
    expect({ id, state, lastFault }).toEqual({ id, state: 'online', lastFault: null });
    expect(Object.keys(capabilities)).not.toEqual([]);
    // A scanner in line mode only talks when a code is held before it, a pole display never.
    const mute = ['code-scanner', 'pole-display'].includes(id);
    expect({ id, ...selfTest }).toMatchObject({ id, result: mute ? 'notTested' : 'passed' });
  }
  expect(reports.filter(({ identity }) => identity === null).map(({ id }) => id)).toEqual([
    ...['code-scanner', 'camera', 'pole-display'],
  ]);
});

type Hand = readonly [bay: string, hand: string, given?: string | number];
const printer = { paperOut: () => hall.printer.loadPaper(0), load: () => hall.printer.loadPaper(50_000) };

function use(hand: Hand | (() => void)): void {
  if (typeof hand === 'function') hand();
  else hall.useBay(hand[0], hand[1], hand[2]);
}

interface Case {
  readonly what: string;
  readonly id: string;
  readonly breaks: Hand | (() => void);
  readonly sentence: RegExp;
  readonly remedy: RegExp;
  readonly mends: Hand | (() => void);
}

const CASES: readonly Case[] = [
  {
    ...{ what: 'the roll is taken out', id: 'receipt-printer', breaks: printer.paperOut, mends: printer.load },
    ...{ sentence: /paper is out/, remedy: /Load a roll/ },
  },
  {
    ...{ what: 'its cover is opened', id: 'receipt-printer', breaks: () => hall.printer.openCover() },
    ...{ sentence: /cover is open/, remedy: /Close the printer/, mends: () => hall.printer.closeCover() },
  },
  {
    ...{ what: 'it is unplugged', id: 'receipt-printer', breaks: () => hall.printer.unplug() },
    ...{ sentence: /not connected/, remedy: /cable.*power.*address/, mends: () => hall.printer.plugIn() },
  },
  {
    ...{ what: 'a card is put in the wrong way', id: 'staff-token', breaks: ['personToken', 'insert', '银行卡'] },
    ...{ sentence: /no staff card/, remedy: /chip first/, mends: ['personToken', 'remove'] },
  },
  {
    ...{ what: 'the reader is unplugged', id: 'card-reader', breaks: () => hall.slot.unplug() },
    ...{ sentence: /not connected/, remedy: /cable/, mends: () => hall.slot.plugIn() },
  },
  {
    ...{ what: 'its security module fails', id: 'id-card-reader', breaks: ['idCardReader', 'breakModule', 'selfTest'] },
    ...{ sentence: /can’t work/, remedy: /replace/, mends: ['idCardReader', 'mendModule'] },
  },
  {
    ...{ what: 'its housing is pried open', id: 'pin-pad', breaks: ['pinPad', 'openHousing'] },
    ...{ sentence: /no master key/, remedy: /officers/, mends: ['pinPad', 'loadMasterKey'] },
  },
  {
    ...{ what: 'its line to the bank is cut', id: 'bank-terminal', breaks: ['bankTerminal', 'cutBankLine'] },
    ...{ sentence: /line to the bank is down/, remedy: /network line/, mends: ['bankTerminal', 'mendBankLine'] },
  },
  {
    ...{ what: 'the lens is covered', id: 'camera', breaks: ['camera', 'coverLens'], mends: ['camera', 'uncoverLens'] },
    ...{ sentence: /lens is covered/, remedy: /Take away/ },
  },
  {
    ...{ what: 'it hangs', id: 'camera', breaks: ['camera', 'hang'], mends: ['camera', 'plugIn'] },
    ...{ sentence: /not connected|can’t work|no frame|not come up/, remedy: /./ },
  },
  {
    ...{ what: 'the tray is emptied', id: 'page-printer', breaks: ['pagePrinter', 'takePaperOut'] },
    ...{ sentence: /tray is empty/, remedy: /Load A4/, mends: ['pagePrinter', 'loadPaper'] },
  },
  {
    ...{
      what: 'a door is open',
      id: 'cabinet',
      breaks: ['cabinet', 'openService'],
      mends: ['cabinet', 'closeService'],
    },
    ...{ sentence: /service door is open/, remedy: /Close the service door/ },
  },
  {
    ...{
      what: 'the housing is forced',
      id: 'cabinet',
      breaks: ['cabinet', 'forceCase'],
      mends: ['cabinet', 'closeCase'],
    },
    ...{ sentence: /forced open/, remedy: /damage/ },
  },
  {
    ...{ what: 'mains is gone', id: 'cabinet', breaks: ['cabinet', 'cutMains'], mends: ['cabinet', 'restoreMains'] },
    ...{ sentence: /Mains is gone/, remedy: /why mains/ },
  },
  {
    ...{ what: 'the key is turned', id: 'cabinet', breaks: ['cabinet', 'turnKey', 'maintenance'] },
    ...{ sentence: /key switch stands on maintenance/, remedy: /Turn the key/, mends: ['cabinet', 'turnKey', 'run'] },
  },
  {
    ...{ what: 'its power is cut', id: 'queue-display', breaks: ['queueDisplay', 'unplug'] },
    ...{ sentence: /not connected/, remedy: /cable/, mends: ['queueDisplay', 'plugIn'] },
  },
  {
    ...{ what: 'its clock is set a minute ahead', id: 'recorder', breaks: ['recorder', 'setClockApart', 60] },
    ...{ sentence: /60\.\d s ahead/, remedy: /NTP/, mends: ['recorder', 'setClockApart', 0] },
  },
  {
    ...{ what: 'it stops recording', id: 'recorder', breaks: ['recorder', 'stopRecording'] },
    ...{
      sentence: /does not record camera entrance-1/,
      remedy: /monitoring room/,
      mends: ['recorder', 'startRecording'],
    },
  },
  {
    ...{ what: 'the cable is pulled', id: 'network', breaks: ['network', 'pull'], mends: ['network', 'putBack'] },
    ...{ sentence: /No cable is in/, remedy: /switch/ },
  },
  {
    ...{ what: 'the scanner is unplugged', id: 'code-scanner', breaks: () => hall.scanner.unplug() },
    ...{ sentence: /not connected/, remedy: /cable/, mends: () => hall.scanner.plugIn() },
  },
];

describe('a device that hands have put out of order says so, and what to do', () => {
  test.each(CASES)(
    '$id: $what',
    async ({ id, breaks, sentence, remedy, mends }) => {
      const before = (await sooner(id, id === 'code-scanner' ? 'notTested' : 'passed', /./)).selfTest;
      use(breaks);
      const { selfTest } = await sooner(id, 'failed', sentence);
      expect(selfTest.remedy).toMatch(remedy);
      use(mends);
      expect((await sooner(id, before.result, /./)).selfTest.result).toBe(before.result);
    },
    60_000,
  );
});

test('a staff card is asked for its PIN tries and keeps them all', async () => {
  use(['personToken', 'insert', 'engineer']);
  for (const _time of [1, 2, 3, 4]) {
    expect((await sooner('staff-token', 'passed', /PIN tries left/)).selfTest.sentence).toMatch(/has 3 PIN tries left/);
  }
  use(['personToken', 'remove']);
});

test('nothing is printed, no lamp stays lit, and the display shows again what it showed', async () => {
  const { queueDisplay } = opened.devices;
  await queueDisplay?.notice(['暂停服务'], { timeoutMs: 5_000 });
  const look = (bay: string): string[] =>
    hall.bays
      .find(({ id }) => id === bay)
      ?.look()
      .map(({ value }) => value) ?? [];
  const seen = [look('queueDisplay'), look('cabinet'), look('pagePrinter'), look('recorder'), look('bankTerminal')];
  let changedMeanwhile = false;
  const testing = testDevices(opened.devices, NOBODY);
  const watching = until(() => {
    changedMeanwhile ||= look('queueDisplay').join('').includes('■') && look('cabinet').join('').includes('green');
    return changedMeanwhile;
  });
  await Promise.all([testing, watching]);
  expect([look('queueDisplay'), look('cabinet'), look('pagePrinter'), look('recorder'), look('bankTerminal')]).toEqual(
    seen,
  );
  expect(hall.printer.state()).toMatchObject({ atHead: { lines: [] } });
});

test('while somebody is served devices are looked at and left alone', async () => {
  const kiosk = { clock, busy: () => true };
  use(['cabinet', 'openPaper']);
  await sooner('cabinet', 'failed', /paper door/);
  for (const id of ['pin-pad', 'bank-terminal', 'queue-display', 'camera', 'receipt-printer']) {
    expect((await tested(id, kiosk)).selfTest).toMatchObject({ result: 'notTested', sentence: /being served/ });
  }
  expect((await tested('cabinet', kiosk)).selfTest.result).toBe('failed');
  use(['cabinet', 'closePaper']);
});
