/** The unmodified ffmpeg, with production's command line, in front of the virtual camera. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FfmpegOptions, ffmpegWords, openV4l2Frames } from '../../../drivers/camera/ffmpeg-transport.ts';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import type { DeviceState } from '../../../drivers/device.ts';
import { type CameraAddress, parseDeviceAddress } from '../../../drivers/device-address.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { scenePicture } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { busWith } from '../../support/bench-bus.ts';
import { fakeVideo, missingForVideo } from './fake-video.ts';

const missing = missingForVideo();
const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);
const addressOf = (path: string): CameraAddress => {
  const parsed = parseDeviceAddress(`v4l2:${path}`);
  if (parsed.bus !== 'v4l2') throw new Error('not a camera');
  return parsed;
};

async function onWire() {
  const sim = new SimCamera({ clock: systemClock });
  const video = await fakeVideo(sim);
  onTestFinished(() => video.close());
  const address = addressOf(video.stage.path);
  return { sim, video, address, options: { environment: video.environment } };
}

/** A camera driver on it, and ways to wait for what it becomes. */
async function withCamera() {
  const wire = await onWire();
  const bus = busWith({ openFrameSource: (_address, signal) => openV4l2Frames(wire.address, signal, wire.options) });
  const camera = new FrameCamera({ id: 'camera', address: 'v4l2:virtual', bus, clock: systemClock });
  onTestFinished(() => camera.close());
  const becomes = (state: DeviceState): Promise<void> =>
    new Promise((resolve) => {
      if (camera.state === state) resolve();
      else camera.onStateChanged((now) => now === state && resolve());
    });
  return { ...wire, camera, becomes };
}

describe.skipIf(missing !== undefined)(`a camera through ffmpeg${missing ? ` (${missing})` : ''}`, () => {
  test('the command line is the one that was measured', () => {
    expect(ffmpegWords(addressOf('/dev/v4l/by-id/usb-Maker_Camera-video-index0')).join(' ')).toBe(
      '-hide_banner -nostdin -loglevel error -fflags nobuffer -probesize 32 -analyzeduration 0' +
        ' -f v4l2 -input_format mjpeg -video_size 640x480 -framerate 25 -i /dev/v4l/by-id/usb-Maker_Camera-video-index0' +
        ' -c:v copy -flush_packets 1 -f image2pipe pipe:1',
    );
  });

  test('frames come through byte for byte', async () => {
    const { sim, video, address, options } = await onWire();
    sim.stepInFront('jia');
    await video.stage.settled();
    const source = await openV4l2Frames(address, within(10_000), options);
    const frames: Uint8Array[] = [];
    await new Promise<void>((resolve) => source.onFrame((jpeg) => frames.push(jpeg) === 5 && resolve()));
    await source.close();
    expect(frames.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => scenePicture('jia-front')));
  });

  test('a camera that is not plugged in is a lost link, in the driver’s own words', async () => {
    const { sim, video, address, options } = await onWire();
    sim.unplug();
    await video.stage.settled();
    const opening = openV4l2Frames(address, within(10_000), options);
    await expect(opening).rejects.toThrow(LinkLostError);
    await expect(opening).rejects.toThrow(/No such file or directory/);
  });

  test('a pulled camera, of which ffmpeg ends with code 0, is lost, and its ffmpeg is gone', async () => {
    const { sim, address, options } = await onWire();
    const source = await openV4l2Frames(address, within(10_000), options);
    const lost = new Promise<LinkLostError>((resolve) => source.onLost(resolve));
    sim.unplug();
    expect((await lost).message).toMatch(/ffmpeg ended/);
    expect(ffmpegsOf(process.pid)).toEqual([]);
  });

  test('whoever gives up waiting for a hung camera leaves no ffmpeg behind', async () => {
    const { sim, video, address, options } = await onWire();
    sim.hang();
    await video.stage.settled();
    await expect(openV4l2Frames(address, within(700), options)).rejects.toThrow(/timeout/);
    await expect.poll(() => ffmpegsOf(process.pid), { timeout: 5_000 }).toEqual([]);
  });

  test('the driver: streams, is lost with the cable, streams again after it, and sees the lens covered', async () => {
    const { sim, camera, becomes } = await withCamera();
    await becomes('online');
    const taken = await camera.takePicture({ timeoutMs: 5_000 });
    expect(taken.done && taken.value.reveal()).toEqual(scenePicture('hall'));
    sim.unplug();
    await becomes('powerOff');
    sim.plugIn();
    await becomes('online');
    const covered = new Promise((resolve) =>
      camera.onCameraEvent((event) => event.event === 'lensChanged' && event.lens === 'covered' && resolve(event)),
    );
    sim.coverLens();
    expect(await covered).toEqual({ event: 'lensChanged', lens: 'covered' });
  });

  test('a camera that hangs: its ffmpeg is killed and another one started', async () => {
    const { sim, camera, becomes } = await withCamera();
    await becomes('online');
    const [first] = ffmpegsOf(process.pid);
    const frozen = new Promise((resolve) =>
      camera.onCameraEvent((event) => event.event === 'frozen' && resolve(event)),
    );
    sim.hang();
    expect(await frozen).toEqual({ event: 'frozen', stalls: 1 });
    await becomes('powerOff');
    sim.wake();
    await becomes('online');
    expect(ffmpegsOf(process.pid)).toHaveLength(1);
    expect(ffmpegsOf(process.pid)).not.toContain(first);
  });

  test('ffmpeg writes no file: all it has open for writing are its pipes to us', async () => {
    const { address, options } = await onWire();
    const source = await openV4l2Frames(address, within(10_000), options);
    const [pid] = ffmpegsOf(process.pid);
    const written = readdirSync(`/proc/${pid}/fd`)
      .filter((fd) => /^flags:\s+0\d*[12]\d{0}$/m.test(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')))
      .map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).replace(/\[\d+\]$/, ''));
    await source.close();
    // The camera itself is open for both; here it is a piece of memory. What ffmpeg inherits from whoever runs the
    // tests (a terminal's pipe, or none) is not of its making.
    const kinds = new Set(written);
    expect(kinds).toContain('socket:');
    expect([...kinds].filter((path) => !/^(pipe:|socket:|\/memfd:(camera|frames) \(deleted\))$/.test(path))).toEqual(
      [],
    );
  });

  test('without any camera: ffmpeg’s own test picture goes the same way', async () => {
    const options: FfmpegOptions = { input: ['-re', '-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=25'] };
    const camera: CameraAddress = { ...addressOf('/dev/video0'), format: 'yuyv422' };
    const source = await openV4l2Frames(camera, within(10_000), options);
    let frames = 0;
    await new Promise<void>((resolve) =>
      source.onFrame((jpeg) => {
        expect([...jpeg.subarray(0, 3), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9]);
        frames += 1;
        if (frames === 10) resolve();
      }),
    );
    await source.close();
  });

  test('no ffmpeg on the machine: a lost link that says so', async () => {
    const opening = openV4l2Frames(addressOf('/dev/video0'), within(5_000), { program: '/nowhere/ffmpeg' });
    await expect(opening).rejects.toThrow('ffmpeg could not be started (ENOENT)');
  });
});

/** Process ids of the ffmpegs that a process has started and that still live. */
function ffmpegsOf(parent: number): string[] {
  return readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const [, name, rest = ''] = /\((.*)\) (.*)$/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      const [state, parentId] = rest.split(' ');
      return name === 'ffmpeg' && state !== 'Z' && Number(parentId) === parent;
    } catch {
      return false;
    }
  });
}
