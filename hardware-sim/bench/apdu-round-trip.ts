/**
 * How long an APDU takes to the chip and back, against a C program on the same virtual reader.
 *
 * One run, rounds interleaved, median of all: the floor and the contenders meet
 * the same machine in the same minute. Contenders come from outside, because
 * the simulator knows no transport.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CardSlot, Clock } from '../../drivers/ports.ts';
import { quantile } from './quantile.ts';

export interface ApduContender {
  /** As the result is called, e.g. `apdu.pcscliteInHost`. */
  readonly name: string;
  /** Not to be exceeded: this contender's median over the C program's; `null` = for information. */
  readonly targetRatio: number | null;
  /** Opens the reader of our daemon at `socketPath`. */
  openSlot(socketPath: string, readerName: string): Promise<CardSlot>;
}

export interface ApduRoundTripOptions {
  readonly clock: Clock;
  readonly contenders: readonly ApduContender[];
  /** Default 10. */
  readonly rounds?: number;
  /** Of each contender in each round; default 500. */
  readonly apdusPerRound?: number;
}

/** `value` and `floor` are medians in µs; `ratio` = value / floor. */
export interface ApduRow {
  readonly name: string;
  readonly value: number;
  readonly unit: 'µs';
  readonly floor: number;
  readonly ratio: number;
  readonly target: number | null;
  readonly p99: number;
  readonly floorP99: number;
}

const READER = 'Yizhan Bench Reader 00 00';
const READ_BINARY_16 = Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x10);
const WARM_UPS = 200;
const PATIENCE = AbortSignal.timeout.bind(AbortSignal, 30_000);

/** @throws Error that names what to install when the C program can't be built. */
export async function measureApduRoundTrip(options: ApduRoundTripOptions): Promise<ApduRow[]> {
  const { clock, contenders, rounds = 10, apdusPerRound = 500 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-bench-'));
  const socketPath = join(folder, 'pcscd.comm');
  const program = join(folder, 'apdu-round-trip');
  let daemon: ChildProcess | undefined;
  const slots: CardSlot[] = [];
  try {
    await buildFloor(program);
    daemon = await startDaemon(socketPath);
    for (const contender of contenders) slots.push(await contender.openSlot(socketPath, READER));
    const floorUs: number[] = [];
    const tookUs = contenders.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      floorUs.push(...(await runFloor(program, socketPath, apdusPerRound)));
      for (const [index, slot] of slots.entries()) {
        tookUs[index]?.push(...(await runContender(slot, clock, apdusPerRound)));
      }
    }
    const floor = quantile(floorUs, 0.5);
    return contenders.map(({ name, targetRatio }, index) => {
      const times = tookUs[index] ?? [];
      const value = quantile(times, 0.5);
      const slowest = { p99: quantile(times, 0.99), floorP99: quantile(floorUs, 0.99) };
      return { name, value, unit: 'µs', floor, ratio: value / floor, target: targetRatio, ...slowest };
    });
  } finally {
    for (const slot of slots) await slot.close();
    await ended(daemon);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runContender(slot: CardSlot, clock: Clock, apdus: number): Promise<number[]> {
  const signal = PATIENCE();
  const chip = await slot.connect(signal);
  const tookUs: number[] = [];
  try {
    for (let at = -WARM_UPS; at < apdus; at += 1) {
      const startedMs = clock.monotonicMs();
      const answer = await chip.transmit(READ_BINARY_16, signal);
      if (at >= 0) tookUs.push((clock.monotonicMs() - startedMs) * 1_000);
      if (answer.length !== 18) throw new Error(`An answer of ${answer.length} bytes.`);
    }
  } finally {
    await chip.disconnect();
  }
  return tookUs;
}

async function buildFloor(program: string): Promise<void> {
  const source = fileURLToPath(new URL('./apdu-round-trip.c', import.meta.url));
  const built = await run('cc', ['-O2', '-I/usr/include/PCSC', '-o', program, source, '-lpcsclite'], {});
  if (built.code !== 0) {
    throw new Error(
      `The C program does not build (apt-get install gcc libpcsclite-dev): ${built.errors.slice(0, 400)}`,
    );
  }
}

async function runFloor(program: string, socketPath: string, apdus: number): Promise<number[]> {
  const result = await run(program, [READER, String(WARM_UPS), String(apdus)], { PCSCLITE_CSOCK_NAME: socketPath });
  if (result.code !== 0) throw new Error(`The C program failed: ${result.errors.slice(0, 400)}`);
  return result.output
    .trim()
    .split('\n')
    .map((nanoseconds) => Number(nanoseconds) / 1_000);
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString('utf8');
    });
    child.stderr.on('data', (bytes: Buffer) => {
      errors += bytes.toString('utf8');
    });
    child.on('error', (error) => resolve({ code: null, output, errors: error.message }));
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

function startDaemon(socketPath: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const entry = new URL('./apdu-daemon-child.ts', import.meta.url);
    const child = fork(entry, [socketPath, READER], { execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`The bench daemon ended (${code}).`)));
  });
}

function ended(child: ChildProcess | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
