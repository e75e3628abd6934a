/** Real programs around one kiosk's health: mosquitto, mosquitto_sub and the kiosk's process, each ended with its test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { type ReadPayload, readPayload } from '../../firmware/health/payload-reader.ts';

const MOSQUITTO = '/usr/sbin/mosquitto';
const MOSQUITTO_SUB = '/usr/bin/mosquitto_sub';
const CHILD = join(import.meta.dirname, 'health-child.ts');

export function mosquittoMissing(): string | undefined {
  const missing = [MOSQUITTO, MOSQUITTO_SUB].filter((path) => !existsSync(path));
  return missing.length > 0
    ? `${missing.join(' and ')} not installed (packages mosquitto, mosquitto-clients)`
    : undefined;
}

export interface Heard {
  readonly topic: string;
  readonly verb: string;
  readonly device: string | undefined;
  readonly qos: number;
  readonly retain: boolean;
  readonly payload: ReadPayload;
}

/** Lines that come, and a promise for the first one that fits among all of them. */
export class Lines<Line> {
  readonly all: Line[] = [];
  readonly #waiting = new Set<() => void>();

  push(line: Line): void {
    this.all.push(line);
    for (const look of [...this.#waiting]) look();
  }

  /** The first line from index `from` on that fits; the test's own time limit ends the waiting. */
  next(fits: (line: Line) => boolean, from = 0): Promise<Line> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.all.slice(from).find(fits);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-health-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

export interface Mosquitto {
  readonly process: ChildProcess;
  readonly log: Lines<string>;
}

/** @param more further lines of its configuration */
export async function startMosquitto(
  port: number,
  more: readonly string[] = ['allow_anonymous true'],
): Promise<Mosquitto> {
  const file = join(temporaryFolder(), 'mosquitto.conf');
  const lines = [`listener ${port} 127.0.0.1`, 'persistence false', 'log_type all', 'log_dest stderr', ...more];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const child = ended(spawn(MOSQUITTO, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] }));
  const log = linesOf(child.stderr);
  await log.next((line) => /running$/.test(line));
  return { process: child, log };
}

/** `mosquitto_sub` on everything Sparkplug; resolves when the broker has its subscription. */
export async function startHost(broker: Mosquitto, port: number): Promise<Lines<Heard>> {
  const from = broker.log.all.length;
  const format = ['-F', '%q %r %t %x'];
  const who = ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv311', '-i', 'host', '-q', '1', '-t', 'spBv1.0/#'];
  const child = ended(spawn(MOSQUITTO_SUB, [...who, ...format], { stdio: ['ignore', 'pipe', 'inherit'] }));
  const heard = new Lines<Heard>();
  linesOf(child.stdout, (line) => heard.push(parse(line)));
  await broker.log.next((line) => /Sending SUBACK to host/.test(line), from);
  return heard;
}

function parse(line: string): Heard {
  const [qos, retain, topic = '', hex = ''] = line.split(' ');
  return asHeard({ topic, qos: Number(qos), retain: retain === '1', bytes: Buffer.from(hex, 'hex') });
}

export function asHeard(message: { topic: string; qos: number; retain: boolean; bytes: Uint8Array }): Heard {
  const { topic, qos, retain, bytes } = message;
  const [, , verb = '', , device] = topic.split('/');
  return { topic, verb, device, qos, retain, payload: readPayload(bytes) };
}

export interface KioskProcess {
  readonly process: ChildProcess;
  readonly notices: Lines<string>;
  say(line: string): void;
  /** Resolves with its exit code or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

export function startKioskProcess(url: string, folder: string, node = 'YZ-0001'): KioskProcess {
  const engine = ['--disable-warning=ExperimentalWarning', CHILD, url, folder, node];
  const child = ended(spawn(process.execPath, engine, { stdio: ['pipe', 'pipe', 'inherit'] }));
  return {
    process: child,
    notices: linesOf(child.stdout),
    say: (line) => void child.stdin?.write(`${line}\n`),
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code))),
  };
}

function ended(child: ChildProcess): ChildProcess {
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  });
  return child;
}

function linesOf(stream: ChildProcess['stdout'], take?: (line: string) => void): Lines<string> {
  const lines = new Lines<string>();
  if (stream) createInterface({ input: stream }).on('line', take ?? ((line) => lines.push(line)));
  return lines;
}

export function bdSeq({ payload }: Heard): unknown {
  return payload.metrics.find(({ name }) => name === 'bdSeq')?.value;
}
