/**
 * The machine's own addresses as 9001 wants them (`mac`, `ip`): of the first interface that is not loopback.
 * The promise: an address that cannot be found is the unspecified one, never another machine's.
 */
import { networkInterfaces } from 'node:os';

export function terminalAddress(): { readonly macAddress: string; readonly ipAddress: string } {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal);
  const chosen = outside.find((address) => address.family === 'IPv4') ?? outside[0];
  return {
    macAddress: chosen?.mac ?? '00:00:00:00:00:00',
    // `ip` has 20 places: an IPv6 address does not fit.
    ipAddress: chosen?.family === 'IPv4' ? chosen.address : '0.0.0.0',
  };
}
