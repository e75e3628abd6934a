/** A real driver, a PIN pad on the bench and a clock that only the test moves. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Completion } from '../../../drivers/device.ts';
import type { PinBlockEntry, PinBlockOptions, PinPadFault } from '../../../drivers/pin-pad/pin-pad.ts';
import { type PinPadProfile, ZT588_LIKE } from '../../../drivers/pin-pad/pin-pad-profile.ts';
import { ZtPinPad } from '../../../drivers/pin-pad/zt-pin-pad.ts';
import { Secret } from '../../../drivers/secret.ts';
import { VirtualPinPad, type VirtualPinPadOptions } from '../../../hardware-sim/devices/pin-pad/virtual-pin-pad.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const MASTER_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');
/** The platform's: only the pad and the platform have it. */
export const PIN_KEY = Buffer.from('89ABCDEF0123456710325476BADCFE98', 'hex');
/** 19 digits; the twelve that bind the block are 000000000123 … without the last. */
export const ACCOUNT = '9900000000000012345';

export function tripleDes(key: Buffer, data: Uint8Array, way: 'encrypt' | 'decrypt'): Buffer {
  const whole = Buffer.concat([key, key.subarray(0, 8)]);
  const make = way === 'encrypt' ? createCipheriv : createDecipheriv;
  const cipher = make('des-ede3-ecb', whole, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

export interface PinPadBench {
  readonly clock: ManualClock;
  readonly twin: VirtualPinPad;
  readonly pad: ZtPinPad;
  /** Events and states as they came. */
  readonly told: string[];
  /** Everything that ever reached the host, for whoever looks for digits. */
  readonly hostHeard: () => Buffer;
  loadKeys(keySet?: number): Promise<void>;
  /** An entry, with hands at work once the pad listens. */
  enter(
    hands: () => void | Promise<void>,
    options?: Partial<PinBlockOptions>,
  ): Promise<Completion<PinBlockEntry, PinPadFault>>;
  /** Time passes until it has ended. */
  ended<Value>(work: Promise<Value>, longestMs?: number): Promise<Value>;
}

export const USUAL: PinBlockOptions = {
  timeoutMs: 60_000,
  minDigits: 4,
  maxDigits: 12,
  format: 'iso0',
  keySet: 0,
  account: new Secret(ACCOUNT),
};

export async function onBench(
  profile: Partial<PinPadProfile> = {},
  twinOptions: Partial<VirtualPinPadOptions> = {},
): Promise<PinPadBench> {
  const clock = new ManualClock();
  const twin = new VirtualPinPad({ clock, random: new SeededRandom(7, 'pin-pad'), ...twinOptions });
  let heard = Buffer.alloc(0);
  twin.plug.onHostHears((bytes) => {
    heard = Buffer.concat([heard, bytes]);
  });
  const pad = new ZtPinPad({
    id: 'pin-pad',
    address: 'sim:pin-pad',
    bus: busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) }),
    clock,
    profile: { ...ZT588_LIKE, ...profile },
  });
  const told: string[] = [];
  pad.onPinPadEvent(({ event, entered }) => told.push(`${event} ${entered}`));
  pad.onStateChanged((state) => told.push(state));
  await clock.pass(500);
  const ended: PinPadBench['ended'] = async (work, longestMs = 120_000) => {
    let over = false;
    const watched = work.finally(() => {
      over = true;
    });
    watched.catch(() => undefined);
    for (let passed = 0; !over; passed += 20) {
      if (passed > longestMs) throw new Error('It outlived its own deadline.');
      await clock.pass(20);
    }
    return await watched;
  };
  return {
    clock,
    twin,
    pad,
    told,
    hostHeard: () => heard,
    ended,
    loadKeys: async (keySet = 0) => {
      twin.loadMasterKey(MASTER_KEY);
      const loaded = await ended(
        pad.loadPinKey({
          timeoutMs: 5_000,
          keySet,
          encryptedKey: tripleDes(MASTER_KEY, PIN_KEY, 'encrypt'),
          checkValue: tripleDes(PIN_KEY, Buffer.alloc(8), 'encrypt').subarray(0, 3),
        }),
      );
      if (!loaded.done) throw new Error(loaded.detail);
    },
    enter: async (hands, options = {}) => {
      const entering = pad.enterPinBlock({ ...USUAL, ...options });
      await clock.pass(300);
      await hands();
      return ended(entering);
    },
  };
}

export function faultWord(completion: Completion<unknown, string>): string {
  return completion.done ? 'done' : completion.fault;
}
