import { describe, expect, test } from 'vitest';
import type { DeviceState } from '../../../drivers/device.ts';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { PlatformBiometric, type PlatformFaceTerminal } from '../../../drivers/face/platform-biometric.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { Secret } from '../../../drivers/secret.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const JIA = '990000200001010000';
const YI = '990000200002020000';
const OPTIONS = { timeoutMs: 10_000 };

/** The platform's terminal: who stands there, and what is wrong with it. */
function onBench(stands: { who?: string; silent?: boolean; lost?: boolean; gaveUp?: boolean }) {
  const clock = new ManualClock();
  const asked: string[] = [];
  const handed: Secret<string>[] = [];
  const secret = (value: string): Secret<string> => {
    const made = new Secret(value);
    handed.push(made);
    return made;
  };
  const terminal: PlatformFaceTerminal = {
    state: 'online' as DeviceState,
    lastFault: undefined,
    onStateChanged: () => () => undefined,
    authenticate: (outBizNo, signal) => {
      asked.push(outBizNo);
      if (stands.lost) return Promise.reject(new LinkLostError('the line is gone'));
      if (stands.silent) {
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      }
      return Promise.resolve(stands.gaveUp ? undefined : secret('ano0000000000000000000000001'));
    },
    check: () => Promise.resolve(stands.who === '' ? undefined : secret(stands.who ?? JIA)),
  };
  let drawn = 0;
  const random = {
    bytes: (count: number) => {
      drawn += 1;
      return new Uint8Array(count).fill(drawn);
    },
  };
  const face = new PlatformBiometric({ id: 'face', terminal, clock, random });
  const consent = (purpose: 'platformFaceCheck' | 'matchWithIdPhoto' = 'platformFaceCheck') =>
    new FaceConsent({ sessionId: 'ses_1', purpose, givenAtMs: 0 });
  const verify = (given = consent()) =>
    face.verify(
      { sessionId: 'ses_1', consent: given, reference: { kind: 'platformSubject', subject: new Secret(JIA) } },
      OPTIONS,
    );
  return { clock, face, verify, consent, asked, handed };
}

describe('the platform’s face check', () => {
  test('the person themselves: accepted, with our own number of the check and no claim of liveness without a report', async () => {
    const { verify, asked, handed } = onBench({});
    expect(await verify()).toMatchObject({
      value: { decision: 'accept', liveness: 'notChecked', padLevel: 'none', decidedBy: 'platform', next: 'goOn' },
    });
    expect(await verify()).toMatchObject({ done: true, value: { externalSerial: asked[1] } });
    expect(new Set(asked).size).toBe(2);
    // Number and name of whoever was seen are wiped with the check.
    expect(handed).toHaveLength(4);
    for (const secret of handed) expect(() => secret.reveal()).toThrow();
  });

  test('[part of SZ-213d] somebody else’s face: rejected, another way', async () => {
    expect(await onBench({ who: YI }).verify()).toMatchObject({
      value: { decision: 'reject', reasons: ['notTheSamePerson'], next: 'useAnotherWay' },
    });
  });

  test('no answer, a person who gave up, a line that is gone: a fault, never an accept', async () => {
    expect(await onBench({ who: '' }).verify()).toMatchObject({ done: false, fault: 'readFailed' });
    expect(await onBench({ gaveUp: true }).verify()).toMatchObject({ done: false, fault: 'readFailed' });
    expect(await onBench({ lost: true }).verify()).toMatchObject({ done: false, fault: 'deviceNotReady' });
    const { clock, verify } = onBench({ silent: true });
    const checking = verify();
    await clock.pass(10_100);
    expect(await checking).toMatchObject({ done: false, fault: 'timeOut' });
  });

  test('consent to a look by this kiosk is no consent to the platform’s: nobody is asked', async () => {
    const { verify, consent, asked } = onBench({});
    expect(await verify(consent('matchWithIdPhoto'))).toMatchObject({ done: false, fault: 'authorisationRequired' });
    expect(asked).toEqual([]);
  });

  test('a photo is not sent to anybody: refused and wiped', async () => {
    const { face, consent, asked } = onBench({});
    const photo = new WipeableBytes(new Uint8Array(1_024).fill(3));
    const request = { sessionId: 'ses_1', consent: consent(), reference: { kind: 'jpeg', photo } } as const;
    expect(await face.verify(request, OPTIONS)).toMatchObject({ done: false, fault: 'modeNotSupported' });
    expect(photo.wiped).toBe(true);
    expect(asked).toEqual([]);
  });
});
