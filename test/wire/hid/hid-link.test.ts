import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { DeviceAddressError } from '../../../drivers/device-address.ts';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { MOST_UNTAKEN } from '../../../drivers/device-host/host-messages.ts';
import { LONGEST_REPORT } from '../../../drivers/hid/tcp-hid-frames.ts';
import { openTcpHidLink } from '../../../drivers/hid/tcp-hid-transport.ts';
import { type HidLink, LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openHidDoor } from '../../../hardware-sim/devices/hid-door.ts';
import { SimHidPort } from '../../../hardware-sim/devices/hid-port.ts';

const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);
const lossOf = (link: HidLink): Promise<Error> => new Promise((resolve) => link.onLost(resolve));

interface OnWire {
  readonly port: SimHidPort;
  readonly address: string;
  readonly host: DeviceHost;
  readonly outputs: Uint8Array[];
  open(): Promise<HidLink>;
}

/** The virtual device behind its door, and whoever opens it: this process, or a device host. */
async function onWire(how: 'here' | 'in a device host'): Promise<OnWire> {
  const outputs: Uint8Array[] = [];
  const port = new SimHidPort({
    device: { product: '医站 virtual HID', usagePage: 0x8c, usage: 2 },
    // An echo: what it hears it says.
    onOutput: (report) => {
      outputs.push(report);
      port.say(report);
    },
  });
  const door = await openHidDoor((signal) => port.openHidLink(signal));
  const host = new DeviceHost({ library: 'loopback', clock: systemClock });
  onTestFinished(async () => {
    await host.close();
    await door.close();
  });
  const { address } = door;
  const open = (): Promise<HidLink> =>
    how === 'here' ? openTcpHidLink('127.0.0.1', door.port, within(5_000)) : host.openHidLink(address, within(10_000));
  return { port, address, host, outputs, open };
}

describe.each(['here', 'in a device host'] as const)('a HID device opened %s', (how) => {
  test('says what it is', async () => {
    const { open } = await onWire(how);
    expect((await open()).device).toEqual({ product: '医站 virtual HID', usagePage: 0x8c, usage: 2 });
  });

  test('reports pass both ways whole, in order, neither joined nor split', async () => {
    const { open } = await onWire(how);
    const link = await open();
    const sent = Array.from({ length: 200 }, (_, at) => new Uint8Array(1 + ((at * 37) % 2_000)).fill(at));
    const heard: Uint8Array[] = [];
    const all = new Promise<void>((resolve) =>
      link.onReport((report) => {
        heard.push(report);
        if (heard.length === sent.length) resolve();
      }),
    );
    await Promise.all(sent.map((report) => link.write(report, within(10_000))));
    await all;
    expect(heard.map((report) => Buffer.from(report).toString('hex'))).toEqual(
      sent.map((report) => Buffer.from(report).toString('hex')),
    );
  });

  test('what it says before anyone listens is not lost', async () => {
    const { port, open } = await onWire(how);
    const link = await open();
    port.say(Uint8Array.of(2, 0x41));
    await link.write(Uint8Array.of(9), within(5_000));
    const heard: number[] = [];
    await new Promise<void>((resolve) =>
      link.onReport((report) => {
        heard.push(report[0] ?? -1);
        if (heard.length === 2) resolve();
      }),
    );
    expect(heard).toEqual([2, 9]);
  });

  test('a pulled cable is a lost link at once, a plugged one opens again', async () => {
    const { port, open } = await onWire(how);
    const link = await open();
    const loss = lossOf(link);
    port.unplug();
    expect(await loss).toBeInstanceOf(LinkLostError);
    await expect(link.write(Uint8Array.of(1), within(1_000))).rejects.toBeInstanceOf(LinkLostError);
    await expect(open()).rejects.toBeInstanceOf(LinkLostError);
    port.plugIn();
    expect((await open()).device.usagePage).toBe(0x8c);
  });

  test('a report longer than HID carries is our own mistake', async () => {
    const { open } = await onWire(how);
    const link = await open();
    expect(() => link.write(new Uint8Array(LONGEST_REPORT + 1), within(1_000))).toThrow(RangeError);
    expect(() => link.write(new Uint8Array(0), within(1_000))).toThrow(RangeError);
  });

  test('a peer that breaks the rules is a lost link', async () => {
    const { host } = await onWire(how);
    const server = createServer((peer) => {
      peer.on('error', () => undefined);
      peer.write(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const opening =
      how === 'here'
        ? openTcpHidLink('127.0.0.1', port, within(5_000))
        : host.openHidLink(`tcp-hid://127.0.0.1:${port}`, within(10_000));
    await expect(opening).rejects.toThrow('does not keep to the protocol');
  });
});

test('a device that floods a kiosk which does not listen is cut off', async () => {
  const { port, open } = await onWire('in a device host');
  const link = await open();
  const loss = lossOf(link);
  for (let said = 0; said <= MOST_UNTAKEN / LONGEST_REPORT; said += 1) port.say(new Uint8Array(LONGEST_REPORT));
  expect((await loss).message).toMatch(/faster than it is read|does not keep/);
});

test('a device host that crashes is a HID device lost within a second, and the next open works', async () => {
  const { host, open } = await onWire('in a device host');
  const loss = lossOf(await open());
  const { processId } = host;
  if (processId === undefined) throw new Error('There is no device host child.');
  const startedMs = systemClock.monotonicMs();
  process.kill(processId, 'SIGSEGV');
  expect(await loss).toBeInstanceOf(LinkLostError);
  expect(systemClock.monotonicMs() - startedMs).toBeLessThan(1_000);
  expect((await open()).device.usage).toBe(2);
});

test('whoever does not speak the protocol to a virtual device is hung up on', async () => {
  const { address, outputs } = await onWire('here');
  const socket = connect(Number(address.split(':').at(-1)), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(Buffer.from('0000000401aabbcc', 'hex'));
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(outputs).toEqual([]);
});

test('the bus opens HID devices by their address, the native library behind its own host', async () => {
  const { address } = await onWire('here');
  const bus = createDeviceBus({ clock: systemClock });
  onTestFinished(() => bus.close());
  expect((await bus.openHidLink(address, within(5_000))).device.product).toContain('医站');
  // Unmodified node-hid, loaded and asked: this machine has no such device.
  await expect(bus.openHidLink('hid:ffff:fffe', within(10_000))).rejects.toThrow('no HID device with these ids');
  await expect(bus.openHidLink('usb:ffff:fffe', within(1_000))).rejects.toBeInstanceOf(DeviceAddressError);
  await expect(bus.openByteLink('hid:ffff:fffe', within(1_000))).rejects.toBeInstanceOf(DeviceAddressError);
});
