/**
 * The kiosk's network on the bench: one socket with its cable, and whatever hands add to it.
 *
 * One promise: everything is seen at once, also what is gone again at once; the
 * gateway on the line is a machine with a MAC of its own.
 */
import type { NetEvents, NetInterface, NetNeighbour, NetRoute, Unsubscribe } from '../../../drivers/ports.ts';

export interface VirtualNetworkOptions {
  /** Name of the one interface. Default: `eth0`. */
  readonly name?: string;
  /** Default: `192.0.2.10/24`. */
  readonly address?: string;
  /** Default: `192.0.2.1`. */
  readonly gateway?: string;
}

const GATEWAY_MAC = '02:00:5e:10:00:01';

export class VirtualNetwork implements NetEvents {
  readonly #listeners = new Set<(interfaces: readonly NetInterface[]) => void>();
  readonly #name: string;
  readonly #gateway: string;
  #interfaces: NetInterface[];
  #routes: NetRoute[];
  #neighbours: NetNeighbour[];
  #lastIndex = 2;

  constructor({ name = 'eth0', address = '192.0.2.10/24', gateway = '192.0.2.1' }: VirtualNetworkOptions = {}) {
    this.#name = name;
    this.#gateway = gateway;
    this.#interfaces = [
      { name: 'lo', index: 1, up: true, carrier: true, mac: '00:00:00:00:00:00', addresses: ['127.0.0.1/8'] },
      { name, index: 2, up: true, carrier: true, mac: '02:00:5e:10:00:10', addresses: [address] },
    ];
    this.#routes = [
      { destination: 'default', gateway, interface: name, table: 'main' },
      { destination: networkOf(address), gateway: undefined, interface: name, table: 'main' },
    ];
    this.#neighbours = [{ address: gateway, interface: name, mac: GATEWAY_MAC }];
  }

  /** Takes the kiosk's own cable out of its socket. Routes of the line go with it. */
  pull(): void {
    this.#change(this.#name, { carrier: false });
    this.#neighbours = this.#neighbours.filter((one) => one.interface !== this.#name);
    this.#tell();
  }

  putBack(): void {
    this.#change(this.#name, { carrier: true });
    this.#neighbours = [...this.#neighbours, { address: this.#gateway, interface: this.#name, mac: GATEWAY_MAC }];
    this.#tell();
  }

  /** A second way out: a cable in the second socket, a phone, a 4G stick. It gets an address and a default route. */
  plugSecondCable(name = 'eth1', address = '198.51.100.7/24', gateway = '198.51.100.1'): void {
    this.#lastIndex += 1;
    const mac = `02:00:5e:20:00:${String(this.#lastIndex).padStart(2, '0')}`;
    const added: NetInterface = { name, index: this.#lastIndex, up: true, carrier: false, mac, addresses: [] };
    this.#interfaces = [...this.#interfaces, added];
    this.#tell();
    this.#change(name, { carrier: true, addresses: [address] });
    this.#routes = [...this.#routes, { destination: 'default', gateway, interface: name, table: 'main' }];
    this.#tell();
  }

  pullSecondCable(name = 'eth1'): void {
    this.#interfaces = this.#interfaces.filter((one) => one.name !== name);
    this.#routes = this.#routes.filter((one) => one.interface !== name);
    this.#tell();
  }

  /** An interface that is gone again before anybody could look. */
  flash(name = 'usb0'): void {
    this.#lastIndex += 1;
    const added: NetInterface = { name, index: this.#lastIndex, up: false, carrier: false, mac: '', addresses: [] };
    this.#interfaces = [...this.#interfaces, added];
    this.#tell();
    this.pullSecondCable(name);
  }

  /** A second address on the same cable. */
  addAddress(address: string): void {
    const own = this.#interfaces.find(({ name }) => name === this.#name);
    this.#change(this.#name, { addresses: [...(own?.addresses ?? []), address] });
    this.#tell();
  }

  /** Somebody else answers for the gateway: the kiosk was moved, or is lied to. */
  swapGateway(mac = '02:00:5e:66:66:66'): void {
    this.#neighbours = this.#neighbours.map((one) => (one.address === this.#gateway ? { ...one, mac } : one));
    this.#tell();
  }

  interfaces(): readonly NetInterface[] {
    return this.#interfaces;
  }

  routes(): readonly NetRoute[] {
    return this.#routes;
  }

  neighbours(): readonly NetNeighbour[] {
    return this.#neighbours;
  }

  onChanged(listener: (interfaces: readonly NetInterface[]) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }

  #change(name: string, what: Partial<NetInterface>): void {
    this.#interfaces = this.#interfaces.map((one) => (one.name === name ? { ...one, ...what } : one));
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener(this.#interfaces);
  }
}

/** `192.0.2.10/24` → `192.0.2.0/24`; only for the whole-byte masks of the bench. */
function networkOf(address: string): string {
  const [host = '', prefix = '24'] = address.split('/');
  const bytes = Number(prefix) / 8;
  const parts = host.split('.').map((part, at) => (at < bytes ? part : '0'));
  return `${parts.join('.')}/${prefix}`;
}
