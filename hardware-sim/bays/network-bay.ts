/** The kiosk's network socket in the workbench: its cable, a second one, and who answers for the gateway. */
import { openIpDoor } from '../devices/network/ip-door.ts';
import { VirtualNetwork } from '../devices/network/virtual-network.ts';
import type { Bay } from './bay.ts';

export function networkBay(): Bay {
  const network = new VirtualNetwork();
  let cable = true;
  let second = false;
  let swapped = false;
  return {
    id: 'network',
    words: ['网络', 'Network'],
    lamp: () => {
      if (!cable) return 'unplugged';
      return second || swapped ? 'wrong' : 'well';
    },
    look: () =>
      network
        .interfaces()
        .filter(({ name }) => name !== 'lo')
        .map(({ name, carrier, addresses }) => ({
          words: [`网口 ${name}`, name] as const,
          value: carrier ? addresses.join(' ') || '—' : '—',
        })),
    hands: {
      pull: {
        words: ['拔网线', 'pull the cable'],
        look: 'breaks',
        can: () => cable,
        use: () => {
          cable = false;
          network.pull();
        },
      },
      putBack: {
        words: ['插网线', 'put the cable back'],
        look: 'mends',
        can: () => !cable,
        use: () => {
          cable = true;
          network.putBack();
        },
      },
      plugSecondCable: {
        words: ['插第二根网线', 'plug a second cable in'],
        look: 'breaks',
        can: () => !second,
        use: () => {
          second = true;
          network.plugSecondCable();
        },
      },
      pullSecondCable: {
        words: ['拔第二根网线', 'pull the second cable'],
        look: 'mends',
        can: () => second,
        use: () => {
          second = false;
          network.pullSecondCable();
        },
      },
      swapGateway: {
        words: ['冒充网关', 'somebody else answers for the gateway'],
        look: 'breaks',
        can: () => !swapped,
        use: () => {
          swapped = true;
          network.swapGateway();
        },
      },
    },
    open: async () => {
      const door = await openIpDoor(network);
      return { entry: { id: 'network', address: `ip:${door.program}` }, close: () => door.close() };
    },
  };
}
