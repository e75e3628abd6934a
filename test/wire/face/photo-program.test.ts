/** The site's decoder of chip photos as a real program: ours for the virtual cards, and ones that misbehave. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { photoProgram } from '../../../drivers/face/photo-program.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { chipPhoto } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { issueIdCard } from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { PATIENTS, type Patient } from '../../../hardware-sim/parties/people/patients.ts';

const OPENER = fileURLToPath(new URL('../../../hardware-sim/devices/id-card-reader/open-photo.ts', import.meta.url));
const NODE = process.execPath;
const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);
const [ZHANG] = PATIENTS as readonly [Patient];
const chip = (): WipeableBytes => new WipeableBytes(Uint8Array.from(issueIdCard(ZHANG).photo));
const program = (script: string, longestMs = 20_000) =>
  photoProgram({ words: [NODE, '-e', script], clock: systemClock, longestMs });

test('the virtual card’s photo is the drawing of whom it was issued to, and the chip’s bytes are zero', async () => {
  const open = photoProgram({ words: [NODE, OPENER], clock: systemClock });
  const photo = chip();
  const bytes = photo.reveal();
  const opened = await open(photo, within(20_000));
  expect(opened?.kind === 'jpeg' && [...opened.photo.reveal()]).toEqual([...chipPhoto('jia')]);
  expect([photo.wiped, bytes.every((byte) => byte === 0)]).toEqual([true, true]);
});

test('102 × 126 × 3 bytes are a decoded photo', async () => {
  const opened = await program('process.stdin.resume().on("end", () => process.stdout.write(Buffer.alloc(38556, 7)))')(
    chip(),
    within(20_000),
  );
  expect(opened).toMatchObject({ kind: 'rgb24', width: 102, height: 126 });
});

test.each([
  ['fails', 'process.exit(3)'],
  ['says nothing', 'process.exit(0)'],
  ['says something that is no picture', 'process.stdout.write("no licence")'],
  ['says more than any photo', 'process.stdout.write(Buffer.alloc(1000000, 0xff))'],
  ['does not read what it is given', 'process.stdin.destroy(); process.stdout.write("x")'],
])('a program that %s opens nothing, and the photo is wiped', async (_what, script) => {
  const photo = chip();
  expect(await program(script)(photo, within(30_000))).toBeUndefined();
  expect(photo.wiped).toBe(true);
});

test('one that hangs is ended; one that is not there is none; who gives up is told at once', async () => {
  expect(await program('setInterval(() => {}, 1000)', 300)(chip(), within(20_000))).toBeUndefined();
  const missing = photoProgram({ words: ['/nowhere/decoder'], clock: systemClock });
  expect(await missing(chip(), within(20_000))).toBeUndefined();
  const gaveUp = new AbortController();
  const opening = program('setInterval(() => {}, 1000)')(chip(), gaveUp.signal);
  gaveUp.abort(new Error('given up'));
  await expect(opening).rejects.toThrow('given up');
});
