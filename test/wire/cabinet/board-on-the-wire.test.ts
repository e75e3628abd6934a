/** The cabinet on real wires: a pseudo-terminal through the real serialport in its device host, and TCP. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { VirtualCabinet } from '../../../hardware-sim/devices/cabinet/virtual-cabinet.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';

const SOON = { timeoutMs: 5_000 };

async function until(done: () => boolean, limitMs = 15_000): Promise<void> {
  for (let waited = 0; !done() && waited < limitMs; waited += 5) await pause(5);
  expect(done()).toBe(true);
}

function cabinetAt(address: string): BoardCabinet {
  const bus = createDeviceBus({ clock: systemClock });
  const cabinet = new BoardCabinet({ id: 'cabinet', address, bus, clock: systemClock });
  onTestFinished(async () => {
    await cabinet.close();
    await bus.close();
  });
  return cabinet;
}

test('through the real serialport: set up, lit, pressed, pulled and put back', async () => {
  const twin = new VirtualCabinet({ clock: systemClock });
  const door = await PtyDoor.open(twin.board, systemClock);
  onTestFinished(() => door.close());
  const cabinet = cabinetAt(`serial:${door.path}?baudRate=57600`);
  await until(() => cabinet.state === 'online');
  expect(cabinet.identity).toBe('StandardFirmata 2.5');
  expect(await cabinet.setLight('cardReader', { flashRate: 'continuous', color: 'green' }, SOON)).toMatchObject({
    done: true,
  });
  expect(twin.lights()['cardReader']).toBe('green');
  twin.press();
  await until(() => cabinet.status().operatorCallButtonSensor === 'on');
  twin.unplug();
  await until(() => cabinet.state === 'powerOff');
  expect(await cabinet.setLight('cardReader', { flashRate: 'off' }, SOON)).toMatchObject({ fault: 'deviceNotReady' });
  twin.plugIn();
  await until(() => cabinet.state === 'online');
  expect(twin.lights()['cardReader']).toBe('green');
  expect(twin.relays()['printerPower']).toBe(true);
});

test('over TCP: set up, lit, pulled and put back', async () => {
  const twin = new VirtualCabinet({ clock: systemClock });
  const door = await openByteDoor((signal) => twin.board.openByteLink(signal));
  onTestFinished(() => door.close());
  const cabinet = cabinetAt(door.address);
  await until(() => cabinet.state === 'online');
  await cabinet.setLight('statusInService', { flashRate: 'continuous', color: 'cyan' }, SOON);
  expect(twin.lights()['statusInService']).toBe('blue+green');
  twin.board.cutData();
  await until(() => cabinet.state === 'powerOff');
  twin.board.mendData();
  await until(() => cabinet.state === 'online');
  twin.openDoor('service');
  await until(() => cabinet.status().doors['service'] === 'open');
});

/** A kiosk process with nothing but the cabinet in it says which native modules it has loaded. */
function nativeModulesOf(address: string): Promise<{ state: string; loaded: string[] }> {
  const drivers = new URL('../../../drivers/', import.meta.url).href;
  const script = `
    import { createDeviceBus } from '${drivers}bus.ts';
    import { BoardCabinet } from '${drivers}cabinet/board-cabinet.ts';
    import { systemClock as clock } from '${drivers}system-clock.ts';
    const bus = createDeviceBus({ clock });
    const cabinet = new BoardCabinet({ id: 'cabinet', address: process.argv[1], bus, clock });
    while (cabinet.state !== 'online') await new Promise((go) => setTimeout(go, 20));
    const loaded = process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'));
    console.log(JSON.stringify({ state: cabinet.state, loaded }));
    await cabinet.close();
    await bus.close();`;
  return new Promise((resolve, reject) => {
    const kiosk = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, address],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let text = '';
    kiosk.stdout.on('data', (bytes) => {
      text += String(bytes);
    });
    kiosk.on('close', () => {
      try {
        resolve(JSON.parse(text));
      } catch (error) {
        reject(error);
      }
    });
  });
}

test('no native module is loaded in the kiosk’s process, by TCP or by serial port', async () => {
  const twin = new VirtualCabinet({ clock: systemClock });
  const tcp = await openByteDoor((signal) => twin.board.openByteLink(signal));
  onTestFinished(() => tcp.close());
  expect(await nativeModulesOf(tcp.address)).toEqual({ state: 'online', loaded: [] });
  const pty = await PtyDoor.open(twin.board, systemClock);
  onTestFinished(() => pty.close());
  expect(await nativeModulesOf(`serial:${pty.path}`)).toEqual({ state: 'online', loaded: [] });
});
