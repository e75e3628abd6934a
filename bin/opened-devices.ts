/** The devices of a site file on this machine, opened without a kiosk: for doctor and for benches. */
import { randomBytes } from 'node:crypto';
import { createDeviceBus } from '../drivers/bus.ts';
import { KernelNetEvents } from '../drivers/network/kernel-net-events.ts';
import { systemClock } from '../drivers/system-clock.ts';
import { readSite } from '../firmware/config/read-config.ts';
import { type KioskDevices, openDevices } from '../firmware/kiosk-devices.ts';

export interface OpenedDevices {
  readonly devices: KioskDevices;
  close(): Promise<void>;
}

/** @throws SiteError */
export function openedDevices(siteText: string): OpenedDevices {
  const { config } = readSite(siteText);
  const bus = createDeviceBus({ clock: systemClock });
  const { network: row } = config.devices;
  const network = row && { network: new KernelNetEvents({ ...row, clock: systemClock }) };
  const random = { bytes: (count: number) => randomBytes(count) };
  const devices = openDevices({ bus, clock: systemClock, random, ...network }, config);
  return {
    devices,
    close: async () => {
      for (const device of devices.all) await device.close();
      await bus.close();
    },
  };
}
