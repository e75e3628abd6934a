/** The staff's key where the device map names its slot and somebody whose keys are trusted. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { KioskDevices } from '../kiosk-devices.ts';
import type { World } from '../ports.ts';
import { StaffKey } from './staff-key.ts';

export function staffKeyOf(
  { personToken: token }: Pick<KioskDevices, 'personToken'>,
  { devices }: Pick<KioskConfig, 'devices'>,
  { clock, random }: Pick<World, 'clock' | 'random'>,
): StaffKey | undefined {
  const roots = devices.personToken?.roots ?? [];
  return token && roots.length > 0 ? new StaffKey({ token, roots, clock, random }) : undefined;
}
