/** The site file chooses who looks and matches; what can't work here says so and what to do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { type FaceEntry, openBiometric } from '../../../drivers/face/open-biometric.ts';
import { deviceMapSchema } from '../../../firmware/config/device-map.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { VirtualFaceModule } from '../../../hardware-sim/devices/face-module/virtual-face-module.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const entryOf = (face: unknown): FaceEntry => {
  const row = deviceMapSchema.parse({ face }).face;
  if (!row) throw new Error('no row');
  return row;
};

function opened(face: unknown, camera = true) {
  const clock = new ManualClock();
  const twin = new VirtualFaceModule({ clock, whose: () => undefined });
  const sim = new SimCamera({ clock });
  const bus = busWith({
    openByteLink: (_address, signal) => twin.openByteLink(signal),
    openFrameSource: (_address, signal) => sim.openFrameSource(signal),
  });
  const lens = camera ? new FrameCamera({ id: 'camera', address: 'sim:camera', bus, clock }) : undefined;
  const made = openBiometric(entryOf(face), { bus, clock, random: new SeededRandom(1, 'face'), camera: lens });
  onTestFinished(async () => {
    await made.close();
    await lens?.close();
  });
  return { clock, made };
}

test('onDevice, with what a site need not say; a folder without models is said, with the remedy, and no process is started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-no-models-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(entryOf({ id: 'face', match: 'onDevice' })).toEqual({
    ...{ id: 'face', match: 'onDevice', restAfterMinutes: 3, load: 'atStart', challenges: 1, spare: true },
  });
  const { clock, made } = opened({ id: 'face', match: 'onDevice', modelFolder: folder });
  await clock.pass(1_000);
  expect([made.matchLocation, made.state]).toEqual(['onDevice', 'hardwareError']);
  expect(made.lastFault?.detail).toMatch(
    /model\/fr_detect\.onnx in the modelFolder .*copy the files of|not installed: npm ci/,
  );
});

test('module and platform, at an address; without a report neither says that it checks liveness', async () => {
  const { clock, made } = opened({ id: 'face', match: 'module', address: 'serial:/dev/null' }, false);
  await clock.pass(1_000);
  expect([made.matchLocation, made.state, made.padLevel]).toEqual(['module', 'online', 'none']);
  const entry = { id: 'face', match: 'platform', address: 'tcp://127.0.0.1:1', institutionCode: 'H33010000001' };
  expect(opened(entry, false).made.capabilities()).toMatchObject({ matchLocation: 'platform', certifiedPad: false });
});

test.each([
  ['nobody who matches', { id: 'face', match: 'cloud', address: 'x' }],
  ['a module without an address', { id: 'face', match: 'module' }],
  ['a claim that no report is a word for', { id: 'face', match: 'module', address: 'x', padLevel: 'iBeta' }],
  ['a policy that asks for nine turns', { id: 'face', match: 'onDevice', challenges: 9 }],
])('a site file with %s is refused', (_what, face) => {
  expect(deviceMapSchema.safeParse({ face }).success).toBe(false);
});

test('a check on the kiosk without a camera in the map is a mistake of the site file, said at once', () => {
  expect(() => opened({ id: 'face', match: 'onDevice' }, false)).toThrow('needs a camera');
});
