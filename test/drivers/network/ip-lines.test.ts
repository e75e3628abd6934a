/** Lines and pictures as iproute2 6.1.0 printed them on a Debian 12 machine, in a network namespace. */
import { describe, expect, test } from 'vitest';
import { parseMonitorLine } from '../../../drivers/network/ip-monitor-line.ts';
import { parseSnapshot } from '../../../drivers/network/ip-snapshot.ts';
import { NetPicture } from '../../../drivers/network/net-picture.ts';
import { VirtualNetwork } from '../../../hardware-sim/devices/network/virtual-network.ts';

const UP = String.raw`[LINK]3: veth0@veth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default \    link/ether ce:d3:ce:d0:00:30 brd ff:ff:ff:ff:ff:ff`;
const NO_CARRIER = String.raw`[LINK]3: veth0@veth1: <NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN> mtu 1500 qdisc noqueue state LOWERLAYERDOWN group default \    link/ether ce:d3:ce:d0:00:30 brd ff:ff:ff:ff:ff:ff`;
const GONE = String.raw`[LINK]Deleted 3: wan0@NONE: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default \    link/ether ce:d3:ce:d0:00:30 brd ff:ff:ff:ff:ff:ff`;
const LO = String.raw`[LINK]1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default \    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00`;
const ADDRESS = String.raw`[ADDR]3: veth0    inet 192.0.2.9/24 scope global secondary veth0\       valid_lft forever preferred_lft forever`;
const ADDRESS_GONE = String.raw`[ADDR]Deleted 3: veth0    inet 192.0.2.9/24 scope global secondary veth0\       valid_lft forever preferred_lft forever`;
const ADDRESS_6 = String.raw`[ADDR]3: veth0    inet6 2001:db8::1/64 scope global nodad \       valid_lft forever preferred_lft forever`;

describe('a line of the monitor', () => {
  const link = { kind: 'link', deleted: false, index: 3, name: 'veth0', mac: 'ce:d3:ce:d0:00:30' };
  test.each<[string, string, object]>([
    ['a link with its cable', UP, { ...link, up: true, carrier: true }],
    ['a link without', NO_CARRIER, { ...link, up: true, carrier: false }],
    ['a link that is gone', GONE, { ...link, name: 'wan0', deleted: true, up: false, carrier: false }],
    [
      'the loopback',
      LO,
      { kind: 'link', deleted: false, index: 1, name: 'lo', up: true, carrier: true, mac: '00:00:00:00:00:00' },
    ],
    ['an address', ADDRESS, { kind: 'address', deleted: false, index: 3, address: '192.0.2.9/24' }],
    ['an address that is gone', ADDRESS_GONE, { kind: 'address', deleted: true, index: 3, address: '192.0.2.9/24' }],
    ['an address of version 6', ADDRESS_6, { kind: 'address', deleted: false, index: 3, address: '2001:db8::1/64' }],
    [
      'a default route',
      '[ROUTE]default via 192.0.2.1 dev veth0 ',
      {
        kind: 'route',
        deleted: false,
        route: { destination: 'default', gateway: '192.0.2.1', interface: 'veth0', table: 'main' },
      },
    ],
    [
      'a route of another table',
      '[ROUTE]198.51.100.0/24 via 192.0.2.1 dev veth0 table 100 ',
      {
        kind: 'route',
        deleted: false,
        route: { destination: '198.51.100.0/24', gateway: '192.0.2.1', interface: 'veth0', table: '100' },
      },
    ],
    [
      'a local route that is gone',
      '[ROUTE]Deleted local 192.0.2.9 dev veth0 table local proto kernel scope host src 192.0.2.2 ',
      {
        kind: 'route',
        deleted: true,
        route: { destination: '192.0.2.9', gateway: undefined, interface: 'veth0', table: 'local' },
      },
    ],
    [
      'a neighbour',
      '[NEIGH]192.0.2.1 dev veth0 lladdr 02:00:00:00:00:01 PERMANENT ',
      {
        kind: 'neighbour',
        deleted: false,
        neighbour: { address: '192.0.2.1', interface: 'veth0', mac: '02:00:00:00:00:01' },
      },
    ],
    ['nothing', '', { kind: 'other' }],
    ['a line without end', UP.padEnd(3_000, 'x'), { kind: 'other' }],
  ])('%s', (_what, line, meaning) => expect(parseMonitorLine(line)).toEqual(meaning));

  test('an interface that came and went was there in between', () => {
    const picture = new NetPicture();
    expect(picture.fold(parseMonitorLine(UP))).toBe(true);
    expect(picture.interfaces).toMatchObject([{ name: 'veth0', carrier: true, addresses: [] }]);
    expect(picture.fold(parseMonitorLine(UP))).toBe(false);
    picture.fold(parseMonitorLine(ADDRESS));
    expect(picture.interfaces[0]?.addresses).toEqual(['192.0.2.9/24']);
    expect(picture.fold(parseMonitorLine(GONE))).toBe(true);
    expect(picture.interfaces).toEqual([]);
  });
});

