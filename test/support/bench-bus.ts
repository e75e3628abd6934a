/**
 * A device bus with only what a test plugs in: everything else is not there.
 */
import { type DeviceBus, LinkLostError } from '../../drivers/ports.ts';

export function busWith(plugged: Partial<DeviceBus>): DeviceBus {
  const nothing = (): Promise<never> => Promise.reject(new LinkLostError('no such device on this bench'));
  return { openByteLink: nothing, openCardSlot: nothing, openHidLink: nothing, openFrameSource: nothing, ...plugged };
}
