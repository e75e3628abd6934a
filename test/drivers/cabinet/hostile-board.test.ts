/** A board, or what is plugged in where it should be, that says what no board says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onBench, pass, settle } from './cabinet-bench.ts';

test('noise of any kind while it works: the truth is told again within three seconds, or the board is set up anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 4 }),
      async (noise) => {
        const { clock, twin, cabinet } = await onBench();
        for (const bytes of noise) twin.garbage(bytes);
        await settle(clock);
        twin.openDoor('paper');
        await pass(clock, 6_000);
        expect(cabinet.state).toBe('online');
        expect(cabinet.status().doors).toEqual({ service: 'closed', paper: 'open' });
        expect(cabinet.status().tamperSensor).toBe('off');
        expect(twin.relays()['printerPower']).toBe(true);
        await cabinet.close();
        expect(clock.waiting).toBe(0);
      },
    ),
    { numRuns: 40 },
  );
});

test('a forged level of all contacts is an alarm, and is taken back by the next question', async () => {
  const { clock, twin, cabinet, heard } = await onBench();
  heard.length = 0;
  // Port 3 is pins 24 to 31: everything high.
  twin.garbage(Uint8Array.of(0x93, 0x7f, 0x01));
  await settle(clock);
  expect(cabinet.status()).toMatchObject({ tamperSensor: 'on', seismicSensor: 'on' });
  await pass(clock, 3_500);
  expect(cabinet.status()).toMatchObject({ tamperSensor: 'off', seismicSensor: 'off' });
});

test('a stream of noise without end is no board: it is let go, and tried again', async () => {
  const { clock, twin, cabinet } = await onBench();
  for (let sent = 0; sent < 20; sent += 1) twin.garbage(new Uint8Array(1_000).fill(0x33));
  await settle(clock);
  expect(cabinet.state).toBe('powerOff');
  expect(cabinet.lastFault?.detail).toContain('noise');
  await pass(clock, 1_000);
  expect(cabinet.state).toBe('online');
});

test('a message that is never ended holds four kilobytes and no more, and the board is heard afterwards', async () => {
  const { clock, twin, cabinet } = await onBench();
  twin.garbage(Uint8Array.of(0xf0));
  for (let sent = 0; sent < 12; sent += 1) twin.garbage(new Uint8Array(1_000).fill(0x11));
  await settle(clock);
  twin.press();
  await pass(clock, 2_500);
  expect(cabinet.state).toBe('online');
  expect(cabinet.status().operatorCallButtonSensor).toBe('on');
});

test('a firmware name is cut and holds nothing but printable letters', async () => {
  const { cabinet } = await onBench({ firmware: `\u001b[2J医站${'x'.repeat(60)}` });
  expect(cabinet.state).toBe('online');
  expect(cabinet.identity).toMatch(/^\[2J[\x20-\x7e]{1,60}$/);
});
