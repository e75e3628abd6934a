/**
 * A simulated hospital with a real kiosk in it.
 *
 * The hall (cabinet, parties, workbench, broker) lives in this process; the
 * kiosk is production's own door in a child process, so that pulling its plug is
 * a real kill and its memory is its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { say } from './command.ts';
import { endSignal } from './run-site.ts';

export interface SimulatedRun {
  readonly dataFolder: string;
  readonly keepData: boolean;
  readonly port: number;
  readonly workbenchPort: number;
  readonly profile: string;
  readonly drivenBy: 'hospital' | 'kiosk';
  readonly brokerUrl: string | undefined;
  readonly announce: (addresses: {
    readonly screen: string;
    readonly workbench: string;
    readonly broker: string;
  }) => void;
}

/** The kiosk's process: one plug. */
class KioskProcess {
  readonly #start: () => ChildProcess;
  #child: ChildProcess | undefined;
  #wanted = false;

  constructor(start: () => ChildProcess) {
    this.#start = start;
  }

  /** Resolves with the screen's address, rejects when the kiosk ends before it is up. */
  start(): Promise<string> {
    this.#wanted = true;
    return new Promise((resolve, reject) => {
      const child = this.#start();
      this.#child = child;
      if (child.stdout) {
        createInterface(child.stdout).on('line', (line) => {
          const url = screenOf(line);
          if (url) resolve(url);
        });
      }
      child.on('error', reject);
      child.on('exit', (code) => {
        reject(new Error(`the kiosk ended before its screen was up (code ${code})`));
        // A kiosk that ends by itself is started again, as its watchdog would do.
        if (this.#wanted && this.#child === child && code !== 0)
          this.start().catch((error: Error) => say(error.message));
      });
    });
  }

  cut(): void {
    this.#wanted = false;
    this.#child?.kill('SIGKILL');
  }

  restore(): void {
    if (!this.#wanted) this.start().catch((error: Error) => say(error.message));
  }

  async end(): Promise<void> {
    this.#wanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  }
}

export async function runSimulated(run: SimulatedRun): Promise<number> {
  const { dataFolder } = run;
  // The parties are new at every start; a journal of an earlier world would ask them about bills they never had.
  if (!run.keepData) rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });

  const { buildKioskPage } = await import('../kiosk-ui/build.ts');
  const { buildWorkbenchPage } = await import('../hardware-sim/workbench/build.ts');
  const [, workbenchPage] = await Promise.all([buildKioskPage(), buildWorkbenchPage()]);
  const { LiveHall } = await import('../hardware-sim/live-hall.ts');
  const { openEmbeddedBroker } = await import('../hardware-sim/world/embedded-broker.ts');
  const { cashierBooks } = await import('./cashier-books.ts');
  const { openWorkbench } = await import('../hardware-sim/workbench/workbench-server.ts');

  const broker = run.brokerUrl === undefined ? await openEmbeddedBroker() : undefined;
  const brokerUrl = run.brokerUrl ?? broker?.url ?? '';
  let screen: string | undefined;
  let framedBy = '';
  const kiosk = new KioskProcess(() =>
    spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'sim-kiosk.ts'),
        JSON.stringify({
          siteFile: join(dataFolder, 'site.json'),
          dataFolder,
          port: portOf(screen) ?? run.port,
          framedBy,
        }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  );
  const hall = await LiveHall.open({
    secondScreen: true,
    takenSensor: true,
    dataFolder,
    profile: run.profile,
    visitDrivenBy: run.drivenBy,
    brokerUrl,
    power: { cut: () => kiosk.cut(), restore: () => kiosk.restore() },
  });
  const workbench = await openWorkbench({
    hall,
    pageFolder: workbenchPage.folder,
    port: run.workbenchPort,
    screenUrl: () => screen,
    books: cashierBooks(dataFolder, {
      end: () => kiosk.end(),
      start: async () => {
        await kiosk.start();
      },
    }),
  });
  framedBy = new URL(workbench.url).origin;
  screen = await kiosk.start();
  run.announce({ screen, workbench: workbench.url, broker: brokerUrl });
  await endSignal();
  await workbench.close();
  await kiosk.end();
  await hall.close();
  await broker?.close();
  return 0;
}

/** A kiosk that starts again keeps its screen's port, so that open pages find it. */
function portOf(screen: string | undefined): number | undefined {
  return screen === undefined ? undefined : Number(new URL(screen).port);
}

function screenOf(line: string): string | undefined {
  try {
    const { screen } = JSON.parse(line) as { screen?: unknown };
    return typeof screen === 'string' ? screen : undefined;
  } catch {
    return undefined;
  }
}
