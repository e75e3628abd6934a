/**
 * The camera path: the unmodified ffmpeg on a V4L2 device of the kernel's (its own test driver, vivid).
 *
 * The words are those of the camera's transport. vivid has no Motion JPEG, so
 * ffmpeg makes it; a camera that has is copied.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { NoSuchDoor, runCase, until } from '../case-run.ts';

const LIMIT_MS = 60_000;
const FFMPEG = '/usr/bin/ffmpeg';
const WORDS = [
  ...[
    '-hide_banner',
    '-nostdin',
    '-loglevel',
    'error',
    '-fflags',
    'nobuffer',
    '-probesize',
    '32',
    '-analyzeduration',
    '0',
  ],
  ...['-f', 'v4l2', '-input_format', 'yuyv422', '-video_size', '640x360', '-framerate', '15', '-i', '/dev/video0'],
  ...['-c:v', 'mjpeg', '-q:v', '4', '-flush_packets', '1', '-f', 'image2pipe', 'pipe:1'],
];

await runCase(async (run) => {
  if (!existsSync(FFMPEG)) throw new NoSuchDoor('ffmpeg is not installed');
  await run.step('the kernel has a camera', (signal) => until(signal, () => existsSync('/dev/video0'), 20));
  const ffmpeg = spawn(FFMPEG, WORDS, { stdio: ['ignore', 'pipe', 2] });
  run.atEnd(() => ffmpeg.kill('SIGKILL'));
  let frames = 0;
  let first: Buffer | undefined;
  let stream: Buffer = Buffer.alloc(0);
  ffmpeg.stdout?.on('data', (bytes: Buffer) => {
    stream = Buffer.concat([stream, bytes]);
    for (let end = stream.indexOf('ffd9', 'hex'); end >= 0; end = stream.indexOf('ffd9', 'hex')) {
      first ??= stream.subarray(0, end + 2);
      frames += 1;
      stream = stream.subarray(end + 2);
    }
  });
  await run.step('ffmpeg opens it and the first frame comes', (signal) => until(signal, () => frames > 0), LIMIT_MS);
  await run.step('ten more follow', (signal) => until(signal, () => frames > 10), LIMIT_MS);
  assert.equal(first?.subarray(0, 2).toString('hex'), 'ffd8');
  await run.step('a second ffmpeg is turned away: one host for one camera', async () => {
    const second = spawnSync(FFMPEG, WORDS, { encoding: 'utf8', timeout: 15_000 });
    assert.notEqual(second.status, 0);
    assert.match(second.stderr, /busy/i);
  });
});
