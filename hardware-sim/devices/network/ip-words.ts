/**
 * What `ip` of iproute2 6.1 prints of a network, written from its output on a Debian 12 machine.
 *
 * Only what it prints of plain interfaces, routes and neighbours. One promise: a
 * picture is three lines of JSON, one for each command of the batch.
 */
import type { NetEvents, NetInterface } from '../../../drivers/ports.ts';

/** `ip -json -batch -` with `addr show`, `route show table all` and `neigh show`. */
export function ipPicture(network: NetEvents): string {
  const links = network.interfaces().map((one) => ({
    ifindex: one.index,
    ifname: one.name,
    flags: flagsOf(one),
    mtu: one.name === 'lo' ? 65_536 : 1_500,
    qdisc: 'mq',
    operstate: one.carrier ? 'UP' : 'DOWN',
    link_type: one.name === 'lo' ? 'loopback' : 'ether',
    address: one.mac,
    addr_info: one.addresses.map((address) => {
      const [local, prefix] = address.split('/');
      return { family: 'inet', local, prefixlen: Number(prefix), scope: 'global', label: one.name };
    }),
  }));
  const routes = network.routes().map(({ destination: dst, gateway, interface: dev, table }) => ({
    ...{ dst, ...(gateway === undefined ? {} : { gateway }), dev, ...(table === 'main' ? {} : { table }), flags: [] },
  }));
  const neighbours = network
    .neighbours()
    .map(({ address: dst, interface: dev, mac: lladdr }) => ({ dst, dev, lladdr, state: ['REACHABLE'] }));
  return `${[links, routes, neighbours].map((list) => JSON.stringify(list)).join('\n')}\n`;
}

/** `ip -o monitor label link …`: a line for each interface that is new, different or gone. */
export function monitorLines(before: readonly NetInterface[], after: readonly NetInterface[]): string {
  const said = after.filter((one) => !before.some((other) => JSON.stringify(other) === JSON.stringify(one)));
  const gone = before.filter(({ index }) => !after.some((one) => one.index === index));
  // Routes and neighbours may differ although no link does: the driver looks whenever a line comes.
  const lines = [...said.map((one) => linkLine(one, '')), ...gone.map((one) => linkLine(one, 'Deleted '))];
  return `${(lines.length > 0 ? lines : after.slice(0, 1).map((one) => linkLine(one, ''))).join('\n')}\n`;
}

function linkLine(one: NetInterface, deleted: string): string {
  const state = one.carrier ? 'UP' : 'DOWN';
  const kind = one.name === 'lo' ? 'loopback' : 'ether';
  return (
    `[LINK]${deleted}${one.index}: ${one.name}: <${flagsOf(one).join(',')}> mtu 1500 qdisc mq state ${state} ` +
    `group default qlen 1000\\    link/${kind} ${one.mac} brd ff:ff:ff:ff:ff:ff`
  );
}

function flagsOf({ name, up, carrier }: NetInterface): readonly string[] {
  const kind = name === 'lo' ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST'];
  if (!up) return kind;
  return carrier ? [...kind, 'UP', 'LOWER_UP'] : ['NO-CARRIER', ...kind, 'UP'];
}
