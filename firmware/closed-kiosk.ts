/** The screen of a kiosk that could not be started because its books can't be used: S-OUT, and who helps. */
import type { KioskOptions } from './kiosk.ts';
import type { OutOfService } from './out-of-service.ts';
import { reasons } from './reasons.ts';
import { verifyPack } from './region/packs.ts';
import { ScreenHub } from './screen/screen-hub.ts';

/** @throws PackRefusedError when the region pack is not what two people signed. */
export function closedScreen(
  { world, config, pack, trust }: Pick<KioskOptions, 'world' | 'config' | 'pack' | 'trust'>,
  { reason }: OutOfService,
): ScreenHub {
  const { helpWindow, phone } = config.hospital;
  const { insurancePhone } = verifyPack(pack.profile, pack.signatures, trust).texts;
  const screen = new ScreenHub({
    clock: world.clock,
    help: { window: helpWindow, hospitalPhone: phone, insurancePhone },
  });
  screen.show({ name: 'S-OUT', reason, staffCode: reasons[reason].staffCode });
  return screen;
}
