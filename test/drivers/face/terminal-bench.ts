/** The platform's face check on its terminal's twin, with the platform's desk behind it, in virtual time. */
import { onTestFinished } from 'vitest';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { LineFaceTerminal } from '../../../drivers/face/line-face-terminal.ts';
import { PlatformBiometric } from '../../../drivers/face/platform-biometric.ts';
import { Secret } from '../../../drivers/secret.ts';
import { VirtualFaceTerminal } from '../../../hardware-sim/devices/face-terminal/virtual-face-terminal.ts';
import { FaceAuthDesk } from '../../../hardware-sim/parties/people/face-auth-desk.ts';
import { PATIENTS, type Patient } from '../../../hardware-sim/parties/people/patients.ts';
import { SeededStream } from '../../../hardware-sim/parties/seeded-stream.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const [ZHANG, LI] = PATIENTS as readonly [Patient, Patient];
export const LONGEST_MS = 8_000;

export async function onTerminalBench() {
  const clock = new ManualClock();
  const desk = new FaceAuthDesk(clock, new SeededStream(1, 'face-desk'));
  const twin = new VirtualFaceTerminal({ clock, desk });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const terminal = new LineFaceTerminal({ address: 'sim:terminal', bus, clock, institutionCode: 'H33010000001' });
  const random = new SeededRandom(1, 'face');
  const face = new PlatformBiometric({ id: 'face', terminal, clock, random, attemptsPerSession: 9 });
  onTestFinished(() => face.close());
  await clock.pass(500);
  const asked = (patient = ZHANG) => ({
    sessionId: 'ses_1',
    consent: new FaceConsent({ sessionId: 'ses_1', purpose: 'platformFaceCheck', givenAtMs: clock.monotonicMs() }),
    reference: { kind: 'platformSubject', subject: new Secret(patient.identityNumber.toLowerCase()) } as const,
  });
  const verify = async (patient = ZHANG, ms = LONGEST_MS) => {
    const checking = face.verify(asked(patient), { timeoutMs: ms });
    await clock.pass(ms + 100);
    return checking;
  };
  return { clock, desk, twin, terminal, face, asked, verify };
}
