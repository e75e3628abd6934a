/** A face module's driver on the module's twin, in virtual time. */
import { onTestFinished } from 'vitest';
import type { FaceEvent, VerifyRequest } from '../../../drivers/face/biometric.ts';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { ModuleBiometric, type ModuleBiometricOptions } from '../../../drivers/face/module-biometric.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { VirtualFaceModule } from '../../../hardware-sim/devices/face-module/virtual-face-module.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** Stands for a JPEG: the second byte says whose. */
export const photoOf = (who: 'jia' | 'yi' | 'nobody', length = 24): Uint8Array => {
  const photo = new Uint8Array(length).fill(0x55);
  photo.set([0xff, 0xd8, ['jia', 'yi'].indexOf(who)]);
  return photo;
};
const whose = (photo: Uint8Array): string | undefined => ['jia', 'yi'][photo[2] ?? 9];

export async function onModuleBench(options: Partial<ModuleBiometricOptions> = {}) {
  const clock = new ManualClock();
  const twin = new VirtualFaceModule({ clock, whose });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const face = new ModuleBiometric({ id: 'face', address: 'sim:face', bus, clock, ...options });
  const events: FaceEvent[] = [];
  face.onFaceEvent((event) => events.push(event));
  onTestFinished(() => face.close());
  await clock.pass(1_000);
  const consent = (sessionId = 'ses_1') =>
    new FaceConsent({ sessionId, purpose: 'matchWithIdPhoto', givenAtMs: clock.monotonicMs() });
  const request = (who: 'jia' | 'yi' | 'nobody' = 'jia', sessionId = 'ses_1'): VerifyRequest => ({
    sessionId,
    consent: consent(sessionId),
    reference: { kind: 'jpeg', photo: new WipeableBytes(photoOf(who)) },
  });
  const verify = async (asked: VerifyRequest = request(), ms = 30_000) => {
    let over = false;
    const checking = face.verify(asked, { timeoutMs: ms }).finally(() => {
      over = true;
    });
    for (let passed = 0; !over && passed < ms + 200; passed += 50) await clock.pass(50);
    return checking;
  };
  return { clock, twin, face, events, consent, request, verify };
}
