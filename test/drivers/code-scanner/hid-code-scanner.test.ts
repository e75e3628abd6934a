import { describe, expect, test } from 'vitest';
import { openCodeScanner } from '../../../drivers/code-scanner/open-code-scanner.ts';
import { SimCodeScanner } from '../../../hardware-sim/devices/code-scanner.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** An invented 医保 code: 28 letters and digits (interface D.3). */
const CREDENTIAL = 'TEST0000CODE0000INVENTED0001';

async function onBench(mode: 'hidPos' | 'keyboard' = 'hidPos') {
  const clock = new ManualClock();
  const twin = new SimCodeScanner({ mode, clock });
  const bus = busWith({ openHidLink: (_address, signal) => twin.openHidLink(signal) });
  const scanner = openCodeScanner({ id: 'code-scanner', address: 'hid:0c2e:0b61', bus, clock });
  const heard: string[] = [];
  scanner.onScannerEvent((event) =>
    heard.push(
      event.event === 'codeRead'
        ? `${event.kind} ${event.symbology ?? '-'} ${event.text.reveal()}`
        : `refused: ${event.detail}`,
    ),
  );
  await clock.drain();
  return { clock, twin, scanner, heard };
}

describe('a scanner in HID-POS mode', () => {
  test('says who it is, and tells codes with their kind and symbology', async () => {
    const { twin, scanner, heard } = await onBench();
    expect(scanner.state).toBe('online');
    expect(scanner.identity).toBe('Yizhan Virtual Scanner');
    twin.show(CREDENTIAL);
    twin.show('100000000000000000', ']C0');
    expect(heard).toEqual([`eCredential ]Q1 ${CREDENTIAL}`, 'wechatPay ]C0 100000000000000000']);
    await scanner.close();
  });

  test.each([55, 56, 57, 112, 113, 512])('a code of %i bytes comes out whole', async (length) => {
    const { twin, scanner, heard } = await onBench();
    twin.show('x'.repeat(length));
    twin.show(CREDENTIAL);
    expect(heard).toEqual([
      `${length >= 20 ? 'eCredential' : 'unknown'} ]Q1 ${'x'.repeat(length)}`,
      `eCredential ]Q1 ${CREDENTIAL}`,
    ]);
    await scanner.close();
  });

  test('a code of 100 kB is one refusal, and the next code is read', async () => {
    const { twin, scanner, heard } = await onBench();
    twin.show('7'.repeat(100_000));
    twin.show(CREDENTIAL);
    expect(heard).toEqual(['refused: longer than 512 bytes', `eCredential ]Q1 ${CREDENTIAL}`]);
    await scanner.close();
  });

  test('a code whose last report does not come is refused after half a second, before the next one', async () => {
    const { clock, twin, scanner, heard } = await onBench();
    twin.faults.next({ after: 1, disturbance: { kind: 'slow', ms: 60_000 } });
    twin.show('y'.repeat(100));
    await clock.pass(501);
    expect(heard).toEqual(['refused: a code without its last report']);
    await scanner.close();
    twin.unplug();
  });

  test('a code that is held still is told once a second, in this form too', async () => {
    const { clock, twin, scanner, heard } = await onBench();
    for (let at = 0; at <= 1_000; at += 250) {
      twin.show(CREDENTIAL);
      await clock.pass(250);
    }
    expect(heard).toHaveLength(2);
    await scanner.close();
  });
});

describe('a scanner that types as a keyboard', () => {
  test('is refused, with what to set up, and nothing it types is read', async () => {
    const { clock, twin, scanner, heard } = await onBench('keyboard');
    expect(scanner.state).toBe('hardwareError');
    expect(scanner.lastFault).toMatchObject({ fault: 'hardwareError' });
    expect(scanner.lastFault?.detail).toMatch(/keyboard.*HID-POS.*CDC/);
    twin.show(CREDENTIAL);
    await clock.pass(60_000);
    expect(heard).toEqual([]);
    expect(scanner.state).toBe('hardwareError');
    await scanner.close();
  });

  test('works as soon as its set-up sheet was shown to it', async () => {
    const { clock, twin, scanner, heard } = await onBench('keyboard');
    twin.showSetUpSheet('hidPos');
    await clock.pass(5_000);
    expect(scanner.state).toBe('online');
    expect(scanner.lastFault).toBeUndefined();
    twin.show(CREDENTIAL);
    expect(heard).toEqual([`eCredential ]Q1 ${CREDENTIAL}`]);
    await scanner.close();
    expect(clock.waiting).toBe(0);
  });

  test('is unplugged like any other', async () => {
    const { clock, twin, scanner } = await onBench('keyboard');
    twin.unplug();
    await clock.pass(5_000);
    expect(scanner.state).toBe('powerOff');
    await scanner.close();
  });
});

test('a line scanner that is set to send the AIM identifier reads the same codes', async () => {
  const clock = new ManualClock();
  const twin = new SimCodeScanner();
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const scanner = openCodeScanner({ id: 'code-scanner', address: 'serial:/dev/ttyACM0', bus, clock });
  const heard: string[] = [];
  scanner.onScannerEvent((event) => {
    if (event.event === 'codeRead') heard.push(`${event.kind} ${event.symbology} ${event.text.reveal()}`);
  });
  await clock.drain();
  twin.show(`]Q1${CREDENTIAL}`);
  expect(heard).toEqual([`eCredential ]Q1 ${CREDENTIAL}`]);
  await scanner.close();
});
