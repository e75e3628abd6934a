/**
 * What one kiosk is told about itself and its site: who it is, where its
 * parties are, which devices it has. Rules of the place are not here (region profile).
 */
import type { DeviceMap } from './device-map.ts';

export interface KioskConfig {
  readonly kioskId: string;
  readonly hospital: {
    /** 定点医药机构编号 `fixmedins_code`, `H` + 11 digits. */
    readonly institutionCode: string;
    readonly institutionName: string;
    /** `mdtrtarea_admvs`, six digits. */
    readonly areaCode: string;
    readonly helpWindow: string;
    readonly phone: string;
  };
  readonly insurance: {
    readonly url: string;
    /** `x-tif-paasid` and its token. */
    readonly callerId: string;
    readonly callerToken: string;
    /**
     * This kiosk's own slice of the four-digit message sequence (0–9999). All kiosks of one hospital
     * send under one institution code, so slices must not overlap; the first half of a slice numbers
     * money (2207, 2208), the second half everything else.
     */
    readonly messageSequence: { readonly first: number; readonly last: number };
  };
  readonly hospitalGateway: { readonly url: string; readonly token: string };
  readonly paymentGateway: { readonly url: string; readonly token: string; readonly merchantId: string };
  /** `undefined` = no fleet. */
  readonly broker: { readonly url: string; readonly group: string } | undefined;
  readonly devices: DeviceMap;
  /** Loopback port of the patient screen; 0 = any free one. */
  readonly screenPort: number;
}
