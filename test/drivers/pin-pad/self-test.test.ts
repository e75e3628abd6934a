/** What a self-test may ask of key pad and identity-card reader. */
import { expect, test } from 'vitest';
import { onBench as idCardBench } from '../id-card-reader/id-card-bench.ts';
import { onBench as pinPadBench } from './pin-pad-bench.ts';

test('[part of SZ-266a] 密码键盘 and 身份证 reader each say who they are and whether they work; one without its cable leaves the other working', async () => {
  const { pad, twin, clock, ended } = await pinPadBench();
  const { reader, read } = await idCardBench();
  expect([pad.deviceClass, pad.state, pad.identity]).toEqual(['pinPad', 'online', 'ZT588 1.0-2.0 1234']);
  expect([reader.deviceClass, reader.state, reader.identity]).toEqual([
    'idCardReader',
    'online',
    '05.01-20200101-0000000001-0000000002',
  ]);
  twin.unplug();
  expect([pad.state, reader.state]).toEqual(['powerOff', 'online']);
  expect(pad.lastFault?.fault).toBe('deviceNotReady');
  expect(await pad.beep({ timeoutMs: 1_000 })).toMatchObject({ done: false, fault: 'deviceNotReady' });
  expect(await read()).toMatchObject({ done: false, fault: 'noMedia' });
  twin.plugIn();
  await clock.pass(1_000);
  expect(await ended(pad.beep({ timeoutMs: 1_000 }))).toEqual({ done: true, value: undefined });
});
