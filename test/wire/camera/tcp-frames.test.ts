import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { LONGEST_FRAME } from '../../../drivers/camera/jpeg-splitter.ts';
import { openTcpFrames } from '../../../drivers/camera/tcp-frames-transport.ts';
import { DeviceAddressError } from '../../../drivers/device-address.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openCameraDoor } from '../../../hardware-sim/devices/camera/camera-door.ts';
import { scenePicture } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { collectGarbage } from '../../support/collect-garbage.ts';

const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);

/** Whoever calls gets what `serve` writes. */
async function serverThat(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe.each(['bare', 'multipart', 'length'] as const)('frames over TCP, %s', (framing) => {
  test('the virtual camera’s pictures come through byte for byte, and its cable is noticed', async () => {
    const sim = new SimCamera({ clock: systemClock });
    sim.stepInFront('yi');
    const door = await openCameraDoor(sim, framing);
    const bus = createDeviceBus({ clock: systemClock });
    onTestFinished(async () => {
      await bus.close();
      await door.close();
    });
    const source = await bus.openFrameSource(door.address, within(5_000));
    const frames: Uint8Array[] = [];
    await new Promise<void>((resolve) => source.onFrame((jpeg) => frames.push(jpeg) === 5 && resolve()));
    expect(frames[4]).toEqual(scenePicture('yi-front'));
    const lost = new Promise<Error>((resolve) => source.onLost(resolve));
    sim.unplug();
    expect(await lost).toBeInstanceOf(LinkLostError);
    await expect(bus.openFrameSource(door.address, within(5_000))).rejects.toThrow(LinkLostError);
    sim.plugIn();
    await (await bus.openFrameSource(door.address, within(5_000))).close();
  });
});

describe('frames over TCP', () => {
  test('the driver comes back after cable, hang and a second host that had it', async () => {
    const sim = new SimCamera({ clock: systemClock });
    const door = await openCameraDoor(sim);
    const bus = createDeviceBus({ clock: systemClock });
    const camera = new FrameCamera({ id: 'camera', address: door.address, bus, clock: systemClock, silenceMs: 300 });
    onTestFinished(async () => {
      await camera.close();
      await bus.close();
      await door.close();
    });
    const online = async (): Promise<void> => {
      await expect.poll(() => camera.state, { timeout: 10_000 }).toBe('online');
    };
    await online();
    await expect(openTcpFrames('127.0.0.1', door.port, within(2_000))).rejects.toThrow(LinkLostError);
    sim.unplug();
    await expect.poll(() => camera.state, { timeout: 5_000 }).toBe('powerOff');
    sim.plugIn();
    await online();
    sim.hang();
    await expect.poll(() => camera.state, { timeout: 5_000 }).toBe('powerOff');
    sim.wake();
    await online();
    expect(await camera.takePicture({ timeoutMs: 5_000 })).toMatchObject({ done: true });
  });

  test('a length that can’t be ends the link before any memory is taken for it', async () => {
    const port = await serverThat((socket) => {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(LONGEST_FRAME + 1);
      socket.write(head);
    });
    await expect(openTcpFrames('127.0.0.1', port, within(5_000))).rejects.toThrow('a frame of impossible length');
  });

  test('a server that sends for ever without a picture is given up, not gathered', async () => {
    const port = await serverThat((socket) => {
      const piece = new Uint8Array(1_000_000).fill(0x41);
      const pour = (): void => {
        while (!socket.destroyed && socket.write(piece));
      };
      socket.on('drain', pour);
      pour();
    });
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    await expect(openTcpFrames('127.0.0.1', port, within(700))).rejects.toThrow(/timeout/);
    collectGarbage();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });

  test('a host that does not read costs the camera no memory: it misses frames', async () => {
    const sim = new SimCamera({ clock: systemClock, fps: 200 });
    const door = await openCameraDoor(sim);
    onTestFinished(() => door.close());
    const source = await openTcpFrames('127.0.0.1', door.port, within(5_000));
    // Nobody listens: the newest frame waits, alone.
    sim.stepInFront('ding');
    const latest = async (): Promise<Uint8Array> =>
      new Promise((resolve) => {
        const stop = source.onFrame((jpeg) => {
          resolve(jpeg);
          queueMicrotask(() => stop());
        });
      });
    await expect.poll(latest, { timeout: 5_000 }).toEqual(scenePicture('ding-front'));
    await source.close();
  });

  test('an address of another kind is the map’s mistake', async () => {
    const bus = createDeviceBus({ clock: systemClock });
    await expect(bus.openFrameSource('tcp://127.0.0.1:9100', within(1_000))).rejects.toThrow(DeviceAddressError);
    await expect(bus.openByteLink('tcp-frames://127.0.0.1:1', within(1_000))).rejects.toThrow(DeviceAddressError);
    await bus.close();
  });
});
