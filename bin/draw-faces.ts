/**
 * Draws the pictures of the invented people again: `node bin/draw-faces.ts`.
 *
 * The drawings are the project's own (`hardware-sim/devices/camera/drawn-face.ts`),
 * turned into JPEG by ffmpeg; the results are committed, so nothing that runs
 * the simulator needs either. Nobody sat for them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headSvg, type Pose, STRAIGHT } from '../hardware-sim/devices/camera/drawn-face.ts';
import { hallSvg, heldPhoneSvg, heldPrintSvg } from '../hardware-sim/devices/camera/drawn-scene.ts';
import { INVENTED_PEOPLE } from '../hardware-sim/devices/camera/invented-people-table.ts';

const folder = fileURLToPath(new URL('../hardware-sim/devices/camera/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });
/** ffmpeg reads a drawing from a file only. */
const drawing = join(mkdtempSync(join(tmpdir(), 'yizhan-drawing-')), 'head.svg');

/** JPEG as a camera sends it: 4:2:0, no metadata. */
function draw(name: string, svg: string, filter: readonly string[] = []): void {
  const words = ['-loglevel', 'error', '-i', drawing, ...filter, '-frames:v', '1'];
  const output = ['-pix_fmt', 'yuvj420p', '-q:v', '4', '-bitexact', '-f', 'mjpeg', 'pipe:1'];
  writeFileSync(drawing, svg);
  const { stdout, stderr, status } = spawnSync('ffmpeg', [...words, ...output]);
  if (status !== 0 || stdout.length === 0) throw new Error(`ffmpeg did not draw ${name}: ${stderr}`);
  writeFileSync(`${folder}${name}.jpg`, stdout);
  process.stderr.write(`${name}.jpg ${stdout.length} bytes\n`);
}

const poses: Readonly<Record<string, Pose>> = {
  front: STRAIGHT,
  again: { ...STRAIGHT, yaw: 6, headPx: 260, centreX: 300, centreY: 245, light: 0.85, smile: 0.5 },
  left: { ...STRAIGHT, yaw: -32 },
  right: { ...STRAIGHT, yaw: 32 },
  far: { ...STRAIGHT, headPx: 80, centreY: 200 },
};

for (const [id, person] of Object.entries(INVENTED_PEOPLE)) {
  for (const [name, pose] of Object.entries(poses)) {
    draw(`${id}-${name}`, hallSvg([headSvg(person, pose)], pose.light));
  }
  // The chip's photo: a plain wall, other light, 102 × 126.
  const photo = headSvg(person, { ...STRAIGHT, headPx: 310, centreX: 240, centreY: 300, smile: -0.2 });
  draw(`${id}-chip`, hallSvg([photo], 1, { width: 480, height: 593, plain: true }), ['-vf', 'scale=102:126']);
}
const { jia, yi } = INVENTED_PEOPLE;
const small = { ...STRAIGHT, headPx: 240 };
draw('hall', hallSvg([]));
draw('covered', hallSvg([], 0.02));
draw('dim', hallSvg([headSvg(jia, STRAIGHT)], 0.12));
draw('two', hallSvg([headSvg(jia, { ...small, centreX: 190 }), headSvg(yi, { ...small, centreX: 450 })]));
draw('phone', heldPhoneSvg(headSvg(jia, { ...small, headPx: 220 })));
draw('print', heldPrintSvg(headSvg(jia, { ...small, headPx: 230 })));
rmSync(dirname(drawing), { recursive: true });
