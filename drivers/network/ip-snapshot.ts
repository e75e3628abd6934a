/**
 * The three JSON lines of `ip -json -batch -` with `addr show`, `route show table all`
 * and `neigh show`, as the port's words.
 *
 * One promise: text of another shape is `undefined`, never half a picture.
 */
import type { NetInterface, NetNeighbour, NetRoute } from '../ports.ts';

export const SNAPSHOT_COMMANDS = 'addr show\nroute show table all\nneigh show\n';
/** A machine with more of anything is no kiosk; a picture that had to be cut is refused. */
const MOST = 4_096;

export interface NetSnapshot {
  readonly interfaces: readonly NetInterface[];
  readonly routes: readonly NetRoute[];
  readonly neighbours: readonly NetNeighbour[];
}

type Fields = Readonly<Record<string, unknown>>;

export function parseSnapshot(text: string): NetSnapshot | undefined {
  const [links, routes, neighbours] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .map(listOf);
  if (!links || !routes || !neighbours) return undefined;
  return {
    interfaces: links.flatMap((link) => interfaceOf(link) ?? []),
    routes: routes.map((route) => ({
      destination: word(route['dst']) || 'default',
      gateway: word(route['gateway']) || undefined,
      interface: word(route['dev']),
      table: word(route['table']) || 'main',
    })),
    neighbours: neighbours
      .filter((one) => word(one['lladdr']) !== '')
      .map((one) => ({ address: word(one['dst']), interface: word(one['dev']), mac: word(one['lladdr']) })),
  };
}

function interfaceOf(link: Fields): NetInterface | undefined {
  const { ifindex: index, flags, addr_info: addresses } = link;
  const name = word(link['ifname']);
  if (typeof index !== 'number' || name === '') return undefined;
  const words: readonly unknown[] = Array.isArray(flags) ? flags : [];
  const up = words.includes('UP');
  return {
    name,
    index,
    up,
    carrier: up && words.includes('LOWER_UP') && !words.includes('NO-CARRIER'),
    mac: word(link['address']),
    addresses: (Array.isArray(addresses) ? addresses : [])
      .filter((one): one is Fields => typeof one === 'object' && one !== null && 'local' in one)
      .map((one) => `${word(one['local'])}/${typeof one['prefixlen'] === 'number' ? one['prefixlen'] : ''}`)
      .sort(),
  };
}

function listOf(line: string): readonly Fields[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length > MOST) return undefined;
  return value.filter((one): one is Fields => typeof one === 'object' && one !== null);
}

/** Words of the kernel, cut to a length that no name or address has. */
function word(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 64) : '';
}
