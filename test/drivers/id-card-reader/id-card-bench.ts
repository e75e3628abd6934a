/** A real driver, a reader on the bench and a clock that only the test moves. */
import type { Completion } from '../../../drivers/device.ts';
import type { IdCard, IdCardReadFault } from '../../../drivers/id-card-reader/id-card-reader.ts';
import { SamIdCardReader } from '../../../drivers/id-card-reader/sam-id-card-reader.ts';
import { type SamReaderProfile, USUAL_SAM_READER } from '../../../drivers/id-card-reader/sam-reader-profile.ts';
import type { WipeableBytes } from '../../../drivers/wipeable.ts';
import { VirtualIdCardReader } from '../../../hardware-sim/devices/id-card-reader/virtual-id-card-reader.ts';
import type { IdCardHolder } from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const JIA: IdCardHolder = {
  key: 'jia',
  name: '測試甲',
  sex: 'female',
  born: '1985-09-02',
  identityNumber: '990000198509020123',
};

export interface IdCardBench {
  readonly clock: ManualClock;
  readonly twin: VirtualIdCardReader;
  readonly reader: SamIdCardReader;
  /** Card events and device states as they came. */
  readonly told: string[];
  /** Reads while virtual time passes; fails when the read outlives its deadline by more than the queue's grace. */
  read(options?: {
    readonly timeoutMs?: number;
    readonly photoTo?: (photo: WipeableBytes) => void;
  }): Promise<Completion<IdCard, IdCardReadFault>>;
}

export async function onBench(profile: Partial<SamReaderProfile> = {}): Promise<IdCardBench> {
  const clock = new ManualClock();
  const twin = new VirtualIdCardReader({ clock });
  const reader = new SamIdCardReader({
    id: 'id-card-reader',
    address: 'sim:id-card-reader',
    bus: busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) }),
    clock,
    profile: { ...USUAL_SAM_READER, ...profile },
  });
  const told: string[] = [];
  reader.onCardEvent(({ event }) => told.push(event));
  reader.onStateChanged((state) => told.push(state));
  await clock.pass(100);
  const read: IdCardBench['read'] = async (options = {}) => {
    const { timeoutMs = 5_000, photoTo } = options;
    let ended = false;
    const reading = reader.readIdCard({ timeoutMs, ...(photoTo ? { photoTo } : {}) }).finally(() => {
      ended = true;
    });
    for (let passed = 0; !ended; passed += 20) {
      if (passed > timeoutMs + 100) throw new Error('The read outlived its own deadline.');
      await clock.pass(20);
    }
    return await reading;
  };
  return { clock, twin, reader, told, read };
}

export function faultWord(completion: Completion<unknown, string>): string {
  return completion.done ? 'done' : completion.fault;
}
