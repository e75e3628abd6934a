/** The walk of one settlement through production's own door, on every wire that a card and a slip can come over. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPcscdSlot } from '../../../drivers/card-reader/pcscd-socket-transport.ts';
import { startPcscDaemon } from '../../../hardware-sim/devices/pcsc-daemon.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';
import { serveVpcdCard } from '../../../hardware-sim/devices/vpcd-card.ts';
import { LiveHall } from '../../../hardware-sim/live-hall.ts';
import { hands } from '../../../hardware-sim/world/hands.ts';
import { realClock } from '../../../hardware-sim/world/real-clock.ts';
import { LiveKiosk, type OtherWires } from '../../support/live-kiosk.ts';
import { onVirtualTime, scenarioNamed, standing, walk, withoutNumbers } from '../../support/live-walk.ts';
import { OPENSC_TOOL } from '../cards/foreign-clients.ts';
import { REAL_READER, realPcscdMissing, startRealPcscd } from '../cards/real-pcscd.ts';
import { nativeLibraryMissing, programMissing, run, until, within } from '../cards/wire-bench.ts';

interface Wire {
  readonly name: string;
  /** Why it can't be had here, or `undefined`. */
  readonly missing?: string | undefined;
  /** What the kiosk's card reader then is. */
  readonly reader: string;
  readonly wires?: (hall: LiveHall) => Promise<OtherWires>;
}

async function ourDaemon(hall: LiveHall, cardReader: string): Promise<OtherWires> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-pcsc-'));
  const daemon = await startPcscDaemon({ socketPath: join(folder, 'pcscd.comm'), slots: [hall.slot] });
  return {
    cardReader,
    pcscdSocketPath: daemon.socketPath,
    close: async () => {
      await daemon.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function realDaemon(hall: LiveHall): Promise<OtherWires> {
  const pcscd = await startRealPcscd();
  const line = serveVpcdCard({ slot: hall.slot, clock: realClock, port: pcscd.vpcdPort });
  return {
    cardReader: 'pcsc:Virtual PCD*',
    pcscdSocketPath: pcscd.socketPath,
    close: async () => {
      line.close();
      await pcscd.close();
    },
  };
}

async function serialPrinter(hall: LiveHall): Promise<OtherWires> {
  const door = await PtyDoor.open(hall.printer, realClock);
  return { receiptPrinter: `serial:${door.path}`, close: () => door.close() };
}

/** SELECT by the name of the application: `sx1.sh.社会保障` in GBK. */
const SELECT_SSSE = '00:A4:04:00:0F:73:78:31:2E:73:68:2E:C9:E7:BB:E1:B1:A3:D5:CF';
const noPty = existsSync('/dev/ptmx') ? undefined : 'there is no /dev/ptmx';
const OURS = 'Yizhan Virtual Reader 00 00';
const wires: readonly Wire[] = [
  { name: 'the loopback TCP card slot', reader: OURS },
  {
    name: 'our PC/SC daemon and our own client of it',
    reader: OURS,
    wires: (hall) => ourDaemon(hall, 'pcscd:Yizhan Virtual*'),
  },
  {
    name: 'our PC/SC daemon and the unmodified native library',
    reader: OURS,
    missing: nativeLibraryMissing(),
    wires: (hall) => ourDaemon(hall, 'pcsc:Yizhan Virtual*'),
  },
  {
    name: 'the real pcscd with the virtual reader and the unmodified native library',
    reader: REAL_READER,
    missing: realPcscdMissing() ?? nativeLibraryMissing(),
    wires: realDaemon,
  },
  { name: 'a slip over a serial port', reader: OURS, missing: noPty, wires: serialPrinter },
];

describe.concurrent('outpatient-card, live', () => {
  for (const { name, missing, reader, wires: other } of wires) {
    test(`a patient settles by card and takes the slip: ${name}`, { timeout: 120_000 }, async (ctx) => {
      if (missing) return ctx.skip(missing);
      const { expect } = ctx;
      const virtual = await onVirtualTime('outpatient-card');
      const live = await LiveKiosk.open(other ? { wires: other } : {});
      ctx.onTestFinished(() => live.close());

      expect(live.kiosk.devices.cardReader?.identity).toBe(reader);
      const { screens, touches, ended, slips } = await walk(live, 'outpatient-card');

      expect({ ended, touches, screens: standing(screens) }).toEqual({
        ended: 'settled',
        touches: virtual.touches,
        screens: standing(virtual.screens),
      });
      expect(slips).toHaveLength(1);
      expect(withoutNumbers(slips[0] ?? [])).toEqual(withoutNumbers(virtual.paper));
      const wanted = scenarioNamed('outpatient-card').expect;
      for (const text of wanted.paper ?? []) expect(slips[0]?.join('\n')).toContain(text);
      const { ledger } = live.hall.parties;
      expect(ledger.liveClaims()).toHaveLength(wanted.claims);
      const taken = ledger.charges().filter(({ orderNumber }) => orderNumber.startsWith('pay_'));
      expect(taken.map(({ paidFen, refundedFen }) => paidFen - refundedFen)).toEqual([wanted.chargedFen]);
      expect(ledger.confirmedBills()).toHaveLength(wanted.confirmed);
      expect(ledger.violations()).toEqual([]);
      expect(live.restartsAsked).toEqual([]);
    });
  }
});

describe('opensc-tool, which knows nothing of us', () => {
  const daemons: readonly Wire[] = wires.filter(({ name }) => /pcscd|PC\/SC/.test(name) && /native/.test(name));
  for (const { name, missing, reader, wires: daemon } of daemons) {
    test(`opens the social-security application on the card of the journey: ${name}`, async (ctx) => {
      const reason = missing ?? programMissing(OPENSC_TOOL, 'opensc');
      if (reason || !daemon) return ctx.skip(reason ?? 'this wire has no daemon');
      const dataFolder = mkdtempSync(join(tmpdir(), 'yizhan-foreign-'));
      const hall = await LiveHall.open({ dataFolder });
      const wire = await daemon(hall);
      ctx.onTestFinished(async () => {
        await wire.close();
        await hall.close();
        rmSync(dataFolder, { recursive: true, force: true });
      });
      hands.insertCard.use(hall);
      const { pcscdSocketPath: socketPath = '' } = wire;
      const look = await openPcscdSlot(reader, { socketPath }, realClock, within(5_000));
      await until(look, 'present');
      await look.close();
      const args = ['--reader', reader, '--card-driver', 'default', '--send-apdu', SELECT_SSSE];
      const { code, output } = await run(OPENSC_TOOL, args, { env: { PCSCLITE_CSOCK_NAME: socketPath } });
      expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/SW1=0x(90, SW2=0x00|61)/) });
    });
  }
});
