/** The addresses that the sign-in (9001) carries are this machine's own, or plainly nobody's. */
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { terminalAddress } from '../../../firmware/world/terminal-address.ts';

test('the sign-in names an address of this machine outside loopback, or the unspecified ones', () => {
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal);
  const { macAddress, ipAddress } = terminalAddress();
  expect([...own.map((address) => address.mac), '00:00:00:00:00:00']).toContain(macAddress);
  expect([...own.map((address) => address.address), '0.0.0.0']).toContain(ipAddress);
  expect(ipAddress.length).toBeLessThanOrEqual(20);
});
