/**
 * The network as it is known now: lines of the monitor folded in at once, whole looks over them.
 *
 * One promise: every difference is seen once, and an interface that came and went
 * between two looks was there in between.
 */
import type { NetInterface, NetNeighbour, NetRoute } from '../ports.ts';
import type { MonitorLine } from './ip-monitor-line.ts';
import type { NetSnapshot } from './ip-snapshot.ts';

const MOST_INTERFACES = 4_096;
const MOST_ADDRESSES = 256;
const MOST_OTHERS = 4_096;

export class NetPicture {
  #interfaces: readonly NetInterface[] = [];
  #routes: readonly NetRoute[] = [];
  #neighbours: readonly NetNeighbour[] = [];

  get interfaces(): readonly NetInterface[] {
    return this.#interfaces;
  }

  get routes(): readonly NetRoute[] {
    return this.#routes;
  }

  get neighbours(): readonly NetNeighbour[] {
    return this.#neighbours;
  }

  /** → whether anything is different now */
  replace({ interfaces, routes, neighbours }: NetSnapshot): boolean {
    const before = JSON.stringify([this.#interfaces, this.#routes, this.#neighbours]);
    this.#interfaces = interfaces;
    this.#routes = inOrder(routes);
    this.#neighbours = inOrder(neighbours);
    return JSON.stringify([interfaces, this.#routes, this.#neighbours]) !== before;
  }

  /** → whether anything is different now */
  fold(line: MonitorLine): boolean {
    switch (line.kind) {
      case 'other':
        return false;
      case 'route': {
        const others = this.#routes.filter((one) => JSON.stringify(one) !== JSON.stringify(line.route));
        const before = this.#routes;
        this.#routes = line.deleted ? others : withOne(others, line.route);
        return this.#routes.length !== before.length;
      }
      case 'neighbour': {
        const { address, interface: name } = line.neighbour;
        const others = this.#neighbours.filter((one) => one.address !== address || one.interface !== name);
        const before = JSON.stringify(this.#neighbours);
        this.#neighbours = line.deleted ? others : withOne(others, line.neighbour);
        return JSON.stringify(this.#neighbours) !== before;
      }
      default:
        return this.#foldInterface(line);
    }
  }

  #foldInterface(line: Extract<MonitorLine, { kind: 'link' | 'address' }>): boolean {
    const known = this.#interfaces.find(({ index }) => index === line.index);
    if (line.kind === 'link') {
      if (line.deleted) return this.#remove(known);
      const { name, index, up, carrier, mac } = line;
      return this.#put(known, {
        name,
        index,
        up,
        carrier,
        mac: mac || (known?.mac ?? ''),
        addresses: known?.addresses ?? [],
      });
    }
    if (!known) return false;
    const others = known.addresses.filter((address) => address !== line.address);
    if (line.deleted) return this.#put(known, { ...known, addresses: others });
    if (others.length < known.addresses.length || others.length >= MOST_ADDRESSES) return false;
    return this.#put(known, { ...known, addresses: [...others, line.address].sort() });
  }

  #remove(known: NetInterface | undefined): boolean {
    if (!known) return false;
    this.#interfaces = this.#interfaces.filter((one) => one !== known);
    return true;
  }

  #put(known: NetInterface | undefined, now: NetInterface): boolean {
    if (known && JSON.stringify(known) === JSON.stringify(now)) return false;
    if (!known && this.#interfaces.length >= MOST_INTERFACES) return false;
    this.#interfaces = known ? this.#interfaces.map((one) => (one === known ? now : one)) : [...this.#interfaces, now];
    return true;
  }
}

/** Lines and looks list them in different orders; here they have one. */
function inOrder<Item>(list: readonly Item[]): readonly Item[] {
  return [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function withOne<Item>(others: readonly Item[], one: Item): readonly Item[] {
  return others.length >= MOST_OTHERS ? others : inOrder([...others, one]);
}
