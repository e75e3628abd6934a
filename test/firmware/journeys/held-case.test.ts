/** A held bill's number: first on the disk, then on the screen. */
import { describe, expect, it } from 'vitest';
import type { Bill } from '../../../firmware/hospital/hospital-gateway.ts';
import { openCase } from '../../../firmware/journeys/held-case.ts';
import type { Rooms } from '../../../firmware/journeys/rooms.ts';
import type { Session } from '../../../firmware/session/session.ts';

/** The rooms that a case is opened in, with a disk that answers when the test says so. */
function roomsWith(kept: Promise<boolean>): { readonly rooms: Rooms; readonly written: string[] } {
  const written: string[] = [];
  const rooms = {
    newNumber: () => 'held_1',
    audit: { write: (kind: string) => void written.push(kind) },
    notices: {
      staffTask: (number: string, task: string) => {
        written.push(`${task} ${number}`);
        return kept;
      },
      authorityAlarm: (number: string) => void written.push(`alarm ${number}`),
    },
  };
  return { rooms: rooms as unknown as Rooms, written };
}

const session = { id: 'ses_1' } as Session;
const held = { bill: { billId: 'B1', version: 1, institutionCode: 'H1' } as unknown as Bill, person: {} as never };

describe('a bill that is held', () => {
  it('has no number to show until its task is on the disk', async () => {
    const disk = Promise.withResolvers<boolean>();
    const { rooms } = roomsWith(disk.promise);
    const shown: string[] = [];
    const opening = openCase(rooms, session, 'billTampered', held).then((one) => shown.push(one?.number ?? 'none'));
    await new Promise(setImmediate);
    expect(shown).toEqual([]);
    disk.resolve(true);
    await opening;
    expect(shown).toEqual(['held_1']);
  });

  it('has none when the disk did not take it, and the authority hears of it all the same', async () => {
    const { rooms, written } = roomsWith(Promise.resolve(false));
    expect(await openCase(rooms, session, 'billTampered', held)).toBeUndefined();
    expect(written).toEqual(['bill.held', 'heldBill held_1', 'authority.alarm', 'alarm held_1']);
  });
});
