/**
 * A byte link in the form that the supervisor takes.
 *
 * One promise: it is one attempt; the supervisor alone tries again.
 */
import type { ByteLink, DeviceBus } from '../ports.ts';
import type { Opened } from '../supervisor.ts';

export async function openSupervisedLink(
  { bus, address }: { readonly bus: Pick<DeviceBus, 'openByteLink'>; readonly address: string },
  signal: AbortSignal,
): Promise<Opened<ByteLink>> {
  const link = await bus.openByteLink(address, signal);
  return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
}
