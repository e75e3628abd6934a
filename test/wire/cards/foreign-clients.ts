/**
 * Other people's PC/SC programs, run on any daemon's socket.
 */
import { run } from './wire-bench.ts';

export const OPENSC_TOOL = '/usr/bin/opensc-tool';
export const PCSC_SCAN = '/usr/bin/pcsc_scan';

/** READ BINARY of 16 bytes: the answer's data and status word as hexadecimal. */
export async function openscAnswers(socketPath: string, reader: string): Promise<readonly [string, string]> {
  const args = ['--reader', reader, '--card-driver', 'default', '--send-apdu', '00:B0:00:00:10'];
  const { code, output } = await run(OPENSC_TOOL, args, { env: { PCSCLITE_CSOCK_NAME: socketPath } });
  const status = /SW1=0x([0-9A-F]{2}), SW2=0x([0-9A-F]{2})/.exec(output);
  const data = /^((?:[0-9A-F]{2} )+)/m.exec(output.slice(output.indexOf('Received')).replace(/^.*\n/, ''));
  if (code !== 0 || !status || !data) throw new Error(`opensc-tool ended with ${code}: ${output}`);
  return [(data[1] ?? '').replaceAll(' ', '').toLowerCase(), `${status[1]}${status[2]}`.toLowerCase()];
}

/** `pcsc_scan -r` for the readers, `-n` (which goes on for ever without `-t`) for the ATR. */
export async function pcscScanSees(socketPath: string): Promise<{ readers: string[]; atr: string | undefined }> {
  const env = { PCSCLITE_CSOCK_NAME: socketPath };
  const listed = await run(PCSC_SCAN, ['-r'], { env });
  const scanned = await run(PCSC_SCAN, ['-n', '-t', '1'], { env });
  const readers = [...listed.output.matchAll(/^\d+: (.+)$/gm)].map(([, name]) => name ?? '');
  const atr = /ATR: ((?:[0-9A-F]{2} ?)+)/.exec(plain(scanned.output))?.[1];
  return { readers, atr: atr?.replaceAll(' ', '').toLowerCase() };
}

/** Without the colours that it prints for a terminal. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}
