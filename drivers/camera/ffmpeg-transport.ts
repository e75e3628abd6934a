/**
 * A Video4Linux camera through the unmodified `ffmpeg` program.
 *
 * ffmpeg alone opens the camera and copies its Motion JPEG to a pipe; it never
 * writes a file. One promise: one ffmpeg for one open camera, and whatever ends
 * it, pulled cable included (it then ends with code 0), is a `LinkLostError`.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { CameraAddress } from '../device-address.ts';
import { type FrameSource, LinkLostError } from '../ports.ts';
import { FrameFlow } from './frame-flow.ts';
import { JpegSplitter } from './jpeg-splitter.ts';

export interface FfmpegOptions {
  /** Default: `ffmpeg` of the path (Debian package ffmpeg). */
  readonly program?: string;
  /** Added to the environment, e.g. `LD_PRELOAD` for a camera that is not there. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What ffmpeg reads instead of the camera, for a machine without one: `['-f', 'lavfi', '-i', …]`. */
  readonly input?: readonly string[];
}

type Ffmpeg = ChildProcessByStdio<null, Readable, Readable>;

/** Of what ffmpeg complains about; it may say much and names the path. Characters. */
const COMPLAINT_LIMIT = 2_000;

/** The whole command line after the program's name. */
export function ffmpegWords(camera: CameraAddress, input = v4l2Input(camera)): readonly string[] {
  const encode = camera.format === 'mjpeg' ? ['copy'] : ['mjpeg', '-q:v', '4'];
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error'],
    // Every one of these takes a share of the time from the lens to the pipe.
    ...['-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0'],
    ...input,
    ...['-c:v', ...encode, '-flush_packets', '1', '-f', 'image2pipe', 'pipe:1'],
  ];
}

function v4l2Input({ path, width, height, fps, format }: CameraAddress): readonly string[] {
  const size = `${width}x${height}`;
  return ['-f', 'v4l2', '-input_format', format, '-video_size', size, '-framerate', String(fps), '-i', path];
}

/**
 * Resolves with the first frame. Rejects with `LinkLostError` when ffmpeg is not
 * installed, ends or is ended by its camera; with `signal.reason` when given up.
 */
export function openV4l2Frames(
  camera: CameraAddress,
  signal: AbortSignal,
  options: FfmpegOptions = {},
): Promise<FrameSource> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const child: Ffmpeg = spawn(options.program ?? 'ffmpeg', ffmpegWords(camera, options.input), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.environment },
      // A key pressed at the terminal reaches the whole group; only we decide when the camera closes.
      detached: true,
    });
    const pipe = new FfmpegPipe(child);
    const onAbort = (): void => {
      pipe.close().catch(() => undefined);
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    pipe.firstFrame.then(
      () => {
        signal.removeEventListener('abort', onAbort);
        resolve(pipe);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      },
    );
  });
}

class FfmpegPipe implements FrameSource {
  /** Resolves with the first frame, rejects when there will be none. */
  readonly firstFrame: Promise<void>;
  readonly #child: Ffmpeg;
  readonly #flow: FrameFlow;
  readonly #splitter: JpegSplitter;
  readonly #exited: Promise<void>;
  #complaint = '';

  constructor(child: Ffmpeg) {
    this.#child = child;
    this.#flow = new FrameFlow(() => this.#end());
    const first = Promise.withResolvers<void>();
    this.firstFrame = first.promise;
    this.firstFrame.catch(() => undefined);
    this.#splitter = new JpegSplitter((jpeg) => {
      this.#flow.deliver(jpeg);
      first.resolve();
    });
    this.#exited = new Promise((resolve) => {
      const lost = (why: string): void => {
        const error = new LinkLostError(why);
        this.#splitter.clear();
        this.#flow.lose(error);
        first.reject(error);
        resolve();
      };
      child.once('error', (error: NodeJS.ErrnoException) =>
        lost(`ffmpeg could not be started (${error.code ?? 'unknown'})`),
      );
      child.once('close', () => lost(`the camera's ffmpeg ended (${this.#lastComplaint()})`));
    });
    child.stdout.on('data', (bytes: Buffer) => this.#splitter.push(bytes));
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-COMPLAINT_LIMIT);
    });
  }

  onFrame(listener: (jpeg: Uint8Array) => void): () => void {
    return this.#flow.onFrame(listener);
  }

  onLost(listener: (error: LinkLostError) => void): () => void {
    return this.#flow.onLost(listener);
  }

  close(): Promise<void> {
    return this.#flow.close();
  }

  /** SIGKILL: an ffmpeg that waits in the kernel for a hung camera heeds nothing else. */
  async #end(): Promise<void> {
    this.#child.kill('SIGKILL');
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    await this.#exited;
  }

  /** `/dev/video0: No such device` → `No such device`. */
  #lastComplaint(): string {
    const line = this.#complaint.trim().split('\n').at(-1) ?? '';
    return (
      line
        .slice(line.lastIndexOf(': ') + 1)
        .trim()
        .slice(0, 60) || 'no word from it'
    );
  }
}
