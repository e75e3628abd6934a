/**
 * One line of `ip -o monitor label link address route neigh` (iproute2).
 *
 * The text is used because `ip -json monitor` of iproute2 6.1 prints text too. One
 * promise: whatever the line is, it is at least known that something may have
 * changed; only a line that is understood whole names an interface.
 */

import type { NetNeighbour, NetRoute } from '../ports.ts';

/** Longest line that is looked at, characters. */
export const LONGEST_MONITOR_LINE = 2_048;

export type MonitorLine =
  | {
      readonly kind: 'link';
      readonly deleted: boolean;
      readonly index: number;
      readonly name: string;
      readonly up: boolean;
      readonly carrier: boolean;
      readonly mac: string;
    }
  /** Names in these lines may be from before a renaming; the index is right. */
  | { readonly kind: 'address'; readonly deleted: boolean; readonly index: number; readonly address: string }
  | { readonly kind: 'route'; readonly deleted: boolean; readonly route: NetRoute }
  | { readonly kind: 'neighbour'; readonly deleted: boolean; readonly neighbour: NetNeighbour }
  /** A route over several ways, or what a later iproute2 may say. */
  | { readonly kind: 'other' };

/** `[LINK]3: veth0@veth1: <NO-CARRIER,BROADCAST,UP> mtu 1500 … \    link/ether ce:d3:… brd …`; names have up to 15 bytes. */
const LINK =
  /^\[LINK\](Deleted )?(\d{1,9}): ([^\s/:@]{1,15})(?:@[^\s/:@]{1,15})?: <([A-Z0-9_,-]*)>[^\\]*(?:\\ +link\/\S+ ([0-9a-f:]+))?/;
/** `[ADDR]3: veth0    inet 192.0.2.2/24 scope global veth0\ …` */
const ADDRESS =
  /^\[ADDR\](Deleted )?(\d{1,9}): [^\s/:@]{1,15} +inet6? ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?(\/\d{1,3})?(?: |$)/;
/** `[ROUTE]198.51.100.0/24 via 192.0.2.1 dev veth0 table 100 `, `[ROUTE]Deleted local 192.0.2.9 dev veth0 table local …` */
const ROUTE =
  /^\[ROUTE\](Deleted )?(?:(?:local|broadcast|multicast|anycast|unicast) )?(default|[0-9a-f.:]+(?:\/\d{1,3})?)(?: via ([0-9a-f.:]+))? dev ([^\s/:@]{1,15}) (?:table (\w{1,32}) )?(?!.*nexthop)/;
/** `[NEIGH]192.0.2.1 dev veth0 lladdr 02:00:00:00:00:01 PERMANENT ` */
const NEIGHBOUR = /^\[NEIGH\](Deleted )?([0-9a-f.:]+) dev ([^\s/:@]{1,15}) lladdr ([0-9a-f:]+) /;

export function parseMonitorLine(line: string): MonitorLine {
  if (line.length > LONGEST_MONITOR_LINE) return { kind: 'other' };
  const link = LINK.exec(line);
  if (link) {
    const [, deleted, index, name = '', flags = '', mac = ''] = link;
    const words = flags.split(',');
    const up = words.includes('UP');
    return {
      kind: 'link',
      deleted: deleted !== undefined,
      index: Number(index),
      name,
      up,
      carrier: up && words.includes('LOWER_UP') && !words.includes('NO-CARRIER'),
      mac,
    };
  }
  const address = ADDRESS.exec(line);
  if (address) {
    const [, deleted, index, host = '', prefix = host.includes(':') ? '/128' : '/32'] = address;
    return { kind: 'address', deleted: deleted !== undefined, index: Number(index), address: `${host}${prefix}` };
  }
  return parseRoute(line) ?? parseNeighbour(line) ?? { kind: 'other' };
}

function parseRoute(line: string): MonitorLine | undefined {
  const match = ROUTE.exec(line);
  if (!match) return undefined;
  const [, deleted, destination = '', gateway, name = '', table = 'main'] = match;
  return { kind: 'route', deleted: deleted !== undefined, route: { destination, gateway, interface: name, table } };
}

function parseNeighbour(line: string): MonitorLine | undefined {
  const match = NEIGHBOUR.exec(line);
  if (!match) return undefined;
  const [, deleted, address = '', name = '', mac = ''] = match;
  return { kind: 'neighbour', deleted: deleted !== undefined, neighbour: { address, interface: name, mac } };
}
