/**
 * The machine's own sound card as a loudspeaker: one `aplay` (ALSA) a clip, fed through a pipe.
 *
 * One promise: a clip is over when the card has played it, and a child that hangs goes with its signal.
 */
import { spawn } from 'node:child_process';
import { LinkLostError } from '../ports.ts';
import { NotHeardError } from './spoken-voice.ts';
import type { Loudspeaker } from './voice.ts';

/** @param pcm ALSA's name of the card, e.g. `default`, `plughw:1,0` */
export function aplayLoudspeaker(pcm: string, program = 'aplay'): Loudspeaker {
  return {
    // A card says only when it is used whether it is there.
    there: true,
    onChanged: () => () => undefined,
    play: (wav, signal) => play({ program, pcm }, wav, signal),
    close: () => Promise.resolve(),
  };
}

function play(
  { program, pcm }: { readonly program: string; readonly pcm: string },
  wav: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const child = spawn(program, ['-q', '-D', pcm, '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const onAbort = (): void => {
      child.kill('SIGKILL');
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('error', () => {
      signal.removeEventListener('abort', onAbort);
      reject(new LinkLostError(`${program} is not installed`));
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', onAbort);
      if (code === 0) resolve();
      else reject(new NotHeardError(`${program} could not play on ${pcm}`));
    });
    // A card that refuses closes the pipe first and says so by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(wav);
  });
}
