/**
 * A device host whose native library does its worst: each written report names what.
 *
 * Started by tests as the program of a real child process; the kiosk's side of the boundary is production's.
 */
import { writeSync } from 'node:fs';
import { HOST_WIRE_FD } from '../../../drivers/device-host/host-wire.ts';
import { serveHost } from '../../../drivers/device-host/serve-host.ts';
import { SimHidPort } from '../../../hardware-sim/devices/hid-port.ts';

const hoard: unknown[] = [];

const misdeeds: Readonly<Record<number, () => void>> = {
  /** Crashes inside native code. */
  1: () => process.kill(process.pid, 'SIGSEGV'),
  /** A native call on the main thread that never returns. */
  2: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  /** Native memory that is never given back: 4 MiB fifty times a second. */
  3: () => void setInterval(() => hoard.push(Buffer.alloc(4 * 1_048_576, 1)), 20),
  /** A wild pointer writes into the pipe. */
  5: () => void writeSync(HOST_WIRE_FD, Buffer.from([0, 0, 0, 8, 0xff, 0x0f, 0x99, 0x99, 1, 2, 3, 4])),
  /** Words that the two sides never agreed on. */
  7: () => wire.send({ tell: 'pay', amountFen: 1 }),
  /** Reports without regard to what the kiosk has taken. */
  9: () =>
    void setInterval(() => {
      for (let sent = 0; sent < 10; sent += 1) wire.send({ tell: 'data', handle: 1, bytes: new Uint8Array(65_000) });
    }, 1),
  10: () => process.exit(0),
};

const port = new SimHidPort({
  device: { product: 'Yizhan Virtual Scanner', usagePage: 0x8c, usage: 2 },
  onOutput: (report) => {
    const misdeed = misdeeds[report[1] ?? 0];
    if (misdeed) setImmediate(misdeed);
    else port.say(report);
  },
});

const wire = serveHost({
  openHidLink: async (address, _clock, signal) => {
    const link = await port.openHidLink(signal);
    // A library that swallows writes for ever and listens to no signal.
    return address === 'stuck' ? { ...boundOf(link), write: () => new Promise<never>(() => undefined) } : link;
  },
});

function boundOf(link: Awaited<ReturnType<SimHidPort['openHidLink']>>) {
  return {
    device: link.device,
    onReport: link.onReport.bind(link),
    onLost: link.onLost.bind(link),
    close: link.close.bind(link),
  };
}
