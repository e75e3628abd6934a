import { expect, test } from 'vitest';
import { type HostMessage, LEAST_COST, MOST_UNTAKEN } from '../../../drivers/device-host/host-messages.ts';
import { HostRoom } from '../../../drivers/device-host/host-room.ts';
import { LONGEST_REPORT } from '../../../drivers/hid/tcp-hid-frames.ts';
import { SimHidPort } from '../../../hardware-sim/devices/hid-port.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** A room with one HID device, opened as handle 1; what the room says is kept. */
async function roomWithHid() {
  const clock = new ManualClock();
  const port = new SimHidPort({ device: { product: 'x', usagePage: 0x8c, usage: 2 } });
  const said: HostMessage[] = [];
  const room = new HostRoom({ openHidLink: (_address, _clock, signal) => port.openHidLink(signal) }, clock, (message) =>
    said.push(message),
  );
  room.take({ ask: 'openHidLink', id: 1, address: 'hid:0c2e:0b61' });
  await clock.drain();
  const reports = (): number => said.filter(({ tell }) => tell === 'data').length;
  const lost = (): string[] => said.flatMap((message) => (message.tell === 'lost' ? [message.message] : []));
  return { clock, port, room, said, reports, lost };
}

test('a flood of the smallest reports is cut off at the same bound as a flood of large ones', async () => {
  for (const length of [1, LEAST_COST, LONGEST_REPORT]) {
    const { port, reports, lost } = await roomWithHid();
    for (let sent = 0; sent < MOST_UNTAKEN / LEAST_COST + 10; sent += 1) port.say(new Uint8Array(length));
    expect(lost()).toEqual(['the device sends faster than it is read']);
    expect(reports()).toBe(MOST_UNTAKEN / Math.max(length, LEAST_COST));
  }
});

test('a device that is read as fast as it talks talks for ever', async () => {
  const { port, room, reports, lost } = await roomWithHid();
  for (let sent = 0; sent < 40_000; sent += 1) {
    port.say(Uint8Array.of(2, 0x41));
    room.take({ ask: 'taken', handle: 1, bytes: 2 });
  }
  expect([reports(), lost()]).toEqual([40_000, []]);
});

test('a report of impossible length is a lost device, never a cut report', async () => {
  const { port, reports, lost } = await roomWithHid();
  port.say(new Uint8Array(LONGEST_REPORT + 1));
  expect([reports(), lost()]).toEqual([0, ['the device sent a report of impossible length']]);
});

test('an acknowledgement for a device that is gone leaves nothing behind, and a write to it is a lost link', async () => {
  const { clock, port, room, said, lost } = await roomWithHid();
  port.unplug();
  room.take({ ask: 'taken', handle: 1, bytes: 64 });
  room.take({ ask: 'write', id: 2, handle: 1, bytes: Uint8Array.of(0) });
  await clock.drain();
  expect(lost()).toHaveLength(1);
  expect(said.at(-1)).toMatchObject({ tell: 'failed', id: 2, error: 'linkLost' });
});
