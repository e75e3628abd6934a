/**
 * OpenSC's programs on a staff card, run as a person at a desk would run them.
 *
 * What each of them says is cut down to the one thing that was asked.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Finished, programMissing, run } from './wire-bench.ts';

const PKCS11_TOOL = '/usr/bin/pkcs11-tool';
const PKCS11_MODULE = 'opensc-pkcs11.so';
const OPENSSL = '/usr/bin/openssl';
/** They ask many small questions; on a busy machine that takes its time. ms */
const PATIENCE_MS = 60_000;

/** Why these programs can't run here and what to install, or `undefined`. */
export function openscMissing(): string | undefined {
  return (
    programMissing('/usr/bin/piv-tool', 'opensc') ??
    programMissing(`/usr/lib/${multiarch()}/${PKCS11_MODULE}`, 'opensc-pkcs11') ??
    programMissing(OPENSSL, 'openssl')
  );
}

export type Mechanism = 'SHA256-RSA-PKCS' | 'ECDSA-SHA256';

/** One reader and a folder of its own for what the programs read and write. */
export class StaffCardPrograms {
  readonly #socketPath: string;
  readonly #reader: string;
  readonly folder: string;

  constructor(socketPath: string, reader: string) {
    this.#socketPath = socketPath;
    this.#reader = reader;
    this.folder = mkdtempSync(join(tmpdir(), 'yizhan-staff-'));
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  file(name: string, content?: string | Uint8Array): string {
    const path = join(this.folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  }

  async pivName(): Promise<string> {
    return (await this.#good('/usr/bin/piv-tool', ['--reader', this.#reader, '--name'])).trim();
  }

  /** The GUID of the card holder object, hex. */
  async pivSerial(): Promise<string> {
    const output = await this.#good('/usr/bin/piv-tool', ['--reader', this.#reader, '--serial']);
    return (/^((?:[0-9A-F]{2} )+)/m.exec(output)?.[1] ?? '').replaceAll(' ', '').toLowerCase();
  }

  /** Shows the management key 9B (mutual form) and loads a certificate, PEM. */
  async pivLoadCertificate(reference: string, pem: string, managementKey: Uint8Array): Promise<Finished> {
    const key = this.file('management-key', (Buffer.from(managementKey).toString('hex').match(/../g) ?? []).join(':'));
    const args = [
      '--reader',
      this.#reader,
      '--admin',
      'M:9B:03',
      '--cert',
      reference,
      '--in',
      this.file('load.pem', pem),
    ];
    return await this.#run('/usr/bin/piv-tool', args, { PIV_EXT_AUTH_KEY: key });
  }

  /** Labels of the certificates that are on the card. */
  async pkcs15Certificates(): Promise<string[]> {
    const output = await this.#good('/usr/bin/pkcs15-tool', ['--reader', this.#reader, '--list-certificates']);
    return [...output.matchAll(/^X\.509 Certificate \[(.+)\]$/gm)].map(([, label]) => label ?? '');
  }

  async pkcs11Certificate(): Promise<string> {
    const path = this.file('certificate.der');
    await this.#good(PKCS11_TOOL, ['--read-object', '--type', 'cert', '--id', '01', '--output-file', path]);
    const printed = await this.#good(OPENSSL, ['x509', '-inform', 'der', '-in', path, '-noout', '-pubkey']);
    this.file('public.pem', printed);
    return (await this.#good(OPENSSL, ['x509', '-inform', 'der', '-in', path, '-noout', '-fingerprint', '-sha256']))
      .replace(/^.*=/s, '')
      .trim();
  }

  /** Its own suite of every PKCS#11 function, signing and decrypting included. */
  async pkcs11SelfTest(pin: string): Promise<Finished> {
    return await this.#run(PKCS11_TOOL, ['--login', '--pin', pin, '--test']);
  }

  async pkcs11Sign(
    pin: string,
    mechanism: Mechanism,
    message: Uint8Array,
  ): Promise<Finished & { signature: Uint8Array }> {
    const [input, output] = [this.file('message', message), this.file('signature', '')];
    const form = mechanism === 'ECDSA-SHA256' ? ['--signature-format', 'openssl'] : [];
    const args = ['--login', '--pin', pin, '--sign', '--mechanism', mechanism, '--id', '01', ...form];
    const finished = await this.#run(PKCS11_TOOL, [...args, '--input-file', input, '--output-file', output]);
    return { ...finished, signature: readFileSync(output) };
  }

  /** `openssl dgst` on the public key that came with `pkcs11Certificate`. */
  async opensslVerifies(signature: Uint8Array, message: Uint8Array): Promise<boolean> {
    const [input, signed] = [this.file('message', message), this.file('signature', signature)];
    const args = ['dgst', '-sha256', '-verify', this.file('public.pem'), '-signature', signed, input];
    return (await this.#run(OPENSSL, args)).output.includes('Verified OK');
  }

  /** Sends VERIFY without a PIN with opensc-tool and gives the status word, hex. */
  async openscAsksForTries(): Promise<string> {
    const select = '00:A4:04:00:0B:A0:00:00:03:08:00:00:10:00:01:00:00';
    const args = ['--reader', this.#reader, '--send-apdu', select, '--send-apdu', '00:20:00:80'];
    const output = await this.#good('/usr/bin/opensc-tool', args);
    const words = [...output.matchAll(/SW1=0x([0-9A-F]{2}), SW2=0x([0-9A-F]{2})/g)];
    return words.at(-1)?.slice(1).join('').toLowerCase() ?? output;
  }

  async #good(command: string, args: readonly string[]): Promise<string> {
    const { code, output } = await this.#run(command, args);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${output}`);
    return output;
  }

  #run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
    return run(command, args, {
      env: { PCSCLITE_CSOCK_NAME: this.#socketPath, ...env },
      timeoutMs: PATIENCE_MS,
    });
  }
}

/** A certificate of somebody else's authority for this public key, made by openssl. PEM. */
export async function opensslCertifies(programs: StaffCardPrograms, publicKeyPem: string): Promise<string> {
  const [key, authority, request] = ['ca.key', 'ca.pem', 'any.csr'].map((name) => programs.file(name));
  const steps = [
    ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key],
    ['req', '-x509', '-new', '-key', key, '-subj', '/CN=A foreign authority', '-days', '3', '-out', authority],
    ['req', '-new', '-key', key, '-subj', '/CN=Somebody', '-out', request],
  ];
  for (const step of steps) await run(OPENSSL, step as string[]);
  const signed = ['x509', '-req', '-in', request, '-CA', authority, '-CAkey', key, '-days', '2', '-force_pubkey'];
  const { code, output } = await run(OPENSSL, [...(signed as string[]), programs.file('subject.pem', publicKeyPem)]);
  const pem = /-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----\n/s.exec(output)?.[0];
  if (code !== 0 || !pem) throw new Error(`openssl certifies nothing: ${output}`);
  return pem;
}

function multiarch(): string {
  return process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
}
