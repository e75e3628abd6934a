/**
 * Speech from espeak-ng, offline, one child process a sentence.
 *
 * The voice for Chinese is `cmn-latn-pinyin`: in Debian's espeak-ng 1.51 plain `cmn` (and `zh`) reads each Chinese
 * character as the English spelling of its pinyin (docs/decisions/0014-voice.md). A placeholder voice, not a nice one.
 */
import { spawn } from 'node:child_process';
import { type Sentence, type SpeechMaker, VoiceMissingError } from './voice.ts';

const VOICES = { mandarin: 'cmn-latn-pinyin', yue: 'yue', en: 'en-gb' } as const;
/** espeak-ng's own amplitude, of 200. */
const USUAL_AMPLITUDE = 100;
/** Words a minute: slower than its usual 175, for a hall. */
const SPEED = { zh: 150, en: 145 } as const;
/** WAV of a sentence of 120 characters is under 2 MB; more is not speech. */
const LONGEST_WAV = 4_000_000;

/** @param program `espeak-ng` on the path, or where it lies */
export function espeakMaker(program = 'espeak-ng'): SpeechMaker {
  return { make: (sentence, signal) => run(program, sentence, signal) };
}

function run(program: string, sentence: Sentence, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    // The text goes in by stdin: nothing of it can be taken for an option.
    const child = spawn(program, [...wordsFor(sentence), '--stdin', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    });
    const parts: Buffer[] = [];
    let bytes = 0;
    const onAbort = (): void => {
      child.kill('SIGKILL');
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('error', () => {
      signal.removeEventListener('abort', onAbort);
      reject(new VoiceMissingError(`${program} is not installed`));
    });
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > LONGEST_WAV) child.kill('SIGKILL');
      else parts.push(part);
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', onAbort);
      const wav = Buffer.concat(parts);
      if (code === 0 && wav.length > WAV_HEADER) resolve(withTrueLengths(wav));
      else reject(new VoiceMissingError(`${program} made no speech (${String(code)})`));
    });
    // A program that ends before it has read the text says so by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(sentence.text);
  });
}

function wordsFor({ language, manner }: Sentence): readonly string[] {
  const voice = language === 'en' ? VOICES.en : VOICES[manner?.tongue ?? 'mandarin'];
  const speed = Math.round(SPEED[language] * (manner?.speed ?? 1));
  const amplitude = manner ? ['-a', String(Math.round(2 * USUAL_AMPLITUDE * manner.volume))] : [];
  return ['-v', voice, '-s', String(speed), ...amplitude];
}

const WAV_HEADER = 44;

/** On a pipe espeak-ng cannot go back to write how long the sound became: it leaves 0x7FFFFxxx, and browsers wait for it. */
function withTrueLengths(wav: Buffer): Uint8Array {
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.writeUInt32LE(wav.length - WAV_HEADER, 40);
  return wav;
}
