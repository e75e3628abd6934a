/** Reconciliation on a kiosk's data folder and site file, for whoever does not want to wait for the night. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../drivers/system-clock.ts';
import type { Site } from '../firmware/config/read-config.ts';
import { HttpHospitalGateway } from '../firmware/hospital/http-hospital-gateway.ts';
import { MessageIds } from '../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../firmware/insurance/national-platform.ts';
import { HttpPaymentGateway } from '../firmware/payment/http-payment-gateway.ts';
import type { Store } from '../firmware/ports.ts';
import { openReconciliation } from '../firmware/reconciliation/open-reconciliation.ts';
import type { Reconciliation } from '../firmware/reconciliation/reconciliation.ts';
import { loadProfile } from '../firmware/region/packs.ts';
import { loadDeviceKey } from '../firmware/world/device-key.ts';
import { NodeHttp } from '../firmware/world/node-http.ts';
import { terminalAddress } from '../firmware/world/terminal-address.ts';

export interface AtSite {
  readonly reconciliation: Reconciliation;
  close(): void;
}

/** @throws PackRefusedError when the rules of the place are not what two people signed. */
export function reconcileAtSite(store: Store, dataFolder: string, { config, trust }: Site): AtSite {
  const profile = loadProfile(join(dataFolder, 'packs', 'region'), trust);
  const clock = systemClock;
  const http = new NodeHttp({ clock });
  const random = { bytes: (count: number) => randomBytes(count) };
  const { institutionCode } = config.hospital;
  const messageIds = new MessageIds({ institutionCode, slice: config.insurance.messageSequence, clock, random });
  const terminal = terminalAddress();
  const insurance = new NationalInsurancePlatform({ http, clock, random, config, profile, messageIds, terminal });
  const reconciliation = openReconciliation({
    store,
    sealingKey: loadDeviceKey(dataFolder),
    insurance,
    hospital: new HttpHospitalGateway({ http, gateway: config.hospitalGateway }),
    payment: new HttpPaymentGateway({ http, gateway: config.paymentGateway }),
    ...{ clock, config, profile },
  });
  return { reconciliation, close: () => http.close() };
}
