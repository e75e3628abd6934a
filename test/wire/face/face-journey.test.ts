/**
 * The identity card as a way in, through production's own door: card put down, asked, looked at, matched or not,
 * and the other ways offered. Virtual card and camera behind their loopback doors, the real models in their child.
 */
import { expect, onTestFinished, test } from 'vitest';
import type { Intent, Screen, ScreenBody } from '../../../firmware/screen/messages.ts';
import { eventually, LiveKiosk } from '../../support/live-kiosk.ts';
import { missingForFaces } from './engine-bench.ts';

const missing = missingForFaces();
const WITHIN_MS = 40_000;

/** Somebody before the kiosk: reads the screen, touches it, uses the cabinet's hands. */
async function somebody(person = 'zhang') {
  const live = await LiveKiosk.open();
  onTestFinished(() => live.close());
  live.bring({ person, bills: ['clinic'] } as never);
  const seen: ScreenBody[] = [];
  const told: string[] = [];
  let shown: Screen | undefined;
  const page = live.kiosk.screen.connect((message) => {
    if (message.type !== 'screen') return;
    shown = message.screen;
    const { body } = shown;
    seen.push(body);
    if (body.name === 'S-FACE') told.push(body.turn === 'none' ? body.guidance : `turn ${body.turn}`);
  });
  onTestFinished(() => page.close());
  const hand = (bay: string, name: string, given?: string): void => live.hall.useBay(bay, name, given);
  const sees = async <Name extends ScreenBody['name']>(name: Name): Promise<Extract<ScreenBody, { name: Name }>> => {
    await eventually(
      () => `${name} (${shown?.body.name} is shown)`,
      WITHIN_MS,
      () => shown?.body.name === name,
    );
    return shown?.body as Extract<ScreenBody, { name: Name }>;
  };
  const touch = (intent: Intent): void => page.send({ type: 'intent', screenId: shown?.id ?? '', intent });
  const audited = (): string[] => live.kiosk.audit.entries().map(({ event }) => event);
  return { live, hand, sees, touch, seen, told, audited };
}

/** Does what the screen says, as somebody who wants to be recognised. */
function obeys({ live, hand }: Awaited<ReturnType<typeof somebody>>): () => void {
  return live.kiosk.screen.connect((message) => {
    const body = message.type === 'screen' ? message.screen.body : undefined;
    if (body?.name !== 'S-FACE') return;
    if (body.turn === 'none') hand('camera', 'faceCamera');
    else hand('camera', body.turn === 'left' ? 'turnLeft' : 'turnRight');
  }).close;
}

test.skipIf(missing !== undefined)(
  '[part of SZ-213d] the person on the ID card is asked, looked at, recognised, and sees the bill; nothing is looked at before the yes',
  async () => {
    const bench = await somebody();
    const { live, hand, sees, touch, audited } = bench;
    await sees('S-HOME');
    hand('camera', 'stepInFront');
    hand('idCardReader', 'present');
    await sees('S-FACE-ASK');
    expect(audited()).not.toContain('face.agreed');
    onTestFinished(obeys(bench));
    touch({ do: 'confirm' });
    await sees('S-FACE');
    const { maskedName } = await sees('S-WHO');
    expect(maskedName).toBe('张*一');
    await sees('S-BILL');
    expect(audited()).toEqual(expect.arrayContaining(['face.agreed', 'face.matched']));
    // Who it was is nowhere: no number, no name, no score.
    const trail = JSON.stringify(live.kiosk.audit.entries());
    const { identityNumber, name } = live.hall.parties.patient('zhang');
    expect(trail).not.toContain(identityNumber);
    expect(trail).not.toContain(name);
    touch({ do: 'cancel' });
    await sees('S-HOME');
  },
  90_000,
);

test.skipIf(missing !== undefined)(
  'somebody else’s face, a print that does not turn, a no, a covered lens: each time the other ways are offered',
  async () => {
    const bench = await somebody();
    const { hand, sees, touch, told, audited } = bench;
    const offered = async (reason: string): Promise<void> => {
      const { problem, staffCode } = await sees('S-ID-HELP');
      expect([problem, staffCode]).toEqual([reason, expect.stringMatching(/^ID-\d\d$/)]);
      hand('idCardReader', 'takeAway');
      touch({ do: 'cancel' });
      await sees('S-HOME');
    };
    const comes = async (): Promise<void> => {
      await sees('S-HOME');
      hand('idCardReader', 'present');
      await sees('S-FACE-ASK');
    };

    // No: not a frame is looked at.
    hand('camera', 'stepInFront');
    await comes();
    touch({ do: 'decline' });
    await offered('faceDeclined');
    expect(told).toEqual([]);

    // Another person with this card.
    const stop = obeys(bench);
    hand('camera', 'somebodyElse');
    await comes();
    touch({ do: 'confirm' });
    await offered('faceDiffers');
    stop();

    // A print of the right person never turns its head: three attempts, and it is over.
    hand('camera', 'holdUp', 'print');
    await comes();
    touch({ do: 'confirm' });
    await offered('faceNotLive');

    // A hand over the lens is said as one.
    hand('camera', 'coverLens');
    await eventually('the camera says so', WITHIN_MS, () => bench.live.kiosk.devices.camera?.lens === 'covered');
    await comes();
    touch({ do: 'confirm' });
    await eventually('the lens is said to be covered', WITHIN_MS, () => told.includes('covered'));
    touch({ do: 'decline' });
    await offered('faceDeclined');
    expect(audited()).not.toContain('face.matched');

    // The camera is away: said before anybody is asked to agree to anything.
    hand('camera', 'unplug');
    await sees('S-HOME');
    await eventually('the camera is away', WITHIN_MS, () => bench.live.kiosk.devices.face?.state !== 'online');
    hand('idCardReader', 'present');
    await offered('faceUnavailable');
  },
  180_000,
);
