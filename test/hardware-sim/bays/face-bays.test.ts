/** The face module and the platform's terminal in the hall: hands put them in, people stand before them, a kiosk's driver hears them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import type { Biometric, FaceReference } from '../../../drivers/face/biometric.ts';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { openBiometric } from '../../../drivers/face/open-biometric.ts';
import { Secret } from '../../../drivers/secret.ts';
import { systemClock as clock } from '../../../drivers/system-clock.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { deviceMapSchema } from '../../../firmware/config/device-map.ts';
import { virtualPhoto } from '../../../hardware-sim/devices/id-card-reader/virtual-photo.ts';
import { LiveHall } from '../../../hardware-sim/live-hall.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';

const PATIENT = { timeoutMs: 20_000 };

async function inHall() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'yizhan-face-bays-'));
  const plug: string[] = [];
  const power = { cut: () => void plug.push('out'), restore: () => void plug.push('in') };
  const hall = await LiveHall.open({ dataFolder, power });
  onTestFinished(async () => {
    await hall.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const bay = (id: string) => {
    const found = hall.bays.find((one) => one.id === id);
    if (!found) throw new Error(`There is no ${id} in the hall.`);
    return found;
  };
  return { hall, plug, bay };
}

/** The face check as a kiosk that starts now opens it. */
async function asTheKioskOpensIt(hall: LiveHall): Promise<Biometric> {
  const site = JSON.parse(readFileSync(hall.siteFile, 'utf8')) as { devices: { face: unknown } };
  const { face: entry } = deviceMapSchema.parse({ face: site.devices.face });
  if (!entry) throw new Error('The site file names no face check.');
  const bus = createDeviceBus({ clock });
  const face = openBiometric(entry, { bus, clock, random: new SeededRandom(1, 'face'), camera: undefined });
  onTestFinished(async () => {
    await face.close();
    await bus.close();
  });
  for (let waited = 0; face.state !== 'online' && waited < 10_000; waited += 20) await pause(20);
  expect(face.state).toBe('online');
  return face;
}

let looks = 0;

async function looksAt(face: Biometric, reference: FaceReference) {
  looks += 1;
  const sessionId = `ses_${looks}`;
  const purpose = face.matchLocation === 'platform' ? 'platformFaceCheck' : 'matchWithIdPhoto';
  const consent = new FaceConsent({ sessionId, purpose, givenAtMs: clock.monotonicMs() });
  const ended = await face.verify({ sessionId, consent, reference }, PATIENT);
  return ended.done ? ended.value.decision : ended.fault;
}

test('the face module: put in by hands, it knows the person of the chip photo, nobody else, and forgets', async () => {
  const { hall, plug, bay } = await inHall();
  const module = bay('faceModule');
  const hand = (name: string): void => hall.useBay('faceModule', name, undefined);
  hand('serve');
  expect([module.look()[0]?.value, plug]).toEqual(['在用 · in use', ['out', 'in']]);
  expect(() => hand('serve')).toThrow('not possible now');
  const face = await asTheKioskOpensIt(hall);
  const chip = (): FaceReference => {
    const photo = new WipeableBytes(virtualPhoto(hall.person, (count) => new Uint8Array(count).fill(0x5a)));
    return { kind: 'wlt', photo };
  };
  hand('stepInFront');
  expect(await looksAt(face, chip())).toBe('accept');
  hand('somebodyElse');
  expect(await looksAt(face, chip())).not.toBe('accept');
  expect(module.look()[2]?.value).toBe('0');
  hand('breakLens');
  expect([await looksAt(face, chip()), module.lamp()]).toEqual([expect.not.stringMatching('accept'), 'wrong']);
  hand('unplug');
  expect(module.lamp()).toBe('unplugged');
}, 60_000);

test('the platform’s terminal: put in by hands, it says who stands there by the platform’s word alone', async () => {
  const { hall, bay } = await inHall();
  const terminal = bay('faceTerminal');
  const hand = (name: string): void => hall.useBay('faceTerminal', name, undefined);
  hand('serve');
  expect([bay('faceModule').look()[0]?.value, terminal.look()[0]?.value]).toEqual(['—', '在用 · in use']);
  const face = await asTheKioskOpensIt(hall);
  const subject = (): FaceReference => {
    const { identityNumber } = hall.parties.patient(hall.person);
    return { kind: 'platformSubject', subject: new Secret(identityNumber) };
  };
  hand('stepInFront');
  expect(await looksAt(face, subject())).toBe('accept');
  hand('somebodyElse');
  expect(await looksAt(face, subject())).not.toBe('accept');
  hand('stepInFront');
  hand('cutPlatformLine');
  expect([await looksAt(face, subject()), terminal.lamp()]).toEqual([expect.not.stringMatching('accept'), 'wrong']);
  hand('mendPlatformLine');
  expect(await looksAt(face, subject())).toBe('accept');
}, 60_000);
