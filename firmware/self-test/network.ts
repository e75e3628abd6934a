/** The network's self-test: a cable is in, and the kiosk has an address on it. Nothing is sent. */
import type { NetEvents } from '../../drivers/ports.ts';
import { failed, passed, type SelfTest } from './self-test.ts';

export function testNetwork(network: NetEvents): SelfTest {
  const outside = network.interfaces().filter(({ name }) => name !== 'lo');
  if (outside.length === 0) return failed('The machine has no network interface.', 'Check its network card.');
  const carried = outside.filter(({ up, carrier }) => up && carrier);
  if (carried.length === 0) {
    const names = outside.map(({ name }) => name).join(', ');
    return failed(`No cable is in, or the other end is off (${names}).`, 'Plug the cable in; check the switch.');
  }
  const addressed = carried.filter(({ addresses }) => addresses.length > 0);
  if (addressed.length === 0) {
    return failed(
      `A cable is in ${carried.map(({ name }) => name).join(', ')}, but the kiosk has no address.`,
      'Ask the hospital’s network staff for this socket’s address.',
    );
  }
  const way = network.routes().some(({ destination }) => destination === 'default')
    ? ''
    : ' There is no default route.';
  return passed(`The kiosk’s network is carried by ${addressed.map(({ name }) => name).join(' and ')}.${way}`);
}
