/**
 * The four things that a settlement terminal must have (SZ-266a): 密码键盘, and readers for 医保码, 身份证 and 社保卡, each
 * there and certified.
 *
 * One promise: a reader counts as certified only while the certificate that the site file names for it has not ended.
 */
import type { DeviceReport } from './run-self-tests.ts';

export const WAYS_IN = ['pinPad', 'insuranceCode', 'identityCard', 'socialSecurityCard'] as const;
export type WayIn = (typeof WAYS_IN)[number];

const CLASS_OF: Readonly<Record<WayIn, string>> = {
  pinPad: 'pinPad',
  insuranceCode: 'codeScanner',
  identityCard: 'idCardReader',
  socialSecurityCard: 'cardReader',
};

export interface WayInReport {
  readonly way: WayIn;
  /** The device behind it; `null` when the site file names none. */
  readonly device: string | null;
  /** It is connected and its self-test found nothing wrong. */
  readonly present: boolean;
  readonly certified: 'yes' | 'ended' | 'notStated';
}

export function waysIn(devices: readonly DeviceReport[]): readonly WayInReport[] {
  return WAYS_IN.map((way) => {
    const device = devices.find((one) => one.class === CLASS_OF[way]);
    const present = device?.state === 'online' && device.selfTest.result !== 'failed';
    return { way, device: device?.id ?? null, present, certified: certifiedBy(device) };
  });
}

function certifiedBy(device: DeviceReport | undefined): WayInReport['certified'] {
  if (!device?.certificate) return 'notStated';
  return device.certificate.inForce ? 'yes' : 'ended';
}