test('a whole look: interfaces with their addresses, routes of all tables, the neighbours’ MACs', () => {
  const text = `[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK"],"mtu":65536,"operstate":"DOWN","address":"00:00:00:00:00:00","addr_info":[]},{"ifindex":3,"link":"veth1","ifname":"wan0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"address":"ce:d3:ce:d0:00:30","addr_info":[{"family":"inet","local":"192.0.2.2","prefixlen":24,"scope":"global"},{"family":"inet6","local":"2001:db8::1","prefixlen":64}]}]
[{"dst":"198.51.100.0/24","gateway":"192.0.2.1","dev":"wan0","table":"100","flags":[]},{"dst":"default","gateway":"192.0.2.1","dev":"wan0","flags":[]},{"type":"local","dst":"192.0.2.2","dev":"wan0","table":"local","flags":[]}]
[{"dst":"192.0.2.1","dev":"wan0","lladdr":"02:00:00:00:00:02","state":["PERMANENT"]},{"dst":"192.0.2.77","dev":"wan0","state":["FAILED"]}]
`;
  expect(parseSnapshot(text)).toEqual({
    interfaces: [
      { name: 'lo', index: 1, up: false, carrier: false, mac: '00:00:00:00:00:00', addresses: [] },
      {
        name: 'wan0',
        index: 3,
        up: true,
        carrier: true,
        mac: 'ce:d3:ce:d0:00:30',
        addresses: ['192.0.2.2/24', '2001:db8::1/64'],
      },
    ],
    routes: [
      { destination: '198.51.100.0/24', gateway: '192.0.2.1', interface: 'wan0', table: '100' },
      { destination: 'default', gateway: '192.0.2.1', interface: 'wan0', table: 'main' },
      { destination: '192.0.2.2', gateway: undefined, interface: 'wan0', table: 'local' },
    ],
    neighbours: [{ address: '192.0.2.1', interface: 'wan0', mac: '02:00:00:00:00:02' }],
  });
  for (let end = 0; end < text.length - 1; end += 1) expect(parseSnapshot(text.slice(0, end))).toBeUndefined();
});

describe('the network on the bench', () => {
  test('a second cable is seen before it has an address, and a flash is seen although it is gone', () => {
    const network = new VirtualNetwork();
    const seen: string[] = [];
    network.onChanged((interfaces) =>
      seen.push(interfaces.map(({ name, addresses }) => `${name} ${addresses}`).join(', ')),
    );
    network.plugSecondCable();
    network.pullSecondCable();
    network.flash();
    expect(seen).toEqual([
      'lo 127.0.0.1/8, eth0 192.0.2.10/24, eth1 ',
      'lo 127.0.0.1/8, eth0 192.0.2.10/24, eth1 198.51.100.7/24',
      'lo 127.0.0.1/8, eth0 192.0.2.10/24',
      'lo 127.0.0.1/8, eth0 192.0.2.10/24, usb0 ',
      'lo 127.0.0.1/8, eth0 192.0.2.10/24',
    ]);
  });

  test('a pulled cable has no carrier and no neighbours, and is as before when it is put back', () => {
    const network = new VirtualNetwork();
    const before = JSON.stringify([network.interfaces(), network.routes(), network.neighbours()]);
    network.pull();
    expect(network.interfaces()[1]).toMatchObject({ up: true, carrier: false });
    expect(network.neighbours()).toEqual([]);
    network.putBack();
    expect(JSON.stringify([network.interfaces(), network.routes(), network.neighbours()])).toBe(before);
    network.swapGateway();
    expect(network.neighbours()[0]?.mac).toBe('02:00:5e:66:66:66');
  });
});
