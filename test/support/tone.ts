/** A sound for ears of the bench: a square wave as WAV, 8 kHz, 16 bits, one channel; as loud as `level` says. */
const RATE_PER_MS = 8;

export function toneOf(ms: number, level = 8_000): Uint8Array {
  const samples = ms * RATE_PER_MS;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF');
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE_PER_MS * 1_000, 24);
  wav.writeUInt32LE(RATE_PER_MS * 2_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) wav.writeInt16LE(at % 8 < 4 ? level : -level, 44 + at * 2);
  return wav;
}
